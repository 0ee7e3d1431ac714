// Reads of values as pipelines.
import type { Filter } from "../../../operators/encodings/encoding.js";
import type { Pipeline } from "../../../pipeline/stage.js";
import { escapePattern } from "../../../plan/text.js";
import type { ValueCount, ValueReads, ValueSource } from "../../reads/values.js";
import type { PipelineRunner } from "../run.js";

/** The documents that values are read from, and an order in which the first ones are a sample, served by an index. */
function documentsOf({ project, collection, type }: ValueSource): {
  readonly match: Filter;
  readonly sort: Filter;
} {
  switch (collection) {
    case "customers":
      return { match: { project }, sort: { sample: 1 } };
    case "orders":
      // Orders are sampled by id, and their ids begin with the project.
      return { match: { project, _id: { $gte: `${project}/`, $lt: `${project}0` } }, sort: { _id: 1 } };
    case "events":
      return { match: { project, ...(type === undefined ? {} : { type }) }, sort: { at: -1 } };
    default:
      return collection satisfies never;
  }
}

function counted(path: string, limit: number): Pipeline {
  return [
    { $group: { _id: `$${path}`, count: { $sum: 1 }, example: { $min: "$_id" } } },
    { $sort: { count: -1, _id: 1 } },
    { $limit: limit },
    { $project: { _id: 0, value: { $ifNull: ["$_id", null] }, count: 1, example: 1 } },
  ];
}

export function valueReads({ run }: PipelineRunner): ValueReads {
  return {
    frequent: (source, documents, limit, options) => {
      const { collection, path, set } = source;
      const { match, sort } = documentsOf(source);
      const elements = set ? [{ $unwind: { path: `$${path}`, preserveNullAndEmptyArrays: true } }] : [];
      const pipeline = [
        { $match: match },
        { $sort: sort },
        { $limit: documents },
        ...elements,
        ...counted(path, limit),
      ];
      return run<ValueCount>(collection, pipeline, options);
    },

    beginningWith: (source, prefix, documents, limit, options) => {
      const { collection, path, set } = source;
      const begins = { [path]: { $regex: `^${escapePattern(prefix)}` } };
      const pipeline = [
        { $match: { ...documentsOf(source).match, ...begins } },
        { $limit: documents },
        ...(set ? [{ $unwind: `$${path}` }, { $match: begins }] : []),
        ...counted(path, limit),
      ];
      return run<ValueCount>(collection, pipeline, options);
    },
  };
}
