// A tick of the clock over many customers: the product finds those whom time concerns, by a range read between where bounds
// stood and where they stand, and judges just them at their instants; against asking everybody anew. The range reads are of a sorted
// list in this process, in place of a store's index, which so many customers would not fit beside; what is read and judged is the product's.

import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { readStretch } from "../../src/membership/clock.js";
import { findDue } from "../../src/membership/due.js";
import type { LiveSegment, LiveSet } from "../../src/membership/live-set.js";
import { meaningOf } from "../../src/membership/meaning.js";
import { comparable, type Facts } from "../../src/operators/forms/form.js";
import type { Plan } from "../../src/plan/plan.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import type { LiveSegmentDocument } from "../../src/store/membership-documents.js";
import type { Store } from "../../src/store/port.js";
import { median, processorTime } from "../race.js";
import { definition } from "./shop.js";

const hour = 3_600_000;
const query = "last order more than 30 days ago and total spent is more than $10";
const path = "activity.orders.last_at";

interface Buyer {
  readonly _id: string;
  readonly activity: { readonly orders: { readonly last_at: Date; readonly total_amount: number } };
}

export async function tickContest(toy: boolean, now: number): Promise<void> {
  const customers = toy ? 20_000 : 1_000_000;
  // Of orders spread over 1,000 hours, an hour is a thousandth.
  const buyers = Array.from({ length: customers }, (_, number): Buyer => {
    const age = ((number * 7_919) % customers) / customers;
    const last_at = new Date(now - 30 * 24 * hour + 500 * hour - Math.floor(age * 1_000 * hour));
    return { _id: String(number), activity: { orders: { last_at, total_amount: (number % 4) * 900 } } };
  });
  const byId = new Map(buyers.map((buyer) => [buyer._id, buyer]));
  const engine: Engine = { store: sortedStore(buyers), clock: fixedClock(now) };
  const segment = liveSegment();
  const set: LiveSet = {
    project: definition.project,
    epoch: 1,
    zone: definition.timezone,
    segments: new Map([[segment.id, segment]]),
    mayFlip: () => [segment],
  };
  const start = now - hour;
  const was = membersAt(segment, buyers, start);
  const byTick = async (): Promise<readonly string[]> => {
    const flipped = new Set<string>();
    const { shared, to } = readStretch(set, start, now);
    if (to < now) throw new Error("The stretch ends before the tick.");
    const due: (readonly [buyer: Buyer, instants: readonly number[]])[] = [];
    await findDue(engine, set.project, shared, start, now, (customer, instants) => {
      due.push([byId.get(customer)!, instants]);
    });
    const instants = [...new Set(due.flatMap(([, each]) => each))].sort((a, b) => a - b);
    const holds = new Map(instants.map((at) => [at, compilePredicate(segment.nodeAt(at)!)]));
    for (const [buyer, each] of due) {
      let isIn = was.has(buyer._id);
      for (const at of each) isIn = holds.get(at)!(buyer);
      if (isIn !== was.has(buyer._id)) flipped.add(buyer._id);
    }
    dueCount = due.length;
    return [...flipped].sort();
  };
  const byAsking = async (): Promise<readonly string[]> => {
    const holds = compilePredicate(segment.planAt(now)!.where);
    const flipped: string[] = [];
    for (const buyer of buyers) if (holds(buyer) !== was.has(buyer._id)) flipped.push(buyer._id);
    return flipped.sort();
  };
  let dueCount = 0;
  const [found, expected] = [await byTick(), await byAsking()];
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error("The tick and the members disagree.");
  const times: { tick: number; asking: number }[] = [];
  for (let round = 0; round < (toy ? 1 : 5); round += 1) {
    times.push({ tick: await processorTime(byTick), asking: await processorTime(byAsking) });
  }
  const [tick, asking] = [median(times.map((each) => each.tick)), median(times.map((each) => each.asking))];
  const ratio = median(times.map((each) => each.asking / each.tick));
  console.log(
    `\nA tick of an hour over ${customers.toLocaleString("en")} customers, ${dueCount.toLocaleString("en")} of them due, ${found.length.toLocaleString("en")} moved: ` +
      `${tick.toFixed(1)} ms of processor time, asking all of them ${asking.toFixed(1)} ms, ${ratio.toFixed(1)} × (goal at least 50)`,
  );
}

function planAt(asOf: number): Plan | undefined {
  return checkQuery(query, catalogOf(definition), asOf).plan;
}

function liveSegment(): LiveSegment {
  const id = "lapsed";
  const document = { segment_id: id, status: "live" } as LiveSegmentDocument;
  const nodeAt = meaningOf(planAt, definition.timezone);
  return { id, document, planAt, nodeAt, places: [path], timed: true, indexed: undefined };
}

function membersAt(segment: LiveSegment, buyers: readonly Buyer[], at: number): ReadonlySet<string> {
  const holds = compilePredicate(segment.planAt(at)!.where);
  return new Set(buyers.filter((buyer) => holds(buyer as Facts)).map(({ _id }) => _id));
}

/** A store that answers what a tick asks of it, a range of the last order, from a sorted list. */
function sortedStore(buyers: readonly Buyer[]): Store {
  const sorted = buyers.toSorted(
    (one, other) =>
      Number(comparable(one.activity.orders.last_at)) - Number(comparable(other.activity.orders.last_at)),
  );
  const instants = Float64Array.from(sorted, (buyer) => buyer.activity.orders.last_at.getTime());
  const firstFrom = (instant: number): number => {
    let [low, high] = [0, instants.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (instants[middle]! < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const aggregate = async (_collection: string, [stage]: readonly object[]): Promise<readonly object[]> => {
    const { $match } = stage as { readonly $match: Readonly<Record<string, { $gte: Date; $lte: Date }>> };
    const range = $match[path];
    if (range === undefined) throw new Error(`Asked of another path: ${JSON.stringify($match)}`);
    const [from, to] = [firstFrom(range.$gte.getTime()), firstFrom(range.$lte.getTime() + 1)];
    return sorted
      .slice(from, to)
      .map(({ _id, activity }) => ({ customer: _id, value: activity.orders.last_at }));
  };
  return { aggregate } as unknown as Store;
}
