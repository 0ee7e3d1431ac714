// Why one customer is in or out of what a query means, as GraphQL gives it.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Ctx, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic, Span } from "../../../grammar/diagnostic.js";
import type { ProfileChange } from "../../why/change.js";
import type { Clause, ClauseKind } from "../../why/clauses.js";
import type { ToldNearest, Why } from "../../why/why.js";
import type { RequestContext } from "../server/context.js";
import { DiagnosticType, SpanType } from "../server/diagnostic-type.js";
import { CustomerType } from "./customer-type.js";

const kinds: Readonly<Record<Uppercase<ClauseKind>, ClauseKind>> = {
  AND: "and",
  OR: "or",
  NOT: "not",
  ALL_OF: "all_of",
  ANY_OF: "any_of",
  NONE_OF: "none_of",
  CONDITION: "condition",
};

registerEnumType(kinds, {
  name: "ClauseKind",
  description: "What a clause is.",
  valuesConfig: {
    AND: { description: "All parts have to hold." },
    OR: { description: "One part has to hold." },
    NOT: { description: "The part must not hold." },
    ALL_OF: { description: "A group of which all have to hold." },
    ANY_OF: { description: "A group of which one has to hold." },
    NONE_OF: { description: "A group of which none may hold." },
    CONDITION: { description: "One condition; of `in segment`, the segment's own query is inside." },
  },
});

@ObjectType("WhyClause", {
  description:
    "A clause of the query, of one customer. Clauses are a list, each behind the one it is part of.",
})
export class WhyClauseType {
  @Field(() => Int, { description: "Its place in the list, from 0." })
  readonly index!: number;

  @Field(() => Int, {
    nullable: true,
    description: "The place of the clause that it is part of; null of the whole.",
  })
  readonly parent?: number;

  @Field(() => Int, { description: "In how many clauses it stands: how far to indent it." })
  readonly depth!: number;

  @Field(() => kinds, { description: "What it is." })
  readonly kind!: ClauseKind;

  @Field(() => Boolean, { description: "Whether it is true of the customer." })
  readonly holds!: boolean;

  @Field(() => String, { description: "The clause in its canonical form." })
  readonly text!: string;

  @Field(() => SpanType, {
    description:
      "Where it stands in the query as it was asked; inside a segment, in the canonical form of that segment's query.",
  })
  readonly span!: Span;

  @Field(() => String, {
    nullable: true,
    description: "The value that it saw, as `last order was 2026-10-02, which is 52 days ago`.",
  })
  readonly actual?: string;

  @Field(() => String, { nullable: true, description: "What it asked for, as `more than 60 days ago`." })
  readonly expected?: string;

  @Field(() => String, { description: "Both in one sentence." })
  readonly sentence!: string;

  @Field(() => String, {
    nullable: true,
    description: "The name of the segment that it asks of, where it asks of one.",
  })
  readonly segment?: string;
}

@ObjectType("NearestChange", {
  description: "The nearest change of facts that would let a customer in who is out, or why none was found.",
})
export class NearestChangeType {
  readonly #nearest: ToldNearest;

  constructor(nearest: ToldNearest) {
    this.#nearest = nearest;
  }

  @Field(() => [String], {
    description:
      "What would have to change, in order, as `wait until 2026-12-05`; empty where none was found.",
  })
  get sentences(): readonly string[] {
    return this.#nearest.sentences;
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      "The same as data: a list of changes by `kind`, `set_field`, `grant_consent`, `withdraw_consent`, `add_records` (in the shape in which records are imported), `cancel_orders` and `wait_until`; null where none was found.",
  })
  get changes(): readonly ProfileChange[] | undefined {
    return "changes" in this.#nearest ? this.#nearest.changes : undefined;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The instant at which the customer then is in; null where none was found.",
  })
  get asOf(): Date | undefined {
    return "changes" in this.#nearest ? new Date(this.#nearest.asOf) : undefined;
  }

  @Field(() => String, { nullable: true, description: "Why none was found; null where one was." })
  get reason(): string | undefined {
    return "reason" in this.#nearest ? this.#nearest.reason : undefined;
  }
}

@ObjectType("SegmentWhy", { description: "Why a customer is in or out of what a query means." })
export class SegmentWhyType {
  readonly #why: Why;
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(why: Why, currency: string) {
    this.#why = why;
    this.#currency = currency;
  }

  @Field(() => Boolean, { description: "True where the query has no errors; it may have warnings." })
  get valid(): boolean {
    return this.#why.answer !== undefined;
  }

  @Field(() => [DiagnosticType], { description: "Every mistake and every doubt, in the order of the text." })
  get diagnostics(): readonly Diagnostic[] {
    return this.#why.diagnostics;
  }

  @Field(() => GraphQLDateTime, { description: "The instant that it was answered for." })
  get asOf(): Date {
    return new Date(this.#why.asOf);
  }

  @Field(() => String, {
    nullable: true,
    description: "The query in its one canonical form; null where it is not valid.",
  })
  get canonical(): string | undefined {
    return this.#why.answer?.canonical;
  }

  @Field(() => CustomerType, {
    nullable: true,
    description: "The customer; null where the query is not valid.",
  })
  get customer(): CustomerType | undefined {
    const customer = this.#why.answer?.customer;
    return customer === undefined ? undefined : new CustomerType(customer, this.#currency);
  }

  @Field(() => Boolean, {
    nullable: true,
    description: "Whether the customer is meant; null where the query is not valid.",
  })
  get holds(): boolean | undefined {
    return this.#why.answer?.clause.holds;
  }

  @Field(() => NearestChangeType, {
    nullable: true,
    complexity: ({ childComplexity }) => 2_000 + childComplexity,
    description: "What would let the customer in; null where that is not needed, or the query is not valid.",
  })
  async nearest(@Ctx() { signal }: RequestContext): Promise<NearestChangeType | undefined> {
    const nearest = await this.#why.answer?.nearest?.({ signal });
    return nearest === undefined ? undefined : new NearestChangeType(nearest);
  }

  @Field(() => [WhyClauseType], {
    description: "The query as a whole first, then its clauses, each behind the one it is part of.",
  })
  get clauses(): readonly WhyClauseType[] {
    const clause = this.#why.answer?.clause;
    return clause === undefined ? [] : listed(clause);
  }
}

function listed(root: Clause): readonly WhyClauseType[] {
  const list: WhyClauseType[] = [];
  const add = ({ clauses, ...clause }: Clause, depth: number, parent?: number): void => {
    const index = list.length;
    list.push({ ...clause, index, depth, ...(parent === undefined ? {} : { parent }) });
    for (const part of clauses) add(part, depth + 1, index);
  };
  add(root, 0);
  return list;
}
