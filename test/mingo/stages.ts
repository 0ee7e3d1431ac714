// The aggregation stages of the embedded store, for mingo's context. mingo 7.2.7 has its own, which differ from MongoDB or
// don't scale: `$count` of nothing gives a row, `$limit` reads on to the end, `$unwind` writes into its input and drops
// "", `$lookup` joins wrongly with a pipeline and scans a collection for every call. `$match`, `$group`, `$replaceRoot`
// and `$unionWith` are mingo's.
import { Aggregator } from "mingo/aggregator";
import { type Iterator, Lazy } from "mingo/lazy";
import { $group, $match, $replaceRoot, $replaceWith, $unionWith } from "mingo/operators/pipeline";
import type { AnyObject, Options, PipelineOperator } from "mingo/types";
import type { CollectionName } from "../../src/documents/collections.js";
import { fieldOf, parsePath, someValue } from "./paths.js";
import { placer, projector, remover, setter } from "./reshape.js";
import { sortedRows } from "./sorting.js";
import { isPlainObject, type PlainObject } from "./values.js";

/** Finds the documents of a collection whose `field` is one of these values, within one project. */
export type FindRelated = (
  collection: CollectionName,
  field: "_id" | "customer",
  values: readonly string[],
) => readonly PlainObject[];

type Stage = (rows: Iterator, specification: unknown, options: Options) => Iterator;

function wholeNumber(stage: string, specification: unknown, least: number): number {
  if (typeof specification === "number" && Number.isInteger(specification) && specification >= least) {
    return specification;
  }
  throw new TypeError(`${stage} takes a whole number of at least ${least}.`);
}

const $limit: Stage = (rows, specification) => {
  let left = wholeNumber("$limit", specification, 1);
  return Lazy(() => (left-- > 0 ? rows.next() : { done: true }));
};

const $skip: Stage = (rows, specification) => {
  let left = wholeNumber("$skip", specification, 0);
  return rows.filter(() => left-- <= 0);
};

const $count: Stage = (rows, specification) => {
  if (typeof specification !== "string" || !/^[^$.\0][^.\0]*$/.test(specification)) {
    throw new TypeError("$count takes the name of a field.");
  }
  return rows.transform((all: unknown[]) => Lazy(all.length === 0 ? [] : [{ [specification]: all.length }]));
};

const $sort: Stage = (rows, specification) => {
  if (!isPlainObject(specification)) throw new TypeError("$sort takes an object of paths.");
  return rows.transform((all: unknown[]) => Lazy(sortedRows(all, specification)));
};

const $set: Stage = (rows, specification, options) => rows.map(setter(specification, options));
const $unset: Stage = (rows, specification) => rows.map(remover(specification));
const $project: Stage = (rows, specification, options) => rows.map(projector(specification, options));

const $unwind: Stage = (rows, specification) => {
  const given: PlainObject = isPlainObject(specification) ? specification : { path: specification };
  const { path, includeArrayIndex, preserveNullAndEmptyArrays = false } = given;
  if (typeof path !== "string" || !path.startsWith("$"))
    throw new TypeError('$unwind takes a path, as "$items".');
  const { segments } = parsePath(path.slice(1));
  const read = (row: unknown) =>
    segments.reduce((value, name) => (isPlainObject(value) ? fieldOf(value, name) : undefined), row);
  let element: unknown;
  let position: number | null = null;
  const putElement = placer(path.slice(1), () => element);
  const putPosition =
    typeof includeArrayIndex === "string" ? placer(includeArrayIndex, () => position) : undefined;
  const rowOf = (row: PlainObject, value: unknown, at: number | null): PlainObject => {
    element = value;
    position = at;
    // Without a value there is nothing to put, and no object on the way to it is to be made.
    const placed = value === undefined && read(row) === undefined ? row : putElement(row);
    return putPosition === undefined ? placed : putPosition(placed);
  };
  const unwound = (row: PlainObject): PlainObject[] => {
    const value = read(row);
    if (Array.isArray(value) && value.length > 0) return value.map((item, at) => rowOf(row, item, at));
    const nothing = value === undefined || value === null || Array.isArray(value);
    if (!nothing) return [rowOf(row, value, null)];
    return preserveNullAndEmptyArrays ? [rowOf(row, Array.isArray(value) ? undefined : value, null)] : [];
  };
  return flattened(rows, unwound);
};

function flattened(rows: Iterator, expand: (row: PlainObject) => readonly PlainObject[]): Iterator {
  function* expanded(): Generator<PlainObject> {
    for (let row = rows.next(); !row.done; row = rows.next()) yield* expand(row.value as PlainObject);
  }
  return Lazy(expanded());
}

/** The one form of `$lookup` that `scope.ts` lets through. */
interface Join {
  readonly from: CollectionName;
  readonly localField: string;
  readonly foreignField: "_id" | "customer";
  readonly as: string;
  readonly pipeline?: AnyObject[];
}

/**
 * `$lookup` by equality with `_id` or `customer`, which the store has an index of, with or without a pipeline that runs
 * over what was found. Rows of other projects are never found.
 */
function lookup(related: FindRelated): Stage {
  return (rows, specification, options) => {
    const { from, localField, foreignField, as, pipeline } = specification as Join;
    const path = parsePath(localField);
    const inner = pipeline === undefined ? undefined : new Aggregator(pipeline, options);
    return rows.map(
      placer(as, (row) => {
        const values: string[] = [];
        someValue(row, path, "elements", (value) => {
          if (typeof value === "string") values.push(value);
          return false;
        });
        const found = related(from, foreignField, values);
        return inner === undefined ? found : inner.run(found);
      }),
    );
  };
}

/** The stages that treat each document by itself, so that a long list may be taken in slices. */
export const slicedStages: ReadonlySet<string> = new Set([
  "$match",
  "$set",
  "$addFields",
  "$unset",
  "$project",
  "$unwind",
  "$lookup",
  "$replaceRoot",
  "$replaceWith",
]);

/** By name, for the context of one read, whose joins `related` answers. */
export function pipelineStages(related: FindRelated): Readonly<Record<`$${string}`, PipelineOperator>> {
  return {
    $match,
    $set,
    $addFields: $set,
    $unset,
    $project,
    $unwind,
    $lookup: lookup(related),
    $replaceRoot,
    $replaceWith,
    $group,
    $sort,
    $skip,
    $limit,
    $count,
    $unionWith,
  } as Readonly<Record<`$${string}`, PipelineOperator>>;
}
