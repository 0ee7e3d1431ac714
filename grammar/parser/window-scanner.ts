// Windows before a comparison: `number of orders in the last 30 days is at least 2`.
import type { IToken } from "chevrotain";
import type { OperatorStep } from "../operator-syntax.js";
import { beginsClause, clauseAt, comparisonLength } from "./clause-scanner.js";
import { endsCondition, groupsThousands, type Lookahead } from "./lookahead.js";
import { operatorAt } from "./operator-scanner.js";
import { beginsPeriod, calendarWindowLength, periodLength } from "./periods.js";
import { Comma, Sign } from "./tokens.js";

/** True if a window of a figure begins at `k`, followed by the comparison of the figure. */
export function windowBefore(peek: Lookahead, k: number, root: OperatorStep): boolean {
  const word = peek(k).image;
  if (peek.version === 1 || !(beginsClause(word) || beginsPeriod(word))) return false;
  const calendar = calendarWindowLength(peek, k) || periodLength(peek, k);
  if (calendar > 0) return comparesAt(peek, k + calendar, root);
  if (clauseAt(peek, k) !== "window" || word === "between") return false;
  // `seen before is 5` compares an attribute of that name.
  for (let length = 2; ; length += 1) {
    const token = peek(k + length);
    if (endsCondition(token) && !(token.tokenType === Comma && isNumber(peek, k + length))) return false;
    if (comparesAt(peek, k + length, root)) return !beginsComparison(peek(k + 1));
  }
}

function isNumber(peek: Lookahead, comma: number): boolean {
  return groupsThousands(peek(comma - 1), peek(comma), peek(comma + 1));
}

function beginsComparison(token: IToken): boolean {
  return token.image === "is" || token.tokenType === Sign;
}

/** True if the comparison of a figure begins at `k`: with `is`, a sign, or `at least` and its like. */
function comparesAt(peek: Lookahead, k: number, root: OperatorStep): boolean {
  if (!beginsComparison(peek(k)) && comparisonLength(peek, k) !== 2) return false;
  return operatorAt(peek, k, root, "plain") !== undefined;
}
