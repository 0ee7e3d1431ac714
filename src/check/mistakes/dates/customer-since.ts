// `customer since 2025`: the attribute `customer since` without a comparison, or those who came then or later.
import { resolveName } from "../../../catalog/catalog.js";
import { readDate } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import type { Mistake } from "../mistake.js";

export const customerSince: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE"],
  recognise: ({ about: { condition } }, scope) => {
    if (condition?.kind !== "Comparison" || condition.operator.name !== "since") return undefined;
    const [value] = condition.operands;
    if (value === undefined || !/^(?:the\s+)?customers?$/i.test(condition.attribute.text)) return undefined;
    if (resolveName(scope.catalog, "customer since") === undefined) return undefined;
    if (readDate(value.text, nowIn(scope)).kind !== "date") return undefined;
    const inside = `created in ${value.text}`;
    return diagnostic("CUSTOMER_SINCE", [inside, `created since ${value.text}`], condition.span, {
      fix: { replacement: inside, span: condition.span },
    });
  },
};
