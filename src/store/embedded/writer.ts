// Writes documents and the rows derived from them, inside a transaction. For an existing customer, only the changed columns are
// written, so that most of the customer's index entries remain untouched.

import type { CollectionName, RecordCollection } from "../../documents/collections.js";
import type { CustomerDocument, ProjectDocument, StoredDocument } from "../../documents/documents.js";
import { customerOf, isRecordCollection, recordCollections } from "../../documents/record-collections.js";
import type { SqlValue } from "../../operators/encodings/sql.js";
import { inChunks } from "../batches.js";
import { inSlices } from "../slices.js";
import type { Change, Connection, Row } from "./adapter.js";
import {
  cellOf,
  columnCell,
  type DerivedCustomer,
  type DerivedRecord,
  deriveCustomer,
  deriveRecord,
  type Elements,
  valueAt,
} from "./derived.js";
import { documentText, readDocument } from "./document-text.js";
import { metadataIndexStatements } from "./metadata-indexes.js";
import {
  columnName,
  metadataSpace,
  projectSpace,
  propertySpace,
  recordSetName,
  recordSetSpace,
  setName,
  setSpace,
  typeName,
  typeSpace,
  type WritableNames,
} from "./names.js";
import { overviewText } from "./overviews.js";
import {
  customerColumns,
  documentTable,
  isPlainCollection,
  type PlainCollection,
  plainTables,
} from "./tables.js";

export interface Writer {
  /** Begins a transaction: forgets the customers that an earlier one has read. */
  readonly begin: () => void;
  /** The customers of these ids, in their order. The transaction's writes of a customer don't read the stored document again. */
  readonly readCustomers: (ids: readonly string[]) => Promise<(CustomerDocument | undefined)[]>;
  /** Inserts or replaces documents that `storedCopy` returned. */
  readonly put: (collection: CollectionName, documents: readonly StoredDocument[]) => void;
  readonly remove: (collection: CollectionName, ids: readonly string[]) => void;
  /** The statements that create the indexes of a definition; they may take long. */
  readonly indexStatements: (definition: ProjectDocument) => readonly string[];
  /** Clears the cached keys: call it when writes may have been rolled back, or another process may have written. */
  readonly forget: () => void;
}

const maxKnownKeys = 100_000;
/** The most rows that one statement inserts. */
const maxRowsAtOnce = 16;

interface StoredCustomer {
  readonly text: string;
  readonly checksum: number;
  readonly document: CustomerDocument;
}

/** The tables whose rows name a customer by key; a customer's other rows depend on one of these. */
const keyedTables: readonly string[] = ["customers", ...recordCollections].map((name) =>
  documentTable(name as CollectionName),
);

