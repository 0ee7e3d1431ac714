// Whole documents by their ids and by their customers.

import type { CollectionName, RecordCollection } from "../../documents/collections.js";
import { listOf, sql } from "../../operators/encodings/sql.js";
import { inSlices } from "../slices.js";
import type { Connection } from "./adapter.js";
import { readDocument } from "./document-text.js";
import { documentTable } from "./tables.js";

/** The documents of these ids, in their order; undefined for an id without a document. */
export async function documentsOfIds<Document>(
  connection: Connection,
  collection: CollectionName,
  ids: readonly string[],
): Promise<(Document | undefined)[]> {
  const statement = connection.prepare(
    collection === "customers"
      ? "SELECT d.document, d.checksum FROM customer_keys AS k JOIN customers_documents AS d ON d.customer = k.customer WHERE k.id = ?"
      : `SELECT document, checksum FROM ${documentTable(collection)} WHERE id = ?`,
  );
  const found: (Document | undefined)[] = [];
  await inSlices(ids, (id) => {
    const row = statement.get([id]);
    found.push(row === undefined ? undefined : readDocument<Document>(String(row[0]), Number(row[1]), id));
  });
  return found;
}

/** Every record of these customers. */
export async function recordsByCustomer<Document>(
  connection: Connection,
  collection: RecordCollection,
  customers: readonly string[],
): Promise<Document[]> {
  const { text, parameters } = sql`WHERE k.id IN ${listOf([...new Set(customers)])}`;
  const rows = await connection.rows(
    `SELECT d.document, d.checksum, d.id FROM customer_keys AS k CROSS JOIN ${documentTable(collection)} AS d ON d.customer = k.customer ${text}`,
    parameters,
  );
  const found: Document[] = [];
  await inSlices(rows, ([text, checksum, id]) =>
    found.push(readDocument<Document>(String(text), Number(checksum), String(id))),
  );
  return found;
}
