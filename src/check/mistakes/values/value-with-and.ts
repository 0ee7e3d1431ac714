// `country is Trinidad and Tobago`: a value with a connective in it.
import { quoted } from "../../../../grammar/format.js";
import { resolveName } from "../../../catalog/catalog.js";
import { countryCode } from "../../../catalog/countries.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import type { Mistake } from "../mistake.js";

export const valueWithAnd: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, { around, source, catalog }) => {
    const previous = around.before.at(-1);
    if (condition?.kind !== "Flag" || previous?.kind !== "Comparison") return undefined;
    const resolved = resolveName(catalog, previous.attribute.text);
    const value = previous.operands.at(-1);
    if (value === undefined || resolved === undefined || asNamed(resolved).type !== "country")
      return undefined;
    const span = source.span(value.span.start, condition.span.end);
    const whole = source.raw(span.start, span.end);
    if (countryCode(whole) === undefined) return undefined;
    const replacement = quoted(whole);
    return diagnostic("VALUE_NEEDS_QUOTES", [whole, replacement], span, { fix: { replacement, span } });
  },
};
