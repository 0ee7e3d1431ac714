// `country is Poland or Germany`: a value in place of a condition, to be compared as in the preceding condition.
import type { Name } from "../../../../grammar/tree.js";
import { resolveName } from "../../../catalog/catalog.js";
import { diagnostic } from "../../failure.js";
import { asNamed } from "../../names.js";
import type { Scope } from "../../scope.js";
import { canReadBy, statesPresence } from "../guess.js";
import type { Mistake } from "../mistake.js";

export const valueForCondition: Mistake = {
  of: ["UNKNOWN_ATTRIBUTE", "UNKNOWN_PROPERTY"],
  recognise: ({ about: { condition }, expected }, scope) => {
    if (condition?.kind !== "Flag" || statesPresence(condition.attribute.text)) return undefined;
    const { text, span } = condition.attribute;
    const meant = sameAgain(scope, condition.attribute);
    if (meant === undefined) return undefined;
    const more = { expected, fix: { replacement: meant, span } };
    return scope.within === undefined
      ? diagnostic("UNKNOWN_ATTRIBUTE", [text, meant], span, more)
      : diagnostic("UNKNOWN_PROPERTY", [text, scope.within.type.name, meant, expected], span, more);
  },
};

/** The preceding condition repeated with this value; undefined if that is impossible. */
function sameAgain(scope: Scope, { text, span }: Name): string | undefined {
  const { source } = scope;
  const previous = scope.around.before.at(-1);
  const [value] = previous?.kind === "Comparison" ? previous.operands : [];
  if (previous?.kind !== "Comparison" || value === undefined) return undefined;
  // `is not a or b` mostly means neither, which is no second condition.
  if (previous.operator.negated || previous.operands.length > 1) return undefined;
  const resolved = resolveName(scope.catalog, previous.attribute.text);
  if (resolved === undefined) return undefined;
  const named = asNamed(resolved);
  // Any words are text, so only a single word is taken for a value.
  if (text.includes(" ") && ["text", "exact", "set"].includes(named.type)) return undefined;
  if (![value.text, text].every((words) => canReadBy(scope, named, previous.operator.name, words, span)))
    return undefined;
  return `${source.raw(previous.span.start, previous.operator.span.end)} ${text}`;
}
