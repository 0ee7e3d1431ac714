// The queries that share an access form a cluster. Within it they are found by the slots that change: equalities by value,
// ranges by a slice of sorted bounds, and all other conditions by evaluating each different one once.
//
// All clusters are packed into a few arrays, one cluster's part after another's. A change looks into several of many
// thousands of clusters, which no cache holds: the number of memory accesses is what counts.
import type { CustomerFacts, Predicate } from "../operators/encodings/encoding.js";
import type { Key, Leaf } from "./leaves.js";

/** Receives a query, by its place among the indexed ones; maybe more than once. */
type Visit = (query: number) => void;

/** A query and the conditions by which it may flip within the cluster, each with the number of its slot. */
export interface Listed {
  readonly query: number;
  /** Undefined if the query may flip while no slot changes. */
  readonly leaves: readonly NumberedLeaf[] | undefined;
}

export interface NumberedLeaf {
  readonly slot: number;
  /** The same for two conditions that are the same. */
  readonly key: string;
  readonly leaf: Leaf;
}

/** The values of a slot before and after, if they differ. */
export interface SlotChange {
  readonly before: unknown;
  readonly after: unknown;
  /** The numbers of the values that were added or removed, among those that some condition compares with. */
  readonly values: readonly number[];
}

/** A customer before and after a change. */
interface FactsChange {
  readonly before: CustomerFacts;
  readonly after: CustomerFacts;
  /** By slot; undefined if its value is unchanged. */
  readonly slots: readonly (SlotChange | undefined)[];
}

/** Clusters, by their number. */
export interface Clusters {
  /** The number of a value that some condition tests for equality; undefined if none does. */
  readonly numberOf: (value: unknown) => number | undefined;
  /** Visits all queries of a cluster. */
  readonly visitAll: (cluster: number, visit: Visit) => void;
  /** A visitor of the queries that may flip as a customer changes. */
  readonly flipsOf: (change: FactsChange) => (cluster: number, visit: Visit) => void;
}

/** How conditions are found; each kind has its own list, sorted within each part. */
const kinds = { numbers: 0, texts: 1, equal: 2, other: 3 } as const;

/** A part is a cluster's conditions of one kind on one slot: the slot, the kind, and their range in its list. */
const partSize = 4;

/** One condition's place: what it is sorted by, and the query. */
interface Entry<Mark> {
  readonly mark: Mark;
  readonly query: number;
}

/**
 * Packs clusters, which are numbered by their place.
 * Long because one pass fills arrays that refer to places of each other.
 */
export function packClusters(clusters: readonly (readonly Listed[])[]): Clusters {
  const valueNumbers = new Map<unknown, number>();
  const conditionNumbers = new Map<string, number>();
  const conditions: Predicate[] = [];
  const lists = {
    numbers: listOf<number>(),
    texts: listOf<string>(),
    equal: listOf<number>(),
    other: listOf<number>(),
  };
  const all: number[] = [];
  const unsteady: number[] = [];
  // Where a cluster's queries, its queries that are not steady, and its parts begin.
  const heads: number[] = [];
  const parts: number[] = [];

  const numberValue = (value: Key): number => {
    const known = valueNumbers.get(value) ?? valueNumbers.size;
    valueNumbers.set(value, known);
    return known;
  };
  const numberCondition = (key: string, holds: Predicate): number => {
    let known = conditionNumbers.get(key);
    if (known === undefined) {
      known = conditions.push(holds) - 1;
      conditionNumbers.set(key, known);
    }
    return known;
  };

  for (const listed of clusters) {
    heads.push(all.length, unsteady.length, parts.length);
    const bySlot = new Map<number, ReturnType<typeof entriesOf>>();
    for (const { query, leaves } of listed) {
      all.push(query);
      if (leaves === undefined) unsteady.push(query);
      for (const { slot, key, leaf } of leaves ?? []) {
        const entries = bySlot.get(slot) ?? entriesOf();
        bySlot.set(slot, entries);
        if (leaf.kind === "other") entries.other.push({ mark: numberCondition(key, leaf.holds), query });
        else if (leaf.kind === "equal")
          for (const value of leaf.values) entries.equal.push({ mark: numberValue(value), query });
        else
          for (const bound of leaf.bounds) {
            if (typeof bound === "number") entries.numbers.push({ mark: bound, query });
            else entries.texts.push({ mark: bound, query });
          }
      }
    }
    for (const [slot, entries] of bySlot) {
      const putPart = <Mark extends number | string>(
        kind: number,
        list: ReturnType<typeof listOf<Mark>>,
        found: readonly Entry<Mark>[],
      ): void => {
        if (found.length === 0) return;
        const start = list.queries.length;
        list.add(found);
        parts.push(slot, kind, start, list.queries.length);
      };
      putPart(kinds.numbers, lists.numbers, entries.numbers);
      putPart(kinds.texts, lists.texts, entries.texts);
      putPart(kinds.equal, lists.equal, entries.equal);
      putPart(kinds.other, lists.other, entries.other);
    }
  }
  heads.push(all.length, unsteady.length, parts.length);
  return reading({
    heads: Int32Array.from(heads),
    all: Int32Array.from(all),
    unsteady: Int32Array.from(unsteady),
    parts: Int32Array.from(parts),
    numbers: {
      marks: Float64Array.from(lists.numbers.marks),
      queries: Int32Array.from(lists.numbers.queries),
    },
    texts: { marks: lists.texts.marks, queries: Int32Array.from(lists.texts.queries) },
    equal: { marks: Int32Array.from(lists.equal.marks), queries: Int32Array.from(lists.equal.queries) },
    other: { marks: Int32Array.from(lists.other.marks), queries: Int32Array.from(lists.other.queries) },
    conditions,
    valueNumbers,
  });
}

