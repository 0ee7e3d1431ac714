// Numbers of records by collection, as commands show them.
import { type ImportedCollection, importedCollections } from "../../import/summary.js";
import { print } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";

/** Prints how many records there are of each collection that has any. */
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
