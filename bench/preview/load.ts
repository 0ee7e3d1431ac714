// A made-up shop's customers and products put into MongoDB as the product stores them, by the bare driver: the benchmark is
// of questions, not of writing.
import type { Db } from "mongodb";
import type {
  CustomerDocument,
  OrderDocument,
  ProductDocument,
  ProjectDocument,
} from "../../src/documents/documents.js";
import { numberInMemory } from "../../src/facts/content-key.js";
import { deriveFacts } from "../../src/facts/customer-facts.js";
import { customerId } from "../../src/facts/identity.js";
import { productDocuments } from "../../src/facts/products.js";
import { recordDocument } from "../../src/facts/record-documents.js";
import { sampleNumber } from "../../src/facts/sample.js";
import { type CustomerRecords, summarise } from "../../src/facts/summarise.js";
import { type MadeUpCustomer, madeUpCustomers } from "../../src/generate/shop.js";
import { inserter } from "../inserter.js";

const batchSize = 1_000;

/** Inserts a number of customers, and the products that they bought. `now` in milliseconds since the epoch. */
export async function loadShop(
  database: Db,
  definition: ProjectDocument,
  customers: number,
  now: number,
  progress: (done: number) => void,
): Promise<void> {
  const products = new Map<string, ProductDocument>();
  const documents = inserter(database, "customers", batchSize, progress);
  for (const customer of madeUpCustomers({ customers, seed: 1, now })) {
    const { document, orders } = documentsOf(customer, definition, now);
    await documents.add(document);
    const items = orders.flatMap((order) => order.items);
    for (const product of productDocuments(definition.project, items)) products.set(product._id, product);
  }
  await documents.end();
  await database.collection<ProductDocument>("products").insertMany([...products.values()] as never);
  await database.collection<ProjectDocument>("projects").insertOne(definition as never);
}

/** A made-up customer as the product stores it, with the orders. `now` in milliseconds since the epoch. */
export function documentsOf(
  { profile, records }: MadeUpCustomer,
  definition: ProjectDocument,
  now: number,
): { readonly document: CustomerDocument; readonly orders: readonly OrderDocument[] } {
  const { project } = definition;
  const context = { project, definition, numbering: numberInMemory() };
  const made: CustomerRecords = {
    orders: records.orders.map((record) => recordDocument("orders", record, context)),
    redemptions: records.redemptions.map((record) => recordDocument("redemptions", record, context)),
    gift_cards: records.gift_cards.map((record) => recordDocument("gift_cards", record, context)),
    loyalty: records.loyalty.map((record) => recordDocument("loyalty", record, context)),
    referrals: records.referrals.map((record) => recordDocument("referrals", record, context)),
  };
  const document: CustomerDocument = {
    _id: customerId(project, profile.source_id),
    project,
    source_id: profile.source_id,
    sample: sampleNumber("", profile.source_id),
    profile,
    ...deriveFacts(profile, definition),
    activity: summarise(made, now),
  };
  return { document, orders: made.orders };
}
