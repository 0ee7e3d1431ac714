// A shop with many segments, and changes of its customers: each as the customer's document before and after.

import type { CustomerDocument, ProjectDocument } from "../../src/documents/documents.js";
import { type MadeUpCustomer, madeUpCustomers } from "../../src/generate/shop.js";
import { shopProject } from "../../src/generate/stock.js";
import { documentsOf } from "../preview/load.js";

const project = "bench";

export const definition: ProjectDocument = {
  _id: project,
  project,
  orderMetadataSchema: {},
  ...shopProject,
  metadataSchema: { ...shopProject.metadataSchema, store: "string" },
};

export interface Change {
  readonly before: CustomerDocument;
  readonly after: CustomerDocument;
}

/** How many segments share what selects their customers. */
const groupSize = 10;

/** Segments each of which needs one of many values: a store, a company's addresses, a tag or a town; and one more condition. */
export function selectiveQueries(count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => {
    const group = Math.floor(number / groupSize);
    return `${selecting(group)} and ${narrowing(number % groupSize, group)}`;
  });
}

const selectors = 4;

function selecting(group: number): string {
  switch (group % selectors) {
    case 0:
      return `store is "store ${group}"`;
    case 1:
      return `email ends with "@company-${group}.example"`;
    case 2:
      return `tags contains "tag ${group}"`;
    default:
      return `city is "town ${group}"`;
  }
}

function narrowing(kind: number, group: number): string {
  switch (kind) {
    case 0:
      return `total spent is more than $${200 + (group % 7) * 50}`;
    case 1:
      return `total spent is less than $${150 + (group % 9) * 40} and number of orders is at least 1`;
    case 2:
      return `number of orders is at least ${2 + (group % 4)}`;
    case 3:
      return `last order amount is between $${40 + (group % 5) * 30} and $${110 + (group % 5) * 60}`;
    case 4:
      return `age is at least ${25 + (group % 30)}`;
    case 5:
      return "vip is true";
    case 6:
      return `country is Poland and total spent is more than $${100 + (group % 11) * 25}`;
    case 7:
      return `(source is Mailchimp or source is Shopify) and not number of orders is less than ${1 + (group % 3)}`;
    case 8:
      return "name contains an and average order amount is more than $80";
    default:
      return `age between ${20 + (group % 40)} and ${40 + (group % 40)}`;
  }
}

/** Segments over all customers: bounds that are close together. */
export function broadQueries(count: number): readonly string[] {
  return Array.from({ length: count }, (_, number) => {
    const step = Math.floor(number / 4);
    switch (number % 4) {
      case 0:
        return `total spent is more than $${2 + step * 5}`;
      case 1:
        return `total spent is less than $${1 + step * 7} and not source is Mailchimp`;
      case 2:
        return `last order amount is at least $${1 + step * 2}`;
      default:
        return `number of orders is at least ${1 + (step % 50)} and total spent is more than $${3 + step * 6}`;
    }
  });
}

/** What customers do: how many of twenty place an order, and between which amounts, in cents. */
interface Activity {
  readonly orders: number;
  readonly least: number;
  readonly spread: number;
}

/** About two flips a change of the selective segments. */
export const smallOrders: Activity = { orders: 8, least: 500, spread: 3_000 };
/** About a hundred of the broad ones. */
export const largeOrders: Activity = { orders: 15, least: 2_000, spread: 15_000 };

/** A number of changes, each of another customer; `segments` is how many selective segments there are. */
export function changesOf(
  count: number,
  segments: number,
  now: number,
  activity: Activity,
): readonly Change[] {
  const groups = Math.ceil(segments / groupSize);
  return customersOf(count, segments, now).map((before, place) => ({
    before: documentOf(before, now),
    after: documentOf(changed(before, place + 1, groups, now, activity), now),
  }));
}

/** Customers who are in the segments, before they change. */
export function customersOf(count: number, segments: number, now: number): readonly MadeUpCustomer[] {
  const groups = Math.ceil(segments / groupSize);
  const made = [...madeUpCustomers({ customers: count, seed: 3, now, events: 0 })];
  return made.map((customer, place) => placed(customer, place + 1, groups));
}

function documentOf(customer: MadeUpCustomer, now: number): CustomerDocument {
  return documentsOf(customer, definition, now).document;
}

/** In one group by each of the selectors. */
function placed(customer: MadeUpCustomer, number: number, groups: number): MadeUpCustomer {
  const groupOf = (selector: number): number => {
    const among = Math.max(1, Math.floor((groups - selector + selectors - 1) / selectors));
    return ((number * 7919 + selector * 104_729) % among) * selectors + selector;
  };
  const { profile } = customer;
  return {
    ...customer,
    profile: {
      ...profile,
      email: `customer.${number}@company-${groupOf(1)}.example`,
      address: { ...profile.address, city: `town ${groupOf(3)}` },
      metadata: { ...profile.metadata, store: `store ${groupOf(0)}`, tags: ["b2b", `tag ${groupOf(2)}`] },
    },
  };
}

/** Some place an order; of the others one is a VIP or no longer, one moves to another store, and the rest are a year older. */
function changed(
  customer: MadeUpCustomer,
  number: number,
  groups: number,
  now: number,
  { orders, least, spread }: Activity,
): MadeUpCustomer {
  const { profile, records } = customer;
  const kind = number % 20;
  if (kind < orders) {
    const amount = least + ((number * 6_007) % spread);
    const created_at = new Date(now - 60_000).toISOString();
    const order = {
      source_id: `new-${number}`,
      customer: profile.source_id,
      created_at,
      amount,
      status: "PAID",
      items: [],
    };
    return { ...customer, records: { ...records, orders: [...records.orders, order] } };
  }
  const metadata = { ...profile.metadata };
  if (kind < 18) metadata.age = Number(metadata.age ?? 30) + 1;
  else if (kind === 18) metadata.vip = metadata.vip !== true;
  else metadata.store = `store ${((number * 31) % groups) * selectors}`;
  return { ...customer, profile: { ...profile, metadata } };
}
