// The members of a segment, from the best source: the stored membership for now, the intervals for the past, otherwise the query.
import { systemClock } from "../../clock.js";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { recentProject } from "../../projects/projects.js";
import { computedField } from "../../query/computed-values.js";
import { holdersQuestion } from "../../query/holders.js";
import { pageBy, pageByComputed, pageOfCustomers } from "../../query/page.js";
import { CursorError } from "../../query/pages/window.js";
import type { PreviewAnswer } from "../../query/preview.js";
import { findSegment, membersOf } from "../../segments/read.js";
import { firstOf } from "../../store/pages.js";
import type { Store } from "../../store/port.js";
import type { ReadOptions } from "../../store/read-options.js";
import { type ExactHistory, exactHistoryOf } from "../gaps.js";
import { coordinatorOf } from "../live/live-set.js";
import { coordinatorId, isOver, leasesOn } from "../maintain/lease.js";
import { intervalsSince, liveStateOf } from "./history.js";

/**
 * `stored`: the membership that a maintainer keeps, a moment behind the writes. `history`: the intervals at that instant.
 * `computed`: the query is run, on the profiles of today.
 */
export type MembersSource = "stored" | "history" | "computed";

export interface Members extends Pick<PreviewAnswer, "count" | "countUpTo" | "customers" | "sourceIds"> {
  readonly source: MembersSource;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

export interface MembersRequest {
  /** In milliseconds since the epoch; now if it is omitted. */
  readonly asOf?: number;
  /** Runs the query, whatever is stored. */
  readonly fresh?: boolean;
}

/**
 * The members of a segment. For an auto-update segment, these are the stored members while a maintainer is at work, and for a
 * past instant since it was first live, the history. In all other cases the query is run.
 * @throws SegmentError `NOT_FOUND`, and `INVALID_QUERY` if its query has to be run and is not valid.
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
      ...(await membersOf(
        engine,
        project,
        segmentId,
        request.asOf,
        identityOf(project, segmentId, request.asOf),
      )),
      source,
      asOf,
    };
  if (source === "stored") return { ...storedMembers(engine, project, segmentId), source, asOf };
  return { ...membersByIntervals(engine, project, segmentId, asOf), source, asOf };
}

/** Whether a maintainer is at work on a project, and how far time is scanned. */
export interface MaintenanceStatus {
  readonly isKept: boolean;
  /** Time is scanned up to this instant, in milliseconds since the epoch. */
  readonly until: number;
  /** Every interval is stored since this instant, in milliseconds since the epoch. */
  readonly since: number;
  readonly isExact: ExactHistory;
}

export async function maintenanceStatusOf(engine: Engine, project: string): Promise<MaintenanceStatus> {
  const coordinator = await coordinatorOf(engine, project);
  const [lease] = await leasesOn(engine.store, [coordinatorId(project)]);
  return {
    isKept: !isOver(lease, systemClock()),
    until: coordinator?.cursor?.getTime() ?? Number.NEGATIVE_INFINITY,
    since: await intervalsSince(engine, project),
    isExact: await exactHistoryOf(engine, project),
  };
}

/** How far the scan of time may be behind the clock, in milliseconds, for the stored members to count as those of now. */
const maxBehind = 60_000;

/**
 * The instant (milliseconds since the epoch) up to which a project's stored membership follows time, if it is too far behind the
 * clock for stored members to count as those of now; undefined if it is not, or if time was never followed.
 */
export async function behindAt(engine: Engine, project: string): Promise<number | undefined> {
  const until = (await coordinatorOf(engine, project))?.cursor?.getTime();
  return until !== undefined && engine.clock() - until > maxBehind ? until : undefined;
}

/** The source of an auto-update segment's members. */
export function sourceOf(
  live: LiveSegmentDocument | undefined,
  { isKept, until, since, isExact }: MaintenanceStatus,
  { asOf, fresh = false }: MembersRequest,
  now: number,
): MembersSource {
  if (fresh || live?.live_since === undefined || live.status === "removing") return "computed";
  // While the scan of time is behind, as after the service was stopped, stored members are those of an earlier instant.
  const isPresent = isKept && now - until <= maxBehind;
  if (asOf === undefined) return isPresent && live.status === "live" ? "stored" : "computed";
  if (asOf > now || asOf < live.live_since.getTime() || asOf < since) return "computed";
  if (!isExact(live.segment_id, asOf)) return "computed";
  return isPresent || asOf <= until ? "history" : "computed";
}

type Answer = Pick<Members, "count" | "countUpTo" | "customers" | "sourceIds">;

function storedMembers(engine: Engine, project: string, segment: string): Answer {
  const { store } = engine;
  const identity = identityOf(project, segment);
  const question = holdersQuestion(project, segment);
  return {
    ...counting((options) => store.customers.count(question, options)),
    customers: async (request, options) => {
      const { computedSort } = request;
      if (computedSort === undefined) return pageOfCustomers(store, question, identity, request, options);
      const { name, descending } = computedSort;
      const order = await computedField(engine, await recentProject(engine, project), name, engine.clock());
      return pageByComputed(store, question, identity, request, { ...order, descending }, options);
    },
    sourceIds: (limit, options) => firstOf(store.customers.sourceIds(question, options), limit),
  };
}

/** Customers erased since that instant are counted, but not listed. */
function membersByIntervals({ store }: Engine, project: string, segment: string, at: number): Answer {
  const { intervals } = store.reads;
  const instant = new Date(at);
  return {
    ...counting((options) => intervals.countAt(project, segment, instant, options)),
    customers: async (request, options) => {
      if (request.computedSort !== undefined)
        throw new CursorError(
          "Members of a past instant are not sorted by computed attributes. Sort by `sortBy`, or omit `asOf`.",
        );
      return pageBy(
        (page) => intervals.customersAt(project, segment, instant, page, options),
        identityOf(project, segment, at),
        request,
      );
    },
    sourceIds: (limit, options) => firstOf(sourceIdsAt(store, project, segment, instant, options), limit),
  };
}

/** How many customers are read at once by id. */
const batchSize = 1_000;

/** Source ids in pages, ascending: customers' `_id`s sort as their source ids do. */
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

/** Counts exactly, whatever the number, since an index answers it. */
function counting(count: Answer["count"]): Pick<Answer, "count" | "countUpTo"> {
  return {
    count,
    countUpTo: async (_bound, options) => ({ count: await count(options), isEstimate: false }),
  };
}

/** The same for every source, which may change between two pages of the same members. */
function identityOf(project: string, segment: string, at?: number): string {
  return JSON.stringify(["members", project, segment, at]);
}
