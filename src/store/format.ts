// The format that stored documents are of: a program works on its own only.
import { formatVersion } from "../documents/collections.js";
import { StoreError } from "./port.js";

/** What a place (`The data folder shop`) of another format is refused with; undefined where its format is this program's. */
export function refusedFormat(place: string, format: number): StoreError | undefined {
  if (format === formatVersion) return undefined;
  const told = `${place} is of format ${format}; this program`;
  if (format > formatVersion) {
    return new StoreError(
      "NEWER_FORMAT",
      `${told} knows formats up to ${formatVersion}. Use the newer program that wrote it, or another place for the data.`,
    );
  }
  return new StoreError(
    "OLDER_FORMAT",
    `${told} writes format ${formatVersion}. Export it with the program that wrote it (segmentql export DIR), and import ` +
      "that into a new place with this one.",
  );
}
