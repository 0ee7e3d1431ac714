// Which segments a customer's change flips, in this process: the product's index of many queries, compared with evaluating every
// segment's query for the customer after the change, by mingo and by the product's own closures. Each knows the membership
// before.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Query } from "mingo";
import { Context } from "mingo/core";
import * as booleanOperators from "mingo/operators/expression/boolean";
import * as queryOperators from "mingo/operators/query";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import type { Predicate } from "../../src/operators/encodings/encoding.js";
import { compilePlan } from "../../src/pipeline/compile.js";
import type { Plan } from "../../src/plan/plan.js";
import { simplifyPlan } from "../../src/plan/simplify.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import { indexPredicates } from "../../src/predicate/predicate-index.js";
import { median, processorTime } from "../race.js";
import {
  broadQueries,
  type Change,
  changesOf,
  definition,
  largeOrders,
  selectiveQueries,
  smallOrders,
} from "./shop.js";

/** Which segments a change flips, by their index, in order; `was` is the membership before. */
type Flips = (change: Change, was: Uint8Array) => readonly number[];

const context = Context.init({ query: { ...queryOperators }, expression: { ...booleanOperators } });

interface Case {
  readonly name: string;
  readonly queries: readonly string[];
  readonly changes: readonly Change[];
  readonly rounds: number;
  /** The number of changes that the contenders that go through all segments are measured on. */
  readonly few: number;
}

/** Both cases against both loops, and how much memory a segment takes. */
export async function matchingContest(toy: boolean, now: number): Promise<void> {
  const size = toy ? 300 : 10_000;
  const changes = toy ? 60 : 2_000;
  const [rounds, few] = toy ? [1, 20] : [5, 20];
  console.log("\n  segments  flips  asked    index  closures      mingo   × closures   × mingo  changes/s");
  const selective = selectiveQueries(size);
  await race(
    {
      name: "selective",
      queries: selective,
      changes: changesOf(changes, size, now, smallOrders),
      rounds,
      few,
    },
    now,
  );
  await race(
    {
      name: "broad",
      queries: broadQueries(size),
      changes: changesOf(changes, size, now, largeOrders),
      rounds,
      few,
    },
    now,
  );
}

function planOf(text: string, now: number): Plan {
  const { plan, diagnostics } = checkQuery(text, catalogOf(definition), now);
  if (plan === undefined) throw new Error(`${text}: ${diagnostics[0]?.message}`);
  return simplifyPlan(plan);
}

async function race({ name, queries, changes, rounds, few }: Case, now: number): Promise<void> {
  const plans = queries.map((text) => planOf(text, now));
  const filters = plans.map((plan) => {
    const [stage] = compilePlan(plan, "summary");
    return new Query((stage as { readonly $match: Record<string, unknown> }).$match, { context });
  });
  const { index, closures, bytes } = indexed(plans);
  const counts = { asked: 0 };
  const contenders: readonly Flips[] = [
    byIndex(index, closures, counts),
    byLoop(closures),
    byLoop(filters.map((query) => (customer) => query.test(customer as Record<string, unknown>))),
  ];
  const all = changes.map((change): readonly [Change, Uint8Array] => [
    change,
    Uint8Array.from(closures, (holds) => Number(holds(change.before))),
  ]);
  const some = all.slice(0, few);
  const answers = contenders.map((flips) => JSON.stringify(some.map(([change, was]) => flips(change, was))));
  if (new Set(answers).size !== 1) throw new Error(`They do not agree on whom ${name} segments are about.`);
  const everyFlip = contenders.slice(0, 2).map((flips) => all.map(([change, was]) => flips(change, was)));
  if (JSON.stringify(everyFlip[0]) !== JSON.stringify(everyFlip[1]))
    throw new Error("The index and the closures do not agree.");
  counts.asked = 0;
  const flips = everyFlip[0]!.reduce((sum, each) => sum + each.length, 0) / all.length;
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [place, contender] of contenders.entries()) {
      const asked = place === 0 ? all : some;
      times[place]!.push(await timeEach(contender, asked));
    }
  }
  const [own = [], loop = [], mingo = []] = times;
  const over = (other: readonly number[]): number => median(other.map((time, round) => time / own[round]!));
  const asked = counts.asked / (rounds * all.length);
  const columns = [
    queries.length.toLocaleString("en").padStart(10),
    flips.toFixed(1).padStart(7),
    asked.toFixed(1).padStart(7),
    ...[own, loop, mingo].map((each, place) =>
      `${(median(each) * 1_000).toFixed(1)} µs`.padStart([9, 10, 12][place]!),
    ),
    over(loop).toFixed(1).padStart(12),
    over(mingo).toFixed(1).padStart(10),
    Math.round(1_000 / median(own))
      .toLocaleString("en")
      .padStart(11),
  ];
  console.log(`${columns.join("")}  ${name}`);
  console.log(
    `${" ".repeat(12)}memory a segment: ${bytes.index.toFixed(0)} bytes of index, ${bytes.closures.toFixed(0)} of closures`,
  );
}