/** The writer over a connection. Long because all writes share the caches and helpers. */
export function writerOver(connection: Connection, names: WritableNames): Writer {
  const run = (text: string, parameters: readonly SqlValue[]): Change =>
    connection.prepare(text).run(parameters);
  const first = (text: string, parameters: readonly SqlValue[]): Row | undefined =>
    connection.prepare(text).get(parameters);

  /** Customers' keys by their ids, as they are in this transaction. */
  const keys = new Map<string, number>();
  /** The customers that this transaction has read or written, by id; undefined for one that is not stored. */
  const customers = new Map<string, StoredCustomer | undefined>();

  /** Adds a column if it is missing; another process may have added it. */
  const ensureColumn = (table: "customer_metadata" | "records", name: string): void => {
    const present = first("SELECT 1 FROM pragma_table_info(?) WHERE name = ?", [table, name]);
    if (present === undefined) run(`ALTER TABLE ${table} ADD COLUMN ${name} ANY`, []);
  };

  const columnOf = (letter: "m" | "p", space: string, name: string): string => {
    const known = names.find(space, name);
    if (known !== undefined) return columnName(letter, known);
    const column = columnName(letter, names.number(space, name));
    ensureColumn(letter === "m" ? "customer_metadata" : "records", column);
    return column;
  };

  const customerKey = (id: string): number => {
    const known = keys.get(id);
    if (known !== undefined) return known;
    const row = first("SELECT customer FROM customer_keys WHERE id = ?", [id]);
    const key = Number(row?.[0] ?? run("INSERT INTO customer_keys (id) VALUES (?)", [id]).lastInsertRowid);
    if (keys.size >= maxKnownKeys) keys.clear();
    keys.set(id, key);
    return key;
  };

  /** Removes a customer's id when nothing is stored of the customer any more: an erased person's id is not kept. */
  const removeUnusedKey = (key: number): void => {
    if (keyedTables.some((table) => first(`SELECT 1 FROM ${table} WHERE customer = ? LIMIT 1`, [key])))
      return;
    const id = first("SELECT id FROM customer_keys WHERE customer = ?", [key])?.[0];
    run("DELETE FROM customer_keys WHERE customer = ?", [key]);
    keys.delete(String(id));
  };

  const storedCustomer = (id: string): StoredCustomer | undefined => {
    if (customers.has(id)) return customers.get(id);
    const row = first(
      "SELECT d.document, d.checksum FROM customer_keys AS k JOIN customers_documents AS d ON d.customer = k.customer WHERE k.id = ?",
      [id],
    );
    const stored =
      row === undefined
        ? undefined
        : { text: String(row[0]), checksum: Number(row[1]), document: read<CustomerDocument>(row, id) };
    customers.set(id, stored);
    return stored;
  };

  const writeElements = (
    table: "customer_elements" | "record_elements",
    key: number,
    before: ReadonlyMap<number, ReadonlySet<SqlValue>>,
    after: ReadonlyMap<number, ReadonlySet<SqlValue>>,
  ): void => {
    const keyName = table === "customer_elements" ? "customer" : "record";
    for (const [set, values] of before) {
      for (const value of values) {
        if (after.get(set)?.has(value) === true) continue;
        run(`DELETE FROM ${table} WHERE set_number = ? AND value = ? AND ${keyName} = ?`, [set, value, key]);
      }
    }
    const added: SqlValue[][] = [];
    for (const [set, values] of after) {
      for (const value of values) if (before.get(set)?.has(value) !== true) added.push([set, value, key]);
    }
    for (const rows of inChunks(added, maxRowsAtOnce)) {
      const places = rows.map(() => "(?, ?, ?)").join(", ");
      run(`INSERT OR IGNORE INTO ${table} (set_number, value, ${keyName}) VALUES ${places}`, rows.flat());
    }
  };

  const numbered = (
    sets: readonly Elements[],
    numberOf: (elements: Elements) => number,
  ): Map<number, ReadonlySet<SqlValue>> =>
    new Map(sets.map((elements) => [numberOf(elements), new Set(elements.values)]));

  const customerSets = (project: number, derived: DerivedCustomer | undefined) =>
    numbered(derived?.sets ?? [], ({ path, campaign }) =>
      names.number(setSpace, setName(project, path, campaign)),
    );

  const writeCustomerRow = (
    key: number,
    project: number,
    derived: DerivedCustomer,
    before: DerivedCustomer | undefined,
  ): void => {
    const columns = customerColumns.map(({ name }, index) => ({
      name,
      value: derived.columns[index]!,
      before: before?.columns[index],
    }));
    writeRow("customers", ["customer", key], ["project", project], columns, before !== undefined);
    const slots = new Set([...derived.metadata.keys(), ...(before?.metadata.keys() ?? [])]);
    const metadata = [];
    for (const slot of slots) {
      const name = columnOf("m", metadataSpace(project), slot);
      metadata.push({
        name,
        value: derived.metadata.get(slot) ?? null,
        before: before?.metadata.get(slot) ?? null,
      });
    }
    writeRow("customer_metadata", ["customer", key], ["project", project], metadata, before !== undefined);
  };

  /** Inserts a row, or updates its changed columns. */
  const writeRow = (
    table: string,
    [keyName, key]: readonly [string, number],
    [ownerName, owner]: readonly [string, number],
    columns: readonly { readonly name: string; readonly value: SqlValue; readonly before?: SqlValue }[],
    exists: boolean,
  ): void => {
    if (!exists) {
      const given = [{ name: keyName, value: key }, { name: ownerName, value: owner }, ...columns];
      run(
        `INSERT INTO ${table} (${given.map(({ name }) => name).join(", ")}) VALUES (${given.map(() => "?").join(", ")})`,
        given.map(({ value }) => value),
      );
      return;
    }
    const changed = columns.filter(({ value, before }) => value !== before);
    if (changed.length === 0) return;
    run(`UPDATE ${table} SET ${changed.map(({ name }) => `${name} = ?`).join(", ")} WHERE ${keyName} = ?`, [
      ...changed.map(({ value }) => value),
      key,
    ]);
  };

  const putCustomer = (document: CustomerDocument): void => {
    const project = names.number(projectSpace, document.project);
    const key = customerKey(document._id);
    const { text, checksum } = documentText(document);
    const stored = storedCustomer(document._id);
    if (stored?.text === text && stored.checksum === checksum) return;
    let old = stored?.document;
    if (old !== undefined && old.project !== document.project) {
      removeCustomerRows(key, old);
      old = undefined;
    }
    const before = old === undefined ? undefined : deriveCustomer(old);
    const derived = deriveCustomer(document);
    run(
      old === undefined
        ? "INSERT INTO customers_documents (customer, document, checksum) VALUES (?1, ?2, ?3)"
        : "UPDATE customers_documents SET document = ?2, checksum = ?3 WHERE customer = ?1",
      [key, text, checksum],
    );
    customers.set(document._id, { text, checksum, document });
    writeOverview(key, document, old);
    writeCustomerRow(key, project, derived, before);
    writeElements("customer_elements", key, customerSets(project, before), customerSets(project, derived));
  };

  const writeOverview = (key: number, document: CustomerDocument, before: CustomerDocument | undefined) => {
    const { text, checksum } = overviewText(document);
    if (before !== undefined && overviewText(before).text === text) return;
    run("INSERT OR REPLACE INTO customer_overviews (customer, overview, checksum) VALUES (?, ?, ?)", [
      key,
      text,
      checksum,
    ]);
  };

  const removeCustomer = (id: string): void => {
    const old = storedCustomer(id)?.document;
    if (old === undefined) return;
    const key = customerKey(id);
    customers.set(id, undefined);
    removeCustomerRows(key, old);
    removeUnusedKey(key);
  };

  const removeCustomerRows = (key: number, old: CustomerDocument): void => {
    const project = names.number(projectSpace, old.project);
    for (const table of ["customers_documents", "customer_overviews", "customers", "customer_metadata"])
      run(`DELETE FROM ${table} WHERE customer = ?`, [key]);
    writeElements("customer_elements", key, customerSets(project, deriveCustomer(old)), new Map());
  };

  const typeOf = (project: number, { records, type }: DerivedRecord): number =>
    names.number(typeSpace, typeName(project, records, type));

  const recordSets = (type: number | undefined, derived: DerivedRecord | undefined) =>
    type === undefined || derived === undefined
      ? new Map<number, ReadonlySet<SqlValue>>()
      : numbered(derived.sets, ({ path }) => names.number(recordSetSpace, recordSetName(type, path)));

  const putRecord = (collection: RecordCollection, document: StoredDocument): void => {
    const project = names.number(projectSpace, document.project);
    const customer = customerKey(customerOf(document));
    const { text, checksum } = documentText(document);
    const table = documentTable(collection);
    const at = cellOf(valueAt(document, "at"));
    const given = [document._id, project, customer, typeof at === "number" ? at : null, text, checksum];
    // Most records are new.
    const { changes, lastInsertRowid } = run(
      `INSERT INTO ${table} (id, project, customer, at, document, checksum) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
      given,
    );
    const replaced = changes > 0 ? undefined : replaceRecord(collection, document, given);
    const record = changes > 0 ? Number(lastInsertRowid) : replaced?.record;
    if (record !== undefined) putDerived(record, project, customer, deriveRecord(collection, document));
    if (replaced !== undefined && replaced.customer !== customer) removeUnusedKey(replaced.customer);
  };

  /**
   * Replaces the stored record and removes its derived rows; returns its key and that of its former customer, or undefined if
   * nothing changes.
   */
  const replaceRecord = (
    collection: RecordCollection,
    document: StoredDocument,
    given: readonly SqlValue[],
  ): { readonly record: number; readonly customer: number } | undefined => {
    const table = documentTable(collection);
    const stored = first(`SELECT record, customer, document, checksum FROM ${table} WHERE id = ?`, [
      document._id,
    ])!;
    if (stored[2] === given[4] && stored[3] === given[5]) return undefined;
    const [record, customer] = [Number(stored[0]), Number(stored[1])];
    removeDerived(record, customer, collection, read(stored.slice(2), document._id));
    run(
      `UPDATE ${table} SET project = ?2, customer = ?3, at = ?4, document = ?5, checksum = ?6 WHERE id = ?1`,
      given,
    );
    return { record, customer };
  };

  const putDerived = (
    record: number,
    project: number,
    customer: number,
    derived: DerivedRecord | undefined,
  ): void => {
    if (derived === undefined) return;
    const type = typeOf(project, derived);
    const columns: [name: string, value: SqlValue][] = [];
    for (const [path, value] of derived.properties)
      columns.push([columnOf("p", propertySpace(type), path), value]);
    run(
      `INSERT INTO records (type, customer, at, record${columns.map(([name]) => `, ${name}`).join("")}) VALUES (?, ?, ?, ?${", ?".repeat(columns.length)})`,
      [type, customer, derived.at, record, ...columns.map(([, value]) => value)],
    );
    writeElements("record_elements", record, new Map(), recordSets(type, derived));
  };

  const removeDerived = (
    record: number,
    customer: number,
    collection: RecordCollection,
    document: StoredDocument,
  ): void => {
    const derived = deriveRecord(collection, document);
    if (derived === undefined) return;
    const type = typeOf(names.number(projectSpace, document.project), derived);
    run("DELETE FROM records WHERE type = ? AND customer = ? AND at = ? AND record = ?", [
      type,
      customer,
      derived.at,
      record,
    ]);
    writeElements("record_elements", record, recordSets(type, derived), new Map());
  };

  const removeRecord = (collection: RecordCollection, id: string): void => {
    const table = documentTable(collection);
    const stored = first(`SELECT record, customer, document, checksum FROM ${table} WHERE id = ?`, [id]);
    if (stored === undefined) return;
    const [record, customer] = [Number(stored[0]), Number(stored[1])];
    removeDerived(record, customer, collection, read(stored.slice(2), id));
    run(`DELETE FROM ${table} WHERE record = ?`, [record]);
    removeUnusedKey(customer);
  };

  const putPlain = (collection: PlainCollection, document: StoredDocument): void => {
    const { columns } = plainTables[collection];
    const { text, checksum } = documentText(document);
    const cells = columns.map((column) => columnCell(document, column));
    const namesOfColumns = ["id", "project", ...columns.map(({ name }) => name), "document", "checksum"];
    const changes = namesOfColumns.slice(1).map((name) => `${name} = excluded.${name}`);
    run(
      `INSERT INTO ${documentTable(collection)} (${namesOfColumns.join(", ")}) VALUES (${namesOfColumns.map(() => "?").join(", ")}) ON CONFLICT (id) DO UPDATE SET ${changes.join(", ")} WHERE document <> excluded.document`,
      [document._id, document.project, ...cells, text, checksum],
    );
  };

  const indexStatements = (definition: ProjectDocument): readonly string[] => {
    const project = names.number(projectSpace, definition.project);
    const present = connection
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'customer_metadata'")
      .all([])
      .map(([name]) => String(name));
    return metadataIndexStatements(project, definition, present, (slot) =>
      columnOf("m", metadataSpace(project), slot),
    );
  };

  return {
    indexStatements,
    begin: () => customers.clear(),
    readCustomers: async (ids) => {
      const found: (CustomerDocument | undefined)[] = [];
      await inSlices(ids, (id) => found.push(storedCustomer(id)?.document));
      return found;
    },
    forget: () => {
      keys.clear();
      customers.clear();
    },
    put: (collection, documents) => {
      for (const document of documents) {
        if (collection === "customers") putCustomer(document as CustomerDocument);
        else if (isRecordCollection(collection)) putRecord(collection, document);
        else if (isPlainCollection(collection)) putPlain(collection, document);
      }
    },
    remove: (collection, ids) => {
      for (const id of ids) {
        if (collection === "customers") removeCustomer(id);
        else if (isRecordCollection(collection)) removeRecord(collection, id);
        else run(`DELETE FROM ${documentTable(collection)} WHERE id = ?`, [id]);
      }
    },
  };
}

function read<Document = StoredDocument>(stored: Row, id: string): Document {
  return readDocument<Document>(String(stored[0]), Number(stored[1]), id);
}
