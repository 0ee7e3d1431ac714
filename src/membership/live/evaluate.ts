// Evaluates customers: at which instants they are in which of the segments to evaluate. Nothing is written here.

import type { CustomerDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { isTrueOf } from "../../facts/summarise.js";
import type { PlanNode } from "../../plan/plan.js";
import type { WithRecords } from "../../predicate/compile.js";
import { collectNeeds, noRecordsOf, type Records, readRecords } from "../../query/record-needs.js";
import { inSlices } from "../../store/slices.js";
import { SegmentFailure } from "../maintain/failures.js";
import { type Yielding, yielding } from "../yielding.js";
import { knownSince } from "./concerns.js";
import {
  type Case,
  type CustomerSnapshot,
  type CustomerTimeline,
  timelinesOf,
} from "./customer-snapshots.js";
import type { Evaluation } from "./evaluation.js";
import type { LiveSegment, LiveSet } from "./live-set.js";
import { lastFlip, timeBetween } from "./locate.js";
import { type BatchMeanings, meaningsOfBatch, productKeysOf } from "./meanings.js";

/**
 * The evaluations of each customer, by `_id`, in the order of their instants: those that were due, then the case's `asOf`. A
 * segment whose query is not valid at an instant is not evaluated then.
 * @param marked the instant, in milliseconds since the epoch, up to which the customers that time may move have been marked.
 */
export async function evaluate(
  engine: Engine,
  set: LiveSet,
  cases: readonly Case[],
  marked: number,
): Promise<ReadonlyMap<string, readonly Evaluation[]>> {
  const pausing = yielding();
  const timelines = await timelinesOf(engine, set.project, cases);
  const requests: EvaluationRequest[] = [];
  for (const one of cases) {
    const timeline = timelines.get(one.customer._id)!;
    requests.push({ one, timeline, segments: segmentsToEvaluate(set, one, timeline.snapshots) });
    await pausing();
  }
  const tasks = await tasksOf(requests);
  const meanings = meaningsOfBatch();
  const nodes = await nodesOf(tasks, requests, meanings, marked, pausing);
  const records = await recordsOf(engine, set, requests, nodes);
  const buyers = () =>
    requests.flatMap(({ one, timeline }) =>
      timeline.snapshots.map(({ facts }) => ({
        activity: facts.activity,
        records: records.get(one.customer._id) ?? noRecordsOf,
      })),
    );
  meanings.bind(await productKeysOf(engine, set.project, nodes, buyers));
  const members = new Map<CustomerSnapshot, Map<string, boolean>>();
  const personOf = personsOf(records);
  for (const [segment, ofSegment] of tasks) {
    const failures = new Map<string, unknown>();
    for (const { snapshot, one } of ofSegment) {
      const id = one.customer._id;
      try {
        const isMember =
          segment.document.status === "removing"
            ? false
            : meanings.isMember(segment, snapshot.at, personOf(id, snapshot.facts));
        if (isMember !== undefined) noted(members, snapshot).set(segment.id, isMember);
      } catch (error) {
        failures.set(id, error);
      }
      await pausing();
    }
    throwIfFailed(segment, ofSegment, failures, requests);
  }
  const evaluations = new Map<string, readonly Evaluation[]>();
  for (const request of requests) {
    const { customer } = request.one;
    const found = request.timeline.snapshots.map(
      (snapshot): Evaluation => ({
        at: snapshot.at,
        effectiveKinds: snapshot.effectiveKinds,
        members: members.get(snapshot) ?? new Map(),
        movedAt: new Map(),
      }),
    );
    const recordsAt = recordsByTime(request.one, records.get(customer._id) ?? noRecordsOf);
    const test = (segment: LiveSegment, at: number, facts: CustomerDocument) =>
      meanings.isMember(segment, at, { ...facts, records: recordsAt(at) } as CustomerDocument & WithRecords);
    evaluations.set(customer._id, withInstants(request, found, marked, test));
    await pausing();
  }
  return evaluations;
}

/**
 * Throws if an evaluation failed: SegmentFailure if all of several customers failed, or the only customer of the batch; otherwise
 * the first customer's error.
 */
function throwIfFailed(
  segment: LiveSegment,
  tasks: readonly Task[],
  failures: ReadonlyMap<string, unknown>,
  requests: readonly EvaluationRequest[],
): void {
  const [first] = failures.values();
  if (failures.size === 0) return;
  const isForAll = tasks.every(({ one }) => failures.has(one.customer._id));
  if (isForAll && (failures.size > 1 || requests.length === 1)) throw new SegmentFailure(segment.id, first);
  throw first;
}

interface EvaluationRequest {
  readonly one: Case;
  readonly timeline: CustomerTimeline;
  readonly segments: readonly LiveSegment[];
}

interface Task {
  readonly one: Case;
  readonly snapshot: CustomerSnapshot;
}

/** What to evaluate, by segment and then by instant, so that a segment's plan can be reused from one instant to the next. */
async function tasksOf(
  requests: readonly EvaluationRequest[],
): Promise<ReadonlyMap<LiveSegment, readonly Task[]>> {
  const tasks = new Map<LiveSegment, Task[]>();
  await inSlices(requests, ({ one, timeline, segments }) => {
    const due = new Map(one.change.reasons.map((reason) => [reason.segment, instantsOf(reason.due)]));
    for (const snapshot of timeline.snapshots) {
      const { at, effectiveKinds } = snapshot;
      const isForAll = effectiveKinds.length > 0 || at === one.asOf;
      for (const segment of segments) {
        if (segment.document.status === "failed") continue;
        if (!isForAll && due.get(segment.id)?.has(at) !== true) continue;
        if (at < one.asOf && at < segment.document.since.getTime()) continue;
        if (at < one.asOf && at <= knownSince(one.customer, segment)) continue;
        noted(tasks, segment, []).push({ one, snapshot });
      }
    }
  });
  for (const ofSegment of tasks.values()) ofSegment.sort((a, b) => a.snapshot.at - b.snapshot.at);
  return tasks;
}

function instantsOf(due: readonly Date[] = []): ReadonlySet<number> {
  return new Set(due.map((at) => at.getTime()));
}

function noted<Key, Value>(map: Map<Key, Value>, key: Key, first: Value = new Map() as Value): Value {
  const known = map.get(key) ?? first;
  map.set(key, known);
  return known;
}

/** The plan nodes of everything to evaluate, and those at `marked`, from which the instants of transitions are searched. */
async function nodesOf(
  tasks: ReadonlyMap<LiveSegment, readonly Task[]>,
  requests: readonly EvaluationRequest[],
  meanings: BatchMeanings,
  marked: number,
  pausing: Yielding,
): Promise<readonly PlanNode[]> {
  const nodes = new Set<PlanNode>();
  const isAhead = Number.isFinite(marked) && requests.some(({ one }) => one.asOf > marked);
  for (const [segment, ofSegment] of tasks) {
    if (segment.document.status === "removing") continue;
    const earliest = isAhead && segment.timedLately ? [marked] : [];
    for (const at of [...earliest, ...ofSegment.map(({ snapshot }) => snapshot.at)]) {
      const node = meanings.meaningAt(segment, at)?.node;
      // A query that can't be read at all has no meaning; see `problemAt`.
      if (node !== undefined) nodes.add(node);
      await pausing();
    }
  }
  return [...nodes];
}

async function recordsOf(
  engine: Engine,
  set: LiveSet,
  requests: readonly EvaluationRequest[],
  nodes: readonly PlanNode[],
): Promise<ReadonlyMap<string, Records>> {
  const ids = requests.map(({ one }) => one.customer._id);
  const { add, needs } = collectNeeds();
  await inSlices(nodes, add);
  return readRecords(engine, set.project, ids, needs());
}

/** Adds customers' records to their facts, once for each object of facts. */
function personsOf(
  records: ReadonlyMap<string, Records>,
): (id: string, facts: CustomerDocument) => CustomerDocument & WithRecords {
  const known = new WeakMap<CustomerDocument, CustomerDocument & WithRecords>();
  return (id, facts) => {
    const person = known.get(facts) ?? { ...facts, records: records.get(id) ?? noRecordsOf };
    known.set(facts, person);
    return person;
  };
}

/** A customer's records at an instant: those that the mark names as added are not among them before the first write. */
function recordsByTime({ change: { since, kinds } }: Case, records: Records): (at: number) => Records {
  const added = new Set(kinds.flatMap((kind) => kind.added ?? []));
  if (since === undefined || added.size === 0) return () => records;
  const isEarlier = (record: object): boolean => !added.has((record as { readonly _id: string })._id);
  const earlier: Records = {
    ...records,
    events: records.events.filter(isEarlier),
    orders: records.orders.filter(isEarlier),
  };
  return (at) => (at < since.getTime() ? earlier : records);
}

/**
 * The segments to evaluate: those that the mark names, if only time or segments changed; also those that the write may flip, if
 * the facts before it are known; all of them if they are not.
 */
function segmentsToEvaluate(
  set: LiveSet,
  { change: { since, before, reasons, kinds }, customer, asOf }: Case,
  snapshots: readonly CustomerSnapshot[],
): readonly LiveSegment[] {
  const named = reasons.flatMap(({ segment }) => set.segments.get(segment) ?? []);
  // If the summary was not true at the last evaluation, the stored membership was not computed from it.
  const isBehind =
    !isTrueOf((before ?? customer).activity, asOf) ||
    snapshots.some(({ effectiveKinds }) => effectiveKinds.length > 0);
  if (isBehind || (since !== undefined && before === undefined)) return [...set.segments.values()];
  if (before === undefined) return named;
  const found = new Set(named);
  const reads = readerOfEvents(kinds);
  let earlier: CustomerDocument = { ...customer, ...before };
  for (const { facts } of snapshots) {
    for (const segment of set.mayFlip(earlier, facts)) if (reads(segment)) found.add(segment);
    earlier = facts;
  }
  return [...found];
}

/**
 * Whether changes may flip a segment, judging by the types of the events that were written. Events leave the customer's own facts
 * as they are. A segment that is being populated has no membership yet that a change could be compared with.
 */
function readerOfEvents(kinds: Case["change"]["kinds"]): (segment: LiveSegment) => boolean {
  if (kinds.length === 0 || kinds.some(({ types }) => types === undefined)) return () => true;
  const written = kinds.flatMap(({ types = [] }) => types);
  return ({ document, eventTypes }) =>
    document.status !== "live" || eventTypes === undefined || written.some((type) => eventTypes.has(type));
}

/**
 * Finds the instants of the transitions that time caused after `marked`: the last evaluation says that one happened, and the
 * customer's facts before and after the evaluated write say when.
 */
function withInstants(
  { one, timeline, segments }: EvaluationRequest,
  evaluations: readonly Evaluation[],
  marked: number,
  test: (segment: LiveSegment, at: number, facts: CustomerDocument) => boolean | undefined,
): readonly Evaluation[] {
  const last = evaluations.at(-1);
  if (last === undefined || !(one.asOf > marked)) return evaluations;
  const held = new Set(one.customer.segments ?? []);
  const movedAt = new Map<string, number>();
  for (const segment of segments) {
    const isMember = last.members.get(segment.id);
    if (isMember === undefined || !segment.timedLately || segment.document.status !== "live") continue;
    if (one.change.reasons.some((reason) => reason.segment === segment.id && reason.kind !== "TIME"))
      continue;
    const from = Math.max(
      marked,
      segment.document.since.getTime(),
      one.customer.moved_at?.getTime() ?? marked,
      knownSince(one.customer, segment),
    );
    const before = lastFlip(evaluations, segment.id, { was: held.has(segment.id), from });
    if (before.was === isMember) continue;
    const at = timeBetween(one, segment, before.from, isMember, (instant) => {
      const facts = timeline.factsAt(instant);
      return facts === undefined ? undefined : test(segment, instant, facts);
    });
    if (at !== undefined) movedAt.set(segment.id, at);
  }
  return [...evaluations.slice(0, -1), { ...last, movedAt }];
}
