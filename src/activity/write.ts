// Writes what customers did: orders, events, redemptions, gift cards, loyalty, referrals. A record and its customer's
// summary change in one transaction.
import { isDeepStrictEqual } from "node:util";
import { shorten } from "../customers/record-shape.js";
import { attempt, type WriteResult } from "../customers/write-result.js";
import type { Engine } from "../engine.js";
import { findProject } from "../projects/projects.js";
import type { DocumentOf, OrderDocument } from "../store/documents.js";
import type { RecordCollection, Transaction } from "../store/port.js";
import { type Numbering, numberInMemory } from "./content-key.js";
import { productDocuments } from "./products.js";
import { recordDocument } from "./record-documents.js";
import { summariseCustomers } from "./summaries.js";

const batchSize = 1_000;

export interface UpsertRecordsOptions {
  /** Numbers equal records without an id, where they come in several calls; by default, those of this call. */
  readonly numbering?: Numbering;
}

/**
 * Inserts records, or replaces those that are known: orders by `source_id`, others by `id` or else by their content and
 * their number among equals. A batch of 1,000 is one transaction. Of several with one id, the last stays.
 * @returns for each record, in their order, what became of it; one of an unknown customer is rejected.
 * @throws UnknownProjectError, ProjectError.
 */
export async function upsertRecords(
  engine: Engine,
  project: string,
  collection: RecordCollection,
  records: readonly unknown[],
  options: UpsertRecordsOptions = {},
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const numbering = options.numbering ?? numberInMemory();
  const results: WriteResult[] = [];
  for (let start = 0; start < records.length; start += batchSize) {
    const prepared = records
      .slice(start, start + batchSize)
      .map((record) => attempt(() => recordDocument(collection, record, { project, definition, numbering })));
    results.push(...(await writeBatch(engine, project, collection, prepared)));
  }
  return results;
}

type Prepared<Name extends RecordCollection> =
  | { readonly value: DocumentOf[Name] }
  | { readonly reason: string };

async function writeBatch<Name extends RecordCollection>(
  engine: Engine,
  project: string,
  collection: Name,
  prepared: readonly Prepared<Name>[],
): Promise<readonly WriteResult[]> {
  const documents = prepared.flatMap((each) => ("value" in each ? [each.value] : []));
  const customers = [...new Set(documents.map((document) => document.customer))];
  const { written, known } = await engine.store.write(async (transaction) => {
    const found = await transaction.getMany("customers", customers);
    const known = new Set(customers.filter((_, index) => found[index] !== undefined));
    const last = new Map(
      documents
        .filter((document) => known.has(document.customer))
        .map((document) => [document._id, document]),
    );
    const written = await writeDocuments(transaction, engine.clock(), collection, [...last.values()]);
    return { written, known };
  });
  return prepared.map((each): WriteResult => {
    if ("reason" in each) return { status: "rejected", reason: each.reason };
    const { _id, customer } = each.value;
    if (!known.has(customer)) {
      const sourceId = shorten(customer.slice(project.length + 1));
      return { status: "rejected", reason: `there is no customer "${sourceId}"; import the customer first` };
    }
    return { status: written.has(_id) ? "written" : "unchanged" };
  });
}

/** Returns the ids of those that were new or different. */
async function writeDocuments<Name extends RecordCollection>(
  transaction: Transaction,
  now: number,
  collection: Name,
  documents: readonly DocumentOf[Name][],
): Promise<ReadonlySet<string>> {
  const stored = await transaction.getMany(
    collection,
    documents.map((document) => document._id),
  );
  const changed = documents.filter((document, index) => !isDeepStrictEqual(stored[index], document));
  if (changed.length === 0) return new Set();
  await transaction.put(collection, changed);
  if (collection === "orders") await writeProducts(transaction, changed as readonly OrderDocument[]);
  if (collection !== "events") {
    // An order that moved from one customer to another changes both.
    const owners = new Set(changed.map((document) => document.customer));
    for (const document of stored) if (document !== undefined) owners.add(document.customer);
    await summariseCustomers(transaction, [...owners], now);
  }
  return new Set(changed.map((document) => document._id));
}

async function writeProducts(transaction: Transaction, orders: readonly OrderDocument[]): Promise<void> {
  const project = orders[0]!.project;
  const products = productDocuments(
    project,
    orders.flatMap((order) => order.items),
  );
  const stored = await transaction.getMany(
    "products",
    products.map((product) => product._id),
  );
  const missing = products.filter((_, index) => stored[index] === undefined);
  if (missing.length > 0) await transaction.put("products", missing);
}
