// What every customer that a query matches must have: one of a few values in one slot. A query is then listed under these values,
// and changes of other customers ignore it. Of several such requirements, the most selective is chosen: the one that the fewest
// queries share.
import type { PlanNode, PredicateNode } from "../plan/plan.js";
import { type Key, type LeafSlot, leafOf } from "./leaves.js";

/** Every customer that the query matches has one of these values in the slot. */
export interface Access {
  readonly slot: LeafSlot;
  readonly values: readonly Key[];
}

/** More values than this are not selective. */
const maxValues = 32;

/**
 * Every such requirement of a node.
 * @param isSteady true of conditions that mean the same whenever they are asked.
 */
export function accessesOf(node: PlanNode, isSteady: (leaf: PredicateNode) => boolean): readonly Access[] {
  switch (node.kind) {
    case "predicate":
      return isSteady(node) ? accessesOfLeaf(node) : [];
    case "and":
      return node.operands.flatMap((operand) => accessesOf(operand, isSteady));
    case "or":
      return accessesOfEither(node.operands.map((operand) => accessesOf(operand, isSteady)));
    case "not":
    case "constant":
    case "compare":
    case "line":
    case "sequence":
      return [];
    default:
      return node satisfies never;
  }
}

function accessesOfLeaf(predicate: PredicateNode): readonly Access[] {
  const { kind } = predicate.test;
  if (kind === "known") return [];
  const leaf = leafOf(predicate);
  if (leaf?.kind !== "equal") return [];
  const { slot, values } = leaf;
  // A customer who has all values has each of them.
  if (kind === "hasAll") return values.map((value) => ({ slot, values: [value] }));
  return values.length > maxValues ? [] : [{ slot, values }];
}

/** If every operand requires values of the same slot, the `or` requires one of them all. */
function accessesOfEither(operands: readonly (readonly Access[])[]): readonly Access[] {
  const [first = [], ...others] = operands;
  return first.flatMap(({ slot, values }): Access[] => {
    const all = new Set(values);
    for (const accesses of others) {
      const same = accesses.find((access) => access.slot.key === slot.key);
      if (same === undefined) return [];
      for (const value of same.values) all.add(value);
    }
    return all.size > maxValues ? [] : [{ slot, values: [...all] }];
  });
}

/** The most selective access of each query, undefined if there is none. */
export function chooseAccesses(offered: readonly (readonly Access[])[]): readonly (Access | undefined)[] {
  const sharing = new Map<string, Map<Key, number>>();
  for (const accesses of offered) {
    for (const { slot, values } of accesses) {
      const counts = sharing.get(slot.key) ?? new Map<Key, number>();
      sharing.set(slot.key, counts);
      for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const costOf = ({ slot, values }: Access): number => {
    const counts = sharing.get(slot.key);
    return values.reduce<number>((sum, value) => sum + (counts?.get(value) ?? 0), 0);
  };
  return offered.map((accesses) => {
    let best: Access | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const access of accesses) {
      const cost = costOf(access);
      if (cost < least) [best, least] = [access, cost];
    }
    return best;
  });
}
