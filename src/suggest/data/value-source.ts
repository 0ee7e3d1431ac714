// Where values of the data are read that a comparison could name, and how they are read: pipelines over a fair part of the
// rows, so that a suggestion costs the same however many there are.

import type { Attribute, EventType } from "../../catalog/model.js";

import type { CollectionName } from "../../documents/collections.js";
import type { Pipeline, PipelineStage } from "../../pipeline/stage.js";
import type { ValueType } from "../../plan/literals.js";
import { escapePattern, normaliseText } from "../../plan/text.js";

/** How much is looked at. */
export interface Bounds {
  /** Rows for the most frequent values. */
  readonly sampledRows: number;
  /** Rows that a search begins. */
  readonly searchedRows: number;
  /** Different values that are kept of the sampled rows. */
  readonly keptValues: number;
}

export const defaultBounds: Bounds = { sampledRows: 5_000, searchedRows: 10_000, keptValues: 1_000 };

export type ElementKind = Extract<
  ValueType | "product",
  "text" | "exact" | "country" | "enumeration" | "number" | "product"
>;

const suggested: ReadonlySet<string> = new Set<ElementKind>([
  "text",
  "exact",
  "country",
  "enumeration",
  "number",
  "product",
]);

/** The field that holds an attribute's values. */
export interface ValueSource {
  readonly project: string;
  readonly collection: Extract<CollectionName, "customers" | "orders" | "events">;
  /** Which of the collection's documents have it. */
  readonly match: PipelineStage;
  /** What makes the first rows a fair part of all. */
  readonly order: Pipeline;
  readonly path: string;
  readonly set: boolean;
  readonly kind: ElementKind;
}

/** Where the values of an attribute, or of an event's property, are; undefined where none are worth naming, as of dates. */
export function valueSource(
  project: string,
  { type, element, field }: Attribute,
  event: EventType | undefined,
): ValueSource | undefined {
  const kind = type === "set" ? (element ?? "text") : type;
  if (!suggested.has(kind)) return undefined;
  const values = { project, path: field.path, set: type === "set", kind: kind as ElementKind };
  if (field.scope !== "record") {
    const isStored = field.scope === "profile" || kind === "product";
    // Customers are spread evenly over their sample number, which an index holds.
    const order = [{ $sort: { sample: 1 } }];
    return isStored ? { ...values, collection: "customers", match: { project }, order } : undefined;
  }
  if (event === undefined) return undefined;
  if (event.builtIn) {
    // Orders have no index by project but that of their ids, which begin with it.
    const ids = { $gte: `${project}/`, $lt: `${project}0` };
    return { ...values, collection: "orders", match: { project, _id: ids }, order: [{ $sort: { _id: 1 } }] };
  }
  const match = { project, type: event.name };
  return { ...values, collection: "events", match, order: [{ $sort: { at: -1 } }] };
}

/** One value, how many of the rows looked at have it, and one of them. Null stands for those that have none. */
export interface ValueRow {
  readonly _id: string | number | null;
  readonly count: number;
  readonly example: string;
}

const grouped = (path: string, most: number): Pipeline => [
  { $group: { _id: `$${path}`, count: { $sum: 1 }, example: { $min: "$_id" } } },
  { $sort: { count: -1, _id: 1 } },
  { $limit: most },
];

/** The values of a fair part of the rows, the most frequent first. */
export function sampledPipeline(
  { match, order, path, set }: ValueSource,
  { sampledRows, keptValues }: Bounds,
): Pipeline {
  const unwind = set ? [{ $unwind: { path: `$${path}`, preserveNullAndEmptyArrays: true } }] : [];
  return [{ $match: match }, ...order, { $limit: sampledRows }, ...unwind, ...grouped(path, keptValues)];
}

/** The values that begin with a search, by an anchored pattern that an index can serve; undefined where there is no such. */
export function searchPipeline(
  source: ValueSource,
  search: string,
  most: number,
  { searchedRows }: Bounds,
): Pipeline | undefined {
  const { match, path, set, kind } = source;
  const text = kind === "exact" ? search : normaliseText(search);
  if ((kind !== "text" && kind !== "exact") || text === "") return undefined;
  const begins = { [path]: { $regex: `^${escapePattern(text)}` } };
  return [
    { $match: { ...match, ...begins } },
    { $limit: searchedRows },
    ...(set ? [{ $unwind: `$${path}` }, { $match: begins }] : []),
    ...grouped(path, most),
  ];
}
