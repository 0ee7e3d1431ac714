// The names of events that every project has.
import { normaliseText } from "../plan/text.js";

const builtInEvents: ReadonlySet<string> = new Set(["order"]);

/** True of a type of event that a project can't define, since the built-in one of that name hides it. */
export function isReservedEvent(type: string): boolean {
  return builtInEvents.has(normaliseText(type));
}
