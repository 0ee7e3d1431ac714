// The request of an import, as an API client may send it.

import { delimiters } from "../import/csv/delimiter.js";
import { isEncoding } from "../import/csv/encoding/decoding.js";
import { mappedKinds } from "../import/csv/mapped-kinds.js";
import { shippedMappings } from "../import/csv/shipped-mappings.js";
import { formatOf } from "../import/import-file.js";
import type { ImportedCollection } from "../import/summary.js";
import { JobError } from "./job-error.js";

const maxNameLength = 255;
const maxMappingLength = 256 * 1024;

export interface GivenImport {
  readonly fileName: string;
  readonly as?: ImportedCollection | null | undefined;
  /** The name of a shipped mapping, or a mapping: a name is never used as a path. */
  readonly mapping?: string | object | null | undefined;
  readonly mode?: "merge" | "replace" | null | undefined;
  readonly clearEmpty: boolean;
  readonly encoding?: string | null | undefined;
  readonly delimiter?: string | null | undefined;
}

/**
 * The checked request of an import, without omitted fields.
 * @throws JobError `INVALID_INPUT`.
 */
export function importRequest(given: GivenImport): Readonly<Record<string, unknown>> {
  const { fileName, as, mapping, mode, clearEmpty, encoding, delimiter } = given;
  const format = formatOf(fileName);
  if (fileName.trim() === "" || fileName.length > maxNameLength || /[/\\\0]/.test(fileName))
    throw invalid("fileName", `A file's name has 1 to ${maxNameLength} characters, and no slash.`);
  if (format === undefined)
    throw invalid(
      "fileName",
      `"${fileName.slice(0, 80)}" does not end with .csv, .tsv, .txt, .json, .ndjson or .zip, so that nobody can tell what it holds. Rename it.`,
    );
  if (format === "json" && mapping != null)
    throw invalid("mapping", "A mapping is for CSV files. Leave it out.");
  if (format === "json" && as == null)
    throw invalid("collection", "Say in `collection` what the records of the file are.");
  if (typeof mapping === "string" && !mappingNames().includes(mapping))
    throw invalid(
      "mapping",
      `There is no mapping "${mapping.slice(0, 80)}". There are ${mappingNames().join(", ")}.`,
    );
  if (typeof mapping === "object" && JSON.stringify(mapping).length > maxMappingLength)
    throw invalid("mapping", `A mapping has at most ${maxMappingLength} characters.`);
  if (clearEmpty && mode === "replace")
    throw invalid("clearEmpty", "`clearEmpty` is for the mode MERGE. Leave it out.");
  if (encoding != null && !isEncoding(encoding))
    throw invalid(
      "encoding",
      `"${encoding.slice(0, 40)}" is no encoding. Write one as utf-8 or windows-1252.`,
    );
  if (delimiter != null && !delimiters.some((each) => each === delimiter))
    throw invalid("delimiter", "Cells are separated by `,`, `;`, `|` or a tab. Write one of them.");
  const request = {
    fileName,
    as,
    mapping,
    mode,
    clearEmpty: clearEmpty || undefined,
    encoding,
    delimiter,
    format,
  };
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value != null));
}

function mappingNames(): readonly string[] {
  return [...new Set(mappedKinds.flatMap((kind) => shippedMappings[kind].map(({ name }) => name)))];
}

function invalid(field: string, message: string): JobError {
  return new JobError("INVALID_INPUT", field, message);
}
