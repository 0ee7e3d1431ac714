// `order contains tea in the last 30 days`: clauses of an event after a product, which become a part of its name.
import { quoteValue } from "../../../../grammar/format.js";
import { diagnostic } from "../../failure.js";
import type { Suspicion } from "../mistake.js";
import { isBare } from "../value.js";

const clause =
  /^(?<product>.+?)\s+(?<clause>(?:in the (?:last|past)|within|since|before|after|between|at least|at most|exactly|more than|less than|today|yesterday|once|twice|\d+ times?|this (?:week|month|quarter|year)|last (?:week|month|quarter|year))\b.*)$/i;

export const periodInProduct: Suspicion = {
  of: ["product"],
  suspect: ({ operation: { operator, operands }, wanted }, { source, within, mending }) => {
    const [value] = operands;
    if (wanted.attribute.name !== "order" || operator.name !== "contains" || within !== undefined) return [];
    const groups = value === undefined || !isBare(value) ? undefined : clause.exec(value.raw)?.groups;
    if (value === undefined || groups?.product === undefined || groups.clause === undefined) return [];
    const start = source.text.lastIndexOf("order", operator.span.start);
    const event = operator.negated ? "has not performed order" : "placed order";
    const said = groups.clause.replace(/^in the past/i, "in the last");
    const replacement = `${event} ${said} where product contains ${quoteValue(groups.product)}`;
    const nameStart = nameBefore(source.text, operator.span.start) ?? start;
    const fix = { replacement, span: source.span(nameStart, value.span.end) };
    // If a product has that name, nothing is reported.
    if (mending?.keeps(fix) === false) return [];
    return [diagnostic("CLAUSE_IN_TEXT", [groups.clause, replacement], value.span, { fix })];
  },
};

/** The start of the name `order` that ends at `end`, noise included. */
function nameBefore(text: string, end: number): number | undefined {
  const match = /(?:(?:the|customer['’]s|customers?)\s+)*(?:orders?|products?)\s+$/i.exec(text.slice(0, end));
  return match === null ? undefined : end - match[0].length;
}
