// The work of publishing codes to a segment.
import { PromotionError } from "../promotions/promotion-error.js";
import { type PublishPlan, publishToSegment } from "../promotions/publish.js";
import { JobFailure, type JobWork } from "./work.js";

/** The `request` is a PublishPlan. */
export const publishJob: JobWork = async ({ engine, job, signal, progress }) => {
  const plan = job.request as unknown as PublishPlan;
  try {
    const done = await publishToSegment(engine, job.project, plan, {
      batch: job.job_id,
      signal,
      progress: (done, total) => progress({ phase: "customers", done, total }),
    });
    return { result: { ...done } };
  } catch (error) {
    if (error instanceof PromotionError) throw new JobFailure(error.message, { cause: error });
    throw error;
  }
};
