// `last order in September`: a span of the calendar without a year, reported with the year that is assumed.
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import { lacksYear, readPeriod } from "../../periods.js";
import type { Suspicion } from "../mistake.js";

export const periodYear: Suspicion = {
  of: ["date", "datetime"],
  suspect: ({ operation, wanted: { type } }, scope) => {
    if (type === "set") return [];
    return operation.operands.flatMap((value) => {
      const assumed = lacksYear(value.text)
        ? readPeriod(value.text.trim(), nowIn(scope))?.assumed
        : undefined;
      if (assumed === undefined) return [];
      const whole = `${assumed.name} ${assumed.year}`;
      const fix = { replacement: whole, span: value.span };
      return [diagnostic("PERIOD_YEAR", [value.text, whole], value.span, { fix })];
    });
  },
};
