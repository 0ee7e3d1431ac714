// Imports a single file or stream: records in JSON, or rows of CSV by a mapping, which is detected by the columns if none is
// named.
import type { Engine } from "../engine.js";
import { type ColumnReference, columnLabel } from "./csv/columns.js";
import { type CsvFile, openCsv } from "./csv/csv-file.js";
import { type CsvOptions, importOpenedCustomers } from "./csv/customers-csv.js";
import { guessedMapping, isListOfCustomers } from "./csv/guessed/guessed-mapping.js";
import { type MappedKind, type MappingOf, mappedKinds } from "./csv/mapped-kinds.js";
import { findMapping, mappingFile, readMapping } from "./csv/mapping.js";
import { importOpenedOrders } from "./csv/orders-csv.js";
import { recognise } from "./csv/recognise.js";
import { type ShippedMapping, shippedMappings } from "./csv/shipped-mappings.js";
import { engineTarget } from "./engine-target.js";
import type { InputFile } from "./files/input-file.js";
import { ImportError } from "./import-error.js";
import { importRecordsInto } from "./records.js";
import {
  type ImportedCollection,
  type ImportSummary,
  type ImportWarning,
  importedCollections,
} from "./summary.js";
import type { ImportTarget } from "./target.js";

/** The content of a file; omitted fields are detected by its name and its columns. */
export interface FileRequest {
  readonly as?: ImportedCollection;
  /** For CSV: a shipped mapping's name, a JSON file's path, or a mapping. */
  readonly mapping?: string | object;
  readonly format?: "csv" | "json";
}

/** The format of a file by its name; undefined if the name does not show it. */
export function formatOf(path: string): FileRequest["format"] {
  if (/\.(nd)?jsonl?(\.gz)?$/i.test(path)) return "json";
  return /\.(csv|tsv|tab|txt|zip|xlsx?)(\.gz)?$/i.test(path) ? "csv" : undefined;
}

/**
 * Imports a file.
 * @param options `mode`, `clearEmpty`, `encoding` and `delimiter` are for CSV; `mode` `merge` is also for customers in JSON.
 * @throws ImportError if the file can't be read, or its content can't be detected; ProjectError if the names that it needs can't
 *   be
 * defined.
 */
export function importFile(
  engine: Engine,
  project: string,
  file: InputFile,
  request: FileRequest,
  options: CsvOptions = {},
): Promise<ImportSummary> {
  return importFileInto(engineTarget(engine, project), file, request, options);
}

/** The same for any target. */
export async function importFileInto(
  target: ImportTarget,
  file: InputFile,
  { as, mapping, format = formatOf(file.path) ?? "csv" }: FileRequest,
  options: CsvOptions = {},
): Promise<ImportSummary> {
  if (format === "json") {
    if (mapping !== undefined)
      throw new ImportError(`A mapping is for CSV files, and ${file.path} is none. Leave it out.`);
    if (as === undefined) {
      throw new ImportError(`Say what the records of ${file.path} are: ${importedCollections.join(", ")}.`);
    }
    return importRecordsInto(target, as, file, options);
  }
  if (as !== undefined && !isMapped(as)) {
    throw new ImportError(
      `CSV files hold ${mappedKinds.join(" or ")}; ${as} are imported as JSON, a record on each line.`,
    );
  }
  return importCsvFile(target, file, { as, mapping }, options);
}

async function importCsvFile(
  target: ImportTarget,
  file: InputFile,
  { as, mapping }: { readonly as?: MappedKind; readonly mapping?: string | object },
  options: CsvOptions,
): Promise<ImportSummary> {
  const given = mapping === undefined ? undefined : await givenMapping(as, mapping);
  const { encoding = given?.mapping?.encoding, delimiter = given?.mapping?.delimiter } = options;
  const csv = await openCsv(file, { encoding, delimiter });
  try {
    const found = given?.kind === undefined ? recognised(csv, file.path, as, given?.name) : undefined;
    const used = found ?? given!;
    const summary =
      used.kind === "customers"
        ? await importOpenedCustomers(target, file, csv, used.mapping as MappingOf["customers"], options)
        : await importOpenedOrders(target, file, csv, used.mapping as MappingOf["orders"], options);
    return {
      ...summary,
      warnings: [...readAs(csv, file.path, found), ...uncertainEncoding(csv, file.path), ...summary.warnings],
    };
  } finally {
    await csv.close();
  }
}

type Used = {
  readonly [Kind in MappedKind]: { readonly kind: Kind; readonly mapping: MappingOf[Kind] };
}[MappedKind];
/** A given mapping; only the name if both a mapping of orders and one of customers have it. */
type Given =
  | (Used & { readonly name?: undefined })
  | { readonly kind?: undefined; readonly mapping?: undefined; readonly name: string };

async function givenMapping(as: MappedKind | undefined, mapping: string | object): Promise<Given> {
  if (typeof mapping === "object") return readKind(as ?? kindOf(mapping), mapping, "given");
  if (as !== undefined) return { kind: as, mapping: await findMapping(as, mapping) } as Used;
  const kinds = mappedKinds.filter((kind) => shippedMappings[kind].some(({ name }) => name === mapping));
  if (kinds.length > 1) return { name: mapping };
  if (kinds[0] !== undefined)
    return { kind: kinds[0], mapping: await findMapping(kinds[0], mapping) } as Used;
  const names = [...new Set(mappedKinds.flatMap((kind) => shippedMappings[kind].map(({ name }) => name)))];
  const content = await mappingFile(mapping, `mapping (${names.join(", ")})`);
  return readKind(kindOf(content), content, mapping);
}

