// The nearest change that would let a customer in: a smallest set of conditions to change, and for each a change of facts,
// found by trial. The search is bounded; a result has been tried on the whole query, so applying it works.

import type { Predicate } from "../../operators/encodings/encoding.js";
import { leavesOf } from "../../plan/fields.js";
import type { LeafNode, PlanNode, PredicateNode } from "../../plan/plan.js";
import { simplifyNode } from "../../plan/simplify.js";
import { compilePredicate } from "../../predicate/compile.js";
import type { Slices } from "../../store/slices.js";
import { instantAfter, type ProfileChange, weightOf } from "../change.js";
import { readField } from "../observations.js";
import { boundTo, type CompareNode } from "./bound-comparison.js";
import { type Choice, choicesOf, holdsBy, type Requirement } from "./choices.js";
import { isFixed, type Proposals, proposalsFor } from "./proposals.js";
import { noSuchProduct, reasonFor, reasonForLeaf } from "./reasons.js";
import {
  fieldKey,
  type Goal,
  type SearchContext,
  type SeenCustomer,
  type Situation,
} from "./search-context.js";
import { proposeForSequence } from "./sequence-proposals.js";
import { instantsToTry } from "./waiting.js";

export type Nearest =
  | {
      readonly changes: readonly ProfileChange[];
      /** The instant at which the customer then is in, in milliseconds since the epoch. */
      readonly asOf: number;
    }
  /** None was found, and why. */
  | { readonly reason: string };

/** How often the query is evaluated for a changed customer before the search is given up. */
const maxTrials = 2_500;
/** The maximum number of steps towards one choice. */
const maxSteps = 40;
/** This many records to examine count as one trial. */
const recordsPerTrial = 500;

/** Several things have to happen, or to be waited for. */
const sequenceCost = 2;
// Facts that can't be changed are chosen last.
const fixedCost = 1_000;
/** More than the cost of everything that a query may contain. */
const neverCost = 1_000_000_000;

/**
 * The nearest change of a customer who is out; searched for in slices.
 * @throws what `slices` throws at its limits.
 */
export async function nearestChange(context: SearchContext, slices: Slices): Promise<Nearest> {
  const search = new Search(context, slices);
  const start = await search.situation([]);
  if (start === undefined) return { reason: "The customer can't be looked at with changes." };
  if (start.holds) return { changes: [], asOf: context.asOf };
  const choices = choicesOf(search.planAt(context.asOf)!.plan, ({ leaf, wanted }) => {
    if (start.truth[leaf] === wanted) return 0;
    if (isNever(start.leaves[leaf]!, wanted)) return neverCost;
    const condition = start.leaves[leaf]!;
    if (condition.kind === "sequence") return sequenceCost;
    const parts = condition.kind === "compare" ? boundSides(condition, start) : [condition];
    return parts.some((leaf) => leaf.kind === "predicate" && !isFixed({ leaf, situation: start }))
      ? 1
      : fixedCost;
  });
  const possible = choices.filter(({ cost }) => cost < neverCost);
  if (possible.length === 0) return { reason: neverReason(choices[0], start.leaves) };
  for (const choice of possible) {
    const found = await search.reach(choice, start);
    if (found !== undefined) return search.tidied(found);
  }
  return { reason: search.reason ?? "No change was found that would let the customer in." };
}

/** True if the condition has that truth for no customer: a figure that is 0 by default is never unknown, for example. */
function isNever(leaf: LeafNode, wanted: boolean): boolean {
  const simple = simplifyNode(wanted ? leaf : { kind: "not", operand: leaf });
  return simple.kind === "constant" && !simple.value;
}

function neverReason(choice: Choice | undefined, leaves: readonly LeafNode[]): string {
  const never = choice?.requirements.find(({ leaf, wanted }) => isNever(leaves[leaf]!, wanted));
  const leaf = never === undefined ? undefined : leaves[never.leaf]!;
  const test = leaf?.kind === "predicate" ? leaf.test : undefined;
  return never?.wanted === true && test?.kind === "hasAny" && test.values.length === 0
    ? noSuchProduct
    : "Nobody can be in: the query asks for what is never so.";
}

interface Compiled {
  readonly plan: PlanNode;
  readonly leaves: readonly LeafNode[];
  readonly holds: readonly Predicate[];
}

class Search {
  readonly #context: SearchContext;
  readonly #slices: Slices;
  readonly #plans = new Map<number, Compiled | undefined>();
  #left = maxTrials;
  #ids = 0;
  /** Why the first choice could not be reached. */
  reason: string | undefined;

  constructor(context: SearchContext, slices: Slices) {
    this.#context = context;
    this.#slices = slices;
  }

