// A query's answer as GraphQL gives it. Only what the client selects is worked out.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Args, Ctx, Field, Float, Int, ObjectType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { Preview, TotalCount } from "../../query/preview.js";
import { CustomerConnectionType, countedExactly, emptyPage } from "../customer/customer-connection-type.js";
import { CustomerPageArguments, pageComplexity, pageRequest } from "../customer/customer-page-arguments.js";
import type { RequestContext } from "../server/context.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { extendedJson, type Json } from "./extended-json.js";

@ObjectType("SegmentPreview", {
  description:
    "What a query of the segment language means: whether it is right, how many customers it finds, and who.",
})
export class SegmentPreviewType {
  readonly #preview: Preview;
  readonly #currency: string;
  readonly #elapsed: () => number;
  readonly #work = new Set<Promise<unknown>>();
  #count: Promise<number | null> | undefined;

  /** `currency` is the project's; `elapsed` tells the milliseconds since the work on this query began. */
  constructor(preview: Preview, currency: string, elapsed: () => number) {
    this.#preview = preview;
    this.#currency = currency;
    this.#elapsed = elapsed;
  }

  @Field(() => Boolean, { description: "True where the query has no errors; it may have warnings." })
  get valid(): boolean {
    return this.#preview.answer !== undefined;
  }

  @Field(() => [DiagnosticType], { description: "Every mistake and every doubt, in the order of the text." })
  diagnostics(): Promise<readonly Diagnostic[]> {
    return this.#follow(this.#preview.withValues());
  }

  @Field(() => String, {
    nullable: true,
    description: "The query in its one canonical form; null where it is not valid.",
  })
  get canonical(): string | undefined {
    return this.#preview.answer?.canonical;
  }

  @Field(() => Int, {
    nullable: true,
    complexity: 500,
    description: "How many customers the query finds; null where it is not valid.",
  })
  count(@Ctx() context: RequestContext): Promise<number | null> {
    this.#count ??= this.#follow(
      this.#preview.answer?.count({ signal: context.signal }) ?? Promise.resolve(null),
    );
    return this.#count;
  }

  @Field(() => GraphQLDateTime, { description: "The instant that the query was answered for." })
  get asOf(): Date {
    return new Date(this.#preview.asOf);
  }

  @Field(() => Float, {
    description:
      "How long checking and compiling took, and finding the count and the customers where those were asked for too, in milliseconds.",
  })
  async tookMs(): Promise<number> {
    // The fields beside this one start in the same turn of the event loop; wait for those that have work to do.
    await new Promise(setImmediate);
    await Promise.allSettled(this.#work);
    return Math.round(this.#elapsed() * 1_000) / 1_000;
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      "The MongoDB aggregation pipeline on the collection `customers` that finds them, as Extended JSON; null where the query is not valid.",
  })
  async pipeline(): Promise<Json | undefined> {
    const pipeline = await this.#preview.answer?.pipeline();
    return pipeline === undefined ? undefined : extendedJson(pipeline);
  }

  @Field(() => CustomerConnectionType, {
    complexity: pageComplexity,
    description: "The customers that the query finds; none where it is not valid.",
  })
  async customers(
    @Ctx() context: RequestContext,
    @Args(() => CustomerPageArguments) written: CustomerPageArguments,
  ): Promise<CustomerConnectionType> {
    const answer = this.#preview.answer;
    const page =
      answer === undefined
        ? emptyPage
        : await this.#follow(answer.customers(pageRequest(written), { signal: context.signal }));
    return new CustomerConnectionType(page, this.#currency, () => this.#total(context));
  }

  /** The exact count where that was asked for, too. */
  async #total(context: RequestContext): Promise<TotalCount | null> {
    const { answer } = this.#preview;
    if (answer === undefined) return null;
    if (this.#count === undefined) {
      return this.#follow(answer.countUpTo(countedExactly, { signal: context.signal }));
    }
    return { count: (await this.#count) ?? 0, isEstimate: false };
  }

  #follow<Result>(work: Promise<Result>): Promise<Result> {
    this.#work.add(work);
    return work;
  }
}
