// `age is > 5`, `age is greater than 5`: an operator after another.
import { signsMeant } from "../../../../grammar/parser/conditions.js";
import { operatorsByName } from "../../../operators/index.js";
import type { ValueType } from "../../../plan/literals.js";
import { diagnostic } from "../../failure.js";
import { wordOfSign } from "../../operands.js";
import type { Operation, WantedOperands } from "../../scope.js";
import { meantBy } from "../guess.js";
import type { Mistake } from "../mistake.js";
import { isBare, valueCodes } from "../value.js";

/** A sign after an operator. */
export const signBehindOperator: Mistake = {
  of: valueCodes,
  recognise: ({ about: { value, operation, wanted } }, { source }) => {
    if (value === undefined || operation === undefined || wanted === undefined || !isBare(value))
      return undefined;
    const written = /^[<>=!]+/.exec(value.text)?.[0];
    if (written === undefined) return undefined;
    const { start } = operation.operator.span;
    const end = value.span.start + written.length;
    const form =
      wanted.operator.operand === "value" ? signBehind(operation, written, wanted.type) : undefined;
    const span = source.span(value.span.start, end);
    return diagnostic("TWO_OPERATORS", [operation.operator.raw, written, form], span, {
      expected: ["a value"],
      fix:
        form === undefined
          ? undefined
          : {
              replacement: /^\s/.test(value.raw.slice(written.length)) ? form : `${form} `,
              span: source.span(start, end),
            },
    });
  },
};

/** The operator that `is >` or `is not >` means; undefined if there is none. */
function signBehind(node: Operation, written: string, type: ValueType): string | undefined {
  const sign = signsMeant[written] ?? written;
  if (sign === "!=") return node.operator.name === "is" && !node.operator.negated ? sign : undefined;
  const name = sign === "=" ? "is" : wordOfSign(sign, type);
  const operator = operatorsByName.get(name);
  if (operator?.tests[type] === undefined) return undefined;
  if (node.operator.name === "is") return node.operator.negated ? operator.negatedSpellings[0] : sign;
  return wordOfSign(node.operator.name, type) === name && !node.operator.negated ? sign : undefined;
}

/** An operator in other words, or misspelt, after `is`. */
export const wordsBehindIs: Mistake = {
  of: valueCodes,
  recognise: ({ about: { value, operation, wanted } }, scope) => {
    if (value === undefined || operation === undefined || wanted?.operator.name !== "is" || !isBare(value))
      return undefined;
    const { operator } = operation;
    const meant = meantBy(scope, wanted as WantedOperands, value.raw, value.span, operator.negated);
    if (meant === undefined || meant.operator.operand === "list") return undefined;
    const fix = {
      replacement: `${meant.form} ${meant.rest}`,
      span: scope.source.span(operator.span.start, value.span.end),
    };
    if (meant.isSynonym) scope.synonyms?.add(fix);
    return diagnostic("UNKNOWN_OPERATOR", [`${operator.raw} ${meant.written}`, meant.form], value.span, {
      expected: [meant.form],
      fix,
    });
  },
};
