// Proposes how to import a CSV file, by its beginning: which mapping fits it, and which part of the mapping reads each column.
import { Readable } from "node:stream";
import { type MappingData, mappedColumns } from "../documents/mapped-columns.js";
import { normaliseText } from "../plan/text.js";
import { openCsv } from "./csv/csv-file.js";
import { guessedMapping } from "./csv/guessed/guessed-mapping.js";
import type { MappedKind } from "./csv/mapped-kinds.js";
import { affixedKey } from "./csv/metadata-columns.js";
import { recognise } from "./csv/recognise.js";
import { inputFromStream } from "./files/input-file.js";

/** How many sample rows are shown. */
const sampledRows = 3;
/** How many columns are reported, and mapped if the mapping is guessed; a shipped mapping reads all columns. */
const maxColumns = 200;
const maxSampleLength = 80;

interface ProposedColumn {
  readonly name: string;
  /** The part of the mapping that reads the column, as `columns.email` or `metadata.plan`; absent if none does. */
  readonly target?: string;
  readonly samples: readonly string[];
}

export interface Proposal {
  readonly kind: MappedKind;
  /** The shipped mapping that fits; absent if the mapping was guessed by the columns' names. */
  readonly shipped?: { readonly name: string; readonly title: string };
  readonly definition: Readonly<Record<string, unknown>>;
  readonly encoding: string;
  readonly delimiter: string;
  readonly columns: readonly ProposedColumn[];
}

/**
 * Proposes how to read a CSV file.
 * @param head the first bytes of the file.
 * @throws ImportError if the file is no CSV.
 */
export async function proposeMapping(fileName: string, head: Uint8Array): Promise<Proposal> {
  const csv = await beginningOf(fileName, Buffer.from(head));
  const header = csv.header.slice(0, maxColumns);
  const shipped = recognise(csv.header);
  const definition: Readonly<Record<string, unknown>> = shipped?.mapping ?? guessedMapping(csv.header);
  const targets = targetsOf(definition);
  return {
    kind: shipped?.kind ?? "customers",
    ...(shipped === undefined ? {} : { shipped: { name: shipped.name, title: shipped.title } }),
    definition,
    encoding: csv.encoding,
    delimiter: csv.delimiter,
    columns: header.map((name, index) => {
      const target = targets.get(normaliseText(name)) ?? prefixed(definition, name);
      return {
        name,
        ...(target === undefined ? {} : { target }),
        samples: csv.rows.map((fields) => (fields[index] ?? "").slice(0, maxSampleLength)),
      };
    }),
  };
}

interface Beginning {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly encoding: string;
  readonly delimiter: string;
}

/** The header and first rows. If the beginning ends inside a cell with several lines, only the first line is read. */
async function beginningOf(fileName: string, head: Buffer): Promise<Beginning> {
  try {
    return await firstRows(fileName, head.subarray(0, lineEnd(head, head.lastIndexOf(10))));
  } catch (error) {
    const first = lineEnd(head, head.indexOf(10));
    if (first === head.length) throw error;
    return firstRows(fileName, head.subarray(0, first));
  }
}

/**
 * The end of the line with this line feed; the end of `head` without one. In UTF-16 a line feed has two bytes, of which it is the first,
 * at an even place, or the second.
 */
function lineEnd(head: Buffer, lineFeed: number): number {
  if (lineFeed === -1) return head.length;
  return lineFeed % 2 === 0 && head[lineFeed + 1] === 0 ? lineFeed + 2 : lineFeed + 1;
}

async function firstRows(fileName: string, head: Buffer): Promise<Beginning> {
  const csv = await openCsv(inputFromStream(Readable.from([head]), fileName), {});
  const rows: (readonly string[])[] = [];
  try {
    for await (const { fields } of csv.rows()) {
      rows.push(fields);
      if (rows.length === sampledRows) break;
    }
  } finally {
    await csv.close();
  }
  return { header: csv.header, rows, encoding: csv.encoding(), delimiter: csv.delimiter };
}

/** The part of a mapping that reads each column, by normalised name; of several, the last, which says more than `sourceId`. */
function targetsOf(mapping: MappingData): ReadonlyMap<string, string> {
  return new Map(mappedColumns(mapping).map(({ name, target }) => [normaliseText(name), target]));
}

function prefixed(mapping: Readonly<Record<string, unknown>>, column: string): string | undefined {
  const key = affixedKey(mapping, column);
  return key === undefined ? undefined : `metadata.${key}`;
}
