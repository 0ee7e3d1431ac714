// The metadata in a file's columns: keys, types (given, the project's, or inferred from all cells), and values.
import type { PropertyType } from "../../documents/documents.js";
import { shorten } from "../../facts/record-shape.js";
import { normaliseText, trimText } from "../../plan/text.js";
import type { ImportWarning } from "../summary.js";
import { type DateColumn, dateColumn } from "./cells/dates.js";
import { type Exceptions, typeInference } from "./cells/type-inference.js";
import { type CellFormat, typedReader } from "./cells/typed-cells.js";
import { type CellReader, type ColumnReference, type Columns, columnLabel } from "./columns.js";
import type { CustomersMapping, MetadataMapping } from "./mapping-of-customers.js";

/** The context in which the cells of a file are read. */
export interface CellContext {
  readonly format: CellFormat;
  readonly date?: { readonly format?: string | readonly string[]; readonly zone?: string };
  /** The IANA zone of times without an offset, unless the mapping names another. */
  readonly zone: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

export interface MetadataColumns {
  observe(fields: readonly string[]): void;
  /** The types of the keys that have one; call it after the last row is observed. */
  types(): Readonly<Record<string, PropertyType>>;
  /** Warnings about columns that are text only because of a few cells; call it after the last row is observed. */
  warnings(): readonly ImportWarning[];
  /** Call it after `types`. @returns a reader of a row's values: null for a blank cell. */
  reader(): (fields: readonly string[]) => readonly (readonly [key: string, value: unknown])[];
}

/**
 * The key of a column whose name has the mapping's `metadataPrefix` or `metadataSuffix`, in any case; undefined of other columns.
 */
export function affixedKey(
  { metadataPrefix = "", metadataSuffix = "" }: Pick<CustomersMapping, "metadataPrefix" | "metadataSuffix">,
  column: string,
): string | undefined {
  const [name, prefix, suffix] = [trimText(column), metadataPrefix, metadataSuffix].map((text) =>
    text.normalize("NFC"),
  ) as [string, string, string];
  const isAffix = (part: string, affix: string): boolean =>
    affix !== "" && name.length > affix.length && normaliseText(part) === normaliseText(affix);
  if (isAffix(name.slice(0, prefix.length), prefix)) return name.slice(prefix.length);
  return isAffix(name.slice(-suffix.length), suffix) ? name.slice(0, -suffix.length).trim() : undefined;
}

/**
 * The project's key that a key stands for: the same or, if no other column is that one's and the mapping asks for no other type,
 * the one that differs in case alone.
 */
function knownKey(
  key: string,
  mapped: MetadataMapping,
  schema: Readonly<Record<string, PropertyType>>,
): string {
  if (Object.hasOwn(schema, key)) return key;
  const isSame = (other: string): boolean => normaliseText(other) === normaliseText(key);
  const found = Object.keys(schema).filter(isSame);
  const isAlone = Object.keys(mapped).filter(isSame).length === 1;
  const type = mapped[key]?.type;
  const hasType = type === undefined || schema[found[0] ?? ""] === type;
  return found.length === 1 && isAlone && hasType ? found[0]! : key;
}

/** @param schema the types that keys already have in the project. */
export function metadataColumns(
  mapped: MetadataMapping,
  columns: Columns,
  schema: Readonly<Record<string, PropertyType>>,
  context: CellContext,
): MetadataColumns {
  const parts = Object.entries(mapped).map(
    ([written, { column, type, mayBeList, listSeparator, format, zone }]) => {
      const key = knownKey(written, mapped, schema);
      const known = type ?? (Object.hasOwn(schema, key) ? schema[key] : undefined);
      const label = columnLabel(column);
      const dates = datesOf(context, label, { format, zone });
      const cells = {
        ...context.format,
        ...(listSeparator === undefined ? {} : { listSeparator }),
        ...(mayBeList === true ? { mayBeList } : {}),
      };
      const inference = known === undefined ? typeInference(cells, dates, mayBeList === true) : undefined;
      return {
        key,
        known,
        label,
        cells,
        dates,
        inference,
        has: columns.has(column),
        read: columns.reader(column),
      };
    },
  );
  const typeOf = ({ known, inference }: (typeof parts)[number]) => known ?? inference?.type();
  return {
    observe(fields) {
      for (const { read, dates } of parts) dates.observe(read(fields));
      for (const { read, inference } of parts) inference?.observe(read(fields));
    },
    types: () =>
      Object.fromEntries(
        parts.flatMap((part) => {
          const type = typeOf(part);
          return type === undefined ? [] : [[part.key, type] as const];
        }),
      ),
    warnings: () => {
      const texts = parts.flatMap(({ label, inference }) => {
        const found = inference?.exceptions();
        return found === undefined ? [] : [exceptionsText(label, found)];
      });
      if (texts.length === 0) return [];
      const message = `Columns that hold numbers and yet are text: ${texts.slice(0, maxWarned).join("; ")}. Correct the cells, or choose the type in a mapping.`;
      return [{ code: "TEXT_COLUMNS", message }];
    },
    reader() {
      const readers = parts.flatMap((part) => {
        const type = typeOf(part);
        if (type === undefined || !part.has) return [];
        return [{ ...part, value: typedReader(part.cells, type, part.label, part.dates) }];
      });
      return (fields) => readers.map(({ key, read, value }) => [key, value(read(fields)) ?? null] as const);
    },
  };
}

const maxWarned = 10;

function exceptionsText(label: string, { count, example, areInexact }: Exceptions): string {
  const cells = count === 1 ? "one cell" : `${count.toLocaleString("en")} cells`;
  const shown = count === 1 ? `"${shorten(example)}"` : `such as "${shorten(example)}"`;
  const why = areInexact
    ? `${count === 1 ? "has" : "have"} more digits than a number here holds exactly`
    : `${count === 1 ? "is" : "are"} no ${count === 1 ? "number" : "numbers"}`;
  return `${label}, of which ${cells} (${shown}) ${why}`;
}

/** A column of dates, with its own format and zone or those of the file. */
function datesOf(
  { date, zone, now }: CellContext,
  label: string,
  own: { readonly format?: string | readonly string[]; readonly zone?: string } = {},
): DateColumn {
  return dateColumn({ format: own.format ?? date?.format, zone: own.zone ?? date?.zone ?? zone }, label, now);
}

/** The reader and the dates of a dated column, in either form that a mapping may have. */
export function datedColumn(
  reference:
    | ColumnReference
    | {
        readonly column: ColumnReference;
        readonly format?: string | readonly string[];
        readonly zone?: string;
      }
    | undefined,
  columns: Columns,
  context: CellContext,
  needed = false,
): { readonly read: CellReader; readonly has: boolean; readonly dates: DateColumn; readonly label: string } {
  const whole = typeof reference === "object" && "column" in reference ? reference : { column: reference };
  const { column, ...own } = whole as { column: ColumnReference | undefined; format?: string; zone?: string };
  const label = columnLabel(column);
  return {
    read: columns.reader(column, needed),
    has: columns.has(column),
    dates: datesOf(context, label, own),
    label,
  };
}
