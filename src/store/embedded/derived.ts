// The values that the narrow tables hold of a document. Pure functions: deriving the previous document again finds the rows to
// remove.

import type { RecordCollection } from "../../documents/collections.js";
import type { CustomerDocument, StoredDocument } from "../../documents/documents.js";
import type { SqlValue } from "../../operators/encodings/sql.js";
import type { RecordKind } from "../../sql/layout.js";
import { customerColumns, type PathColumn } from "./tables.js";

/** A value of a document in comparable form: booleans as 1 and 0, dates as milliseconds; NULL for anything but a single value. */
export function cellOf(value: unknown): SqlValue {
  switch (typeof value) {
    case "string":
    case "number":
      return value;
    case "boolean":
      return Number(value);
  }
  return value instanceof Date ? value.getTime() : null;
}

/** The cell of a typed column; NULL for a value of another type, which no query can ask for there. */
function typedCell(value: unknown, type: PathColumn["type"]): SqlValue {
  const cell = cellOf(value);
  if (type === "TEXT") return typeof cell === "string" ? cell : null;
  if (typeof cell !== "number") return null;
  return type === "REAL" || Number.isSafeInteger(cell) ? cell : null;
}

type Fields = Readonly<Record<string, unknown>>;

/** The value at a dotted path; undefined if anything on the way is not an object. */
export function valueAt(document: object, path: string): unknown {
  return valueAtParts(document, path.split("."));
}

function valueAtParts(document: object, parts: readonly string[]): unknown {
  let value: unknown = document;
  for (const name of parts) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
    value = (value as Fields)[name];
  }
  return value;
}

/** The cell of a document's column: for a list, its number of elements; for an object, 1. */
export function columnCell(document: object, { parts, type }: PathColumn): SqlValue {
  const value = valueAtParts(document, parts);
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? 1 : typedCell(value, type);
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !(value instanceof Date);
}

/** A set's elements, each once. */
export interface Elements {
  readonly path: string;
  readonly campaign?: string;
  readonly values: readonly SqlValue[];
}

export interface DerivedCustomer {
  /** The cells of `customerColumns`, in the same order. */
  readonly columns: readonly SqlValue[];
  /** By slot (`metadataSlot`). */
  readonly metadata: ReadonlyMap<string, SqlValue>;
  readonly sets: readonly Elements[];
}

/** The values that queries read of a customer. */
export function deriveCustomer(document: CustomerDocument): DerivedCustomer {
  const columns = customerColumns.map((column) => columnCell(document, column));
  const { metadata, sets } = metadataOf(valueAt(document, "facts.metadata"), "facts.metadata");
  return { columns, metadata, sets: [...sets, ...ownSets(document), ...campaignFigures(document)] };
}

/** Single values by slot, and lists as sets; the cell of a list is its number of elements. */
function metadataOf(
  metadata: unknown,
  path: string,
): { readonly metadata: Map<string, SqlValue>; readonly sets: readonly Elements[] } {
  const cells = new Map<string, SqlValue>();
  const sets: Elements[] = [];
  for (const [slot, value] of Object.entries(fieldsOf(metadata))) {
    if (Array.isArray(value)) {
      const values = elementsOf(value);
      sets.push({ path: `${path}.${slot}`, values });
      cells.set(slot, values.length);
    } else {
      const cell = cellOf(value);
      if (cell !== null) cells.set(slot, cell);
    }
  }
  return { metadata: cells, sets };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function elementsOf(list: readonly unknown[]): readonly SqlValue[] {
  return [...new Set(list.map(cellOf))].filter((cell) => cell !== null);
}

function ownSets(document: CustomerDocument): readonly Elements[] {
  return ["facts.consents", "activity.orders.items", "segments"].flatMap((path) => {
    const value = valueAt(document, path);
    return Array.isArray(value) ? [{ path, values: elementsOf(value) }] : [];
  });
}

/** The lists of a customer's figures by campaign, and the figures in each. */
const campaignLists: Readonly<Record<string, readonly string[]>> = {
  "activity.referrals.campaigns": ["count"],
  "activity.gift_cards.campaigns": ["spent", "balance"],
  "activity.loyalty.campaigns": ["points", "balance"],
};

function campaignFigures(document: CustomerDocument): readonly Elements[] {
  return Object.entries(campaignLists).flatMap(([listPath, figures]) => {
    const list = valueAt(document, listPath);
    if (!Array.isArray(list)) return [];
    return list.flatMap((entry: unknown) => {
      const { campaign, ...values } = fieldsOf(entry);
      if (typeof campaign !== "string") return [];
      return figures.flatMap((figure): Elements[] => {
        const cell = cellOf(values[figure]);
        return cell === null ? [] : [{ path: `${listPath}.${figure}`, campaign, values: [cell] }];
      });
    });
  });
}

export interface DerivedRecord {
  readonly records: RecordKind;
  /** The type, for an event. */
  readonly type?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** By the path in the document. */
  readonly properties: ReadonlyMap<string, SqlValue>;
  readonly sets: readonly Elements[];
}

/** The values that queries read of a record; undefined for a record that no query reads from these tables. */
export function deriveRecord(
  collection: RecordCollection,
  document: StoredDocument,
): DerivedRecord | undefined {
  const fields = document as object as Fields;
  const { at } = fields;
  if (!(at instanceof Date)) return undefined;
  const dated = { at: at.getTime(), properties: new Map<string, SqlValue>(), sets: [] };
  switch (collection) {
    case "orders":
      return fields.status === "CANCELED" ? undefined : derivedOrder(fields, dated.at);
    case "events": {
      const { metadata, sets } = metadataOf(fields.facts, "facts");
      const properties = new Map(Array.from(metadata, ([slot, cell]) => [`facts.${slot}`, cell]));
      return { ...dated, records: "events", type: String(fields.type), properties, sets };
    }
    case "redemptions":
      return fields.result === "SUCCESS" ? { ...dated, records: "redemptions" } : undefined;
    case "referrals":
      return {
        ...dated,
        records: "referrals",
        properties: new Map(["campaign", "referee"].map((path) => [path, cellOf(fields[path])])),
      };
    case "gift_cards":
    case "loyalty":
      return undefined;
  }
}

function derivedOrder(order: Fields, at: number): DerivedRecord {
  const { metadata, sets } = metadataOf(valueAt(order, "facts.metadata"), "facts.metadata");
  const properties = new Map<string, SqlValue>();
  for (const path of ["amount", "source_id", "facts.status", "facts.quantity", "facts.product_count"])
    properties.set(path, cellOf(valueAt(order, path)));
  for (const [slot, cell] of metadata) properties.set(`facts.metadata.${slot}`, cell);
  const products = ["item_keys", "product_keys"].flatMap((path): Elements[] => {
    const list = order[path];
    return Array.isArray(list) ? [{ path, values: elementsOf(list) }] : [];
  });
  const [items] = products;
  if (items !== undefined) properties.set("item_keys", items.values.length);
  return { records: "orders", at, properties, sets: [...products, ...sets] };
}
