// The codes of a campaign in words: the state of one, and how many of them are found.

import { promotionStrings } from "../en-promotions.js";
import { formatCount } from "../parts/format.js";
import type { CodeRowFragment } from "./generated.js";

export type CodeState = keyof typeof promotionStrings.codes.states;

type StateOf = Pick<CodeRowFragment, "active" | "redemptionsCount" | "published">;

/** The state that a code is found by. */
export function stateOf({ active, redemptionsCount, published }: StateOf): CodeState {
  if (!active) return "INACTIVE";
  if (redemptionsCount > 0) return "REDEEMED";
  return published ? "PUBLISHED" : "FREE";
}

export interface FoundCodes {
  readonly shown: number;
  /** Number of codes that are read. */
  readonly read: number;
  /** Number of codes of the campaign, if it is known. */
  readonly total: number | undefined;
  readonly hasMore: boolean;
  /** True if some codes that are read may not be shown. */
  readonly isFiltered: boolean;
}

/** How many codes are shown, of those that were searched: the others may have more. */
export function foundText({ shown, read, total, hasMore, isFiltered }: FoundCodes): string {
  const { codes: words } = promotionStrings;
  if (!hasMore || !isFiltered) return words.shown(formatCount(shown), formatCount(total ?? read));
  return shown === 0
    ? words.noneAmong(formatCount(read))
    : words.shownAmong(formatCount(shown), formatCount(read));
}
