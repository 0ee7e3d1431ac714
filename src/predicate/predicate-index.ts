// The index of many queries: given one customer before and after a change, which queries' membership may have changed? Only those
// have to be evaluated. The result is a superset: no false negatives, few false positives.
//
// Each query is listed under its access, an equality that it needs to be true (Yan and García-Molina, "Index Structures
// for Selective Dissemination of Information Under the Boolean Model", TODS 1994; Fabret et al., "Filtering Algorithms and
// Implementation for Very Fast Publish/Subscribe Systems", SIGMOD 2001, who call it the access predicate, and choose it by
// cost). These match each event from scratch; here a customer changes, so that within a cluster only the conditions on changed
// slots are considered, and of those only the ones whose truth may change.
import type { CustomerFacts } from "../operators/encodings/encoding.js";
import { leavesOf } from "../plan/fields.js";
import { predicateKey } from "../plan/keys.js";
import type { PlanNode, PredicateNode } from "../plan/plan.js";
import { type Access, accessesOf, chooseAccesses } from "./access.js";
import {
  type Clusters,
  forEachDifference,
  type Listed,
  type NumberedLeaf,
  packClusters,
  type SlotChange,
} from "./cluster.js";
import { comparedLeaves, type Key, type Leaf, type LeafSlot, leafOf } from "./leaves.js";

/** A query to be indexed. */
export interface IndexedQuery {
  /** A simplified node is found more selectively. */
  readonly where: PlanNode;
  /**
   * True of conditions that mean the same at every instant. If some condition is not steady, the query is returned for
   * every change of a customer within its access. By default all are steady.
   */
  readonly isSteady?: (leaf: PredicateNode) => boolean;
}

export interface PredicateIndex {
  /**
   * The places of all queries whose truth differs between the two, and possibly of others; each place once. A figure of records
   * is assumed to differ always, since documents don't show it.
   */
  readonly mayFlip: (before: CustomerFacts, after: CustomerFacts) => readonly number[];
  /** How many clusters and slots there are. */
  readonly clusters: number;
  readonly slots: number;
}

