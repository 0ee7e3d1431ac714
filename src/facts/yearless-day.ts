// Days whose year is not known, as people give their birthdays: `--02-28`, as ISO 8601 (2000) and vCard write them.
import { isDay } from "./instants.js";

/** True of a day without a year, `--MM-DD`, that is a day of some year. */
export function isYearlessDay(text: string): boolean {
  // Of a leap year, so that 29 February is one.
  return /^--\d\d-\d\d$/.test(text) && isDay(`2000-${text.slice(2)}`);
}
