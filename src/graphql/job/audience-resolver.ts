// Exports of customers as CSV files, as jobs.
import { Arg, Ctx, Field, InputType, Mutation, Resolver } from "type-graphql";
import { AudienceError, maxColumns, readAudience } from "../../export/audience.js";
import { JobError } from "../../jobs/job-error.js";
import { createJob } from "../../jobs/jobs.js";
import { SegmentError } from "../../segments/segment-error.js";
import { SegmentByInput } from "../segment/segment-by-input.js";
import { segmentIdBy } from "../segment/segment-of.js";
import type { RequestContext } from "../server/context.js";
import { callerOf, complexity, payload } from "./job-resolver.js";
import { JobPayloadType } from "./job-type.js";

@InputType("AudienceSelectionInput", { description: "Exactly one of: the customers to export." })
export class AudienceSelectionInput {
  @Field(() => SegmentByInput, { nullable: true, description: "The members of a segment." })
  readonly segment?: SegmentByInput | null;
  @Field(() => String, { nullable: true, description: "The customers that a query matches." })
  readonly query?: string | null;
}

@InputType("AudienceExportInput", { description: "Customers to export, and their columns." })
export class AudienceExportInput {
  @Field(() => AudienceSelectionInput, { description: "Which customers." })
  readonly audience!: AudienceSelectionInput;
  @Field(() => [String], {
    nullable: true,
    description: `Attributes, as queries name them, up to ${maxColumns}; by default the source id, name, email, country, and number and total of orders.`,
  })
  readonly columns?: readonly string[] | null;
}

@Resolver()
export class AudienceResolver {
  @Mutation(() => JobPayloadType, {
    complexity,
    description:
      "Exports customers in the background, as a CSV file: a line for each, with a column for each attribute.",
  })
  audienceExport(
    @Ctx() context: RequestContext,
    @Arg("input", () => AudienceExportInput, { description: "The customers." }) input: AudienceExportInput,
  ): Promise<JobPayloadType> {
    const { engine, project, caller } = context;
    const { audience, columns } = input;
    return payload(engine, ["input"], async () => {
      const request = {
        ...(audience.segment ? { segmentId: await segmentId(context, audience.segment) } : {}),
        ...(typeof audience.query === "string" ? { query: audience.query } : {}),
        ...(columns ? { columns } : {}),
      };
      await readAudience(engine, project, request).catch((error: unknown) => {
        if (!(error instanceof AudienceError)) throw error;
        throw new JobError("INVALID_INPUT", error.field, error.message);
      });
      const day = new Date(engine.clock()).toISOString().slice(0, 10);
      return createJob(engine, project, {
        type: "audience",
        request: { ...request, fileName: `${project}-customers-${day}.csv` },
        caller: callerOf(caller),
      });
    });
  }
}

async function segmentId(context: RequestContext, segment: SegmentByInput): Promise<string> {
  try {
    return await segmentIdBy(context, segment);
  } catch (error) {
    if (error instanceof SegmentError) throw new JobError("NOT_FOUND", "audience", error.message);
    throw error;
  }
}
