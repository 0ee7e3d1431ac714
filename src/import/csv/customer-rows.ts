// One row of a list of customers, by its mapping → a customer in the interchange folder's shape.

import type { ProjectDocument, PropertyType } from "../../documents/documents.js";
import { readDecimal } from "../../facts/decimal.js";
import { RecordError } from "../../facts/record-error.js";
import { shorten } from "../../facts/record-shape.js";
import { normaliseText, trimText } from "../../plan/text.js";
import { cellsOf, columnLabel, columnsOf } from "./columns.js";
import { dateReader } from "./date-format.js";
import type { CustomersMapping } from "./mapping-of-customers.js";

export interface CustomerRowReader {
  /**
   * The customer of a row; undefined where the row names none.
   * @throws RecordError with what is wrong with the row.
   */
  read(fields: readonly string[]): CustomerRecord | undefined;
  /** The metadata that the file's own columns bring, besides the mapping's, with their types. */
  readonly metadata: Readonly<Record<string, PropertyType>>;
}

export type CustomerRecord = Readonly<Record<string, unknown>> & { readonly source_id: string };

/**
 * A reader of rows under this header.
 * @param label names the file in messages.
 * @throws ImportError where the header lacks a column that the mapping names.
 */
export function customerRowReader(
  mapping: CustomersMapping,
  definition: ProjectDocument,
  header: readonly string[],
  label: string,
): CustomerRowReader {
  const columns = columnsOf(mapping, header, label);
  const named = mapping.columns;
  const sourceId = columns.reader(named.sourceId, true);
  const createdAt = columns.reader(named.createdAt);
  const birthdate = columns.reader(named.birthdate);
  const consents = consentsReader(mapping, columns.reader);
  const texts = cellsOf({
    name: columns.reader(named.name),
    email: columns.reader(named.email),
    phone: columns.reader(named.phone),
  });
  const address = cellsOf({
    city: columns.reader(named.city),
    state: columns.reader(named.state),
    postal_code: columns.reader(named.postalCode),
    country: columns.reader(named.country),
  });
  const source = columns.reader(named.source);
  const sourceMetadata = cellsOf({
    mailchimp: columns.reader(named.mailchimpList),
    intercom: columns.reader(named.intercomType),
    web_widget: columns.reader(named.webWidgetId),
  });
  const keys = { mailchimp: "list", intercom: "type", web_widget: "id" } as const;
  const typed = typedReader(mapping, definition);
  const prefixed = prefixedColumns(mapping, definition, header);
  const metadata = [
    ...Object.entries(mapping.metadata ?? {}).map(([key, { column, type }]) => ({
      key,
      read: columns.reader(column),
      value: typed(type, columnLabel(column)),
    })),
    ...prefixed.map(({ key, column, type }) => ({
      key,
      read: columns.reader(column),
      value: typed(type, column),
    })),
  ];
  const birthday = typed("date", named.birthdate === undefined ? "" : columnLabel(named.birthdate));
  const instant = typed("datetime", named.createdAt === undefined ? "" : columnLabel(named.createdAt));

  return {
    metadata: Object.fromEntries(prefixed.map(({ key, type }) => [key, type])),
    read(fields) {
      const written = sourceId(fields);
      if (written === "") return undefined;
      if (fields.length !== header.length) {
        throw new RecordError(
          `the row has ${fields.length} fields and the first line ${header.length}; is a quote missing?`,
        );
      }
      const where = address(fields);
      const from = Object.entries(sourceMetadata(fields)).map(([name, text]) => [
        name,
        { [keys[name as keyof typeof keys]]: text },
      ]);
      const more = metadata
        .map(({ key, read, value }) => [key, value(read(fields))] as const)
        .filter(([, value]) => value !== undefined);
      const [created, born] = [createdAt(fields), birthdate(fields)];
      const origin = source(fields) || mapping.source;
      return {
        source_id: mapping.lowerCaseSourceId ? normaliseText(written) : written,
        ...texts(fields),
        ...(created === "" ? {} : { created_at: instant(created) }),
        ...(born === "" ? {} : { birthdate: birthday(born) }),
        ...(Object.keys(where).length === 0 ? {} : { address: where }),
        ...(origin === undefined ? {} : { source: origin }),
        ...(from.length === 0 ? {} : { source_metadata: Object.fromEntries(from) }),
        ...consents(fields),
        ...(more.length === 0 ? {} : { metadata: Object.fromEntries(more) }),
      };
    },
  };
}

