// A tick of the clock over many customers: the product finds those whom time concerns, by a range read between where bounds
// stood and where they stand, and judges just them at their instants; against asking everybody anew. The range reads are of a sorted
// list in this process, in place of a store's index, which so many customers would not fit beside; what is read and judged is the product's.
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { readStretch } from "../../src/membership/clock.js";
import { findDue } from "../../src/membership/due.js";
import { judge } from "../../src/membership/judge.js";
import type { LiveSegment, LiveSet } from "../../src/membership/live-set.js";
import { meaningOf } from "../../src/membership/meaning.js";
import type { Case } from "../../src/membership/pictures.js";
import { comparable } from "../../src/operators/forms/form.js";
import type { Plan } from "../../src/plan/plan.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import type { CustomerDocument } from "../../src/store/documents.js";
import type { ChangeDocument, LiveSegmentDocument } from "../../src/store/membership-documents.js";
import type { Store } from "../../src/store/port.js";
import { median, processorTime } from "../race.js";
import { definition } from "./shop.js";

const hour = 3_600_000;
const query = "last order more than 30 days ago and total spent is more than $10";
const path = "activity.orders.last_at";
const id = "lapsed";

/** As many as a partition's owner looks at at once. */
const batchSize = 200;

/** As much of a customer as is asked of; the segments that they are in stand on them, as the store has it. */
interface Buyer {
  readonly _id: string;
  readonly activity: { readonly orders: { readonly last_at: Date; readonly total_amount: number } };
  segments: readonly string[];
}

export async function tickContest(toy: boolean, now: number): Promise<void> {
  const customers = toy ? 20_000 : 1_000_000;
  // Of orders spread over 1,000 hours, an hour is a thousandth.
  const buyers = Array.from({ length: customers }, (_, number): Buyer => {
    const age = ((number * 7_919) % customers) / customers;
    const last_at = new Date(now - 30 * 24 * hour + 500 * hour - Math.floor(age * 1_000 * hour));
    const activity = { orders: { last_at, total_amount: (number % 4) * 900 } };
    return { _id: String(number), activity, segments: [] };
  });
  const byId = new Map(buyers.map((buyer) => [buyer._id, buyer]));
  const engine: Engine = { store: sortedStore(buyers), clock: fixedClock(now) };
  const segment = liveSegment();
  const set: LiveSet = {
    project: definition.project,
    epoch: 1,
    zone: definition.timezone,
    segments: new Map([[id, segment]]),
    mayFlip: () => [segment],
  };
  const start = now - hour;
  const wasMeant = compilePredicate(planAt(start)!.where);
  for (const buyer of buyers) if (wasMeant(buyer)) buyer.segments = [id];
  const { shared, to } = readStretch(set, start, now);
  if (to < now) throw new Error("The stretch ends before the tick.");
  // Only whether somebody is in or not, as asking all of them tells.
  const byMatching = async (): Promise<readonly string[]> => {
    const flipped: string[] = [];
    const { node, later } = segment.meaningAt(now)!;
    const holds = compilePredicate(node);
    const tell = (customer: string) => {
      const buyer = byId.get(customer)!;
      if (holds(buyer, later) !== buyer.segments.includes(id)) flipped.push(customer);
    };
    await findDue(engine, set.project, shared, start, now, tell);
    return flipped.sort();
  };
  // The product's own judging: each at their very instants, with what that takes to tell why.
  const byTick = async (): Promise<readonly string[]> => {
    const due: Case[] = [];
    await findDue(engine, set.project, shared, start, now, (customer, instants) => {
      due.push(dueCase(byId.get(customer)!, instants));
    });
    const flipped: string[] = [];
    for (let first = 0; first < due.length; first += batchSize) {
      const batch = due.slice(first, first + batchSize);
      const verdicts = await judge(engine, set, batch, now);
      for (const { customer } of batch) {
        const isIn = verdicts.get(customer._id)!.at(-1)!.members.get(id)!;
        if (isIn !== customer.segments!.includes(id)) flipped.push(customer._id);
      }
    }
    dueCount = due.length;
    return flipped.sort();
  };
  const byAsking = async (): Promise<readonly string[]> => {
    const holds = compilePredicate(planAt(now)!.where);
    const flipped: string[] = [];
    for (const buyer of buyers) if (holds(buyer) !== buyer.segments.includes(id)) flipped.push(buyer._id);
    return flipped.sort();
  };
  let dueCount = 0;
  const expected = await byAsking();
  for (const found of [await byTick(), await byMatching()]) {
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error("The tick and the members disagree.");
  }
  const times: { matching: number; tick: number; asking: number }[] = [];
  for (let round = 0; round < (toy ? 1 : 40); round += 1) {
    times.push({
      matching: await processorTime(byMatching),
      tick: await processorTime(byTick),
      asking: await processorTime(byAsking),
    });
  }
  const typical = (what: "matching" | "tick" | "asking") =>
    `${median(times.map((each) => each[what])).toFixed(1)} ms`;
  const ratio = (what: "matching" | "tick") =>
    `${median(times.map((each) => each.asking / each[what])).toFixed(1)} ×`;
  console.log(
    `\nA tick of an hour over ${customers.toLocaleString("en")} customers, ${dueCount.toLocaleString("en")} of them due, ${expected.length.toLocaleString("en")} moved; asking all of them takes ${typical("asking")} of processor time` +
      `\n  who moved: ${typical("matching")}, ${ratio("matching")} (goal at least 50)` +
      `\n  who moved, at which instants and why: ${typical("tick")}, ${ratio("tick")}`,
  );
}

/** A customer whom the clock marked. */
function dueCase(buyer: Buyer, instants: readonly number[]): Case {
  const change = {
    _id: buyer._id,
    looks: [{ segment: id, kind: "TIME" }],
    due: instants.map((at) => new Date(at)),
  };
  return { change: change as unknown as ChangeDocument, customer: buyer as unknown as CustomerDocument };
}

function planAt(asOf: number): Plan | undefined {
  return checkQuery(query, catalogOf(definition), asOf).plan;
}

function liveSegment(): LiveSegment {
  const document = { segment_id: id, status: "live", since: new Date(0) } as LiveSegmentDocument;
  const meaningAt = meaningOf(planAt, definition.timezone);
  return { id, document, planAt, meaningAt, places: [path], timed: true, indexed: undefined };
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
