// Previews queries, explains their cost, and explains why one customer matches.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { stopwatch } from "../../clock.js";
import { previewSegment } from "../../query/preview.js";
import { why } from "../../why/why.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import { SegmentWhyType } from "../customer/why-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { invalidFilter } from "../server/errors.js";
import { ExplanationType } from "./explanation-type.js";
import { SegmentPreviewType } from "./segment-preview-type.js";

const asOfField = { nullable: true, description: "Moment to answer for; now if omitted." } as const;
const queryField = { description: "A query of the segment language." } as const;

@Resolver()
export class SegmentResolver {
  @Query(() => SegmentPreviewType, {
    complexity: costs(500),
    description:
      "Checks a query and answers it. A query with mistakes is an answer too: `valid` is false, and `diagnostics` lists them.",
  })
  async segmentPreview(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("query", () => String, {
      description:
        "A query of the segment language, as `The email ends with .uk and the source is Mailchimp`.",
    })
    query: string,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description:
        "Moment to answer for, with its offset, as `2026-11-23T12:00:00Z`; now if omitted. Orders and other dated records are as they were then; profiles are today's.",
    })
    asOf?: Date | null,
  ): Promise<SegmentPreviewType> {
    const elapsed = stopwatch();
    const preview = await previewSegment(engine, project, { query, asOf: asOf?.getTime() });
    const { currency } = await loaders.definition();
    return new SegmentPreviewType(preview, currency, elapsed);
  }

  @Query(() => ExplanationType, {
    complexity: costs(1_000),
    description:
      "Runs a query and reports what it costs. A query with mistakes is an error with code `BAD_USER_INPUT` and the diagnostics in its extensions.",
  })
  async segmentExplain(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("query", () => String, queryField) query: string,
    @Arg("asOf", () => GraphQLDateTime, asOfField) asOf?: Date | null,
  ): Promise<ExplanationType> {
    const { answer, diagnostics } = await previewSegment(engine, project, { query, asOf: asOf?.getTime() });
    if (answer === undefined) throw invalidFilter(diagnostics);
    return new ExplanationType(await answer.explain({ signal }));
  }

  @Query(() => SegmentWhyType, {
    complexity: costs(1_000),
    description:
      "Why a customer matches a query, or does not: the truth of each clause, with the actual value. A query with mistakes is an answer too: `valid` is false, and `diagnostics` lists them.",
  })
  async segmentWhy(
    @Ctx() { engine, project, signal, loaders }: RequestContext,
    @Arg("query", () => String, queryField) query: string,
    @Arg("customer", () => CustomerByInput, { description: "Which customer." }) customer: CustomerByInput,
    @Arg("asOf", () => GraphQLDateTime, asOfField) asOf?: Date | null,
  ): Promise<SegmentWhyType> {
    const request = { query, customer: customerKey(customer), asOf: asOf?.getTime() };
    const answer = await why(engine, project, request, { signal });
    const { currency } = await loaders.definition();
    return new SegmentWhyType(answer, currency);
  }
}
