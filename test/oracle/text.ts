// The oracle's own reading of text: trimming, lower case and NFC code point by code point, countries by a short table.

const whiteSpace = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005,
  0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]);

/** The text without the Unicode white space at its ends. */
export function trimmed(text: string): string {
  const points = Array.from(text);
  const isSpace = (point: string | undefined): boolean =>
    point !== undefined && whiteSpace.has(point.codePointAt(0) ?? -1);
  while (isSpace(points[0])) points.shift();
  while (isSpace(points[points.length - 1])) points.pop();
  return points.join("");
}

/** The text as it compares. NFC comes first so that both writings of a letter have the same lower case, and again after it. */
export function comparable(text: string): string {
  let lower = "";
  for (const point of trimmed(text).normalize("NFC")) {
    // Unicode's simple mapping takes U+0130 to a plain i; JavaScript's full one adds a combining dot.
    lower += point === "\u0130" ? "i" : point.toLowerCase();
  }
  return lower.normalize("NFC");
}

/** Two letters, three letters, English name. Only countries whose English name is the same everywhere. */
const countries: readonly (readonly [string, string, string])[] = [
  ["PL", "POL", "Poland"],
  ["FR", "FRA", "France"],
  ["DE", "DEU", "Germany"],
  ["JP", "JPN", "Japan"],
  ["BR", "BRA", "Brazil"],
  ["US", "USA", "United States of America"],
  ["GB", "GBR", "United Kingdom"],
  // Codes that are also words of the language.
  ["IN", "IND", "India"],
  ["IS", "ISL", "Iceland"],
  ["NO", "NOR", "Norway"],
  ["AD", "AND", "Andorra"],
];

/** What a country compares by: its two letters or, if it is not a country, its text. */
export function comparableCountry(written: string): string {
  const text = comparable(written);
  const found = countries.find((spellings) => spellings.some((spelling) => spelling.toLowerCase() === text));
  return found === undefined ? text : found[0];
}