function entriesOf() {
  return {
    numbers: [] as Entry<number>[],
    texts: [] as Entry<string>[],
    equal: [] as Entry<number>[],
    other: [] as Entry<number>[],
  };
}

function listOf<Mark extends number | string>() {
  const marks: Mark[] = [];
  const queries: number[] = [];
  const add = (entries: readonly Entry<Mark>[]): void => {
    const sorted = entries.toSorted((one, other) =>
      one.mark < other.mark ? -1 : Number(one.mark > other.mark),
    );
    for (const { mark, query } of sorted) {
      marks.push(mark);
      queries.push(query);
    }
  };
  return { marks, queries, add };
}

/** The sort keys of conditions, and at the same index the query of each. */
interface Packed<Marks> {
  readonly marks: Marks;
  readonly queries: Int32Array;
}

interface PackedClusters {
  readonly heads: Int32Array;
  readonly all: Int32Array;
  readonly unsteady: Int32Array;
  readonly parts: Int32Array;
  readonly numbers: Packed<Float64Array>;
  readonly texts: Packed<readonly string[]>;
  readonly equal: Packed<Int32Array>;
  readonly other: Packed<Int32Array>;
  readonly conditions: readonly Predicate[];
  readonly valueNumbers: ReadonlyMap<unknown, number>;
}

function reading(packed: PackedClusters): Clusters {
  const { heads, all, unsteady, parts, numbers, texts, equal, other, conditions, valueNumbers } = packed;
  return {
    numberOf: (value) => valueNumbers.get(value),
    visitAll: (cluster, visit) => visitRange(all, heads[cluster * 3]!, heads[cluster * 3 + 3]!, visit),
    flipsOf: (change) => {
      const turned = new Map<number, boolean>();
      const turns = (condition: number): boolean => {
        const holds = conditions[condition]!;
        const known = turned.get(condition) ?? holds(change.before) !== holds(change.after);
        turned.set(condition, known);
        return known;
      };
      return (cluster, visit) => {
        const head = cluster * 3;
        visitRange(unsteady, heads[head + 1]!, heads[head + 4]!, visit);
        const end = heads[head + 5]!;
        for (let part = heads[head + 2]!; part < end; part += partSize) {
          const slot = change.slots[parts[part]!];
          if (slot === undefined) continue;
          const [first, last] = [parts[part + 2]!, parts[part + 3]!];
          switch (parts[part + 1]) {
            case kinds.numbers:
              visitPassed(numbers, first, last, "number", slot, visit);
              break;
            case kinds.texts:
              visitPassed(texts, first, last, "string", slot, visit);
              break;
            case kinds.equal:
              for (const value of slot.values) visitEqual(equal, first, last, value, visit);
              break;
            // The other conditions have no order to search: each is evaluated, once a change.
            default:
              for (let place = first; place < last; place += 1)
                if (turns(other.marks[place]!)) visit(other.queries[place]!);
          }
        }
      };
    },
  };
}

function visitRange(queries: Int32Array, start: number, end: number, visit: Visit): void {
  for (let place = start; place < end; place += 1) visit(queries[place]!);
}

function visitEqual(
  { marks, queries }: Packed<Int32Array>,
  start: number,
  end: number,
  value: number,
  visit: Visit,
): void {
  for (let place = firstFrom(marks, start, end, value); place < end && marks[place] === value; place += 1)
    visit(queries[place]!);
}

/**
 * The queries whose bounds lie between two values, bounds at either of them included; all queries if one of the values has
 * another type.
 */
function visitPassed<Marks extends Float64Array | readonly string[]>(
  { marks, queries }: Packed<Marks>,
  start: number,
  end: number,
  type: "number" | "string",
  { before, after }: SlotChange,
  visit: Visit,
): void {
  const [isOne, isOther] = [typeof before === type, typeof after === type];
  if (!isOne && !isOther) return;
  if (!isOne || !isOther) {
    visitRange(queries, start, end, visit);
    return;
  }
  const [one, other] = [before as Marks[number], after as Marks[number]];
  const [low, high] = one < other ? [one, other] : [other, one];
  for (let place = firstFrom(marks, start, end, low); place < end && marks[place]! <= high; place += 1)
    visit(queries[place]!);
}

/** The first index from `start` on whose mark is not less than a value, by binary search. */
function firstFrom<Marks extends Float64Array | Int32Array | readonly string[]>(
  marks: Marks,
  start: number,
  end: number,
  value: Marks[number],
): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (marks[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `report` with each value that is in only one of the two. */
export function forEachDifference(before: unknown, after: unknown, report: (value: unknown) => void): void {
  if (Array.isArray(before) && Array.isArray(after)) {
    const [had, has] = [new Set<unknown>(before), new Set<unknown>(after)];
    for (const value of had) if (!has.has(value)) report(value);
    for (const value of has) if (!had.has(value)) report(value);
    return;
  }
  for (const value of Array.isArray(before) ? before : [before]) report(value);
  for (const value of Array.isArray(after) ? after : [after]) report(value);
}
