// Batches the reads of one request: for any number of objects in an answer, each kind of read is one call of the store.
import DataLoader from "dataloader";
import type { SegmentNames } from "../../catalog/segments.js";
import type { CollectionName, DocumentOf, RecordCollection } from "../../documents/collections.js";
import type { CustomerDocument, ProjectDocument, SegmentDocument } from "../../documents/documents.js";
import type {
  LiveSegmentDocument,
  MembershipDocument,
  TransitionDocument,
} from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { liveStatesOf } from "../../membership/reads/history.js";
import {
  behindAt,
  type Members,
  type MembersRequest,
  segmentMembers,
} from "../../membership/reads/members.js";
import {
  type CustomerMemberships,
  type MembershipsRequest,
  membershipsOfCustomers,
} from "../../membership/reads/of-customer.js";
import { recentProject } from "../../projects/projects.js";
import { type ComputedValue, computedValues } from "../../query/computed-values.js";
import type { CustomerPage, PageRequest } from "../../query/page.js";
import { type RecordPage, type RecordPageRequest, recordPagesOf } from "../../query/pages/record-page.js";
import { segmentKey } from "../../segments/identity.js";
import { everySegment } from "../../segments/read.js";

export interface LoaderScope {
  readonly engine: Engine;
  readonly project: string;
  readonly signal: AbortSignal;
}

/** A request for transitions, newest first; with `until`, only those before it. */
interface TransitionsRequest {
  readonly limit: number;
  readonly until?: { readonly at: Date; readonly id: string } | undefined;
}

export interface Loaders {
  /** Discards everything that was read. */
  readonly clear: () => void;
  readonly definition: () => Promise<ProjectDocument>;
  /** The segments as queries name them, archived ones included. */
  readonly segmentNames: () => Promise<SegmentNames>;
  /** The document with a key in the request's project; undefined if there is none. */
  readonly document: <Name extends CollectionName>(
    collection: Name,
    key: string,
  ) => Promise<DocumentOf[Name] | undefined>;
  /** The segment with a `segment_id`; undefined if there is none. */
  readonly segment: (segmentId: string) => Promise<SegmentDocument | undefined>;
  readonly liveState: (segmentId: string) => Promise<LiveSegmentDocument | undefined>;
  /** The instant up to which stored membership follows time; undefined unless it is behind. */
  readonly behindAt: () => Promise<Date | undefined>;
  readonly recordPage: <Name extends RecordCollection>(
    collection: Name,
    customer: string,
    request: RecordPageRequest,
  ) => Promise<RecordPage<Name>>;
  readonly recordCount: (collection: RecordCollection, customer: string, type?: string) => Promise<number>;
  readonly memberships: (
    customer: CustomerDocument,
    request: MembershipsRequest,
  ) => Promise<CustomerMemberships>;
  /** The values of computed attributes, of all if no names are given, for a customer. @throws UnknownComputedError */
  readonly computed: (
    customer: CustomerDocument,
    names: readonly string[] | undefined,
  ) => Promise<readonly ComputedValue[]>;
  /** The open interval of a customer in each live segment, by `segment_id`. */
  readonly openIntervals: (customer: string) => Promise<ReadonlyMap<string, MembershipDocument>>;
  /** The members of a segment: equal requests are read once for the whole answer. */
  readonly members: (segmentId: string, request: MembersRequest) => Promise<Members>;
  readonly memberPage: (
    segmentId: string,
    request: MembersRequest,
    page: PageRequest,
  ) => Promise<{ readonly members: Members; readonly page: CustomerPage }>;
  readonly memberCount: (segmentId: string, request: MembersRequest) => Promise<number>;
  readonly transitions: (
    customer: string,
    request: TransitionsRequest,
  ) => Promise<readonly TransitionDocument[]>;
}

type AnyLoader = DataLoader<unknown, unknown, string>;

