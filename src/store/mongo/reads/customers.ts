// Reads over customers as pipelines.
import type { Filter } from "../../../operators/encodings/encoding.js";
import type { CustomerIdentity, CustomerReads, SampledCustomer } from "../../reads/customers.js";
import { hasRow, idsOf, type PipelineRunner } from "../run.js";
import { behind } from "./documents.js";

/** `$exists` is implied by `$lte`, but shows the planner that an index over only the documents with the field can serve. */
function dueBy(instant: Date): Filter {
  return { $exists: true, $lte: instant };
}

export function customerReads(runner: PipelineRunner): CustomerReads {
  return {
    sample: (project, limit, options) =>
      runner.run<SampledCustomer>(
        "customers",
        [
          { $match: { project } },
          { $sort: { sample: 1 } },
          { $limit: limit },
          { $project: { facts: 1, yearly: 1, activity: 1, sample: 1, source_id: 1, segments: 1 } },
        ],
        options,
      ),

    identities: (project, after, limit, options) =>
      runner.run<CustomerIdentity>(
        "customers",
        [
          { $match: { project, _id: behind(project, after) } },
          { $sort: { _id: 1 } },
          { $limit: limit },
          { $project: { source_id: 1 } },
        ],
        options,
      ),

    summaryState: async (project, instant, options) => {
      const some = (path: string, range: Filter) =>
        hasRow(runner, "customers", [{ $match: { project, [path]: range } }], options);
      // Two reads, because DocumentDB serves `$or` with no index.
      const [beyond, behind] = await Promise.all([
        some("activity.latest_at", { $gt: instant }),
        some("activity.next_at", dueBy(instant)),
      ]);
      return { beyond, behind };
    },

    summariesDue: (project, instant, limit, options) =>
      idsOf(
        runner,
        "customers",
        [{ $match: { project, "activity.next_at": dueBy(instant) } }, { $limit: limit }],
        options,
      ),
  };
}
