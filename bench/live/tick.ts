// A tick of the clock over many customers: the product finds the customers whose value a moving bound crosses, by a range read
// between the bounds' former and present positions, and evaluates just them at their instants; compared with evaluating all
// customers again. A sorted list in this process serves the range reads, since a store's index of so many customers would not
// fit; everything else is the product's.
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import type { CustomerDocument } from "../../src/documents/documents.js";
import type { ChangeDocument, LiveSegmentDocument } from "../../src/documents/membership-documents.js";
import type { Engine } from "../../src/engine.js";
import { findDue, type OnCrossing } from "../../src/membership/live/crossings.js";
import type { Case } from "../../src/membership/live/customer-snapshots.js";
import { evaluate } from "../../src/membership/live/evaluate.js";
import type { LiveSegment, LiveSet } from "../../src/membership/live/live-set.js";
import { meaningOf } from "../../src/membership/live/plan-at.js";
import { TimeScan } from "../../src/membership/live/time-scan.js";
import { comparable } from "../../src/operators/encodings/encoding.js";
import type { Plan } from "../../src/plan/plan.js";
import { compilePredicate } from "../../src/predicate/compile.js";
import type { Store } from "../../src/store/port.js";
import type { CrossingReads } from "../../src/store/reads/dirty-marks.js";
import { median, processorTime } from "../race.js";
import { definition } from "./shop.js";

const hour = 3_600_000;
const day = 24 * hour;
const path = "activity.orders.last_at";

/** As many customers as a partition's owner evaluates at once. */
const batchSize = 200;

/** As much of a customer as queries read; the customer holds the segments that it is in, as in the store. */
interface Buyer {
  readonly _id: string;
  readonly activity: { readonly orders: { readonly last_at: Date; readonly total_amount: number } };
  segments: readonly string[];
}

/** A customer who entered a segment or left it. */
type Flip = readonly [customer: string, segment: string];

/** One segment alone, the cheapest case of evaluating all customers again, and several that share customers and ticks. */
export async function tickContest(toy: boolean, now: number): Promise<void> {
  const customers = toy ? 20_000 : 1_000_000;
  const rounds = toy ? 1 : 20;
  console.log(
    `\nA tick of the clock over ${customers.toLocaleString("en")} customers, against evaluating all of them again (goal at least 50 ×); medians of processor time`,
  );
  console.log("\n  segments    due  moved   asking   who moved           at which instants and why");
  for (const segments of [1, 20]) {
    const { due, moved, times } = await tickOf(customers, segments, rounds, now);
    const typical = (what: keyof Times) => `${median(times.map((each) => each[what])).toFixed(1)} ms`;
    const ratio = (what: keyof Times) =>
      `${median(times.map((each) => each.asking / each[what])).toFixed(1)} ×`;
    const columns = [
      [String(segments), 10],
      [String(due), 7],
      [String(moved), 7],
      [typical("asking"), 11],
      [typical("matching"), 10],
      [ratio("matching"), 9],
      [typical("judging"), 11],
      [ratio("judging"), 9],
    ] as const;
    console.log(columns.map(([text, width]) => text.padStart(width)).join(""));
  }
}

interface Times {
  readonly matching: number;
  readonly judging: number;
  readonly asking: number;
}

