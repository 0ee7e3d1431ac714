// The progress of a job, over a subscription.
import { Arg, Ctx, ID, Resolver, Root, Subscription } from "type-graphql";
import type { JobDocument } from "../../documents/job-documents.js";
import { followJob } from "../../jobs/follow.js";
import { findJob, unknownJob } from "../../jobs/jobs.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { JobObjectType } from "./job-type.js";

@Resolver()
export class JobSubscriptionResolver {
  @Subscription(() => JobObjectType, {
    complexity: costs(500),
    description:
      "A job as it is now, then whenever its state or progress changes. It completes when the job has ended.",
    subscribe: ({ args, context }) => follow(context as RequestContext, (args as { id: string }).id),
  })
  jobChanges(
    @Root() job: JobDocument,
    @Ctx() { engine }: RequestContext,
    @Arg("id", () => ID, { description: "Id of the job." }) _id: string,
  ): JobObjectType {
    return new JobObjectType(engine, job);
  }
}

async function follow({ engine, project, signal }: RequestContext, id: string) {
  const jobId = keyOf("Job", id);
  const job = await findJob(engine, project, jobId);
  if (job === undefined) throw userError(unknownJob(jobId).message);
  return followJob(engine, job, signal);
}