type FindColumn = ReturnType<typeof columnsOf>["reader"];

function consentsReader(mapping: CustomersMapping, find: FindColumn) {
  const all = mapping.columns.consents === undefined ? undefined : find(mapping.columns.consents);
  const isTrue = booleans(mapping);
  const each = Object.entries(mapping.consents ?? {}).map(([consent, column]) => ({
    consent,
    read: find(column),
    label: columnLabel(column),
  }));
  return (fields: readonly string[]): { readonly consents?: readonly string[] } => {
    if (all === undefined && each.length === 0) return {};
    const granted = each
      .filter(({ read, label }) => {
        const text = read(fields);
        return text !== "" && isTrue(text, label);
      })
      .map(({ consent }) => consent);
    return { consents: [...new Set([...elements(all?.(fields) ?? "", mapping), ...granted])] };
  };
}

function elements(text: string, mapping: CustomersMapping): readonly string[] {
  return text
    .split(mapping.listSeparator ?? ";")
    .map(trimText)
    .filter((element) => element !== "");
}

function booleans(mapping: CustomersMapping) {
  const yes = new Set((mapping.trueWords ?? ["true", "yes", "y", "1"]).map(normaliseText));
  const no = new Set((mapping.falseWords ?? ["false", "no", "n", "0"]).map(normaliseText));
  return (text: string, label: string): boolean => {
    const word = normaliseText(text);
    if (yes.has(word)) return true;
    if (no.has(word)) return false;
    const words = [...yes, ...no].join(", ");
    throw new RecordError(
      `\`${label}\` is "${shorten(text)}", which is neither true nor false; write one of ${words}`,
    );
  };
}

/** Makes a reader of a cell's text as a value of a type: undefined where it is blank. */
function typedReader(mapping: CustomersMapping, definition: ProjectDocument) {
  const { format = "iso", zone = definition.timezone } = mapping.date ?? {};
  const readDate = dateReader(format, zone)!;
  // A day is the same day in every zone, as it is written.
  const readDay = dateReader(format, "UTC")!;
  const isTrue = booleans(mapping);
  const wrong = (label: string, text: string, what: string) =>
    new RecordError(`\`${label}\` is "${shorten(text)}", which is no ${what}`);
  const date = (read: (text: string) => number | undefined, text: string, label: string): string => {
    const at = read(text);
    if (at === undefined)
      throw wrong(label, text, format === "iso" ? "date as ISO 8601 has it" : `date of the form ${format}`);
    return new Date(at).toISOString();
  };
  const single = (type: string, text: string, label: string): unknown => {
    if (type === "boolean") return isTrue(text, label);
    if (type === "date") return date(readDay, text, label).slice(0, 10);
    if (type === "datetime") return date(readDate, text, label);
    if (type === "string") return text;
    const value = readDecimal(text, mapping.decimalSeparator, mapping.groupSeparator);
    if (value === undefined) throw wrong(label, text, "number as the mapping writes them");
    return Number(`${value.units}e-${value.scale}`);
  };
  return (type: PropertyType, label: string) =>
    (text: string): unknown => {
      if (text === "") return undefined;
      if (!type.endsWith("[]")) return single(type, text, label);
      return elements(text, mapping).map((element) => single(type.slice(0, -2), element, label));
    };
}

function prefixedColumns(mapping: CustomersMapping, definition: ProjectDocument, header: readonly string[]) {
  const prefix = mapping.metadataPrefix;
  if (prefix === undefined) return [];
  return header
    .filter((column) => column.startsWith(prefix) && column.length > prefix.length)
    .map((column) => {
      const key = column.slice(prefix.length);
      const { metadataSchema } = definition;
      const type = Object.hasOwn(metadataSchema, key) ? metadataSchema[key]! : ("string" as const);
      return { key, column, type };
    });
}
