// A clause of a previewed query, with its counts.
import { Ctx, Field, Int, ObjectType } from "type-graphql";
import type { ClauseCounts } from "../../query/clause-counts.js";
import type { RequestContext } from "../server/context.js";

@ObjectType("SegmentPreviewClause", {
  description: "A clause of a query: how many customers match it, and how many would match without it.",
})
export class SegmentPreviewClauseType {
  readonly #clause: ClauseCounts;

  constructor(clause: ClauseCounts) {
    this.#clause = clause;
  }

  @Field(() => String, { description: "The clause in canonical form." })
  get text(): string {
    return this.#clause.text;
  }

  @Field(() => Int, {
    complexity: 500,
    description: "Number of customers that match the clause by itself.",
  })
  count(@Ctx() { signal }: RequestContext): Promise<number> {
    return this.#clause.count({ signal });
  }

  @Field(() => Int, {
    complexity: 500,
    description: "Number of customers that the query would match without the clause.",
  })
  countWithout(@Ctx() { signal }: RequestContext): Promise<number> {
    return this.#clause.countWithout({ signal });
  }

  @Field(() => [SegmentPreviewClauseType], {
    complexity: ({ childComplexity }) => 1 + 5 * childComplexity,
    description: "The clauses that this one joins; none for a condition.",
  })
  get clauses(): readonly SegmentPreviewClauseType[] {
    return this.#clause.clauses.map((clause) => new SegmentPreviewClauseType(clause));
  }
}
