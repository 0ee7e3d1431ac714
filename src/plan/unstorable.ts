// Characters that no store can hold in a text.

// Hardly any text has one of these, and looking for them takes a fifth of the time.
const suspected = /[\0\ud800-\udfff]/;
const unstorable = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export interface Unstorable {
  /** Its offset, in UTF-16 units. */
  readonly at: number;
  /** Its name. */
  readonly what: string;
}

/** The first character of a text that no store can hold; undefined if there is none. */
export function unstorableIn(text: string): Unstorable | undefined {
  if (!suspected.test(text)) return undefined;
  const found = unstorable.exec(text);
  if (found === null) return undefined;
  return { at: found.index, what: found[0] === "\0" ? "a null character" : "half of a character" };
}
