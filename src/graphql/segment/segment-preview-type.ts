// A query's answer as GraphQL returns it. Only selected fields are computed.
import type { GraphQLResolveInfo } from "graphql";
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Args, Ctx, Field, Float, Info, Int, ObjectType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { maxClauses, TooManyClausesError } from "../../query/clause-counts.js";
import type { Preview, TotalCount } from "../../query/preview.js";
import {
  CustomerConnectionType,
  CustomerPageArguments,
  customerConnection,
  customerPageComplexity,
  emptyPage,
  readCustomerPage,
} from "../customer/customer-connection-type.js";
import { maxExactCount } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { userError } from "../server/user-error.js";
import { SegmentPreviewClauseType } from "./clause-counts-type.js";
import { extendedJson, type Json } from "./extended-json.js";

@ObjectType("SegmentPreview", {
  description: "The answer of a query: whether it is valid, how many customers match, and which.",
})
export class SegmentPreviewType {
  readonly #preview: Preview;
  readonly #currency: string;
  readonly #elapsed: () => number;
  readonly #work = new Set<Promise<unknown>>();
  #count: Promise<number | null> | undefined;

  /** `currency` is the project's; `elapsed` returns the milliseconds since the work on this query began. */
  constructor(preview: Preview, currency: string, elapsed: () => number) {
    this.#preview = preview;
    this.#currency = currency;
    this.#elapsed = elapsed;
  }

  @Field(() => Boolean, { description: "True if the query has no errors; it may have warnings." })
  get valid(): boolean {
    return this.#preview.answer !== undefined;
  }

  @Field(() => [DiagnosticType], { description: "Errors and warnings, in the order of the text." })
  diagnostics(): Promise<readonly Diagnostic[]> {
    return this.#follow(this.#preview.withValues());
  }

  @Field(() => String, {
    nullable: true,
    description: "The query in canonical form; null if it is not valid.",
  })
  get canonical(): string | undefined {
    return this.#preview.answer?.canonical;
  }

  @Field(() => Int, {
    nullable: true,
    complexity: costs(500),
    description: "Number of customers that match; null if the query is not valid.",
  })
  count(@Ctx() context: RequestContext): Promise<number | null> {
    this.#count ??= this.#follow(
      this.#preview.answer?.count({ signal: context.signal }) ?? Promise.resolve(null),
    );
    return this.#count;
  }

  @Field(() => [SegmentPreviewClauseType], {
    complexity: costs(1, { assumedSize: 10 }),
    description: `The clauses of the query with their counts, up to ${maxClauses} with those in parentheses; none if the query is not valid.`,
  })
  clauses(): readonly SegmentPreviewClauseType[] {
    try {
      const clauses = this.#preview.answer?.clauses() ?? [];
      return clauses.map((clause) => new SegmentPreviewClauseType(clause));
    } catch (error) {
      throw error instanceof TooManyClausesError ? userError(error.message) : error;
    }
  }

  @Field(() => GraphQLDateTime, { description: "The moment that the query was answered for." })
  get asOf(): Date {
    return new Date(this.#preview.asOf);
  }

  @Field(() => Float, {
    description:
      "Milliseconds spent on checking and compiling the query, and on the count and the customers if they are selected.",
  })
  async tookMs(): Promise<number> {
    // The other fields start in the same turn of the event loop: waits until their work has begun, and then for its end.
    await new Promise(setImmediate);
    await Promise.allSettled(this.#work);
    return Math.round(this.#elapsed() * 1_000) / 1_000;
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      "The MongoDB aggregation pipeline on the collection `customers`, as Extended JSON; null if the query is not valid.",
  })
  async pipeline(): Promise<Json | undefined> {
    const pipeline = await this.#preview.answer?.pipeline();
    return pipeline === undefined ? undefined : extendedJson(pipeline);
  }

  @Field(() => CustomerConnectionType, {
    complexity: customerPageComplexity(600),
    description: "The customers that match; none if the query is not valid.",
  })
  async customers(
    @Ctx() context: RequestContext,
    @Args(() => CustomerPageArguments) given: CustomerPageArguments,
    @Info() info: GraphQLResolveInfo,
  ): Promise<CustomerConnectionType> {
    const answer = this.#preview.answer;
    const page =
      answer === undefined
        ? emptyPage
        : await this.#follow(readCustomerPage(answer, given, info, { signal: context.signal }));
    return customerConnection(page, this.#currency, () => this.#total(context));
  }

  /** The exact count, if it was also requested. */
  async #total(context: RequestContext): Promise<TotalCount | null> {
    const { answer } = this.#preview;
    if (answer === undefined) return null;
    if (this.#count === undefined) {
      return this.#follow(answer.countUpTo(maxExactCount, { signal: context.signal }));
    }
    return { count: (await this.#count) ?? 0, isEstimate: false };
  }

  #follow<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    return work;
  }
}
