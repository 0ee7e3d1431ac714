// Days without a year, as in birthdays: `--02-28`, the notation of ISO 8601 (2000) and vCard.
import { isDay } from "./instants.js";

/** True for a day without a year, `--MM-DD`, that exists in some year. */
export function isYearlessDay(text: string): boolean {
  // 2000 is a leap year, so 29 February is valid.
  return /^--\d\d-\d\d$/.test(text) && isDay(`2000-${text.slice(2)}`);
}
