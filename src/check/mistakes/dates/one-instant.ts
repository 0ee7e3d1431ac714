// `created is 30 days ago`: one instant to the millisecond, although the day is surely meant.
import type { Literal } from "../../../plan/literals.js";
import { sameScalar } from "../../../plan/scalars.js";
import { readDate } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import type { Suspicion } from "../mistake.js";

const equalities: ReadonlySet<string> = new Set([
  "is",
  "on",
  "contains",
  "contains_any_of",
  "contains_all_of",
]);

/** Days and longer spans end later than they begin, so most values need no closer look. */
function isPoint(literal: Literal | undefined): boolean {
  return literal !== undefined && sameScalar(literal.from, literal.to);
}

export const oneInstant: Suspicion = {
  of: ["datetime"],
  suspect: ({ operation, wanted, literals }, scope) => {
    const { type, operator, use } = wanted;
    if (!equalities.has(operator.name)) return [];
    return operation.operands.flatMap((value, index) => {
      if (!isPoint(literals[index])) return [];
      const date = readDate(value.text, nowIn(scope));
      if (date.kind !== "date" || !date.instant) return [];
      const form = use?.negated === true ? "is not exactly" : "is exactly";
      const isWhole = date.ago !== undefined && type !== "set";
      const instead = isWhole ? `${form} ${value.text}` : undefined;
      const fix =
        instead === undefined || use === undefined
          ? undefined
          : { replacement: instead, span: scope.source.span(use.span.start, value.span.end) };
      return [diagnostic("NEARLY_NEVER", [value.text, instead], value.span, { fix })];
    });
  },
};
