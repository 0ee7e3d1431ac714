// Reads the segments that a customer is in.
import type { CustomerDocument } from "../../documents/documents.js";
import type { MembershipsRequest } from "../../membership/reads/of-customer.js";
import { pageOfList } from "../../query/pages/list-page.js";
import type { WindowRequest } from "../../query/pages/window.js";
import { SegmentType } from "../segment/segment-type.js";
import { exactly, maxPageSize } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { CustomerSegmentConnectionType, CustomerSegmentEdgeType } from "./customer-segment-type.js";

/** One page of the segments that a customer is in, by name. @throws CursorError. */
export async function customerSegments(
  { loaders }: RequestContext,
  customer: CustomerDocument,
  request: MembershipsRequest,
  window: WindowRequest,
): Promise<CustomerSegmentConnectionType> {
  const { segments } = await loaders.memberships(customer, request);
  const members = segments.filter(({ member }) => member);
  const documents = await Promise.all(members.map(({ segment }) => loaders.segment(segment.id)));
  const found = members
    .flatMap(({ source }, index) => {
      const document = documents[index];
      return document === undefined ? [] : [{ document, source }];
    })
    .sort((one, other) => (one.document.name_key < other.document.name_key ? -1 : 1));
  const page = pageOfList(found, ({ document }) => document.name_key, window, maxPageSize, "segments");
  // Intervals of the past are not those of now.
  const intervals = request.asOf === undefined ? await loaders.openIntervals(customer._id) : undefined;
  return new CustomerSegmentConnectionType({
    edges: page.nodes.map(
      ({ document, source }, index) =>
        new CustomerSegmentEdgeType({
          segment: new SegmentType(document),
          source,
          cursor: page.cursors[index]!,
          customer,
          asOf: request.asOf,
          interval: source === "stored" ? intervals?.get(document.segment_id) : undefined,
        }),
    ),
    hasNextPage: page.hasNextPage,
    hasPreviousPage: page.hasPreviousPage,
    count: async () => exactly(found.length),
  });
}
