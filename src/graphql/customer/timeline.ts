// A customer's timeline: records and transitions merged by their time.
import { identityOf } from "../../membership/reads/feed.js";
import { readPlace, writePlace } from "../../query/pages/place.js";
import { SegmentTransitionType } from "../history/history-type.js";
import { maxPageSize } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/user-error.js";
import { recordTypes, TimelineConnectionType, type TimelineItem } from "./record-connections.js";

interface Entry {
  readonly _id: string;
  readonly at: Date;
  readonly node: TimelineItem;
}

/** The page of a timeline after a cursor. @throws CursorError. */
export async function timelineOf(
  { loaders }: RequestContext,
  customer: string,
  first: number,
  after: string | undefined,
): Promise<TimelineConnectionType> {
  if (first < 0 || first > maxPageSize)
    throw userError(`\`first\` is ${first}; request 0 to ${maxPageSize} items at once.`);
  const until = after === undefined ? undefined : readPlace(after, "after");
  const window = { first, after };
  const [{ currency }, orders, events, redemptions, referrals, transitions] = await Promise.all([
    loaders.definition(),
    loaders.recordPage("orders", customer, window),
    loaders.recordPage("events", customer, window),
    loaders.recordPage("redemptions", customer, window),
    loaders.recordPage("referrals", customer, window),
    loaders.transitions(customer, { limit: first + 1, until }),
  ]);
  const entries: Entry[] = [
    ...orders.nodes.map((each) => ({ ...placeOf(each), node: recordTypes.orders(each, currency) })),
    ...events.nodes.map((each) => ({ ...placeOf(each), node: recordTypes.events(each) })),
    ...redemptions.nodes.map((each) => ({ ...placeOf(each), node: recordTypes.redemptions(each) })),
    ...referrals.nodes.map((each) => ({ ...placeOf(each), node: recordTypes.referrals(each) })),
    ...transitions.map((each) => ({
      _id: identityOf(each),
      at: each.at,
      node: new SegmentTransitionType(each),
    })),
  ];
  entries.sort((one, other) => other.at.getTime() - one.at.getTime() || (one._id < other._id ? 1 : -1));
  const page = entries.slice(0, first);
  const more = [orders, events, redemptions, referrals].some(({ hasNextPage }) => hasNextPage);
  return new TimelineConnectionType({
    edges: page.map((entry) => ({ node: entry.node, cursor: writePlace(entry) })),
    hasNextPage: more || entries.length > first,
    hasPreviousPage: until !== undefined,
    count: async () => null,
  });
}

function placeOf({ _id, at }: { readonly _id: string; readonly at: Date }): Pick<Entry, "_id" | "at"> {
  return { _id, at };
}
