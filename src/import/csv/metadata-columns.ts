// The metadata that a file's columns hold: their keys, their types (given, the project's, or inferred from all cells), their values.
import type { PropertyType } from "../../documents/documents.js";
import { type DateColumn, dateColumn } from "./cells/dates.js";
import { typeInference } from "./cells/type-inference.js";
import { type CellFormat, typedReader } from "./cells/typed-cells.js";
import { type CellReader, type ColumnReference, type Columns, columnLabel } from "./columns.js";
import type { MetadataMapping } from "./mapping-of-customers.js";

/** What the cells of a file are read under. */
export interface CellContext {
  readonly format: CellFormat;
  readonly date?: { readonly format?: string | readonly string[]; readonly zone?: string };
  /** IANA zone of times without an offset, unless the mapping says otherwise. */
  readonly zone: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

export interface MetadataColumns {
  observe(fields: readonly string[]): void;
  /** The types of the keys that have one by now; to be asked after the last row was observed. */
  types(): Readonly<Record<string, PropertyType>>;
  /** To be called after `types`. @returns a row's values: null where a cell of a column that the file has is blank. */
  reader(): (fields: readonly string[]) => readonly (readonly [key: string, value: unknown])[];
}

/** @param schema the types that the project has for keys already. */
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

/** A column of dates under the file's format and zone, or its own. */
function datesOf(
  { date, zone, now }: CellContext,
  label: string,
  own: { readonly format?: string | readonly string[]; readonly zone?: string } = {},
): DateColumn {
  return dateColumn({ format: own.format ?? date?.format, zone: own.zone ?? date?.zone ?? zone }, label, now);
}

/** A dated column's reference and its own format, of however it is written in a mapping. */
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
