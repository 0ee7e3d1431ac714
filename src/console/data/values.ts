// Values of the data for completion and for the lists that open in a sentence; answers of the last minute are cached.
import type { FoundValue, WantedValues } from "../language/protocol.js";
import { ask } from "./client.js";
import { AttributeValuesDocument } from "./generated.js";

const keptMs = 60_000;
/** How many are kept at once. */
const maxKept = 200;
const kept = new Map<string, { readonly at: number; readonly values: Promise<readonly FoundValue[]> }>();

/** Values that begin with what is typed, the most frequent first; none if the service does not answer. */
export function readValues(wanted: WantedValues, first = 20): Promise<readonly FoundValue[]> {
  const key = JSON.stringify([wanted, first]);
  const known = kept.get(key);
  if (known !== undefined && performance.now() - known.at < keptMs) return known.values;
  const values = ask(AttributeValuesDocument, {
    attribute: wanted.attribute,
    event: wanted.event ?? null,
    search: wanted.search,
    first,
  }).then(
    (answer) => answer.segmentValueSuggestions,
    () => {
      kept.delete(key);
      return [];
    },
  );
  if (kept.size >= maxKept) kept.clear();
  kept.set(key, { at: performance.now(), values });
  return values;
}
