// The `3` of `age betwen 1 and 3`: the end of a range whose operator is misspelt, which is reported with its beginning.
import { resolveName } from "../../../catalog/catalog.js";
import { asNamed } from "../../names.js";
import type { Scope } from "../../scope.js";
import { begunComparison } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { meantOperations } from "../spoken.js";

export const rangeEnd: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about }, scope) =>
    about.condition?.kind === "Flag" && endsMisspeltRange(scope) ? "consequence" : undefined,
};

function endsMisspeltRange(scope: Scope): boolean {
  const previous = scope.around.before.at(-1);
  if (previous?.kind === "Flag")
    return begunComparison(scope, previous.attribute)?.meant?.operator.operand === "pair";
  if (previous?.kind !== "Comparison" || previous.operator.name !== "is") return false;
  const resolved = resolveName(scope.catalog, previous.attribute.text);
  const [value] = previous.operands;
  if (resolved === undefined || value === undefined) return false;
  return meantOperations(value.raw, asNamed(resolved).type)[0]?.operator.operand === "pair";
}
