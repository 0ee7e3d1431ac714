// Reads a cell that contains all lines of an order, as `Product ID: 1, Product Qty: 2|Product ID: …` or
// `name:Mug|quantity:2;name:…`.
import { escapePattern } from "../../../plan/text.js";
import type { OrdersMapping } from "../mapping-of-orders.js";

export type LinesMapping = NonNullable<OrdersMapping["lines"]>;

/** The parts of a line, as text, without blank ones. */
export type LineTexts = Readonly<Partial<Record<LinePart, string>>>;

const lineParts = ["productId", "sku", "productName", "quantity", "unitPrice", "lineTotal"] as const;
type LinePart = (typeof lineParts)[number];

/**
 * A reader of such cells. A separator counts only if a label of the mapping follows it, so that a separator in a product's name
 * does not.
 */
export function lineCellReader(mapping: LinesMapping): (cell: string) => readonly LineTexts[] {
  const { labels, otherLabels = [], betweenLines, betweenParts, afterLabel } = mapping;
  const parts = lineParts.flatMap((part) =>
    labels[part] === undefined ? [] : [[labels[part], part] as const],
  );
  const partOf = new Map(parts);
  const all = [...partOf.keys(), ...otherLabels].sort((one, other) => other.length - one.length);
  const label = `(?:${all.map(escapePattern).join("|")})${escapePattern(afterLabel)}`;
  const lines = new RegExp(`${escapePattern(betweenLines)}\\s*(?=${label})`);
  const pieces = new RegExp(`${escapePattern(betweenParts)}\\s*(?=${label})`);
  return (cell) =>
    cell.split(lines).map((line) => {
      const texts: Partial<Record<LinePart, string>> = {};
      for (const piece of line.split(pieces)) {
        const end = piece.indexOf(afterLabel);
        const part = partOf.get(piece.slice(0, end).trim());
        const text = piece.slice(end + afterLabel.length).trim();
        if (part !== undefined && text !== "") texts[part] = text;
      }
      return texts;
    });
}
