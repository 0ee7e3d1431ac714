// What a query costs, as GraphQL returns it.
import { GraphQLJSON } from "graphql-scalars";
import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import type { ActivitySource, EventStrategy } from "../../pipeline/compile.js";
import type { QueryExplanation } from "../../query/estimates/cost.js";
import type { StrategyCost } from "../../query/estimates/event-strategy.js";
import { extendedJson, type Json } from "./extended-json.js";

@ObjectType("ExplanationStep", { description: "One step of how the store ran the pipeline." })
export class ExplanationStepType {
  @Field(() => String, { description: "Stage or scan, in the store's terms." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "Collection that it reads." })
  readonly collection?: string;

  @Field(() => String, { nullable: true, description: "Index that it used; null if none." })
  readonly index?: string;

  @Field(() => Float, {
    nullable: true,
    description: "Number of documents or keys examined, if the store reports it.",
  })
  readonly rowsRead?: number;

  @Field(() => Float, { nullable: true, description: "Number of rows returned, if the store reports it." })
  readonly rowsReturned?: number;
}

const strategies: Readonly<Record<Uppercase<EventStrategy>, EventStrategy>> = {
  JOIN: "join",
  EVENTS_FIRST: "events_first",
  BOTH_SIDES: "both_sides",
};

registerEnumType(strategies, {
  name: "EventStrategy",
  description: "How conditions on events are evaluated; all strategies give the same answer.",
  valuesConfig: {
    JOIN: { description: "Each customer that the other conditions leave is joined with its records." },
    EVENTS_FIRST: { description: "The records first, then the customers that have some." },
    BOTH_SIDES: { description: "Records and customers side by side, one pass per collection." },
  },
});

const sources: Readonly<Record<Uppercase<ActivitySource>, ActivitySource>> = {
  SUMMARY: "summary",
  RECORDS: "records",
};

registerEnumType(sources, {
  name: "ActivitySource",
  description: "Where figures of orders and other records are read from.",
  valuesConfig: {
    SUMMARY: { description: "The summary on the customer, which is current for the moment." },
    RECORDS: { description: "The records themselves." },
  },
});

@ObjectType("EventStrategyCost", { description: "Estimated cost of one strategy." })
export class EventStrategyCostType {
  readonly #cost: StrategyCost;

  constructor(cost: StrategyCost) {
    this.#cost = cost;
  }

  @Field(() => strategies, { description: "The strategy." })
  get strategy(): EventStrategy {
    return this.#cost.strategy;
  }

  @Field(() => Float, { description: "Its cost; only the ratio to the others is meaningful." })
  get cost(): number {
    return this.#cost.cost;
  }
}

@ObjectType("EventExplanation", { description: "How conditions on events are evaluated, and why." })
export class EventExplanationType {
  readonly #events: NonNullable<QueryExplanation["events"]>;

  constructor(events: NonNullable<QueryExplanation["events"]>) {
    this.#events = events;
  }

  @Field(() => strategies, { description: "The strategy that was chosen." })
  get strategy(): EventStrategy {
    return this.#events.strategy;
  }

  @Field(() => [EventStrategyCostType], { description: "Estimated cost of each possible strategy." })
  get costs(): readonly EventStrategyCostType[] {
    return this.#events.costs.map((cost) => new EventStrategyCostType(cost));
  }

  @Field(() => Float, { description: "Estimated number of customers that the other conditions leave." })
  get customers(): number {
    return Math.round(this.#events.estimate.customers);
  }

  @Field(() => Float, { description: "Estimated number of records of these customers." })
  get joined(): number {
    return Math.round(this.#events.estimate.joined);
  }

  @Field(() => Float, { description: "Estimated number of records within the time windows." })
  get records(): number {
    return Math.round(this.#events.estimate.records);
  }

  @Field(() => Float, { description: "Estimated number of customers with such a record." })
  get groups(): number {
    return Math.round(this.#events.estimate.groups);
  }
}

@ObjectType("Explanation", {
  description:
    "What a query costs: the estimates, and how the store ran it, in the same shape for every store.",
})
export class ExplanationType {
  readonly #explanation: QueryExplanation;

  constructor(explanation: QueryExplanation) {
    this.#explanation = explanation;
  }

  @Field(() => String, { description: "The query in canonical form." })
  get canonical(): string {
    return this.#explanation.canonical;
  }

  @Field(() => GraphQLJSON, {
    description: "The aggregation pipeline on the collection `customers`, as Extended JSON.",
  })
  get pipeline(): Json {
    return extendedJson(this.#explanation.pipeline);
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The SQL statement that the embedded store ran, with its values written in; null on MongoDB, which runs the pipeline.",
  })
  get sql(): string | undefined {
    return this.#explanation.sql;
  }

  @Field(() => sources, { description: "Where figures of orders and other records are read from." })
  get activity(): ActivitySource {
    return this.#explanation.activity;
  }

  @Field(() => Float, { description: "Estimated number of customers of the project." })
  get customers(): number {
    return this.#explanation.customers;
  }

  @Field(() => Float, { description: "Estimated number of customers that match, from a sample." })
  get estimatedMembers(): number {
    return this.#explanation.estimatedMembers;
  }

  @Field(() => EventExplanationType, {
    nullable: true,
    description: "How conditions on events are evaluated; null if the query has none.",
  })
  get events(): EventExplanationType | undefined {
    const { events } = this.#explanation;
    return events === undefined ? undefined : new EventExplanationType(events);
  }

  @Field(() => [ExplanationStepType], { description: "The steps, in the order of execution." })
  get steps(): readonly ExplanationStepType[] {
    return this.#explanation.steps;
  }

  @Field(() => [String], { description: "All indexes used." })
  get indexes(): readonly string[] {
    return this.#explanation.indexes;
  }

  @Field(() => Float, { nullable: true, description: "Total number of documents and keys examined." })
  get rowsRead(): number | undefined {
    return this.#explanation.rowsRead;
  }

  @Field(() => Float, { nullable: true, description: "Total number of rows returned." })
  get rowsReturned(): number | undefined {
    return this.#explanation.rowsReturned;
  }
}
