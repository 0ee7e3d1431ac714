// The queries that share an access, and within them, which may flip as the value of a slot changes: by hash where conditions are
// equalities, by a slice of sorted bounds where they are ranges, else by asking each different condition once.
import type { Facts, Holds } from "../operators/forms/form.js";
import type { Key, Leaf } from "./leaves.js";

/** Told of a query, by its place among those that are indexed; maybe more than once. */
export type Visit = (query: number) => void;

/** So few queries are all visited that may flip, whatever changed: looking closer costs more. */
const few = 4;

/** Bounds of one type in order, and at the same place the query whose bound it is. */
interface Bounds {
  readonly bounds: Float64Array | readonly string[];
  readonly queries: Int32Array;
}

/** Every condition of a cluster's queries on one slot. */
interface SlotConditions {
  readonly equal: ReadonlyMap<Key, Int32Array>;
  readonly numbers: Bounds | undefined;
  readonly texts: Bounds | undefined;
  readonly others: readonly { readonly holds: Holds; readonly queries: Int32Array }[];
}

export interface Cluster {
  /** All queries. */
  readonly queries: Int32Array;
  /** Those that may flip while no slot changes. */
  readonly unsteady: Int32Array;
  /** Those that may flip as a slot changes, by the slot's number; just those where they are few. */
  readonly steady: ReadonlyMap<number, SlotConditions> | Int32Array;
}

/** A query and the conditions by which it may flip within the cluster, each with the number of its slot. */
export interface Listed {
  readonly query: number;
  /** Undefined where it may flip while no slot changes. */
  readonly leaves:
    | readonly { readonly slot: number; readonly key: string; readonly leaf: Leaf }[]
    | undefined;
}

export function clusterOf(listed: readonly Listed[]): Cluster {
  const queries = Int32Array.from(listed, ({ query }) => query);
  const unsteady = Int32Array.from(
    listed.filter(({ leaves }) => leaves === undefined),
    ({ query }) => query,
  );
  const steady = listed.filter(({ leaves = [] }) => leaves.length > 0);
  if (steady.length <= few)
    return { queries, unsteady, steady: Int32Array.from(steady, ({ query }) => query) };
  const bySlot = new Map<number, { query: number; key: string; leaf: Leaf }[]>();
  for (const { query, leaves = [] } of steady) {
    for (const { slot, key, leaf } of leaves) {
      const all = bySlot.get(slot);
      if (all === undefined) bySlot.set(slot, [{ query, key, leaf }]);
      else all.push({ query, key, leaf });
    }
  }
  const conditions = new Map<number, SlotConditions>();
  for (const [slot, all] of bySlot) conditions.set(slot, conditionsOf(all));
  return { queries, unsteady, steady: conditions };
}

function conditionsOf(
  all: readonly { readonly query: number; readonly key: string; readonly leaf: Leaf }[],
): SlotConditions {
  const equal = new Map<Key, number[]>();
  const others = new Map<string, { readonly holds: Holds; readonly queries: number[] }>();
  const bounds: { readonly bound: string | number; readonly query: number }[] = [];
  for (const { query, key, leaf } of all) {
    if (leaf.kind === "between") bounds.push(...leaf.bounds.map((bound) => ({ bound, query })));
    else if (leaf.kind === "equal") {
      for (const value of leaf.values) {
        const same = equal.get(value);
        if (same === undefined) equal.set(value, [query]);
        else same.push(query);
      }
    } else {
      const same = others.get(key);
      if (same === undefined) others.set(key, { holds: leaf.holds, queries: [query] });
      else same.queries.push(query);
    }
  }
  const ordered = bounds.toSorted((one, other) =>
    one.bound < other.bound ? -1 : Number(one.bound > other.bound),
  );
  return {
    equal: new Map([...equal].map(([value, queries]) => [value, Int32Array.from(queries)])),
    numbers: boundsOf(ordered, "number", (found) => Float64Array.from(found as number[])),
    texts: boundsOf(ordered, "string", (found) => found as string[]),
    others: [...others.values()].map(({ holds, queries }) => ({ holds, queries: Int32Array.from(queries) })),
  };
}

function boundsOf(
  all: readonly { readonly bound: string | number; readonly query: number }[],
  type: "number" | "string",
  pack: (bounds: (string | number)[]) => Bounds["bounds"],
): Bounds | undefined {
  const found = all.filter(({ bound }) => typeof bound === type);
  if (found.length === 0) return undefined;
  return {
    bounds: pack(found.map(({ bound }) => bound)),
    queries: Int32Array.from(found, ({ query }) => query),
  };
}

/** What a slot holds of two customers, where that is not the same. */
export interface SlotChange {
  readonly slot: number;
  readonly before: unknown;
  readonly after: unknown;
}

/** Visits the queries of a cluster that may flip as some slots change. */
export function visitFlips(
  cluster: Cluster,
  changes: readonly SlotChange[],
  before: Facts,
  after: Facts,
  visit: Visit,
): void {
  const { unsteady, steady } = cluster;
  visitAll(unsteady, visit);
  if (changes.length === 0) return;
  if (steady instanceof Int32Array) {
    visitAll(steady, visit);
    return;
  }
  for (const change of changes) {
    const found = steady.get(change.slot);
    if (found === undefined) continue;
    visitValues(found, change, visit);
    if (found.numbers !== undefined) visitPassed(found.numbers, "number", change, visit);
    if (found.texts !== undefined) visitPassed(found.texts, "string", change, visit);
    for (const { holds, queries } of found.others) {
      if (holds(before) !== holds(after)) visitAll(queries, visit);
    }
  }
}

/** Visits all of a cluster. */
export function visitAll(queries: Int32Array, visit: Visit): void {
  for (const query of queries) visit(query);
}

function visitValues({ equal }: SlotConditions, { before, after }: SlotChange, visit: Visit): void {
  if (equal.size === 0) return;
  forEachDifference(before, after, (value) => {
    const queries = equal.get(value as Key);
    if (queries !== undefined) visitAll(queries, visit);
  });
}

/** Tells of each value that is in just one of two slots' values. */
export function forEachDifference(before: unknown, after: unknown, tell: (value: unknown) => void): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [had, has] = [new Set<unknown>(before), new Set<unknown>(after)];
    for (const value of had) if (!has.has(value)) tell(value);
    for (const value of has) if (!had.has(value)) tell(value);
    return;
  }
  for (const value of Array.isArray(before) ? before : [before]) tell(value);
  for (const value of Array.isArray(after) ? after : [after]) tell(value);
}

/** The queries whose bounds lie between two values, at either of them included; all of them where one is no value of the type. */
function visitPassed(
  { bounds, queries }: Bounds,
  type: "number" | "string",
  { before, after }: SlotChange,
  visit: Visit,
): void {
  const [isOne, isOther] = [typeof before === type, typeof after === type];
  if (!isOne && !isOther) return;
  if (!isOne || !isOther) {
    visitAll(queries, visit);
    return;
  }
  const [one, other] = [before as number, after as number];
  const [low, high] = one < other ? [one, other] : [other, one];
  const all = bounds as Float64Array;
  for (let place = firstFrom(all, low); place < all.length && all[place]! <= high; place += 1)
    visit(queries[place]!);
}

/** The first place whose bound is not less than a value: by halves. */
function firstFrom(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (bounds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
