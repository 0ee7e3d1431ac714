// Exports a project as an interchange folder. Importing the folder gives the same project, on any store.
import type { Engine } from "../engine.js";
import { type ImportedCollection, importedCollections } from "../import/summary.js";
import { findProject } from "../projects/projects.js";
import { pagesOf } from "../store/pages.js";
import { type FolderWriter, writeFolder } from "./folder-writer.js";
import { definitionOf, recordOf } from "./records.js";
import { exportSegments } from "./segments.js";

interface ExportProgress {
  readonly phase: ImportedCollection;
  readonly done: number;
}

export interface ExportOptions {
  /** Writes `.ndjson`; by default, files are compressed, `.ndjson.gz`. */
  readonly plain?: boolean;
  /** Stops the export between two pages; nothing is left of it then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
}

/** Numbers of records written. */
export type ExportSummary = Readonly<Record<ImportedCollection | "segments", number>>;

/**
 * Writes the whole project: `project.json`, each collection that isn't empty, and the segments. What is written to the project
 * meanwhile may or may not be in it, but never a record without its customer.
 * @param folder must not exist yet, or be empty.
 * @throws ExportError if the folder is not empty, or can't be written; UnknownProjectError.
 */
export async function exportProject(
  engine: Engine,
  project: string,
  folder: string,
  options: ExportOptions = {},
): Promise<ExportSummary> {
  const definition = await findProject(engine, project);
  await engine.store.assertWhole?.(options.signal);
  return writeFolder(folder, options, async (writer) => {
    const counts: Partial<Record<ImportedCollection | "segments", number>> = {};
    counts.segments = await exportSegments(engine, project, writer, options.signal);
    // Customers last: by then, the customers of all written records exist.
    for (const collection of importedCollections.toReversed()) {
      counts[collection] = await exportCollection(engine, project, collection, writer, options);
    }
    await writer.json("project", definitionOf(definition));
    return counts as ExportSummary;
  });
}

async function exportCollection(
  { store }: Engine,
  project: string,
  collection: ImportedCollection,
  writer: FolderWriter,
  { signal, onProgress }: ExportOptions,
): Promise<number> {
  let done = 0;
  let file: ReturnType<FolderWriter["records"]> | undefined;
  for await (const page of pagesOf(store, collection, project, { signal })) {
    file ??= writer.records(collection);
    await file.write(page.map((document) => recordOf(collection, document)));
    done += page.length;
    onProgress?.({ phase: collection, done });
  }
  return done;
}
