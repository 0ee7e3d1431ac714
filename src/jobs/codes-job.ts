// The work of generating many codes.
import { type GeneratePlan, generateCodes } from "../promotions/generate.js";
import { PromotionError } from "../promotions/promotion-error.js";
import { JobFailure, type JobWork } from "./work.js";

/** The `request` is a GeneratePlan. */
export const codesJob: JobWork = async ({ engine, job, signal, progress }) => {
  const plan = job.request as unknown as GeneratePlan;
  const { count: total } = plan;
  try {
    await generateCodes(engine, job.project, plan, {
      batch: job.job_id,
      signal,
      progress: (done) => progress({ phase: "codes", done, total }),
    });
  } catch (error) {
    if (error instanceof PromotionError) throw new JobFailure(error.message, { cause: error });
    throw error;
  }
  return { result: { generated: total } };
};
