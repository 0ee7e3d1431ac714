// The metadata in a file's columns: keys, types (given, the project's, or inferred from all cells), and values.
import type { PropertyType } from "../../documents/documents.js";
import { type DateColumn, dateColumn } from "./cells/dates.js";
import { typeInference } from "./cells/type-inference.js";
import { type CellFormat, typedReader } from "./cells/typed-cells.js";
import { type CellReader, type ColumnReference, type Columns, columnLabel } from "./columns.js";
import type { MetadataMapping } from "./mapping-of-customers.js";

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
  /** Call it after `types`. @returns a reader of a row's values: null for a blank cell. */
  reader(): (fields: readonly string[]) => readonly (readonly [key: string, value: unknown])[];
}

/** @param schema the types that keys already have in the project. */
export function metadataColumns(
  mapped: MetadataMapping,
  columns: Columns,
  schema: Readonly<Record<string, PropertyType>>,
  context: CellContext,
): MetadataColumns {
  const parts = Object.entries(mapped).map(([key, { column, type, format, zone }]) => {
    const known = type ?? (Object.hasOwn(schema, key) ? schema[key] : undefined);
    const label = columnLabel(column);
    const dates = datesOf(context, label, { format, zone });
    const inference = known === undefined ? typeInference(context.format, dates) : undefined;
    return { key, known, label, dates, inference, has: columns.has(column), read: columns.reader(column) };
  });
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
    reader() {
      const readers = parts.flatMap((part) => {
        const type = typeOf(part);
        if (type === undefined || !part.has) return [];
        return [{ ...part, value: typedReader(context.format, type, part.label, part.dates) }];
      });
      return (fields) => readers.map(({ key, read, value }) => [key, value(read(fields)) ?? null] as const);
    },
  };
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