export function newLoaders({ engine, project, signal }: LoaderScope): Loaders {
  const { store } = engine;
  const { records, transitions } = store.reads;
  const made = new Map<string, AnyLoader>();
  /** The loader with a name, created at first use: calls with other parameters than the key have separate loaders. */
  const loader = <Key, Value>(
    name: string,
    load: (keys: readonly Key[]) => Promise<readonly Value[]>,
    keyText: (key: Key) => string = String,
  ): DataLoader<Key, Value, string> => {
    const known = made.get(name);
    if (known !== undefined) return known as DataLoader<Key, Value, string>;
    const fresh = new DataLoader<Key, Value, string>(load, { cacheKeyFn: keyText, maxBatchSize: 1_000 });
    made.set(name, fresh as AnyLoader);
    return fresh;
  };
  const once = <Value>(name: string, read: () => Promise<Value>): Promise<Value> =>
    loader<string, Value>(name, async () => [await read()]).load("");
  const members = (segmentId: string, request: MembersRequest): Promise<Members> =>
    once(`members ${JSON.stringify([segmentId, request])}`, () =>
      segmentMembers(engine, project, segmentId, request),
    );
  const documentOf = <Name extends CollectionName>(collection: Name, key: string) =>
    loader<string, DocumentOf[Name] | undefined>(`document ${collection}`, async (keys) => {
      const found = await store.getMany(collection, keys);
      return found.map((document) => (document?.project === project ? document : undefined));
    }).load(key);
  return {
    clear: () => made.clear(),
    definition: () => once("definition", () => recentProject(engine, project)),
    segmentNames: () => once("segment names", () => everySegment(engine, project)),
    document: documentOf,
    segment: async (segmentId) => {
      const found = await documentOf("segments", segmentKey(project, segmentId));
      return found?.state === "active" ? found : undefined;
    },
    behindAt: () =>
      once("behind at", async () => {
        const until = await behindAt(engine, project);
        return until === undefined ? undefined : new Date(until);
      }),
    liveState: (segmentId) =>
      loader<string, LiveSegmentDocument | undefined>("live state", (ids) =>
        liveStatesOf(engine, project, ids),
      ).load(segmentId),
    recordPage: <Name extends RecordCollection>(
      collection: Name,
      customer: string,
      request: RecordPageRequest,
    ) =>
      loader<string, RecordPage<Name>>(`page ${collection} ${JSON.stringify(request)}`, async (customers) => {
        const pages = await recordPagesOf(engine, project, collection, customers, request, { signal });
        return customers.map((id) => pages.get(id)!);
      }).load(customer),
    recordCount: (collection, customer, type) =>
      loader<string, number>(`count ${collection} ${JSON.stringify(type)}`, async (customers) => {
        const counts = await records.countsOfCustomers(project, collection, customers, type, { signal });
        return customers.map((id) => counts.get(id) ?? 0);
      }).load(customer),
    memberships: (customer, request) =>
      loader<CustomerDocument, CustomerMemberships>(
        `memberships ${JSON.stringify(request)}`,
        async (customers) => {
          const found = await membershipsOfCustomers(engine, project, customers, request, { signal });
          return customers.map(({ _id }) => found.get(_id)!);
        },
        ({ _id }) => _id,
      ).load(customer),
    computed: (customer, names) =>
      loader<CustomerDocument, readonly ComputedValue[]>(
        `computed ${JSON.stringify(names)}`,
        async (customers) =>
          computedValues(engine, await recentProject(engine, project), customers, names, engine.clock()),
        ({ _id }) => _id,
      ).load(customer),
    openIntervals: (customer) =>
      loader<string, ReadonlyMap<string, MembershipDocument>>("open intervals", async (customers) => {
        const found = await store.reads.intervals.openOfCustomers(project, customers, { signal });
        const bySegment = new Map(customers.map((id) => [id, new Map<string, MembershipDocument>()]));
        for (const interval of found) bySegment.get(interval.customer)?.set(interval.segment, interval);
        return customers.map((id) => bySegment.get(id)!);
      }).load(customer),
    members,
    memberPage: (segmentId, request, page) =>
      once(`member page ${JSON.stringify([segmentId, request, page])}`, async () => {
        const found = await members(segmentId, request);
        return { members: found, page: await found.customers(page, { signal }) };
      }),
    memberCount: (segmentId, request) =>
      once(`member count ${JSON.stringify([segmentId, request])}`, async () =>
        (await members(segmentId, request)).count({ signal }),
      ),
    transitions: (customer, request) =>
      loader<string, readonly TransitionDocument[]>(
        `transitions ${JSON.stringify(request)}`,
        async (customers) => {
          const found = await transitions.latestOfCustomers(
            project,
            customers,
            { newestFirst: true, behind: request.until, limit: request.limit },
            { signal },
          );
          return customers.map((id) => found.get(id) ?? []);
        },
      ).load(customer),
  };
}
