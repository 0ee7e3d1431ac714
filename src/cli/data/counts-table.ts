// Shows the numbers of records by collection.
import { type ImportedCollection, importedCollections } from "../../import/summary.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";

/** Prints the number of records of each collection that is not empty. */
export function printCounts(
  counts: Readonly<Record<ImportedCollection, number> & { readonly segments?: number }>,
): void {
  const rows = [...importedCollections, "segments" as const]
    .map((collection) => [collection.replace("_", " "), counts[collection] ?? 0] as const)
    .filter(([, count]) => count > 0)
    .map(([title, count]) => [title, count.toLocaleString("en")]);
  if (rows.length === 0) return;
  const columns = [
    { title: "", align: "left", widest: 16 },
    { title: "RECORDS", align: "right", widest: 16 },
  ] as const;
  for (const line of tableLines(columns, rows)) print(line);
}
