// `signed up in the last 30 days`, `joined before 2026-01-01`: when a customer signed up, in a shopkeeper's words.
import { findEventType } from "../../../catalog/events.js";
import { phrase } from "../phrase.js";

export const signingUp = phrase(
  /^(?<not>(?:has|have|did|was)(?: not|n['’]?t) )?(?:has |have |who |was )?(?<verb>signed[ -]?up|sign[ -]?up|registered|joined|became (?:a )?customers?|subscribed)(?: (?<rest>(?:in|on|before|after|since|more|less|at|between|within|exactly|today|yesterday|this|last|during)\b.*))$/i,
  ({ not, verb, rest }, { catalog }) => {
    // The project has an event of that name, which is meant then.
    if (findEventType(catalog, verb!) !== undefined) return [];
    const when = rest!.replace(/^(?:within(?: the last)?|during the last|in the past) /i, "in the last ");
    const said = when
      .replace(/^since /i, "is on or after ")
      .replace(/^in (?=\d+ [a-z])/i, "in the last ")
      .replace(/^(?=today|yesterday)/i, "is ");
    return [not === "" ? `created_at ${said}` : `not created_at ${said}`];
  },
);

/** `new customers this month`. */
export const newCustomers = phrase(
  /^new (?:customers?|people|users?|clients?|sign[ -]?ups?|contacts?)(?: from| of)? (?<rest>(?:in|on|before|after|since|between|within|today|yesterday|this|last|during|from)\b.*)$/i,
  ({ rest }) => [`created_at ${rest!.replace(/^(?:during|from) /i, "in ")}`, `created_at is ${rest}`],
  { leavesMore: true },
);
