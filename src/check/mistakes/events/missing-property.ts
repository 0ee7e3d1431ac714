// `sum of order is more than 100`: a measure without its property, if only one is possible or it is an order's amount.
import { quoteValue } from "../../../../grammar/format.js";
import { findEventType } from "../../../catalog/events.js";
import { diagnostic } from "../../failure.js";
import type { Mistake } from "../mistake.js";

export const missingProperty: Mistake = {
  of: ["MISSING_PROPERTY"],
  recognise: ({ about: { condition }, span, expected }, { catalog, source }) => {
    if (condition?.kind !== "Measure") return undefined;
    const type = findEventType(catalog, condition.name.text);
    const [only] = expected.length === 1 || type?.builtIn === true ? expected : [];
    if (type === undefined || only === undefined) return undefined;
    return diagnostic("MISSING_PROPERTY", [condition.aggregate, type.name, expected], span, {
      expected,
      fix: { replacement: `${quoteValue(only)} of `, span: source.span(span.start, span.start) },
    });
  },
};
