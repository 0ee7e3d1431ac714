// The format of stored documents: a program works only on its own.
import { formatVersion } from "../documents/collections.js";
import { formatMigrated, type Migration, migrations, stepsFrom } from "./migrations.js";
import { StoreError } from "./port.js";

/**
 * The error for data in another format; undefined if its format is this program's.
 * @param place names the data, as `The data folder shop`.
 */
export function refusedFormat(
  place: string,
  format: number,
  known: readonly Migration[] = migrations,
): StoreError | undefined {
  if (format === formatVersion) return undefined;
  const from = formatMigrated(format);
  if (from !== undefined) {
    return new StoreError(
      "OLDER_FORMAT",
      `${place} is being migrated from format ${from}, and that is not finished. Run segmentql migrate: it goes on where it stopped.`,
    );
  }
  const subject = `${place} is of format ${format}; this program`;
  if (format > formatVersion) {
    return new StoreError(
      "NEWER_FORMAT",
      `${subject} knows formats up to ${formatVersion}. Use the newer program that wrote it, or another place for the data.`,
    );
  }
  return new StoreError(
    "OLDER_FORMAT",
    stepsFrom(format, known) === undefined
      ? `${subject} writes format ${formatVersion}, and no migration leads there. Export it with the program that wrote it ` +
          "(segmentql export DIR), and import that into a new place with this one (segmentql import DIR)."
      : `${subject} writes format ${formatVersion}. Stop every process that uses the data, copy it (the folder, or by mongodump), and run segmentql migrate.`,
  );
}
