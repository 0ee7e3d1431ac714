// Opens a CSV file with the mapping that reads it.
import { type InputFile, openInputFile } from "../files/input-file.js";
import { type CsvFile, openCsv } from "./csv-file.js";
import type { MappedKind, MappingOf } from "./mapped-kinds.js";
import { findMapping, readMapping } from "./mapping.js";

/** How a CSV file is read: an encoding's label and the delimiter; they override the mapping's. */
export interface CsvFormat {
  readonly encoding?: string;
  readonly delimiter?: CsvFile["delimiter"];
}

interface MappedFile<Kind extends MappedKind> {
  readonly file: InputFile;
  readonly csv: CsvFile;
  readonly mapping: MappingOf[Kind];
}

/**
 * Opens a CSV file and reads its header.
 * @param input a file's path, or an opened input.
 * @param mapping a shipped mapping's name, a JSON file's path, or the mapping itself.
 * @throws ImportError if the file or the mapping can't be read.
 */
export async function openMapped<Kind extends MappedKind>(
  kind: Kind,
  input: string | InputFile,
  mapping: string | MappingOf[Kind],
  options: CsvFormat,
): Promise<MappedFile<Kind>> {
  const read =
    typeof mapping === "string" ? await findMapping(kind, mapping) : readMapping(kind, mapping, "given");
  const file = typeof input === "string" ? await openInputFile(input) : input;
  const { encoding = read.encoding, delimiter = read.delimiter } = options;
  return { file, csv: await openCsv(file, { encoding, delimiter }), mapping: read };
}
