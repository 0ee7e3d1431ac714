// Removes an erased person from the results of jobs. A job that runs meanwhile may have read the person's values already: the ids
// of persons erased while it runs are kept with it, and its result is stored without them.

import type { JobDocument } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";
import { withoutExamplesOf } from "./retype.js";

/** If more persons are erased while a job runs, its result names no one. */
const maxErased = 1_000;

/** Removes a person's id and values from the results of jobs, and from those of jobs that run. */
export async function forgetInJobs({ store }: Engine, project: string, sourceId: string): Promise<void> {
  for (const job of await store.reads.jobs.ofProject(project)) {
    if (withoutPerson(job, sourceId) === undefined) continue;
    await store.write(async (transaction) => {
      const [found] = await transaction.getMany("jobs", [job._id]);
      const changed = found?.kind === "job" ? withoutPerson(found, sourceId) : undefined;
      if (changed !== undefined) await transaction.put("jobs", [changed]);
    });
  }
}

/** A job without what it says of a person, or that will say nothing of the person; undefined if it is so already. */
function withoutPerson(job: JobDocument, sourceId: string): JobDocument | undefined {
  if (job.state === "running") {
    const { erased_meanwhile = [] } = job;
    if (erased_meanwhile.length > maxErased) return undefined;
    return { ...job, erased_meanwhile: [...erased_meanwhile, sourceId] };
  }
  const result = resultWithout(job, [sourceId]);
  return result === undefined ? undefined : { ...job, result };
}

/** A job that ends, without the persons who were erased while it ran. */
export function withoutErased({ erased_meanwhile: erased = [], ...job }: JobDocument): JobDocument {
  const result = erased.length === 0 ? undefined : resultWithout(job, erased);
  return result === undefined ? job : { ...job, result };
}

/** A job's result without what it says of persons, by source id; undefined if it says nothing of them. */
function resultWithout(
  { type, result }: JobDocument,
  sourceIds: readonly string[],
): JobDocument["result"] | undefined {
  if (result === undefined) return undefined;
  const isMany = sourceIds.length > maxErased;
  if (type === "retype")
    return withoutExamplesOf(result, (customer) => isMany || sourceIds.includes(customer));
  if (type !== "import") return undefined;
  const { warnings = [] } = result as { warnings?: readonly { code: string; message: string }[] };
  const others = warnings.filter(
    ({ code, message }) =>
      !quotesCells.has(code) && !isMany && !sourceIds.some((sourceId) => message.includes(sourceId)),
  );
  return others.length === warnings.length ? undefined : { ...result, warnings: others };
}

/** Warnings of imports that quote cells, without the person whose they were. */
const quotesCells: ReadonlySet<string> = new Set(["TEXT_COLUMNS", "UNCERTAIN_ENCODING"]);