/** A tick in which a thousandth of the customers is due: the more segments, the shorter it is. */
async function tickOf(
  customers: number,
  many: number,
  rounds: number,
  now: number,
): Promise<{ readonly due: number; readonly moved: number; readonly times: readonly Times[] }> {
  // Of orders spread over 1,000 hours, an hour is a thousandth.
  const buyers = Array.from({ length: customers }, (_, number): Buyer => {
    const age = ((number * 7_919) % customers) / customers;
    const last_at = new Date(now - 30 * day + 500 * hour - Math.floor(age * 1_000 * hour));
    const activity = { orders: { last_at, total_amount: (number % 4) * 900 } };
    return { _id: String(number), activity, segments: [] };
  });
  const byId = new Map(buyers.map((buyer) => [buyer._id, buyer]));
  const engine: Engine = { store: sortedStore(buyers), clock: fixedClock(now) };
  const segments = Array.from({ length: many }, (_, number) =>
    liveSegment(`lapsed-${number}`, 30 - Math.floor(many / 2) + number),
  );
  const set: LiveSet = {
    project: definition.project,
    epoch: 1,
    zone: definition.timezone,
    definition: JSON.stringify(definition),
    segments: new Map(segments.map((segment) => [segment.id, segment])),
    mayFlip: () => segments,
  };
  const start = now - hour / many;
  // For evaluating all again, the former members are in one array for each segment, so that comparing costs the least.
  const before = segments.map((segment) => {
    const holds = compilePredicate(segment.planAt(start)!.where);
    return Uint8Array.from(buyers, (buyer) => Number(holds(buyer)));
  });
  for (const [number, buyer] of buyers.entries()) {
    buyer.segments = segments.filter((_, index) => before[index]![number] === 1).map(({ id }) => id);
  }
  const { shared, to } = await new TimeScan().windowAt(set, start, now);
  if (to < now) throw new Error("The stretch ends before the tick.");
  // Only whether a customer is in or not, as evaluating all customers finds out.
  const byMatching = async (): Promise<readonly Flip[]> => {
    const flips: Flip[] = [];
    const closures = new Map(
      segments.map((segment) => {
        const { node, later } = segment.meaningAt(now)!;
        return [segment.id, { holds: compilePredicate(node), later }];
      }),
    );
    const onCrossing: OnCrossing = (customer, _instants, concerned) => {
      const buyer = byId.get(customer)!;
      for (const id of concerned) {
        const { holds, later } = closures.get(id)!;
        if (holds(buyer, later) !== buyer.segments.includes(id)) flips.push([customer, id]);
      }
    };
    await findDue(engine, set.project, shared, start, now, onCrossing);
    return flips;
  };
  let due = 0;
  // The product's own evaluation: each customer at its exact instants, with what it takes to find the cause.
  const byJudging = async (): Promise<readonly Flip[]> => {
    const cases: Case[] = [];
    await findDue(engine, set.project, shared, start, now, (customer, instants, concerned) => {
      cases.push(dueCase(byId.get(customer)!, instants, concerned, now));
    });
    due = cases.length;
    const flips: Flip[] = [];
    for (let first = 0; first < cases.length; first += batchSize) {
      const batch = cases.slice(first, first + batchSize);
      const evaluations = await evaluate(engine, set, batch, now);
      for (const { customer } of batch) {
        for (const [id, isIn] of evaluations.get(customer._id)!.at(-1)!.members) {
          if (isIn !== customer.segments!.includes(id)) flips.push([customer._id, id]);
        }
      }
    }
    return flips;
  };
  const byAsking = async (): Promise<readonly Flip[]> => {
    const flips: Flip[] = [];
    for (const [index, { id, planAt }] of segments.entries()) {
      const holds = compilePredicate(planAt(now)!.where);
      const was = before[index]!;
      for (let number = 0; number < buyers.length; number += 1) {
        const buyer = buyers[number]!;
        if (Number(holds(buyer)) !== was[number]) flips.push([buyer._id, id]);
      }
    }
    return flips;
  };
  const expected = sortedFlips(await byAsking());
  for (const found of [await byJudging(), await byMatching()]) {
    if (sortedFlips(found) !== expected) throw new Error("The tick and the members disagree.");
  }
  const times: Times[] = [];
  for (let round = 0; round < rounds; round += 1) {
    times.push({
      matching: await processorTime(byMatching),
      judging: await processorTime(byJudging),
      asking: await processorTime(byAsking),
    });
  }
  return { due, moved: (JSON.parse(expected) as unknown[]).length, times };
}

function sortedFlips(flips: readonly Flip[]): string {
  return JSON.stringify(flips.map(String).sort());
}

/** A customer that the clock marked dirty. */
function dueCase(buyer: Buyer, instants: readonly number[], segments: readonly string[], asOf: number): Case {
  const change = {
    _id: buyer._id,
    reasons: segments.map((segment) => ({ segment, kind: "TIME", due: instants.map((at) => new Date(at)) })),
    kinds: [],
    due: [],
  };
  return {
    change: change as unknown as ChangeDocument,
    customer: buyer as unknown as CustomerDocument,
    asOf,
  };
}

function liveSegment(id: string, days: number): LiveSegment {
  const query = `last order more than ${days} days ago and total spent is more than $10`;
  const planAt = (asOf: number): Plan | undefined => checkQuery(query, catalogOf(definition), asOf).plan;
  const document = { segment_id: id, status: "live", since: new Date(0) } as LiveSegmentDocument;
  const meaningAt = meaningOf(planAt, definition.timezone);
  const problemAt = () => "";
  return {
    id,
    document,
    planAt,
    problemAt,
    meaningAt,
    dependencies: [path],
    eventTypes: new Set(),
    timed: true,
    timedLately: true,
    indexed: undefined,
    analysedAt: 0,
  };
}

/** A store that answers a tick's only question, a range of the last order, from a sorted list. */
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
  const crossed: CrossingReads["crossed"] = async (_project, source, values) => {
    if (source.path !== path || !("from" in values))
      throw new Error(`Asked of another path: ${JSON.stringify(source)}`);
    const [from, to] = [firstFrom(Number(values.from)), firstFrom(Number(values.to) + 1)];
    return sorted
      .slice(from, to)
      .map(({ _id, activity }) => ({ customer: _id, value: activity.orders.last_at }));
  };
  return { reads: { crossings: { crossed } } } as unknown as Store;
}
