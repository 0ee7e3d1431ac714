// Whether the rows that queries read agree with the documents that they are derived from. These rows have no checksums: an index
// answers most questions without reading any row, so a checksum of a row would be verified by few reads.
import type { CollectionName, RecordCollection } from "../../../documents/collections.js";
import type { CustomerDocument, StoredDocument } from "../../../documents/documents.js";
import { isRecordCollection } from "../../../documents/record-collections.js";
import type { SqlValue } from "../../../operators/encodings/sql.js";
import type { Connection, Row } from "../adapter.js";
import { deriveCustomer, deriveRecord, type Elements } from "../derived.js";
import {
  columnName,
  metadataSpace,
  type Names,
  projectSpace,
  propertySpace,
  recordSetName,
  recordSetSpace,
  recordTypeOf,
  setName,
  setSpace,
} from "../names.js";
import { overviewText } from "../overviews.js";
import { customerColumns, documentTable } from "../tables.js";

/** Reads from the file that is checked. */
export interface CheckedFile {
  readonly connection: Connection;
  readonly names: Names;
}

/**
 * True if the narrow tables hold what a document derives: for a customer its overview, columns, metadata and sets; for a record
 * its type, time, properties and sets. A row of a set that no document derives is not found.
 * @param key the document's key in its table.
 */
export function isDerivedAsWritten(
  file: CheckedFile,
  collection: CollectionName,
  key: number,
  document: StoredDocument,
): boolean {
  if (collection === "customers") return isCustomerAsWritten(file, key, document as CustomerDocument);
  return !isRecordCollection(collection) || isRecordAsWritten(file, collection, key, document);
}

function isCustomerAsWritten(file: CheckedFile, key: number, document: CustomerDocument): boolean {
  const { connection, names } = file;
  const project = names.find(projectSpace, document.project);
  if (project === undefined) return false;
  const read = (columns: readonly string[], table: string): Row | undefined =>
    connection.prepare(`SELECT ${columns.join(", ")} FROM ${table} WHERE customer = ?`).get([key]);
  const { columns, metadata, sets } = deriveCustomer(document);
  const { text, checksum } = overviewText(document);
  const slots = numbersOf(connection, metadataSpace(project));
  return (
    isRow(read(["overview", "checksum"], "customer_overviews"), [text, checksum]) &&
    isRow(read(["project", ...customerColumns.map(({ name }) => name)], "customers"), [
      project,
      ...columns,
    ]) &&
    isRow(read(["project", ...slots.map(({ number }) => columnName("m", number))], "customer_metadata"), [
      project,
      ...slots.map(({ name }) => metadata.get(name) ?? null),
    ]) &&
    holds(file, sets, "customer_elements", "customer", key, ({ path, campaign }) =>
      names.find(setSpace, setName(project, path, campaign)),
    )
  );
}

function isRecordAsWritten(
  file: CheckedFile,
  collection: RecordCollection,
  key: number,
  document: StoredDocument,
): boolean {
  const { connection, names } = file;
  const derived = deriveRecord(collection, document);
  if (derived === undefined) return true;
  const type = recordTypeOf(names, document.project, derived.records, derived.type);
  if (type === undefined) return false;
  const properties = numbersOf(connection, propertySpace(type));
  const columns = ["r.record", ...properties.map(({ number }) => `r.${columnName("p", number)}`)];
  const row = connection
    .prepare(
      `SELECT ${columns.join(", ")} FROM ${documentTable(collection)} AS d JOIN records AS r ON r.type = ?3 AND r.customer = d.customer AND r.at = ?2 AND r.record = d.record WHERE d.record = ?1`,
    )
    .get([key, derived.at, type]);
  return (
    isRow(row, [key, ...properties.map(({ name }) => derived.properties.get(name) ?? null)]) &&
    holds(file, derived.sets, "record_elements", "record", key, ({ path }) =>
      names.find(recordSetSpace, recordSetName(type, path)),
    )
  );
}

/** The names of a space, with their numbers. */
function numbersOf(
  connection: Connection,
  space: string,
): readonly { readonly name: string; readonly number: number }[] {
  return connection
    .prepare("SELECT name, number FROM names WHERE space = ?")
    .all([space])
    .map(([name, number]) => ({ name: String(name), number: Number(number) }));
}

function isRow(row: Row | undefined, expected: readonly SqlValue[]): boolean {
  return row !== undefined && expected.every((value, index) => value === row[index]);
}

/** True if a table of sets has a row for each element. */
function holds(
  { connection }: CheckedFile,
  sets: readonly Elements[],
  table: "customer_elements" | "record_elements",
  keyName: "customer" | "record",
  key: number,
  numberOf: (elements: Elements) => number | undefined,
): boolean {
  const find = connection.prepare(
    `SELECT 1 FROM ${table} WHERE set_number = ? AND value = ? AND ${keyName} = ?`,
  );
  return sets.every((elements) => {
    const number = numberOf(elements);
    return elements.values.every(
      (value) => number !== undefined && find.get([number, value, key]) !== undefined,
    );
  });
}
