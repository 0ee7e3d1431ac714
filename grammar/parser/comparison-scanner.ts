// Finds the parts of a comparison: its attribute, which is a run of words, ends where an operator begins.
import type { OperatorStep } from "../operator-syntax.js";
import { clauseAt } from "./clause-scanner.js";
import { type Context, isPlainWord, type Lookahead, startsValue } from "./lookahead.js";
import { type OperatorMatch, operatorAt } from "./operator-scanner.js";
import { Sign } from "./tokens.js";
import { windowBefore } from "./window-scanner.js";

// Words that begin an operator and hardly a name, so that one of them without its rest is reported as a mistake.
const operatorBeginnings = new Set([
  "starts",
  "ends",
  "does",
  "contains",
  "between",
  "before",
  "after",
  "has",
  "exactly",
]);

/** An operator that was begun at `k` and not finished: how many words of it there are, and what could follow. */
interface UnfinishedOperator {
  readonly length: number;
  readonly next: readonly string[];
  /** The operator, if only its operand is missing. */
  readonly end: OperatorStep["end"];
}

function unfinishedOperatorAt(
  peek: Lookahead,
  k: number,
  root: OperatorStep,
): UnfinishedOperator | undefined {
  let step = root;
  let length = 0;
  for (;;) {
    const following = step.next.get(peek(k + length).image);
    if (following === undefined) break;
    step = following;
    length += 1;
  }
  if (length === 0 || (length === 1 && !operatorBeginnings.has(peek(k).image))) return undefined;
  return { length, next: [...step.next.keys()], end: step.end };
}

/** The places of the parts of a comparison that begins at `k`, in tokens from `k`. */
export interface ComparisonShape {
  /** Words of the attribute, noise included. */
  readonly name: number;
  /** Tokens of the campaign's name after `in campaign`; undefined if the query names none. */
  readonly campaign: number | undefined;
  /** True if a window is between these and the operator. */
  readonly window: boolean;
  readonly operator: OperatorMatch | undefined;
  readonly unfinished: UnfinishedOperator | undefined;
}

function shape(
  name: number,
  campaign: number | undefined,
  { window = false, operator, unfinished }: Partial<ComparisonShape>,
): ComparisonShape {
  return { name, campaign, window, operator, unfinished };
}

/** Finds the operator of a comparison, and so where the attribute before it ends. */
export function comparisonAt(
  peek: Lookahead,
  k: number,
  root: OperatorStep,
  context: Context,
): ComparisonShape {
  let name: number | undefined;
  let campaignStart = 0;
  let index = 0;
  for (; ; index += 1) {
    const token = peek(k + index);
    const inCampaign = name !== undefined;
    if (
      !isPlainWord(token) &&
      !(inCampaign && index === campaignStart && startsValue(token)) &&
      token.tokenType !== Sign
    ) {
      break;
    }
    // `in campaign is 5` lacks the campaign.
    if (index > (inCampaign ? campaignStart : 0) || (inCampaign && token.image === "is")) {
      if (context === "plain" && windowBefore(peek, k + index, root)) {
        return shape(name ?? index, inCampaign ? index - campaignStart : undefined, { window: true });
      }
      const operator = operatorAt(peek, k + index, root, context);
      if (operator !== undefined) {
        const campaign = inCampaign ? index - campaignStart : undefined;
        return { name: name ?? index, campaign, window: false, operator, unfinished: undefined };
      }
      if (context !== "plain" && !inCampaign && clauseAt(peek, k + index, context) !== undefined) break;
      if (!inCampaign && token.image === "in" && peek(k + index + 1).image === "campaign") {
        name = index;
        index += 1;
        campaignStart = index + 1;
        continue;
      }
    }
    if (token.tokenType === Sign) break;
  }
  for (let from = 1; from < index; from += 1) {
    const unfinished = unfinishedOperatorAt(peek, k + from, root);
    if (unfinished !== undefined && (name === undefined || from > campaignStart)) {
      const campaign = name === undefined ? undefined : Math.max(0, from - campaignStart);
      return shape(name ?? from, campaign, { unfinished });
    }
  }
  const campaign = name === undefined ? undefined : Math.max(0, index - campaignStart);
  return shape(name ?? Math.max(1, index), campaign, {});
}
