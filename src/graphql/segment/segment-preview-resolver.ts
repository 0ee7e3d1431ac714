// Asks what a query means.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, ID, Query, Resolver } from "type-graphql";
import { stopwatch } from "../../clock.js";
import { recentProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { why } from "../../why/why.js";
import { customerKey } from "../customer/customer-key.js";
import { SegmentWhyType } from "../customer/why-type.js";
import type { RequestContext } from "../server/context.js";
import { invalidFilter } from "../server/errors.js";
import { ExplanationType } from "./explanation-type.js";
import { SegmentPreviewType } from "./segment-preview-type.js";

@Resolver()
export class SegmentResolver {
  @Query(() => SegmentPreviewType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description:
      "Checks a query of the segment language and answers it. A query with mistakes is an answer too: `valid` is false and `diagnostics` tells them.",
  })
  async segmentPreview(
    @Ctx() context: RequestContext,
    @Arg("query", () => String, {
      description:
        "A sentence of the segment language, as `The email ends with .uk and the source is Mailchimp`.",
    })
    query: string,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description:
        "The instant to answer for, with its offset, as `2026-11-23T12:00:00Z`; now where it is left out. Orders and other dated records are as they were then; profiles are today's.",
    })
    asOf?: Date | null,
  ): Promise<SegmentPreviewType> {
    const elapsed = stopwatch();
    const { engine, project } = context;
    const preview = await previewSegment(engine, project, { query, asOf: asOf?.getTime() });
    const { currency } = await recentProject(engine, project);
    return new SegmentPreviewType(preview, currency, elapsed);
  }

  @Query(() => ExplanationType, {
    complexity: 1_000,
    description:
      "Runs a query and tells what it costs: how it is asked, what was expected, indexes used, rows read and returned. A query with mistakes is an error of code `BAD_USER_INPUT`, with the diagnostics in its extensions.",
  })
  async segmentExplain(
    @Ctx() context: RequestContext,
    @Arg("query", () => String, { description: "A sentence of the segment language." }) query: string,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description: "The instant to answer for; now where it is left out.",
    })
    asOf?: Date | null,
  ): Promise<ExplanationType> {
    const { engine, project, signal } = context;
    const { answer, diagnostics } = await previewSegment(engine, project, { query, asOf: asOf?.getTime() });
    if (answer === undefined) throw invalidFilter(diagnostics);
    return new ExplanationType(await answer.explain({ signal }));
  }

  @Query(() => SegmentWhyType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description:
      "Tells why a customer is in or out of what a query means: the truth of each clause, with the value that it saw. A query with mistakes is an answer too: `valid` is false and `diagnostics` tells them.",
  })
  async segmentWhy(
    @Ctx() context: RequestContext,
    @Arg("query", () => String, { description: "A sentence of the segment language." }) query: string,
    @Arg("customerId", () => ID, { nullable: true, description: "The customer's `id`." })
    customerId?: string | null,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from; case matters.",
    })
    sourceId?: string | null,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description: "The instant to answer for; now where it is left out.",
    })
    asOf?: Date | null,
  ): Promise<SegmentWhyType> {
    const { engine, project, signal } = context;
    const customer = customerKey(customerId, sourceId);
    const answer = await why(engine, project, { query, customer, asOf: asOf?.getTime() }, { signal });
    const { currency } = await recentProject(engine, project);
    return new SegmentWhyType(answer, currency);
  }
}
