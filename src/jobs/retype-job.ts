// The work of changing a key's type: converts every value; values that can't be converted are kept and listed.
import { type Retyping, retype } from "../definitions/retype.js";
import { ProjectError } from "../projects/projects.js";
import { JobFailure, type JobWork } from "./work.js";

export const retypeJob: JobWork = async ({ engine, job, signal, progress }) => {
  const { dryRun = false, ...retyping } = job.request as unknown as Retyping & { readonly dryRun?: boolean };
  try {
    const result = await retype(engine, job.project, retyping, {
      dryRun,
      signal,
      onProgress: (done) => progress({ phase: "values", done }),
    });
    return { result: { ...result } };
  } catch (error) {
    if (error instanceof ProjectError) throw new JobFailure(error.message, { cause: error });
    throw error;
  }
};
