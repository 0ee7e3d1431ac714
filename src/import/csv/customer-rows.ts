// Converts a row of a list of customers, by its mapping, to a patch of a customer.
import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import type { CustomerPatch } from "../../facts/profile-patch.js";
import { attempt, RecordError } from "../../facts/record-error.js";
import { normaliseText } from "../../plan/text.js";
import type { ImportWarning } from "../summary.js";
import { refuseOtherThanEmail, refuseRounded, withoutCase } from "./cells/ids.js";
import { defaultListSeparator, readList } from "./cells/lists.js";
import { booleanReader, type CellFormat } from "./cells/typed-cells.js";
import { type ColumnReference, type Columns, columnLabel, columnsOf, refuseSurplus } from "./columns.js";
import type { Delimiter } from "./delimiter.js";
import type {
  ConsentMapping,
  CustomersMapping,
  ListedColumn,
  MetadataMapping,
} from "./mapping-of-customers.js";
import { affixedKey, type CellContext, datedColumn, metadataColumns } from "./metadata-columns.js";
import { type NewConsents, newConsents } from "./new-consents.js";

export interface CustomerRowReader {
  /** The customer's id; empty if the row names no customer. */
  sourceId(fields: readonly string[]): string;
  /** The value that distinguishes customers with the same id; empty if the mapping names no such column, or the cell is blank. */
  apart(fields: readonly string[]): string;
  /** Observes a row: the notation of dates and the types of metadata are inferred from all rows. */
  observe(fields: readonly string[]): void;
  /** The types of the metadata; call it after the last row is observed. */
  metadata(): Readonly<Record<string, PropertyType>>;
  /** The consents in the column of consents that the project does not define; call it after the last row is observed. */
  newConsents(): NewConsents;
  /** Warnings about columns; call it after the last row is observed. */
  warnings(): readonly ImportWarning[];
  /**
   * Makes the reader of rows; call it after the last row is observed.
   * @returns a function that throws RecordError if a row is invalid.
   */
  reader(): (fields: readonly string[], sourceId: string) => CustomerPatch;
  readonly columns: Columns;
}

