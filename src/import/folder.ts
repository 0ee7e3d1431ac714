// Imports an interchange folder: `project.json`, and a file of records for each collection.
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { isReservedEvent } from "../catalog/built-in-events.js";
import type { Engine } from "../engine.js";
import { defaultProject } from "../projects/projects.js";
import { engineTarget } from "./engine-target.js";
import { openInputFile } from "./files/input-file.js";
import { rejectsOf } from "./files/rejects.js";
import { openScratch } from "./files/scratch.js";
import { ImportError } from "./import-error.js";
import { writeFileOf } from "./records.js";
import { writeSegments } from "./segments.js";
import {
  type ImportedCollection,
  type ImportOptions,
  type ImportSummary,
  type ImportWarning,
  importedCollections,
  Tally,
} from "./summary.js";
import type { ImportTarget } from "./target.js";

const maxProjectBytes = 16 * 1024 * 1024;
const endings = [".json", ".ndjson", ".json.gz", ".ndjson.gz"] as const;

/**
 * Imports an interchange folder. The import is idempotent, also after it was killed.
 * @throws ImportError if the folder or one of its files can't be read (records before that are imported); ProjectError if the
 *   project's
 * definition can't be used.
 */
export function importFolder(
  engine: Engine,
  project: string,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  return importFolderInto(engineTarget(engine, project), folder, options);
}

/** The same for any target. */
export async function importFolderInto(
  target: ImportTarget,
  folder: string,
  options: ImportOptions = {},
): Promise<ImportSummary> {
  const files = await filesOf(folder);
  const tally = new Tally();
  tally.warnings.push(...(await defineFrom(target, files.project)));
  const rejects = rejectsOf(folder, options);
  const scratch = await openScratch(options.scratchFolder);
  let rejectsFile: string | undefined;
  try {
    for (const collection of importedCollections) {
      const path = files[collection];
      if (path === undefined) continue;
      const file = await openInputFile(path);
      await writeFileOf(target, collection, file, { tally, rejects, scratch, options });
    }
    // Last, since segments refer to customers and to names of the project's definition.
    if (files.segments !== undefined) {
      const file = await openInputFile(files.segments);
      await writeSegments(target, file, { tally, rejects, options });
    }
  } finally {
    rejectsFile = rejects.close();
    await scratch.remove();
  }
  return tally.summary(rejectsFile);
}

/**
 * Defines the project by the folder's file, except event types with the name of a built-in one, which are returned as warnings.
 */
async function defineFrom(target: ImportTarget, path: string | undefined): Promise<readonly ImportWarning[]> {
  if (path === undefined) {
    if (target.project !== defaultProject && (await target.definition()) === undefined)
      await target.define({});
    return [];
  }
  const content = (await readProjectFile(path)) as { readonly eventSchemas?: object } | null;
  const schemas = Object.entries(content?.eventSchemas ?? {});
  const reserved = schemas.filter(([type]) => isReservedEvent(type)).map(([type]) => type);
  if (reserved.length === 0) {
    await target.define(content);
    return [];
  }
  const eventSchemas = Object.fromEntries(schemas.filter(([type]) => !reserved.includes(type)));
  await target.define({ ...content, eventSchemas });
  const message =
    `The event ${reserved.join(", ")} is left out: the built-in event is called so, and yours could not be named. ` +
    "Give it another name in project.json and in its records.";
  return [{ code: "RESERVED_EVENT", message }];
}

async function readProjectFile(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > maxProjectBytes)
      throw new Error(`it has more than ${maxProjectBytes} bytes`);
    const bytes = await readFile(path);
    const content = path.endsWith(".gz") ? gunzipSync(bytes, { maxOutputLength: maxProjectBytes }) : bytes;
    return JSON.parse(content.toString("utf8").replace(/^\ufeff/, ""));
  } catch (error) {
    throw new ImportError(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  }
}

type FileName = ImportedCollection | "project" | "segments";
type Files = Readonly<Partial<Record<FileName, string>>>;

/** The folder's file of each collection; a collection without a file has none. */
async function filesOf(folder: string): Promise<Files> {
  const found = await stat(folder).catch((error: unknown) => {
    throw new ImportError(`${folder} can't be read: ${(error as Error).message}`, { cause: error });
  });
  if (!found.isDirectory())
    throw new ImportError(`${folder} is no folder. A single file is imported with --as.`);
  const files: Partial<Record<FileName, string>> = {};
  for (const name of ["project", ...importedCollections, "segments"] as const) {
    const paths: string[] = [];
    for (const ending of name === "project" ? [".json", ".json.gz"] : endings) {
      const path = join(folder, `${name}${ending}`);
      if (await isFile(path)) paths.push(path);
    }
    if (paths.length > 1)
      throw new ImportError(`${paths.join(" and ")} both hold ${name}. Keep one of them.`);
    if (paths[0] !== undefined) files[name] = paths[0];
  }
  if (Object.keys(files).length === 0) {
    const names = [...importedCollections, "segments"].join(", ");
    throw new ImportError(
      `${folder} holds nothing to import: no project.json, and none of ${names} (each .json or .ndjson, .gz too).`,
    );
  }
  return files;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
