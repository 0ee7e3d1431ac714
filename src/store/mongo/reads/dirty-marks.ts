// Reads of dirty marks and of crossings as pipelines.

import type { ChangeDocument } from "../../../documents/membership-documents.js";
import type { Filter } from "../../../operators/encodings/encoding.js";
import { canceledStatus } from "../../../plan/counted.js";
import type { Crossed, CrossedValues, CrossingReads, DirtyMarkReads } from "../../reads/dirty-marks.js";
import { countRows, hasRow, idsOf, type PipelineRunner } from "../run.js";

/** True for every partition: the range lets the index by partition serve the read. */
const anyPartition = { $gte: 0 };

function idIn(range: { readonly $gt?: string }, excluded: readonly string[]): Filter {
  const condition = excluded.length === 0 ? range : { ...range, $nin: excluded };
  return Object.keys(condition).length === 0 ? {} : { _id: condition };
}

export function dirtyMarkReads(runner: PipelineRunner): DirtyMarkReads {
  const { run } = runner;
  return {
    // Not sorted: that would read all marks of the partitions.
    ofPartitions: async (project, partitions, excluded, limit, options) =>
      partitions.length === 0
        ? []
        : run<ChangeDocument>(
            "changes",
            [
              { $match: { project, partition: { $in: partitions }, ...idIn({}, excluded) } },
              { $limit: limit },
            ],
            options,
          ),

    ofPartition: (project, partition, after, excluded, limit, options) =>
      run<ChangeDocument>(
        "changes",
        [
          { $match: { project, partition, ...idIn({ $gt: after }, excluded) } },
          { $sort: { partition: 1, _id: 1 } },
          { $limit: limit },
        ],
        options,
      ),

    ids: (project, options) => idsOf(runner, "changes", [{ $match: { project } }], options),

    changedIds: (project, options) =>
      idsOf(runner, "changes", [{ $match: { project, before: { $ne: null } } }], options),

    withEffectiveTime: (project, options) =>
      run<{ readonly _id: string; readonly effective_at: Date }>(
        "changes",
        [{ $match: { project, effective_at: { $gte: new Date(0) } } }, { $project: { effective_at: 1 } }],
        options,
      ),

    countUpTo: (project, bound, options) =>
      countRows(runner, "changes", [{ $match: { project } }, { $limit: bound }], options),

    countOfSegment: (project, segment, options) =>
      countRows(
        runner,
        "changes",
        [{ $match: { project, reasons: { $elemMatch: { segment, kind: { $ne: "TIME" } } } } }],
        options,
      ),

    anyErasedFrom: (project, segment, options) =>
      hasRow(runner, "changes", [{ $match: { project, erased: segment } }], options),

    backlog: async (project, bound, options) => {
      const [row] = await run<{ readonly waiting: number; readonly oldest?: Date | null }>(
        "changes",
        [
          { $match: { project, partition: anyPartition } },
          { $limit: bound },
          { $group: { _id: null, waiting: { $sum: 1 }, oldest: { $min: "$since" } } },
        ],
        options,
      );
      const { waiting = 0, oldest } = row ?? {};
      return { waiting, ...(oldest instanceof Date ? { oldest } : {}) };
    },
  };
}

export function crossingReads({ run }: PipelineRunner): CrossingReads {
  return {
    crossed: (project, { collection, type, path, set }, values, options) => {
      const condition = conditionOf(values);
      return run<Crossed>(
        collection,
        [
          {
            $match: {
              project,
              ...(type === undefined ? {} : { type }),
              ...(collection === "orders" ? { status: { $ne: canceledStatus } } : {}),
              [path]: condition,
            },
          },
          {
            $project: {
              _id: 0,
              customer: collection === "customers" ? "$_id" : "$customer",
              value: `$${path}`,
            },
          },
          // Two elements on either side of a range match it, too. Not in the first stage: DocumentDB refuses $elemMatch on an
          // indexed path.
          ...(set === true && !("$in" in condition)
            ? [{ $match: { value: { $elemMatch: condition } } }]
            : []),
        ],
        options,
      );
    },
  };
}

function conditionOf(values: CrossedValues): Filter {
  return "anyOf" in values ? { $in: values.anyOf } : { $gte: values.from, $lte: values.to };
}
