// The text of an audience, by which all that is asked of it is answered.
import { quoted } from "../../grammar/format.js";
import type { SegmentNames } from "../catalog/segments.js";
import type { Audience } from "../documents/promotion-documents.js";
import { printQuery } from "./saved-query.js";

/** The audience as one query, with the present names of the segments; undefined for everyone. */
export function audienceText(
  { all_of, any_of, none_of, query }: Audience,
  segments: SegmentNames,
): string | undefined {
  // A segment that a rule names can't be deleted, so it has a name.
  const member = (id: string) => `in segment ${quoted(segments.byId.get(id)?.name ?? id)}`;
  const parts = [
    ...all_of.map(member),
    ...(any_of.length > 1 ? [`(${any_of.map(member).join(" or ")})`] : any_of.map(member)),
    ...none_of.map((id) => `not ${member(id)}`),
    // A comment in the query ends with its line.
    ...(query === undefined ? [] : [`(${printQuery(query, segments)}\n)`]),
  ];
  return parts.length === 0 ? undefined : parts.join(" and ");
}
