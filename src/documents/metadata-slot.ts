// The field name of a metadata value in a document. A key is arbitrary user text, so it is encoded before it becomes part of a
// path.
import type { PropertyType } from "./documents.js";

const encoder = new TextEncoder();

const typeLetters: Readonly<Record<PropertyType, string>> = {
  string: "s",
  number: "n",
  boolean: "b",
  date: "d",
  datetime: "t",
  "string[]": "ss",
  "number[]": "nn",
  "boolean[]": "bb",
  "date[]": "dd",
  "datetime[]": "tt",
};

/**
 * The field name under `facts.metadata` of a key of a type: the type's letter, `_`, and the key with everything but ASCII
 * letters and digits written as `%` and the UTF-8 bytes in hex. It holds no dot and no dollar, can't be a name that
 * objects inherit, and a key whose type is redefined doesn't read values of the old type.
 */
export function metadataSlot(key: string, type: PropertyType): string {
  const safe = key.replace(/[^A-Za-z0-9]/gu, (character) =>
    Array.from(encoder.encode(character), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join(""),
  );
  return `${typeLetters[type]}_${safe}`;
}

/** The most metadata keys that may be indexed: in one project, and of different slots in all projects of a MongoDB database. */
export const maxMetadataIndexes = 15;
