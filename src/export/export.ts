// Exports a project as an interchange folder, which an import makes the same project of, on whatever store.
import type { Engine } from "../engine.js";
import { type ImportedCollection, importedCollections } from "../import/summary.js";
import { findProject } from "../projects/projects.js";
import type { CollectionName, DocumentOf } from "../store/collections.js";
import type { Store } from "../store/port.js";
import { type FolderWriter, writeFolder } from "./folder-writer.js";
import { definitionOf, recordOf } from "./records.js";
import { exportSegments } from "./segments.js";

/** The embedded store looks at all documents for each page, and has them in memory anyway. */
const pageSizes: Readonly<Record<Store["kind"], number>> = { embedded: 10_000, mongodb: 2_000 };

export interface ExportProgress {
  readonly phase: ImportedCollection;
  readonly done: number;
}

export interface ExportOptions {
  /** Write `.ndjson`; by default it is packed, `.ndjson.gz`. */
  readonly plain?: boolean;
  /** Stops it between two pages; nothing is left of it then. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: ExportProgress) => void;
}

/** Numbers of records written. */
export type ExportSummary = Readonly<Record<ImportedCollection | "segments", number>>;

/**
 * Writes the whole project: `project.json`, each collection that isn't empty, and the segments. What is written to the project meanwhile
 * may or may not be in it, but never a record without its customer.
 * @param folder must not be there yet, or be empty.
 * @throws ExportError where it is otherwise, or can't be written; UnknownProjectError.
 */
export async function exportProject(
  engine: Engine,
  project: string,
  folder: string,
  options: ExportOptions = {},
): Promise<ExportSummary> {
  const definition = await findProject(engine, project);
  return writeFolder(folder, options, async (writer) => {
    const counts: Partial<Record<ImportedCollection | "segments", number>> = {};
    counts.segments = await exportSegments(engine, project, writer, options.signal);
    // Customers last: those of all records written so far are there by then.
    for (const collection of importedCollections.toReversed()) {
      counts[collection] = await exportCollection(engine, project, collection, writer, options);
    }
    await writer.json("project", definitionOf(definition));
    return counts as ExportSummary;
  });
}

async function exportCollection(
  engine: Engine,
  project: string,
  collection: ImportedCollection,
  writer: FolderWriter,
  { signal, onProgress }: ExportOptions,
): Promise<number> {
  let done = 0;
  let file: ReturnType<FolderWriter["records"]> | undefined;
  for await (const page of pagesOf(engine.store, project, collection, signal)) {
    file ??= writer.records(collection);
    await file.write(page.map((document) => recordOf(collection, document)));
    done += page.length;
    onProgress?.({ phase: collection, done });
  }
  return done;
}

/** All of a project's documents by `_id`, some at a time. */
async function* pagesOf<Name extends CollectionName>(
  store: Store,
  project: string,
  collection: Name,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly DocumentOf[Name][]> {
  const size = pageSizes[store.kind];
  // Every `_id` begins with the project and a slash, after which "0" is the next character: no other project's is read.
  let after = `${project}/`;
  for (;;) {
    const page: readonly DocumentOf[Name][] = await store.aggregate<DocumentOf[Name]>(
      collection,
      [
        { $match: { project, _id: { $gt: after, $lt: `${project}0` } } },
        { $sort: { _id: 1 } },
        { $limit: size },
      ],
      { signal },
    );
    if (page.length > 0) yield page;
    if (page.length < size) return;
    after = page.at(-1)!._id;
  }
}
