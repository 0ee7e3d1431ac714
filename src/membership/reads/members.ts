// Who is in a segment, from where it is known best: the stored membership of now, the stays of the past, else the query itself.
import { systemClock } from "../../clock.js";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { holdersQuestion } from "../../query/holders.js";
import { pageBy, pageOfCustomers } from "../../query/page.js";
import type { PreviewAnswer } from "../../query/preview.js";
import { findSegment, membersOf } from "../../segments/read.js";
import { firstOf } from "../../store/pages.js";
import type { Store } from "../../store/port.js";
import type { ReadOptions } from "../../store/read-options.js";
import { type ExactHistory, exactHistoryOf } from "../gaps.js";
import { coordinatorOf } from "../live/live-set.js";
import { coordinatorId, isOver, leasesOn } from "../maintain/lease.js";
import { liveStateOf, staysSince } from "./history.js";

/**
 * `stored`: what a maintainer keeps, a moment behind the writes. `history`: the stays as they were kept at that instant.
 * `computed`: the query was asked, with the profiles of today.
 */
export type MembersSource = "stored" | "history" | "computed";

export interface Members extends Pick<PreviewAnswer, "count" | "countUpTo" | "customers" | "sourceIds"> {
  readonly source: MembersSource;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

export interface MembersRequest {
  /** In milliseconds since the epoch; now where it is left out. */
  readonly asOf?: number;
  /** Asks the query itself, whatever is stored. */
  readonly fresh?: boolean;
}

/**
 * Who is in a segment. Of an auto-update segment, what is stored is told while a maintainer keeps it; of an instant of the
 * past, what was stored then, from when the segment was first live on. Everything else is asked of the query.
 * @throws SegmentError `NOT_FOUND`, and `INVALID_QUERY` where its query has to be asked and is not right now.
 */
export async function segmentMembers(
  engine: Engine,
  project: string,
  segmentId: string,
  request: MembersRequest = {},
): Promise<Members> {
  const segment = await findSegment(engine, project, segmentId);
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const source =
    segment.kind === "static"
      ? "stored"
      : sourceOf(
          await liveStateOf(engine, project, segmentId),
          await maintenanceStatusOf(engine, project),
          request,
          now,
        );
  if (source === "computed" || segment.kind === "static")
    return {
      ...(await membersOf(engine, project, segmentId, request.asOf)),
      source,
      asOf,
    };
  if (source === "stored") return { ...storedMembers(engine, project, segmentId), source, asOf };
  return { ...membersByIntervals(engine, project, segmentId, asOf), source, asOf };
}

/** Whether a maintainer is at work on a project, and how far it is. */
export interface MaintenanceStatus {
  readonly isKept: boolean;
  /** Time has been seen to up to this, in milliseconds since the epoch. */
  readonly until: number;
  /** Every stay is kept since this, in milliseconds since the epoch. */
  readonly since: number;
  readonly isExact: ExactHistory;
}

export async function maintenanceStatusOf(engine: Engine, project: string): Promise<MaintenanceStatus> {
  const coordinator = await coordinatorOf(engine, project);
  const [lease] = await leasesOn(engine.store, [coordinatorId(project)]);
  return {
    isKept: !isOver(lease, systemClock()),
    until: coordinator?.cursor?.getTime() ?? Number.NEGATIVE_INFINITY,
    since: await staysSince(engine, project),
    isExact: await exactHistoryOf(engine, project),
  };
}

/** How far time may be behind the clock, in milliseconds, while stored members are still those of now. */
const maxBehind = 60_000;

/**
 * The instant (milliseconds since the epoch) up to which a project's stored membership follows time, if that is so far behind
 * the clock that stored members are not those of now; undefined if it is not, or was never followed.
 */
export async function behindAt(engine: Engine, project: string): Promise<number | undefined> {
  const until = (await coordinatorOf(engine, project))?.cursor?.getTime();
  return until !== undefined && engine.clock() - until > maxBehind ? until : undefined;
}

/** From where it is known who is in an auto-update segment. */
export function sourceOf(
  live: LiveSegmentDocument | undefined,
  { isKept, until, since, isExact }: MaintenanceStatus,
  { asOf, fresh = false }: MembersRequest,
  now: number,
): MembersSource {
  if (fresh || live?.live_since === undefined || live.status === "removing") return "computed";
  // While time is behind, as after the service was stopped, what is stored is of then.
  const isPresent = isKept && now - until <= maxBehind;
  if (asOf === undefined) return isPresent && live.status === "live" ? "stored" : "computed";
  if (asOf > now || asOf < live.live_since.getTime() || asOf < since) return "computed";
  if (!isExact(live.segment_id, asOf)) return "computed";
  return isPresent || asOf <= until ? "history" : "computed";
}

type Answer = Pick<Members, "count" | "countUpTo" | "customers" | "sourceIds">;

function storedMembers({ store }: Engine, project: string, segment: string): Answer {
  const question = holdersQuestion(project, segment);
  return {
    ...counting((options) => store.customers.count(question, options)),
    customers: (request, options) =>
      pageOfCustomers(store, question, identityOf(project, segment), request, options),
    sourceIds: (limit, options) => firstOf(store.customers.sourceIds(question, options), limit),
  };
}

/** Customers erased since then are counted, and not named. */
function membersByIntervals({ store }: Engine, project: string, segment: string, at: number): Answer {
  const { intervals } = store.reads;
  const instant = new Date(at);
  return {
    ...counting((options) => intervals.countAt(project, segment, instant, options)),
    customers: (request, options) =>
      pageBy(
        (page) => intervals.customersAt(project, segment, instant, page, options),
        identityOf(project, segment, at),
        request,
      ),
    sourceIds: (limit, options) => firstOf(sourceIdsAt(store, project, segment, instant, options), limit),
  };
}

/** How many customers are read at once by id. */
const batchSize = 1_000;

/** Source ids in pages, ascending: the ids of customers are in the order of their source ids. */
async function* sourceIdsAt(
  { reads, getMany }: Store,
  project: string,
  segment: string,
  instant: Date,
  options?: ReadOptions,
): AsyncGenerator<readonly string[]> {
  for (let after = ""; ; ) {
    const ids = await reads.intervals.customerIdsAt(project, segment, instant, after, batchSize, options);
    const customers = await getMany("customers", ids);
    yield customers.flatMap((customer) => (customer === undefined ? [] : [customer.source_id]));
    if (ids.length < batchSize) return;
    after = ids.at(-1)!;
  }
}

/** Counted exactly, whatever the number: an index tells. */
function counting(count: Answer["count"]): Pick<Answer, "count" | "countUpTo"> {
  return {
    count,
    countUpTo: async (_bound, options) => ({ count: await count(options), isEstimate: false }),
  };
}

function identityOf(project: string, segment: string, at?: number): string {
  return JSON.stringify(["members", project, segment, at]);
}
