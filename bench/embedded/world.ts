// The world of the benchmark: a made-up shop as the product stores it, one customer with all records at a time.
import type { DocumentOf } from "../../src/documents/collections.js";
import type { CustomerDocument, ProductDocument, ProjectDocument } from "../../src/documents/documents.js";
import { numberInMemory } from "../../src/facts/content-key.js";
import { deriveFacts } from "../../src/facts/customer-facts.js";
import { customerId } from "../../src/facts/identity.js";
import { productDocuments } from "../../src/facts/products.js";
import { recordDocument } from "../../src/facts/record-documents.js";
import { sampleNumber } from "../../src/facts/sample.js";
import { summarise } from "../../src/facts/summarise.js";
import { madeUpCustomers } from "../../src/generate/shop.js";
import { shopProject } from "../../src/generate/stock.js";

export const project = "bench";
export const definition: ProjectDocument = { _id: project, project, orderMetadataSchema: {}, ...shopProject };

type Records = {
  readonly [Name in
    | "orders"
    | "events"
    | "redemptions"
    | "gift_cards"
    | "loyalty"
    | "referrals"]: readonly DocumentOf[Name][];
};

export interface StoredCustomer {
  readonly customer: CustomerDocument;
  readonly records: Records;
  readonly products: readonly ProductDocument[];
}

/** A number of customers, with ten events each on average. `now` in milliseconds since the epoch. */
export function* storedCustomers(customers: number, now: number): Generator<StoredCustomer> {
  const context = { project, definition, numbering: numberInMemory() };
  for (const { profile, records: given } of madeUpCustomers({ customers, seed: 1, now, events: 10 })) {
    const records: Records = {
      orders: given.orders.map((record) => recordDocument("orders", record, context)),
      events: given.events.map((record) => recordDocument("events", record, context)),
      redemptions: given.redemptions.map((record) => recordDocument("redemptions", record, context)),
      gift_cards: given.gift_cards.map((record) => recordDocument("gift_cards", record, context)),
      loyalty: given.loyalty.map((record) => recordDocument("loyalty", record, context)),
      referrals: given.referrals.map((record) => recordDocument("referrals", record, context)),
    };
    const customer: CustomerDocument = {
      _id: customerId(project, profile.source_id),
      project,
      source_id: profile.source_id,
      sample: sampleNumber("", profile.source_id),
      profile,
      ...deriveFacts(profile, definition),
      activity: summarise(records, now),
    };
    const products = productDocuments(
      project,
      records.orders.flatMap((order) => order.items),
    );
    yield { customer, records, products };
  }
}
