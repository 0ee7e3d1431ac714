// `age contains 3`, `tags is b2b`: an operator of other types, for which this type has another.
import { countryCode } from "../../../catalog/countries.js";
import { operatorsByName } from "../../../operators/index.js";
import type { ValueType } from "../../../plan/literals.js";
import { diagnostic, Failed } from "../../failure.js";
import { readLiteral } from "../../literals.js";
import type { Named, Operation, Scope } from "../../scope.js";
import type { Mistake } from "../mistake.js";

export const counterpart: Mistake = {
  of: ["NO_SUCH_OPERATOR"],
  recognise: ({ about: { operation, named }, parameters, span, expected }, scope) => {
    if (operation === undefined || named === undefined) return undefined;
    const form = insteadOf(scope, operation, named);
    if (form === undefined) return undefined;
    const [attribute, type, operator, offered, takenBy] = parameters as [
      string,
      string,
      string,
      readonly string[],
      readonly ValueType[],
    ];
    return diagnostic("NO_SUCH_OPERATOR", [attribute, type, operator, offered, takenBy], span, {
      expected,
      fix: { replacement: form, span },
    });
  },
};

/** The words of this type's operator that corresponds to the written one, including complements. */
function insteadOf(scope: Scope, node: Operation, named: Named): string | undefined {
  const { name, negated } = node.operator;
  // Only sets are empty; anything else without a value is unknown.
  if (name === "is_empty") return negated ? "has any value" : "is unknown";
  const written = operatorsByName.get(name);
  const meant = (written?.counterparts ?? [])
    .map((other) => operatorsByName.get(other))
    .find((operator) => {
      if (operator?.tests[named.type] === undefined || operator.operand !== written?.operand) return false;
      // For text, `is any of` is much narrower than containing one of the values.
      if (name === "contains_any_of" && operatorsByName.get("contains")?.tests[named.type] !== undefined)
        return false;
      // `orders = 0` is a number of orders, and no product.
      if (named.attribute.name === "order" && node.operands.some(({ text }) => /^\d+$/.test(text)))
        return false;
      // `country contains land` is no `country is land`.
      if (named.type === "country" && node.operands.some(({ text }) => countryCode(text) === undefined))
        return false;
      const wanted = { ...named, operator, written: node.operator.raw };
      return node.operands.every((value) => !(readLiteral(scope, value, wanted) instanceof Failed));
    });
  return (negated ? meant?.negatedSpellings : meant?.spellings)?.[0];
}