function readKind(kind: MappedKind, content: unknown, label: string): Used {
  return { kind, mapping: readMapping(kind, content, label) } as Used;
}

/** The kind of a mapping: only mappings of orders have the column `order`. */
function kindOf(mapping: unknown): MappedKind {
  const { columns } = (mapping ?? {}) as { readonly columns?: unknown };
  return typeof columns === "object" && columns !== null && "order" in columns ? "orders" : "customers";
}

/** A shipped mapping that fits a file, or one that was guessed. */
type Found =
  | ShippedMapping
  | {
      readonly kind: "customers";
      readonly mapping: MappingOf["customers"];
      readonly isGuessed: true;
    };

function recognised(csv: CsvFile, path: string, as: MappedKind | undefined, name: string | undefined): Found {
  if (name !== undefined) {
    // Shipped for both kinds: the columns decide.
    const found = recognise(csv.header);
    const kind = found?.name === name ? found.kind : undefined;
    const shipped = kind && shippedMappings[kind].find((each) => each.name === name);
    if (shipped !== undefined) return shipped;
    throw new ImportError(
      `There is a mapping "${name}" of orders and one of customers, and the columns of ${path} don't show which it is for. Say --as orders or --as customers.`,
    );
  }
  const found = recognise(csv.header, as);
  if (found !== undefined) return found;
  if (as === "customers" || (as === undefined && isListOfCustomers(csv.header))) {
    const mapping = readMapping("customers", guessedMapping(csv.header), "of the columns' names");
    return { kind: "customers" as const, mapping, isGuessed: true as const };
  }
  const titles = [...shippedMappings.customers, ...shippedMappings.orders].map(({ title }) => title);
  const columns = csv.header.slice(0, 12).map((column) => `"${column.slice(0, 40)}"`);
  throw new ImportError(
    `${path} has the columns ${columns.join(", ")}${csv.header.length > 12 ? ", …" : ""}, which are not those of ${titles.slice(0, -1).join(", ")} or ${titles.at(-1)}. ` +
      `If its rows are customers, say --as customers; otherwise describe its columns in a mapping (--map FILE; docs/import.md shows one of orders).`,
  );
}

/** A note on how the file was read, if that was detected and not given. */
function readAs(csv: CsvFile, path: string, found: Found | undefined): readonly ImportWarning[] {
  const encoding = csv.encoding();
  const names = { ",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars" } as const;
  const how = [
    ...(csv.delimiter === "," ? [] : [`separated by ${names[csv.delimiter]}`]),
    ...(encoding === "utf-8" ? [] : [`in ${encoding}`]),
  ];
  if (found === undefined && how.length === 0) return [];
  const isGuessed = found !== undefined && "isGuessed" in found;
  const what = isGuessed
    ? " as a list of customers, by the names of its columns"
    : found === undefined || found.name === "plain"
      ? ""
      : ` as ${found.title} (--as ${found.kind} --map ${found.name})`;
  if (what === "" && how.length === 0) return [];
  const written = how.length === 0 ? "" : `, ${how.join(" and ")}`;
  const columns = isGuessed ? `: ${guessedColumns(found.mapping)}` : "";
  return [{ code: "READ_AS", message: `${path} was read${what}${written}${columns}.` }];
}

/** A warning of an encoding that is only the likelier of two. */
function uncertainEncoding(csv: CsvFile, path: string): readonly ImportWarning[] {
  const uncertain = csv.uncertainEncoding();
  if (uncertain === undefined) return [];
  const { other, word, otherWord } = uncertain;
  const message =
    `The letters of ${path} fit ${csv.encoding()}, in which they were read, and ${other} alike: "${word.slice(0, 40)}" would be "${otherWord.slice(0, 40)}". ` +
    `If that is right, import the file again with --encoding ${other}; --encoding ${csv.encoding()} confirms the reading.`;
  return [{ code: "UNCERTAIN_ENCODING", message }];
}

/** What a guess made of the columns, and what to do if it is wrong. */
function guessedColumns({ columns, metadata = {} }: MappingOf["customers"]): string {
  const shown = (names: readonly string[]): string =>
    names.length > maxShownColumns
      ? `${names.slice(0, maxShownColumns).join(", ")} and ${names.length - maxShownColumns} more`
      : names.join(", ");
  const parts = Object.entries(columns).map(
    ([part, reference]) => `${partNames[part] ?? part} from ${columnLabel(columnOf(reference))}`,
  );
  const keys = Object.keys(metadata);
  return `${shown(parts)}${keys.length === 0 ? "" : `; as metadata ${shown(keys)}`}. If that is wrong, describe the columns in a mapping (--map FILE, docs/import.md)`;
}

/** The column of a reference in either of its forms. */
function columnOf(reference: MappingOf["customers"]["columns"]["consents"]): ColumnReference | undefined {
  return typeof reference === "object" && "column" in reference ? reference.column : reference;
}

const maxShownColumns = 20;

/** The parts of a profile whose names in a mapping are not words. */
const partNames: Readonly<Record<string, string>> = {
  sourceId: "id",
  createdAt: "creation date",
  postalCode: "postal code",
};

function isMapped(collection: ImportedCollection): collection is MappedKind {
  return mappedKinds.some((kind) => kind === collection);
}
