// Which segments customers are in, from the best source there is: see `members.ts`.
import type { CatalogSegment, SegmentNames } from "../../catalog/segments.js";
import type { CustomerDocument, EventDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { eventTypesOf } from "../../plan/fields.js";
import type { PlanNode } from "../../plan/plan.js";
import { compilePredicate } from "../../predicate/compile.js";
import { namesOf, readSegments } from "../../query/catalog.js";
import { customerAt, maxRecords, readSummarised, TooManyRecordsError } from "../../query/customer-records.js";
import { boundPlans, plansOf, segmentsAsked } from "../../segments/of-customer.js";
import type { ReadOptions } from "../../store/read-options.js";
import { readLiveSegments } from "../live/live-set.js";
import { type MembersRequest, type MembersSource, maintenanceStatusOf, sourceOf } from "./members.js";

interface CustomerMembership {
  readonly segment: CatalogSegment;
  readonly member: boolean;
  readonly source: MembersSource;
}

export interface CustomerMemberships {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** In the order of the request, or by name. */
  readonly segments: readonly CustomerMembership[];
  /** Segments whose query has to be evaluated and is no longer valid, so that their members are unknown. */
  readonly unanswerable: readonly CatalogSegment[];
}

/** @param ids the segments; every one that is not archived if it is omitted. */
export type MembershipsRequest = MembersRequest & { readonly ids?: readonly string[] | undefined };

/**
 * Whether a customer is in segments.
 * @throws SegmentError `NOT_FOUND` or `INVALID_INPUT`.
 */
export async function customerMemberships(
  engine: Engine,
  project: string,
  customer: CustomerDocument,
  request: MembershipsRequest = {},
): Promise<CustomerMemberships> {
  return (await membershipsOfCustomers(engine, project, [customer], request)).get(customer._id)!;
}

/**
 * The same for many customers, by `_id`: the number of reads does not grow with the number of customers.
 * @throws SegmentError `NOT_FOUND` or `INVALID_INPUT`.
 */
export async function membershipsOfCustomers(
  engine: Engine,
  project: string,
  customers: readonly CustomerDocument[],
  request: MembershipsRequest,
  options?: ReadOptions,
): Promise<ReadonlyMap<string, CustomerMemberships>> {
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const listed = namesOf(await readSegments(engine, project));
  const asked = segmentsAsked(listed, request.ids);
  const [liveSegments, status] = await Promise.all([
    readLiveSegments(engine, project),
    maintenanceStatusOf(engine, project),
  ]);
  const live = new Map(liveSegments.map((each) => [each.segment_id, each]));
  const sources = asked.map(({ id, query }) =>
    query === undefined ? "stored" : sourceOf(live.get(id), status, request, now),
  );
  const toEvaluate = asked.filter((_, index) => sources[index] === "computed");
  const { unanswerable, memberOf } = await evaluated(
    engine,
    project,
    customers,
    toEvaluate,
    listed,
    asOf,
    options,
  );
  const past = sources.includes("history")
    ? await segmentsAt(engine, project, customers, asOf, options)
    : new Map<string, ReadonlySet<string>>();
  return new Map(
    customers.map((customer) => {
      const stored = new Set(customer.segments);
      const segments = asked.flatMap((segment, index): CustomerMembership[] => {
        const source = sources[index]!;
        const member =
          source === "computed"
            ? memberOf(segment.id, customer._id)
            : source === "stored"
              ? stored.has(segment.id)
              : (past.get(customer._id)?.has(segment.id) ?? false);
        return member === undefined ? [] : [{ segment, member, source }];
      });
      return [customer._id, { asOf, segments, unanswerable }];
    }),
  );
}

/** Evaluates the queries of segments for each customer; `memberOf` is undefined for a segment that is unanswerable. */
async function evaluated(
  engine: Engine,
  project: string,
  customers: readonly CustomerDocument[],
  segments: readonly CatalogSegment[],
  listed: SegmentNames,
  asOf: number,
  options: ReadOptions | undefined,
) {
  const { plans, answerable, unanswerable } = await plansOf(engine, project, segments, listed, asOf);
  if (answerable.length === 0) return { unanswerable, memberOf: () => undefined };
  const bound = await boundPlans(engine, project, plans, asOf);
  const predicates = bound.map((plan) => compilePredicate(plan));
  const ids = customers.map(({ _id }) => _id);
  const [records, events] = await Promise.all([
    readSummarised(engine, project, ids),
    readEvents(engine, project, ids, bound, options),
  ]);
  const members = new Map(answerable.map(({ id }) => [id, new Set<string>()]));
  for (const customer of customers) {
    const history = { ...records.get(customer._id)!, events: events.get(customer._id) ?? [] };
    const subject = customerAt({ customer, records: history }, asOf);
    for (const [index, predicate] of predicates.entries())
      if (predicate(subject)) members.get(answerable[index]!.id)!.add(customer._id);
  }
  return {
    unanswerable,
    memberOf: (segment: string, customer: string) => members.get(segment)?.has(customer),
  };
}

async function readEvents(
  engine: Engine,
  project: string,
  customers: readonly string[],
  plans: readonly PlanNode[],
  options: ReadOptions | undefined,
): Promise<ReadonlyMap<string, readonly EventDocument[]>> {
  const types = [...eventTypesOf({ kind: "and", operands: plans })];
  const found = new Map<string, EventDocument[]>();
  if (types.length === 0) return found;
  const filter = { types, limit: maxRecords + 1 };
  const events = await engine.store.reads.records.ofCustomers(project, "events", customers, filter, options);
  if (events.length > maxRecords) {
    throw new TooManyRecordsError(
      `These customers have more than ${maxRecords.toLocaleString("en")} events that the segments depend on. Request fewer customers at once.`,
    );
  }
  for (const event of events) {
    const known = found.get(event.customer);
    if (known === undefined) found.set(event.customer, [event]);
    else known.push(event);
  }
  return found;
}

/** The segments that each customer was in at an instant, by the intervals of the history. */
async function segmentsAt(
  engine: Engine,
  project: string,
  customers: readonly CustomerDocument[],
  at: number,
  options: ReadOptions | undefined,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const ids = customers.map(({ _id }) => _id);
  const { intervals } = engine.store.reads;
  const rows = await intervals.segmentsOfCustomersAt(project, ids, new Date(at), options);
  const found = new Map<string, Set<string>>();
  for (const { customer, segment } of rows) {
    const known = found.get(customer);
    if (known === undefined) found.set(customer, new Set([segment]));
    else known.add(segment);
  }
  return found;
}
