// `last order in September`: a span of the calendar without a year, reported with the year that is assumed.
import { readDate } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import type { Suspicion } from "../mistake.js";

const dated: ReadonlySet<string> = new Set(["date", "datetime"]);

export const periodYear: Suspicion = {
  suspect: ({ operation, wanted: { type } }, scope) => {
    if (!dated.has(type)) return [];
    return operation.operands.flatMap((value) => {
      const date = readDate(value.text, nowIn(scope));
      const assumed = date.kind === "date" ? date.period?.assumed : undefined;
      if (assumed === undefined) return [];
      const whole = `${assumed.name} ${assumed.year}`;
      const fix = { replacement: whole, span: value.span };
      return [diagnostic("PERIOD_YEAR", [value.text, whole], value.span, { fix })];
    });
  },
};
