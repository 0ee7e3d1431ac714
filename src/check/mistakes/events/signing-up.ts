// `signed up in the last 30 days`, `joined before 2026-01-01`: when a customer signed up, in a shopkeeper's words.
import { phrase } from "../phrase.js";

export const signingUp = phrase(
  /^(?<not>(?:has|have|did|was)(?: not|n['’]?t) )?(?:has |have |who |was )?(?:signed[ -]?up|sign[ -]?up|registered|joined|became (?:a )?customers?|subscribed)(?: (?<rest>(?:in|on|before|after|since|more|less|at|between|within|exactly|today|yesterday|this|last|during)\b.*))$/i,
  ({ not, rest }) => {
    const when = rest!.replace(/^(?:within(?: the last)?|during the last|in the past) /i, "in the last ");
    const said = when
      .replace(/^since /i, "is on or after ")
      .replace(/^in (?=\d)/i, "in the last ")
      .replace(/^(?=today|yesterday)/i, "is ");
    return [not === "" ? `created_at ${said}` : `not created_at ${said}`];
  },
);
