// Why one customer matches a query, or does not, as GraphQL returns it.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic, Span } from "../../../grammar/diagnostic.js";
import type { Clause, ReportedClauseKind } from "../../why/clauses.js";
import type { DescribedNearest, Why } from "../../why/why.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { DiagnosticType, SpanType } from "../server/diagnostic-type.js";
import { ProfileChangeType, profileChanges } from "./change-type.js";
import { CustomerType } from "./customer-type.js";

const kinds: Readonly<Record<Uppercase<ReportedClauseKind>, ReportedClauseKind>> = {
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
  description: "Kind of clause.",
  valuesConfig: {
    AND: { description: "All operands have to hold." },
    OR: { description: "At least one operand has to hold." },
    NOT: { description: "The operand must not hold." },
    ALL_OF: { description: "A group whose conditions all have to hold." },
    ANY_OF: { description: "A group of conditions, at least one of which has to hold." },
    NONE_OF: { description: "A group of conditions, none of which may hold." },
    CONDITION: { description: "A condition; of `in segment`, the segment's own query is inside." },
  },
});

@ObjectType("WhyClause", { description: "A clause of a query, evaluated for one customer." })
export class WhyClauseType {
  readonly #clause: Clause;

  @Field(() => Int, { description: "Nesting depth; 0 for the whole query." })
  readonly depth: number;

  @Field(() => Int, { description: "Position in the query, depth first, from 0." })
  readonly index: number;

  @Field(() => Int, {
    nullable: true,
    description: "`index` of the enclosing clause; null for the whole query.",
  })
  readonly parent: number | undefined;

  @Field(() => [WhyClauseType], {
    complexity: costs(0, { assumedSize: 5 }),
    description: "The clauses inside it; of `in segment`, those of the segment's own query.",
  })
  readonly clauses: readonly WhyClauseType[];

  private constructor(clause: Clause, depth: number, list: WhyClauseType[], parent?: number) {
    this.#clause = clause;
    this.depth = depth;
    this.parent = parent;
    this.index = list.length;
    list.push(this);
    this.clauses = clause.clauses.map((inner) => new WhyClauseType(inner, depth + 1, list, this.index));
  }

  /** The clause and all clauses inside it, depth first. */
  static listOf(clause: Clause): readonly WhyClauseType[] {
    const list: WhyClauseType[] = [];
    new WhyClauseType(clause, 0, list);
    return list;
  }

  @Field(() => kinds, { description: "Kind of clause." })
  get kind(): ReportedClauseKind {
    return this.#clause.kind;
  }

  @Field(() => Boolean, { description: "True if the customer matches it." })
  get holds(): boolean {
    return this.#clause.holds;
  }

  @Field(() => String, { description: "The clause in canonical form." })
  get text(): string {
    return this.#clause.text;
  }

  @Field(() => SpanType, {
    description:
      "Where it is in the query as it was given; inside a segment, in the segment's canonical query.",
  })
  get span(): Span {
    return this.#clause.span;
  }

  @Field(() => String, {
    nullable: true,
    description: "The actual value, as `last order was 2026-10-02, which is 52 days ago`.",
  })
  get actual(): string | undefined {
    return this.#clause.actual;
  }

  @Field(() => String, { nullable: true, description: "The expected value, as `more than 60 days ago`." })
  get expected(): string | undefined {
    return this.#clause.expected;
  }

  @Field(() => String, { description: "Actual and expected value in one sentence." })
  get sentence(): string {
    return this.#clause.sentence;
  }

  @Field(() => String, { nullable: true, description: "Name of the segment, of `in segment`." })
  get segment(): string | undefined {
    return this.#clause.segment;
  }
}

@ObjectType("NearestChange", {
  description: "The smallest change of facts that would let a customer in, or why none was found.",
})
export class NearestChangeType {
  readonly #nearest: DescribedNearest;
  readonly #currency: string;

  constructor(nearest: DescribedNearest, currency: string) {
    this.#nearest = nearest;
    this.#currency = currency;
  }

  @Field(() => [String], {
    description: "What would have to change, in order, as `wait until 2026-12-05`; empty if none was found.",
  })
  get sentences(): readonly string[] {
    return this.#nearest.sentences;
  }

  @Field(() => [ProfileChangeType], {
    description: "The same as data, in order; empty if none was found.",
  })
  get changes(): readonly object[] {
    const changes = "changes" in this.#nearest ? this.#nearest.changes : [];
    return changes.flatMap((change) => profileChanges(change, this.#currency));
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The moment as of which the customer would be in; null if none was found.",
  })
  get asOf(): Date | undefined {
    return "changes" in this.#nearest ? new Date(this.#nearest.asOf) : undefined;
  }

  @Field(() => String, { nullable: true, description: "Why none was found; null if one was." })
  get reason(): string | undefined {
    return "reason" in this.#nearest ? this.#nearest.reason : undefined;
  }
}

@ObjectType("SegmentWhy", { description: "Why a customer matches a query, or does not." })
export class SegmentWhyType {
  readonly #why: Why;
  readonly #currency: string;

  /** `currency` is the project's. */
  constructor(why: Why, currency: string) {
    this.#why = why;
    this.#currency = currency;
  }

  @Field(() => Boolean, { description: "True if the query has no errors; it may have warnings." })
  get valid(): boolean {
    return this.#why.answer !== undefined;
  }

  @Field(() => [DiagnosticType], { description: "Errors and warnings, in the order of the text." })
  get diagnostics(): readonly Diagnostic[] {
    return this.#why.diagnostics;
  }

  @Field(() => GraphQLDateTime, { description: "The moment that it was answered for." })
  get asOf(): Date {
    return new Date(this.#why.asOf);
  }

  @Field(() => String, {
    nullable: true,
    description: "The query in canonical form; null if it is not valid.",
  })
  get canonical(): string | undefined {
    return this.#why.answer?.canonical;
  }

  @Field(() => CustomerType, { nullable: true, description: "The customer; null if the query is not valid." })
  get customer(): CustomerType | undefined {
    const customer = this.#why.answer?.customer;
    return customer === undefined ? undefined : new CustomerType(customer, this.#currency);
  }

  @Field(() => Boolean, {
    nullable: true,
    description: "True if the customer matches; null if the query is not valid.",
  })
  get holds(): boolean | undefined {
    return this.#why.answer?.clause.holds;
  }

  @Field(() => NearestChangeType, {
    nullable: true,
    complexity: costs(2_000),
    description: "What would let the customer in; null if the customer matches, or the query is not valid.",
  })
  async nearest(@Ctx() { signal }: RequestContext): Promise<NearestChangeType | undefined> {
    const nearest = await this.#why.answer?.nearest?.({ signal });
    return nearest === undefined ? undefined : new NearestChangeType(nearest, this.#currency);
  }

  @Field(() => WhyClauseType, {
    nullable: true,
    description: "The whole query; its clauses are inside. Null if the query is not valid.",
  })
  get clause(): WhyClauseType | undefined {
    return this.clauses[0];
  }

  @Field(() => [WhyClauseType], {
    complexity: costs(0, { assumedSize: 20 }),
    description: "All clauses as a flat list, depth first, the whole query first.",
  })
  get clauses(): readonly WhyClauseType[] {
    const clause = this.#why.answer?.clause;
    return clause === undefined ? [] : WhyClauseType.listOf(clause);
  }
}
