// Migrates the data of a store to this program's format: MongoDB by a URI, or the embedded store's folder.
import type { MigrateOptions, MigrationResult } from "./migrations.js";

/** Where the data is: one of the two. */
export interface MigrationPlace {
  readonly uri?: string;
  /** The database, if it is not the URI's. */
  readonly database?: string;
  readonly folder?: string;
}

/**
 * Runs the migrations that lead from the stored format to this program's. If it is killed at any moment, the next run resumes,
 * and no document is migrated twice.
 * @returns undefined if the data is of this program's format already.
 * @throws StoreError `OLDER_FORMAT` if no migration leads from the stored format; `NEWER_FORMAT`; `LOCKED` if another process has
 * the folder open; the signal's reason.
 */
export async function migrateStore(
  { uri, database, folder }: MigrationPlace,
  options: MigrateOptions = {},
): Promise<MigrationResult | undefined> {
  if (uri !== undefined) {
    const { migrateDatabase } = await import("./mongo/migrate.js");
    return migrateDatabase(uri, database, options);
  }
  const { migrateFolder } = await import("./embedded/migrate.js");
  return migrateFolder(folder!, options);
}
