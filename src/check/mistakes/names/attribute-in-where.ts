// `performed login where value > 100 and city is Paris`: a customer's attribute in a `where`, which is about the event.
import { resolveName } from "../../../catalog/catalog.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import type { Mistake } from "../mistake.js";
import { endOfWhere } from "./end-of-where.js";

export const attributeInWhere: Mistake = {
  of: ["UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition } }, scope) => {
    const { within } = scope;
    if (condition?.kind !== "Comparison" && condition?.kind !== "Flag") return undefined;
    const { text, span } = condition.attribute;
    const resolved = within === undefined ? undefined : resolveName(within.outer, text);
    if (within === undefined || resolved === undefined) return undefined;
    const fix = endOfWhere(scope, condition.span);
    const { canonicalName } = asNamed(resolved);
    return diagnostic("ATTRIBUTE_IN_WHERE", [canonicalName, within.type.name, fix?.replacement], span, {
      expected: within.type.properties.map(({ name }) => name),
      fix,
    });
  },
};
