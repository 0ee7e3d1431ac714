// How a query writes a name that is more than one plain word.

// A name is quoted with backticks if the parser would not read it as one run of words.
const plainName = /^[\p{L}\p{N}\p{M}_][\p{L}\p{N}\p{M}_.-]*$/u;

/** A name as a query writes it: between backticks if it contains more than letters, digits, `_`, `-` and `.`. */
export function quoteName(name: string): string {
  return plainName.test(name) && !keywords.has(name.toLowerCase())
    ? name
    : `\`${name.replaceAll("`", "``")}\``;
}
const keywords = new Set(["is", "and", "or", "not", "in"]);
