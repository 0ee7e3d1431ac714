// Reads of dirty marks and of crossings as pipelines.

import type { ChangeDocument } from "../../../documents/membership-documents.js";
import type { Filter } from "../../../operators/encodings/encoding.js";
import type { Crossed, CrossedValues, CrossingReads, DirtyMarkReads } from "../../reads/dirty-marks.js";
import { countRows, hasRow, idsOf, type PipelineRunner } from "../run.js";

/** Partition numbers begin with 0: the range lets the index by partition serve marks of all of them. */
const anyPartition = { $gte: 0 };

export function dirtyMarkReads(runner: PipelineRunner): DirtyMarkReads {
  const { run } = runner;
  return {
    ofPartitions: async (project, partitions, excluded, limit, options) => {
      const [first, ...others] = partitions;
      if (first === undefined) return [];
      const left = excluded.length === 0 ? {} : { _id: { $nin: excluded } };
      // In an order over several partitions, all of their marks would be read.
      const [partition, order] =
        others.length === 0 ? [first, [{ $sort: { partition: 1, _id: 1 } }]] : [{ $in: partitions }, []];
      return run<ChangeDocument>(
        "changes",
        [{ $match: { project, partition, ...left } }, ...order, { $limit: limit }],
        options,
      );
    },

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
        [{ $match: { project, looks: { $elemMatch: { segment, kind: { $ne: "TIME" } } } } }],
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
              // One element has to be within the range, not two on either side of it.
              [path]: set === true && !("$in" in condition) ? { $elemMatch: condition } : condition,
            },
          },
          {
            $project: {
              _id: 0,
              customer: collection === "customers" ? "$_id" : "$customer",
              value: `$${path}`,
            },
          },
        ],
        options,
      );
    },
  };
}

function conditionOf(values: CrossedValues): Filter {
  return "anyOf" in values ? { $in: values.anyOf } : { $gte: values.from, $lte: values.to };
}
