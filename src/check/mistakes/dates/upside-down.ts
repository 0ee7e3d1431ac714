// `age between 30 and 20`: a range upside down.
import type { Now } from "../../dates.js";
import { diagnostic } from "../../failure.js";
import { nowIn } from "../../literals.js";
import { readPeriod } from "../../periods.js";
import type { Mistake } from "../mistake.js";

/** `between November and January`: the latest of each, of which the first is to be a year earlier. */
function withYears(from: string, to: string, now: Now): string | undefined {
  const [first, second] = [readPeriod(from, now), readPeriod(to, now)];
  if (first?.assumed === undefined || second === undefined) return undefined;
  const { name, year } = first.assumed;
  const end = second.assumed === undefined ? to : `${second.assumed.name} ${second.assumed.year}`;
  return `${name} ${year - 1} and ${end}`;
}

export const upsideDown: Mistake = {
  of: ["UPSIDE_DOWN"],
  recognise: ({ about: { operation }, span }, scope) => {
    const [from, to] = operation?.operands ?? [];
    if (from === undefined || to === undefined) return undefined;
    const years = withYears(from.text, to.text, nowIn(scope));
    if (years !== undefined) {
      const code = "UPSIDE_DOWN_YEARS";
      return diagnostic(code, [from.raw, to.raw, years], span, { fix: { replacement: years, span } });
    }
    return diagnostic("UPSIDE_DOWN", [from.raw, to.raw], span, {
      fix: { replacement: `${to.raw} and ${from.raw}`, span },
    });
  },
};
