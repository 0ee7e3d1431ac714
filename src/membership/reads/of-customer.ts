// Which segments a customer is in, from where that is known best: see `members.ts`.
import type { CatalogSegment } from "../../catalog/segments.js";
import type { CustomerDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { namesOf, readSegments } from "../../query/catalog.js";
import { membershipsIn, segmentsAsked } from "../../segments/of-customer.js";
import { readLiveSegments } from "../live/live-set.js";
import { type MembersRequest, type MembersSource, maintenanceStatusOf, sourceOf } from "./members.js";

export interface CustomerMembership {
  readonly segment: CatalogSegment;
  readonly member: boolean;
  readonly source: MembersSource;
}

export interface CustomerMemberships {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** In the order that they were asked for, or by name. */
  readonly segments: readonly CustomerMembership[];
  /** Segments whose query is to be asked and is no longer right, so that nobody can say who is in them. */
  readonly unanswerable: readonly CatalogSegment[];
}

/**
 * Whether a customer is in segments.
 * @param ids the segments; every one that is not put aside where it is left out.
 * @throws SegmentError `NOT_FOUND` or `INVALID_INPUT`.
 */
export async function customerMemberships(
  engine: Engine,
  project: string,
  customer: CustomerDocument,
  request: MembersRequest & { readonly ids?: readonly string[] } = {},
): Promise<CustomerMemberships> {
  const now = engine.clock();
  const asOf = request.asOf ?? now;
  const listed = namesOf(await readSegments(engine, project));
  const asked = segmentsAsked(listed, request.ids);
  const live = new Map((await readLiveSegments(engine, project)).map((each) => [each.segment_id, each]));
  const keeping = await maintenanceStatusOf(engine, project);
  const sources = asked.map(({ id, query }) =>
    query === undefined ? "stored" : sourceOf(live.get(id), keeping, request, now),
  );
  const toAsk = asked.filter((_, index) => sources[index] === "computed");
  const computed = await membershipsIn(engine, project, { customer }, toAsk, listed, asOf);
  const told = new Map(computed.segments.map(({ segment, member }) => [segment.id, member]));
  const held = new Set(customer.segments);
  const past = sources.includes("history") ? await staysOf(engine, customer, asOf) : new Set<string>();
  return {
    asOf,
    segments: asked.flatMap((segment, index): CustomerMembership[] => {
      const source = sources[index]!;
      const member =
        source === "computed" ? told.get(segment.id) : (source === "stored" ? held : past).has(segment.id);
      return member === undefined ? [] : [{ segment, member, source }];
    }),
    unanswerable: computed.unanswerable,
  };
}

async function staysOf(
  engine: Engine,
  { _id: customer, project }: CustomerDocument,
  at: number,
): Promise<ReadonlySet<string>> {
  return new Set(await engine.store.reads.intervals.segmentsOfCustomerAt(project, customer, new Date(at)));
}
