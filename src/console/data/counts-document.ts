// The operation that counts several queries at once.

/** The operation that counts that many queries at once; a test validates it against the schema. */
export function countsDocument(queries: number): string {
  const places = Array.from({ length: queries }, (_, index) => index);
  const variables = places.map((index) => `$q${index}: String!`).join(", ");
  const fields = places
    .map((index) => `c${index}: segmentPreview(query: $q${index}, asOf: $asOf) { count }`)
    .join("\n  ");
  return `query Counts($asOf: DateTime, ${variables}) {\n  ${fields}\n}`;
}
