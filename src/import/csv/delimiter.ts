// Detects the delimiter of a file's columns.

export const delimiters = [",", ";", "\t", "|"] as const;
export type Delimiter = (typeof delimiters)[number];

/** The most frequent delimiter of a file's first line, outside of quotes; a comma if there is none. */
export function delimiterOf(text: string): Delimiter {
  const counts = new Map<Delimiter, number>(delimiters.map((delimiter) => [delimiter, 0]));
  let quoted = false;
  let seen = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && (character === "\n" || character === "\r")) {
      if (seen) break;
      continue;
    }
    if (character.trim() !== "" || character === "\t") seen = true;
    const count = counts.get(character as Delimiter);
    if (!quoted && count !== undefined) counts.set(character as Delimiter, count + 1);
  }
  // The first of several equally frequent ones.
  return delimiters.reduce((best, each) => (counts.get(each)! > counts.get(best)! ? each : best));
}

/**
 * Blanks the line `sep=;` in which Excel names the delimiter, so that lines keep their numbers. The delimiter is undefined if
 * there is no such line.
 */
export function withoutSeparatorLine(text: string): {
  readonly text: string;
  readonly separator?: Delimiter;
} {
  const found = /^\ufeff?"?sep=([,;|\t])"?[ \t]*(?=[\r\n])/i.exec(text);
  if (found === null) return { text };
  return { text: text.slice(found[0].length), separator: found[1] as Delimiter };
}
