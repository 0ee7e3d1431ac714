// Who is in a segment, from where it is known best: the stored membership of now, the stays of the past, else the query itself.
import { systemClock } from "../../clock.js";
import type { CollectionName } from "../../documents/collections.js";
import type { CustomerDocument } from "../../documents/documents.js";
import type {
  LeaseDocument,
  LiveSegmentDocument,
  MembershipDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { pageBy, pageOfCustomers } from "../../query/page.js";
import type { PreviewAnswer } from "../../query/preview.js";
import type { Sort, SortPosition } from "../../query/sort.js";
import { afterStage, sortStage } from "../../query/sort.js";
import { findSegment, membersOf } from "../../segments/read.js";
import { countRows } from "../../store/count.js";
import { firstInOrder, valuesInOrder } from "../../store/ordered.js";
import type { ReadOptions } from "../../store/port.js";
import { coordinatorOf } from "../live/live-set.js";
import { isOver } from "../maintain/lease.js";
import { holding, liveStateOf, staysSince } from "./history.js";

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
  return { ...membersByStays(engine, project, segmentId, asOf), source, asOf };
}

/** Whether a maintainer is at work on a project, and how far it is. */
export interface MaintenanceStatus {
  readonly isKept: boolean;
  /** Time has been seen to up to this, in milliseconds since the epoch. */
  readonly until: number;
  /** Every stay is kept since this, in milliseconds since the epoch. */
  readonly since: number;
}

export async function maintenanceStatusOf(engine: Engine, project: string): Promise<MaintenanceStatus> {
  const coordinator: LeaseDocument | undefined = await coordinatorOf(engine, project);
  return {
    isKept: coordinator !== undefined && !isOver(engine, coordinator, systemClock()),
    until: coordinator?.cursor?.getTime() ?? Number.NEGATIVE_INFINITY,
    since: await staysSince(engine, project),
  };
}

/** From where it is known who is in an auto-update segment. */
export function sourceOf(
  live: LiveSegmentDocument | undefined,
  { isKept, until, since }: MaintenanceStatus,
  { asOf, fresh = false }: MembersRequest,
  now: number,
): MembersSource {
  if (fresh || live?.live_since === undefined || live.status === "removing") return "computed";
  if (asOf === undefined) return isKept && live.status === "live" ? "stored" : "computed";
  if (asOf > now || asOf < live.live_since.getTime() || asOf < since) return "computed";
  return isKept || asOf <= until ? "history" : "computed";
}

type Answer = Pick<Members, "count" | "countUpTo" | "customers" | "sourceIds">;

function storedMembers(engine: Engine, project: string, segment: string): Answer {
  const { store } = engine;
  const pipeline: Pipeline = [{ $match: { project, segments: segment } }];
  return {
    ...counting(engine, "customers", pipeline),
    customers: (request, options) =>
      pageOfCustomers(store, pipeline, identityOf(project, segment), request, options),
    sourceIds: (limit, options) => firstInOrder(store, "customers", pipeline, "source_id", limit, options),
  };
}

/** Who was erased since is counted, and not named. */
function membersByStays(engine: Engine, project: string, segment: string, at: number): Answer {
  const { store } = engine;
  const stays = { project, segment, ...holding(at) };
  const read = async (
    sort: Sort,
    after: SortPosition | undefined,
    limit: number,
    options?: ReadOptions,
  ): Promise<readonly CustomerDocument[]> => {
    if (sort.by === "source_id") return bySourceId(engine, project, stays, sort, after, limit, options);
    return store.aggregate<CustomerDocument>(
      "memberships",
      [
        { $match: stays },
        {
          $lookup: {
            from: "customers",
            localField: "customer",
            foreignField: "_id",
            as: "person",
          },
        },
        { $match: { "person._id": { $ne: null } } },
        { $replaceRoot: { newRoot: { $first: "$person" } } },
        ...(after === undefined ? [] : [afterStage(sort, after)]),
        sortStage(sort),
        { $limit: limit },
      ],
      options,
    );
  };
  return {
    ...counting(engine, "memberships", [{ $match: stays }]),
    customers: (request, options) =>
      pageBy(
        (sort, after, limit) => read(sort, after, limit, options),
        identityOf(project, segment, at),
        request,
      ),
    sourceIds: async (limit = Number.POSITIVE_INFINITY, options) => {
      const found: string[] = [];
      const pages = valuesInOrder(store, "memberships", [{ $match: stays }], "customer", options, batchSize);
      for await (const ids of pages) {
        for (const { source_id } of await present(engine, ids)) found.push(source_id);
        if (found.length >= limit) return found.slice(0, limit);
      }
      return found;
    },
  };
}

/** How many customers are read at once by id. */
const batchSize = 1_000;

/** Customers of stays behind a place: the ids of customers are in the order of their source ids. */
async function bySourceId(
  engine: Engine,
  project: string,
  stays: object,
  { descending }: Sort,
  after: SortPosition | undefined,
  limit: number,
  options?: ReadOptions,
): Promise<readonly CustomerDocument[]> {
  const found: CustomerDocument[] = [];
  let last = after === undefined ? undefined : `${project}/${after.sourceId}`;
  for (;;) {
    const behind = last === undefined ? {} : { customer: { [descending ? "$lt" : "$gt"]: last } };
    const rows = await engine.store.aggregate<Pick<MembershipDocument, "customer">>(
      "memberships",
      [
        { $match: { ...stays, ...behind } },
        { $sort: { customer: descending ? -1 : 1 } },
        { $limit: limit },
        { $project: { customer: 1 } },
      ],
      options,
    );
    found.push(
      ...(await present(
        engine,
        rows.map(({ customer }) => customer),
      )),
    );
    if (rows.length < limit || found.length >= limit) return found.slice(0, limit);
    last = rows.at(-1)!.customer;
  }
}

/** The customers of these ids who are there. */
async function present(engine: Engine, ids: readonly string[]): Promise<readonly CustomerDocument[]> {
  const found = await engine.store.getMany("customers", ids);
  return found.filter((customer) => customer !== undefined);
}

/** Counted exactly, whatever the number: an index tells. */
function counting(
  { store }: Engine,
  collection: CollectionName,
  pipeline: Pipeline,
): Pick<Answer, "count" | "countUpTo"> {
  const count = (options?: ReadOptions) => countRows(store, collection, pipeline, options);
  return {
    count,
    countUpTo: async (_bound, options) => ({ count: await count(options), isEstimate: false }),
  };
}

function identityOf(project: string, segment: string, at?: number): string {
  return JSON.stringify(["members", project, segment, at]);
}
