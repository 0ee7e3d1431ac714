// The work of an import job: imports the uploaded file as `segmentql import` does.
import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { CsvOptions } from "../import/csv/customers-csv.js";
import { type InputFile, inputFromStream } from "../import/files/input-file.js";
import { importFolder } from "../import/folder.js";
import { ImportError } from "../import/import-error.js";
import { type FileRequest, importFile } from "../import/import-file.js";
import type { ImportOptions, ImportProgress, ImportSummary } from "../import/summary.js";
import { ProjectError } from "../projects/projects.js";
import { unpackInterchange } from "./archive.js";
import { readFile, storeFile } from "./files.js";
import { JobFailure, type JobTools, type JobWork } from "./work.js";

/** The request of an import; whatever is omitted is detected by the file's name and content. */
interface ImportRequest extends FileRequest, CsvOptions {
  /** Its extension says what the file contains, as `customers.csv`. */
  readonly fileName: string;
}

const rejectsName = "rejects.ndjson";

export const importJob: JobWork = async (tools) => {
  const { engine, job, signal, folder, progress } = tools;
  const { fileName, as, mapping, format, ...csvOptions } = job.request as unknown as ImportRequest;
  if (job.upload === undefined) throw new JobFailure("No file was uploaded. Create another job.");
  const path = join(folder, "upload");
  await writeFile(path, readFile(engine, job, job.upload));
  const rejectsFile = join(folder, rejectsName);
  const options: ImportOptions = {
    signal,
    rejectsFile,
    scratchFolder: folder,
    onProgress: (each) => progress(jobProgress(each)),
  };
  try {
    const unpacked =
      as === undefined && mapping === undefined ? await unpackInterchange(path, folder, signal) : undefined;
    const summary =
      unpacked === undefined
        ? await importFile(
            engine,
            job.project,
            namedFile(path, fileName, job.upload.bytes, signal),
            { as, mapping, format },
            { ...csvOptions, ...options },
          )
        : await importFolder(engine, job.project, unpacked, options);
    return { result: resultOf(summary, folder), files: await rejects(tools, summary) };
  } catch (error) {
    if (error instanceof ImportError || error instanceof ProjectError)
      throw new JobFailure(withoutFolder(error.message, folder), { cause: error });
    throw error;
  }
};

/** The uploaded file, with the user's file name for messages. */
function namedFile(path: string, fileName: string, size: number, signal: AbortSignal): InputFile {
  return { ...inputFromStream(createReadStream(path), basename(fileName), signal), size };
}

function jobProgress({ phase, done, total, bytes, totalBytes }: ImportProgress) {
  // Rows are not counted beforehand: the progress is the share of the file that has been read.
  if (total === undefined && bytes !== undefined && totalBytes !== undefined)
    return { phase, done: bytes, total: totalBytes };
  return { phase, done, ...(total === undefined ? {} : { total }) };
}

function resultOf({ rejectsFile: _, warnings, ...counts }: ImportSummary, folder: string) {
  return {
    ...counts,
    warnings: warnings.map((each) => ({ ...each, message: withoutFolder(each.message, folder) })),
  };
}

async function rejects({ engine, job }: JobTools, { rejectsFile }: ImportSummary) {
  if (rejectsFile === undefined) return [];
  return [await storeFile(engine, job, rejectsName, createReadStream(rejectsFile))];
}

/** The message without the temporary folder, so that it names files as the user does. */
function withoutFolder(message: string, folder: string): string {
  return message.replaceAll(`${folder}/`, "");
}