/** The processor time of one change, in milliseconds. */
async function timeEach(flips: Flips, asked: readonly (readonly [Change, Uint8Array])[]): Promise<number> {
  const taken = await processorTime(() => {
    for (const [change, was] of asked) flips(change, was);
  });
  return taken / asked.length;
}

function byLoop(tests: readonly Predicate[]): Flips {
  return ({ after }, was) => {
    const found: number[] = [];
    for (const [place, holds] of tests.entries()) if (Number(holds(after)) !== was[place]) found.push(place);
    return found;
  };
}

function byIndex(
  { mayFlip }: ReturnType<typeof indexPredicates>,
  closures: readonly Predicate[],
  counts: { asked: number },
): Flips {
  return ({ before, after }, was) => {
    const candidates = mayFlip(before, after);
    counts.asked += candidates.length;
    return candidates.filter((place) => Number(closures[place]!(after)) !== was[place]).sort((a, b) => a - b);
  };
}

/** The closures and the index of plans, and how much heap each takes, in bytes a segment. */
function indexed(plans: readonly Plan[]) {
  const start = liveHeap();
  const closures = plans.map(({ where }) => compilePredicate(where));
  const compiled = liveHeap();
  const index = indexPredicates(plans.map(({ where }) => ({ where })));
  const built = liveHeap();
  const bytes = { index: (built - compiled) / plans.length, closures: (compiled - start) / plans.length };
  return { closures, index, bytes };
}

function liveHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  // Objects that are only held weakly are freed by the next collection.
  for (let times = 0; times < 3; times += 1) collect();
  return process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
}

/** How the cost of a change grows with the number of segments, each change flipping the same number. */
export async function growthContest(toy: boolean, now: number): Promise<void> {
  const sizes = toy ? [100, 500] : [1_000, 5_000, 10_000, 50_000];
  const rounds = toy ? 1 : 5;
  const cases = sizes.map((size) => {
    const plans = selectiveQueries(size).map((text) => planOf(text, now));
    const { index, closures, bytes } = indexed(plans);
    const changes = changesOf(toy ? 60 : 2_000, size, now, smallOrders);
    const all = changes.map((change): readonly [Change, Uint8Array] => [
      change,
      Uint8Array.from(closures, (holds) => Number(holds(change.before))),
    ]);
    const counts = { asked: 0 };
    const contender = byIndex(index, closures, counts);
    const [once, loop] = [contender, byLoop(closures)].map((flips) =>
      all.slice(0, 50).map(([change, was]) => flips(change, was)),
    );
    if (JSON.stringify(once) !== JSON.stringify(loop))
      throw new Error("The index and the closures do not agree.");
    const flips = all.reduce((sum, [change, was]) => sum + contender(change, was).length, 0) / all.length;
    return { size, bytes, contender, all, flips, times: [] as number[] };
  });
  for (let round = 0; round < rounds; round += 1) {
    for (const { contender, all, times } of cases) times.push(await timeEach(contender, all));
  }
  const [first] = cases;
  console.log("\n  segments  flips     index  × the first  bytes a segment");
  for (const { size, flips, times, bytes } of cases) {
    const ratio = median(times.map((time, round) => time / first!.times[round]!));
    const columns = [
      size.toLocaleString("en").padStart(10),
      flips.toFixed(1).padStart(7),
      `${(median(times) * 1_000).toFixed(1)} µs`.padStart(10),
      ratio.toFixed(2).padStart(13),
      (bytes.index + bytes.closures).toFixed(0).padStart(17),
    ];
    console.log(columns.join(""));
  }
}