  planAt(asOf: number): Compiled | undefined {
    if (!this.#plans.has(asOf)) {
      const part = this.#context.partAt(asOf);
      const leaves = part === undefined ? [] : leavesOf(part.plan);
      const holds = leaves.map(compilePredicate);
      this.#plans.set(asOf, part === undefined ? undefined : { plan: part.plan, leaves, holds });
    }
    return this.#plans.get(asOf);
  }

  /** The situation after changes; undefined if they cannot be made, or the search is at its limit. */
  async situation(changes: readonly ProfileChange[]): Promise<Situation | undefined> {
    const asOf = instantAfter(changes, this.#context.asOf);
    const compiled = this.planAt(asOf);
    const customer = await this.#after(changes, asOf);
    if (compiled === undefined || customer === undefined) return undefined;
    const truth: boolean[] = [];
    for (const holds of compiled.holds) {
      truth.push(holds(customer));
      if (this.#slices.isOver()) await this.#slices.next();
    }
    return { changes, asOf, customer, leaves: compiled.leaves, truth, holds: holdsBy(compiled.plan, truth) };
  }

  /** The customer after changes, charged as a trial; undefined if they cannot be made, or the search is at its limit. */
  readonly #after = async (
    changes: readonly ProfileChange[],
    asOf: number,
  ): Promise<SeenCustomer | undefined> => {
    if (this.#left <= 0) return undefined;
    if (this.#slices.isOver()) await this.#slices.next();
    const customer = this.#context.after(changes, asOf);
    const { events = [], orders = [] } = customer?.records ?? {};
    this.#left -= 1 + (events.length + orders.length) / recordsPerTrial;
    return customer;
  };

  /** Fulfils the requirements of a choice one after another; undefined if some can't be fulfilled. */
  async reach(choice: Choice, start: Situation): Promise<Situation | undefined> {
    let now = start;
    for (let step = 0; step < maxSteps && !now.holds; step += 1) {
      const next = await this.#step(choice, now);
      if (next === undefined) return undefined;
      now = next;
    }
    return now.holds ? now : undefined;
  }

  async #step(choice: Choice, now: Situation): Promise<Situation | undefined> {
    const failing = failingIn(choice, now);
    for (const requirement of failing) {
      let best: { readonly situation: Situation; readonly left: number; readonly weight: number } | undefined;
      for (const proposal of await this.#proposalsFor(requirement, choice, now)) {
        const situation = await this.situation([...now.changes, ...proposal]);
        if (situation === undefined || situation.leaves.length !== now.leaves.length) continue;
        const left = situation.holds ? 0 : failingIn(choice, situation).length;
        const weight = proposal.reduce((sum, change) => sum + weightOf(change), 0);
        if (left >= failing.length) continue;
        if (best === undefined || left < best.left || (left === best.left && weight < best.weight))
          best = { situation, left, weight };
      }
      if (best !== undefined) return best.situation;
      // What was not tried for want of budget may exist.
      if (this.#left > 0) this.reason ??= this.#reasonFor(requirement, choice, now);
    }
    return undefined;
  }

  async #proposalsFor(requirement: Requirement, choice: Choice, now: Situation): Promise<Proposals> {
    const leaf = now.leaves[requirement.leaf]!;
    const common = { requirement, situation: now, context: this.#context, newId: this.#newId };
    switch (leaf.kind) {
      case "predicate":
        return this.#proposals(this.#goal(leaf, requirement, choice, now));
      case "sequence":
        return proposeForSequence({ ...common, leaf, after: this.#after });
      case "compare":
        return this.#proposalsForComparison(leaf, requirement, choice, now);
      // A condition on a line stands within one on orders.
      case "line":
        return [];
      default:
        return leaf satisfies never;
    }
  }

  /** Either side is changed to what the other one asks for; if both are unknown, one gets any value first. */
  async #proposalsForComparison(
    leaf: CompareNode,
    requirement: Requirement,
    choice: Choice,
    now: Situation,
  ): Promise<Proposals> {
    const sides = boundSides(leaf, now);
    if (sides.length > 0) {
      const goals = sides.map((side) => this.#goal(side, requirement, choice, now));
      return (await Promise.all(goals.map((goal) => this.#proposals(goal)))).flat();
    }
    const found: (readonly ProfileChange[])[] = [];
    for (const { field } of [leaf.left, leaf.right]) {
      const known: PredicateNode = { kind: "predicate", field, test: { kind: "known" } };
      const goal = this.#goal(known, { ...requirement, wanted: true }, choice, now);
      for (const first of proposalsFor(goal).slice(0, 2)) {
        const then = await this.situation([...now.changes, ...first]);
        if (then === undefined || then.leaves.length !== now.leaves.length) continue;
        for (const side of boundSides(leaf, then)) {
          const more = proposalsFor(this.#goal(side, requirement, choice, then));
          found.push(...more.map((changes) => [...first, ...changes]));
        }
      }
    }
    return found;
  }

  #reasonFor(requirement: Requirement, choice: Choice, now: Situation): string {
    const leaf = now.leaves[requirement.leaf]!;
    return leaf.kind === "predicate"
      ? reasonFor(this.#goal(leaf, requirement, choice, now))
      : reasonForLeaf(leaf);
  }

  #newId = (): string => {
    this.#ids += 1;
    return `segmentql-change-${this.#ids}`;
  };

  #goal(leaf: PredicateNode, requirement: Requirement, { requirements }: Choice, situation: Situation): Goal {
    const key = fieldKey(leaf.field);
    const others = requirements.flatMap(({ leaf: place, wanted }) => {
      if (place === requirement.leaf) return [];
      const other = situation.leaves[place]!;
      const tests = other.kind === "compare" ? boundSides(other, situation) : [other];
      return tests.flatMap((each) =>
        each.kind === "predicate" && fieldKey(each.field) === key ? [{ test: each.test, wanted }] : [],
      );
    });
    const constraints = [{ test: leaf.test, wanted: requirement.wanted }, ...others];
    return { requirement, leaf, constraints, situation, context: this.#context, newId: this.#newId };
  }

  async #proposals(goal: Goal): Promise<Proposals> {
    const proposals = proposalsFor(goal);
    const waits = await this.#waits(goal);
    return [...proposals, ...waits, ...(await this.#thenWaits(goal, proposals))];
  }

  /** Something that has never happened can't be long ago: it happens first, and then time passes. */
  async #thenWaits(goal: Goal, proposals: Proposals): Promise<Proposals> {
    const { field } = goal.leaf;
    const dated = field.figure?.of?.path === "at" || field.attribute.endsWith("_at");
    const [happens] = proposals;
    if (!dated || happens === undefined || readField(field, goal.situation) !== undefined) return [];
    const situation = await this.situation([...goal.situation.changes, ...happens]);
    if (situation === undefined || situation.leaves.length !== goal.situation.leaves.length) return [];
    const leaf = situation.leaves[goal.requirement.leaf]!;
    if (leaf.kind !== "predicate") return [];
    const waits = await this.#waits({ ...goal, leaf, situation });
    return waits.map((wait) => [...happens, ...wait]);
  }

  /** Waiting until the condition has turned by itself: the first instant tried at which it has, and the next. */
  async #waits(goal: Goal): Promise<Proposals> {
    const { requirement, situation } = goal;
    const found: ProfileChange[][] = [];
    for (const instant of instantsToTry(goal)) {
      const wait: ProfileChange = { kind: "wait_until", instant };
      const then = await this.situation([...situation.changes, wait]);
      if (then?.truth[requirement.leaf] !== requirement.wanted) continue;
      found.push([wait]);
      if (found.length === 2) break;
    }
    return found;
  }

  /** The result without superfluous changes, and with the shortest wait. */
  async tidied(found: Situation): Promise<Nearest> {
    let kept = found;
    for (let place = found.changes.length - 1; place >= 0; place -= 1) {
      const fewer = await this.situation(kept.changes.filter((_, index) => index !== place));
      if (fewer?.holds === true) kept = fewer;
    }
    const changes = merged((await this.#soonest(kept)).changes);
    return { changes, asOf: instantAfter(changes, this.#context.asOf) };
  }

  /** Waiting made as short as it can be, to the minute: between an instant that is too soon and one that is not. */
  async #soonest(found: Situation): Promise<Situation> {
    const last = found.changes.at(-1);
    if (last?.kind !== "wait_until") return found;
    const before = found.changes.slice(0, -1);
    let best = found;
    let low = instantAfter(before, this.#context.asOf);
    let high = last.instant;
    while (high - low > 60_000) {
      const middle = Math.floor((low + high) / 2);
      const situation = await this.situation([...before, { kind: "wait_until", instant: middle }]);
      if (situation === undefined) break;
      if (situation.holds) [best, high] = [situation, middle];
      else low = middle;
    }
    return best;
  }
}

/** The comparison as a test of either side, as far as the other one is known. */
function boundSides(leaf: CompareNode, { customer }: Situation): readonly PredicateNode[] {
  return (["left", "right"] as const).flatMap((name) => boundTo(leaf, name, { customer }) ?? []);
}

function failingIn({ requirements }: Choice, { truth }: Situation): readonly Requirement[] {
  return requirements.filter(({ leaf, wanted }) => truth[leaf] !== wanted);
}

/** If a field is set twice, the last value counts. */
function merged(changes: readonly ProfileChange[]): readonly ProfileChange[] {
  return changes.filter((change, index) => {
    if (change.kind !== "set_field") return true;
    const path = JSON.stringify(change.path);
    return !changes.some(
      (later, place) => place > index && later.kind === "set_field" && JSON.stringify(later.path) === path,
    );
  });
}
