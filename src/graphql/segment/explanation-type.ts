// What a query costs, as GraphQL gives it.
import { GraphQLJSON } from "graphql-scalars";
import { Field, Float, ObjectType, registerEnumType } from "type-graphql";
import type { ActivitySource, EventStrategy } from "../../pipeline/compile.js";
import type { QueryExplanation } from "../../query/cost.js";
import type { StrategyCost } from "../../query/event-strategy.js";
import { extendedJson, type Json } from "./extended-json.js";

@ObjectType("ExplanationStep", { description: "One step of how the store ran the pipeline." })
export class ExplanationStepType {
  @Field(() => String, { description: "The stage or scan, in the store's own word." })
  readonly name!: string;

  @Field(() => String, { nullable: true, description: "The collection that it reads." })
  readonly collection?: string;

  @Field(() => String, { nullable: true, description: "The index that served it; null where none did." })
  readonly index?: string;

  @Field(() => Float, {
    nullable: true,
    description: "How many documents or keys it looked at, where the store says.",
  })
  readonly rowsRead?: number;

  @Field(() => Float, { nullable: true, description: "How many rows it handed on, where the store says." })
  readonly rowsReturned?: number;
}

const ways: Readonly<Record<Uppercase<EventStrategy>, EventStrategy>> = {
  JOIN: "join",
  EVENTS_FIRST: "events_first",
  BOTH_SIDES: "both_sides",
};

registerEnumType(ways, {
  name: "EventWay",
  description: "How conditions on events are asked; every way gives the same answer.",
  valuesConfig: {
    JOIN: { description: "Each customer whom the other conditions leave is joined with its records." },
    EVENTS_FIRST: { description: "The records come first, then the customers who have some." },
    BOTH_SIDES: { description: "Records and customers beside each other, one pass a collection." },
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
    SUMMARY: { description: "The summary on the customer, which is true of the instant." },
    RECORDS: { description: "The records themselves." },
  },
});

@ObjectType("EventWayCost", { description: "What one way of asking events is estimated to cost." })
export class EventWayCostType implements StrategyCost {
  @Field(() => ways, { description: "The way." })
  readonly way!: EventStrategy;

  @Field(() => Float, { description: "Its cost, of which only the ratio to the others matters." })
  readonly cost!: number;
}

@ObjectType("EventExplanation", { description: "How conditions on events are asked, and why so." })
export class EventExplanationType {
  readonly #events: NonNullable<QueryExplanation["events"]>;

  constructor(events: NonNullable<QueryExplanation["events"]>) {
    this.#events = events;
  }

  @Field(() => ways, { description: "The way that was taken." })
  get way(): EventStrategy {
    return this.#events.way;
  }

  @Field(() => [EventWayCostType], { description: "What each way that the query can take would cost." })
  get costs(): readonly StrategyCost[] {
    return this.#events.costs;
  }

  @Field(() => Float, { description: "About how many customers the other conditions leave." })
  get customers(): number {
    return Math.round(this.#events.estimate.customers);
  }

  @Field(() => Float, { description: "About how many records these customers have." })
  get joined(): number {
    return Math.round(this.#events.estimate.joined);
  }

  @Field(() => Float, { description: "About how many records stand in the windows of the conditions." })
  get records(): number {
    return Math.round(this.#events.estimate.records);
  }

  @Field(() => Float, { description: "About how many customers have such a record." })
  get groups(): number {
    return Math.round(this.#events.estimate.groups);
  }
}

@ObjectType("Explanation", {
  description:
    "What a query costs: what was expected, and how the store ran it, in one shape for every store.",
})
export class ExplanationType {
  readonly #explanation: QueryExplanation;

  constructor(explanation: QueryExplanation) {
    this.#explanation = explanation;
  }

  @Field(() => String, { description: "The query in its one canonical form." })
  get canonical(): string {
    return this.#explanation.canonical;
  }

  @Field(() => GraphQLJSON, {
    description: "The aggregation pipeline on the collection `customers`, as Extended JSON.",
  })
  get pipeline(): Json {
    return extendedJson(this.#explanation.pipeline);
  }

  @Field(() => sources, { description: "Where figures of orders and other records are read from." })
  get activity(): ActivitySource {
    return this.#explanation.activity;
  }

  @Field(() => Float, { description: "About how many customers the project has." })
  get customers(): number {
    return this.#explanation.customers;
  }

  @Field(() => Float, { description: "About how many customers the query finds, estimated from a sample." })
  get estimatedMembers(): number {
    return this.#explanation.estimatedMembers;
  }

  @Field(() => EventExplanationType, {
    nullable: true,
    description: "How conditions on events are asked; null where the query has none.",
  })
  get events(): EventExplanationType | undefined {
    const { events } = this.#explanation;
    return events === undefined ? undefined : new EventExplanationType(events);
  }

  @Field(() => [ExplanationStepType], { description: "The steps, the first first." })
  get steps(): readonly ExplanationStepType[] {
    return this.#explanation.steps;
  }

  @Field(() => [String], { description: "Every index used." })
  get indexes(): readonly string[] {
    return this.#explanation.indexes;
  }

  @Field(() => Float, { nullable: true, description: "How many documents and keys were looked at in all." })
  get rowsRead(): number | undefined {
    return this.#explanation.rowsRead;
  }

  @Field(() => Float, { nullable: true, description: "How many rows came out." })
  get rowsReturned(): number | undefined {
    return this.#explanation.rowsReturned;
  }
}