/** Indexes queries, which are identified by their place in the list. */
export function indexPredicates(queries: readonly IndexedQuery[]): PredicateIndex {
  const slots: LeafSlot[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (slot: LeafSlot): number => {
    let number = numbers.get(slot.key);
    if (number === undefined) {
      number = slots.push(slot) - 1;
      numbers.set(slot.key, number);
    }
    return number;
  };
  const nodes = queries.map(({ where }) => where);
  const steadiness = queries.map(({ isSteady }) => isSteady ?? (() => true));
  const accesses = chooseAccesses(nodes.map((node, query) => accessesOf(node, steadiness[query]!)));
  const everywhere: Listed[] = [];
  const byAccess = new Map<number, Map<Key, Listed[]>>();
  const known = new Map<string, NumberedLeaf | undefined>();
  for (const [query, node] of nodes.entries()) {
    if (node.kind === "constant") continue;
    const leaves = numberedLeaves(node, steadiness[query]!, numberOf, known);
    const access = accesses[query];
    if (access === undefined) everywhere.push({ query, leaves });
    else {
      const others = leaves?.filter(({ leaf }) => !isWithin(leaf, access));
      listUnder(byAccess, numberOf(access.slot), access, { query, leaves: others });
    }
  }
  const listed: (readonly Listed[])[] = [everywhere];
  const accessed = [...byAccess].map(
    ([slot, byValue]): AccessSlot => ({
      slot,
      clusters: new Map(
        [...byValue].map(([value, queries]): [Key, number] => [value, listed.push(queries) - 1]),
      ),
    }),
  );
  const clusters = packClusters(listed);
  return {
    mayFlip: flipFinder(queries.length, slots, clusters, accessed),
    clusters: listed.length,
    slots: slots.length,
  };
}

/** The conditions of a query, however they are joined; undefined if one may flip while the document is unchanged. */
function numberedLeaves(
  node: PlanNode,
  isSteady: (leaf: PredicateNode) => boolean,
  numberOf: (slot: LeafSlot) => number,
  known: Map<string, NumberedLeaf | undefined>,
): readonly NumberedLeaf[] | undefined {
  const leaves = new Map<string, NumberedLeaf>();
  for (const condition of leavesOf(node)) {
    if (condition.kind === "compare") {
      const compared = comparedLeaves(condition);
      if (compared === undefined) return undefined;
      for (const { key, leaf } of compared) leaves.set(key, { slot: numberOf(leaf.slot), key, leaf });
      continue;
    }
    if (condition.kind !== "predicate") return undefined;
    const predicate = condition;
    const key = predicateKey(predicate);
    if (!isSteady(predicate)) return undefined;
    if (!known.has(key)) {
      const leaf: Leaf | undefined = leafOf(predicate);
      known.set(key, leaf && { slot: numberOf(leaf.slot), key, leaf });
    }
    const leaf = known.get(key);
    if (leaf === undefined) return undefined;
    leaves.set(key, leaf);
  }
  return [...leaves.values()];
}

/** True if a condition flips only when a value of the access is added or removed. */
function isWithin(leaf: Leaf, { slot, values }: Access): boolean {
  return (
    leaf.kind === "equal" &&
    leaf.slot.key === slot.key &&
    leaf.values.every((value) => values.includes(value))
  );
}

function listUnder(
  byAccess: Map<number, Map<Key, Listed[]>>,
  slot: number,
  { values }: Access,
  listed: Listed,
): void {
  const byValue = byAccess.get(slot) ?? new Map<Key, Listed[]>();
  byAccess.set(slot, byValue);
  for (const value of values) {
    const same = byValue.get(value);
    if (same === undefined) byValue.set(value, [listed]);
    else same.push(listed);
  }
}

/** A slot that queries are listed under, and the number of the cluster of each value there. */
interface AccessSlot {
  readonly slot: number;
  readonly clusters: ReadonlyMap<unknown, number>;
}

/** The cluster of the queries that have no access. */
const root = 0;

function flipFinder(
  queries: number,
  slots: readonly LeafSlot[],
  { numberOf, visitAll, flipsOf }: Clusters,
  accessed: readonly AccessSlot[],
): PredicateIndex["mayFlip"] {
  // When each query was visited last: a query that is found several times is returned once.
  const visited = new Uint32Array(queries);
  let turn = 0;
  return (before, after) => {
    turn += 1;
    if (turn === 2 ** 32) {
      visited.fill(0);
      turn = 1;
    }
    const found: number[] = [];
    const visit = (query: number): void => {
      if (visited[query] === turn) return;
      visited[query] = turn;
      found.push(query);
    };
    const held: unknown[] = [];
    const changes: (SlotChange | undefined)[] = [];
    for (const { read } of slots) {
      const [had, has] = [read(before), read(after)];
      held.push(has);
      changes.push(isSame(had, has) ? undefined : { before: had, after: has, values: valuesOf(had, has) });
    }
    const visitFlips = flipsOf({ before, after, slots: changes });
    visitFlips(root, visit);
    const visitAt = (clusters: AccessSlot["clusters"], value: unknown): void => {
      const cluster = clusters.get(value);
      if (cluster !== undefined) visitFlips(cluster, visit);
    };
    for (const { slot, clusters } of accessed) {
      const change = changes[slot];
      if (change !== undefined) {
        // A customer who gains or loses a value of an access may enter or leave every query that is listed there.
        forEachDifference(change.before, change.after, (value) => {
          const cluster = clusters.get(value);
          if (cluster !== undefined) visitAll(cluster, visit);
        });
      }
      const has = held[slot];
      if (Array.isArray(has)) for (const value of has) visitAt(clusters, value);
      else visitAt(clusters, has);
    }
    return found;
  };

  function valuesOf(before: unknown, after: unknown): readonly number[] {
    const values: number[] = [];
    forEachDifference(before, after, (value) => {
      const number = numberOf(value);
      if (number !== undefined) values.push(number);
    });
    return values;
  }
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((value, place) => value === other[place]);
}
