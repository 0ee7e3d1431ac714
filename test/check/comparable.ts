// A tree without what may differ between two texts of one meaning: spans and the text under them.
export function comparable(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(comparable);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== "span" && key !== "raw")
      .map(([key, value]) => [key, comparable(value)]),
  );
}