export interface CustomerRowSettings {
  readonly definition: ProjectDocument;
  readonly header: readonly string[];
  readonly delimiter: Delimiter;
  /** Names the file in messages. */
  readonly label: string;
  /** A blank cell removes the value. */
  readonly clearEmpty: boolean;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** @throws ImportError if the header lacks a column that the mapping names. */
export function customerRowReader(
  mapping: CustomersMapping,
  settings: CustomerRowSettings,
): CustomerRowReader {
  const { definition, header, delimiter, label, clearEmpty, now } = settings;
  const columns = columnsOf(mapping, header, label);
  const named = mapping.columns;
  const format: CellFormat = { ...mapping, mayHaveCommas: delimiter !== "," };
  const context: CellContext = { format, date: mapping.date, zone: definition.timezone, now };
  const sourceId = columns.reader(named.sourceId, true);
  const email = columns.reader(named.email);
  const apart =
    mapping.apart !== undefined && columns.has(mapping.apart) ? columns.reader(mapping.apart) : undefined;
  const createdAt = datedColumn(named.createdAt, columns, context);
  const birthdate = datedColumn(named.birthdate, columns, context);
  const texts = textParts(mapping, columns);
  const listed = listedColumn(mapping, columns, named.consents);
  const consents = consentsReader(mapping, columns, { format, listed, clearEmpty });
  const found = newConsents([...definition.consents, ...Object.keys(mapping.consents ?? {})]);
  const all = { ...mapping.metadata, ...affixedColumns(mapping, header) };
  const metadata = metadataColumns(all, columns, definition.metadataSchema, context);

  return {
    columns,
    sourceId(fields) {
      const written = sourceId(fields);
      refuseRounded(written, columnLabel(named.sourceId));
      if (mapping.lowerCaseSourceId && written !== "" && written === email(fields))
        refuseOtherThanEmail(written, columnLabel(named.email));
      return mapping.lowerCaseSourceId ? withoutCase(written) : written;
    },
    apart: (fields) => apart?.(fields) ?? "",
    observe(fields) {
      createdAt.dates.observe(createdAt.read(fields));
      birthdate.dates.observe(birthdate.read(fields));
      metadata.observe(fields);
      if (named.consents !== undefined) {
        const names = attempt(() => listed.elements(listed.read(fields)));
        if ("value" in names) found.observe(names.value);
      }
    },
    metadata: metadata.types,
    newConsents: () => found,
    warnings: metadata.warnings,
    reader() {
      const readMetadata = metadata.reader();
      return (fields, id) => {
        refuseSurplus(fields, header);
        const patch: Draft = { source_id: id };
        const set = (path: readonly string[], has: boolean, text: string, value: () => unknown): void => {
          if (text !== "") put(patch, path, value());
          else if (clearEmpty && has) put(patch, path, null);
        };
        for (const { path, has, read } of texts) {
          const text = read(fields);
          set(path, has, text, () => text);
        }
        const [created, born] = [createdAt.read(fields), birthdate.read(fields)];
        set(["created_at"], createdAt.has, created, () => createdAt.dates.instant(created));
        set(["birthdate"], birthdate.has, born, () => birthdate.dates.pastDay(born));
        for (const [key, value] of readMetadata(fields)) {
          if (value !== null || clearEmpty) put(patch, ["metadata", key], value);
        }
        return { ...patch, ...consents(fields) } as CustomerPatch;
      };
    },
  };
}

type Draft = Record<string, unknown> & { source_id: string };

function put(draft: Record<string, unknown>, [name, ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    // A key may have the name of an inherited property, as `constructor`.
    Object.defineProperty(draft, name!, { value, enumerable: true, configurable: true, writable: true });
    return;
  }
  const inner = Object.hasOwn(draft, name!) ? (draft[name!] as Record<string, unknown>) : {};
  draft[name!] = inner;
  put(inner, rest, value);
}

function textParts({ columns: named }: CustomersMapping, columns: Columns) {
  const parts: readonly (readonly [readonly string[], ColumnReference | undefined])[] = [
    [["name"], named.name],
    [["email"], named.email],
    [["phone"], named.phone],
    [["address", "city"], named.city],
    [["address", "state"], named.state],
    [["address", "postal_code"], named.postalCode],
    [["address", "country"], named.country],
    [["source"], named.source],
    [["source_metadata", "mailchimp", "list"], named.mailchimpList],
    [["source_metadata", "intercom", "type"], named.intercomType],
    [["source_metadata", "web_widget", "id"], named.webWidgetId],
  ];
  return parts.map(([path, column]) => ({ path, has: columns.has(column), read: columns.reader(column) }));
}

interface ListedReader {
  readonly has: boolean;
  readonly read: (fields: readonly string[]) => string;
  readonly elements: (text: string) => readonly string[];
}

/** The reader of a column of lists, in either form that a mapping may have. */
function listedColumn(
  { listSeparator: ofFile = defaultListSeparator }: CustomersMapping,
  columns: Columns,
  reference: ListedColumn | undefined,
): ListedReader {
  const whole = typeof reference === "object" && "column" in reference ? reference : { column: reference };
  const { column, listSeparator = ofFile } = whole as {
    readonly column: ColumnReference | undefined;
    readonly listSeparator?: string;
  };
  return {
    has: columns.has(column),
    read: columns.reader(column),
    elements: (text) => readList(text, listSeparator),
  };
}

function consentsReader(
  mapping: CustomersMapping,
  columns: Columns,
  {
    format,
    listed,
    clearEmpty,
  }: { readonly format: CellFormat; readonly listed: ListedReader; readonly clearEmpty: boolean },
) {
  const each = Object.entries(mapping.consents ?? {}).map(([consent, rules]) => ({
    consent,
    has: consentColumns(rules).some(columns.has),
    says: consentRule(rules, columns, format),
  }));
  return (fields: readonly string[]): Pick<CustomerPatch, "consents"> => {
    const said = each.flatMap(({ consent, has, says }) => {
      const granted = says(fields) ?? (clearEmpty && has ? false : undefined);
      return granted === undefined ? [] : [[consent, granted] as const];
    });
    const text = listed.read(fields);
    if (text !== "" || (clearEmpty && listed.has)) {
      return {
        consents: [
          ...new Set([
            ...listed.elements(text),
            ...said.flatMap(([consent, granted]) => (granted ? [consent] : [])),
          ]),
        ],
      };
    }
    return said.length === 0 ? {} : { consents: Object.fromEntries(said) };
  };
}

/** The columns that state a consent. */
function consentColumns(mapping: ConsentMapping): readonly ColumnReference[] {
  if (typeof mapping === "object" && "column" in mapping) return [mapping.column];
  if (Array.isArray(mapping) && typeof mapping[0] === "object")
    return (mapping as readonly { readonly column: ColumnReference }[]).map(({ column }) => column);
  return [mapping as ColumnReference];
}

/** A reader of one consent in a row: granted, withdrawn, or unknown. */
function consentRule(
  mapping: ConsentMapping,
  columns: Columns,
  format: CellFormat,
): (fields: readonly string[]) => boolean | undefined {
  const isTrue = booleanReader(format);
  const isRule = typeof mapping === "object" && "column" in mapping;
  if (!isRule && !(Array.isArray(mapping) && typeof mapping[0] === "object")) {
    const reference = mapping as ColumnReference;
    const [read, label] = [columns.reader(reference), columnLabel(reference)];
    return (fields) => {
      const text = read(fields);
      return text === "" ? undefined : isTrue(text, label);
    };
  }
  type Rule = { column: ColumnReference; granted?: string[]; withdrawn?: string[]; anyValue?: boolean };
  const rules = ((isRule ? [mapping] : mapping) as readonly Rule[]).map((rule) => ({
    ...rule,
    read: columns.reader(rule.column),
    yes: new Set(rule.granted?.map(normaliseText)),
    no: rule.withdrawn === undefined ? undefined : new Set(rule.withdrawn.map(normaliseText)),
  }));
  return (fields) => {
    for (const { read, anyValue, yes, no, column } of rules) {
      const word = normaliseText(read(fields));
      if (word === "") continue;
      if (anyValue !== undefined) return anyValue;
      if (yes.has(word)) return true;
      if (no === undefined || no.has(word)) return false;
      const words = [...yes, ...no].join(", ");
      throw new RecordError(`\`${columnLabel(column)}\` is "${word}"; it must be one of ${words}`);
    }
    return undefined;
  };
}

/** The columns with the mapping's `metadataPrefix` or `metadataSuffix`, by key. */
function affixedColumns(mapping: CustomersMapping, header: readonly string[]): MetadataMapping {
  const keys = header.flatMap((column) => {
    const key = affixedKey(mapping, column);
    return key === undefined ? [] : [[key, { column }] as const];
  });
  return Object.fromEntries(keys);
}
