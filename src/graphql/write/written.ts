// What mutations stored, read only where it is asked for, and together for all of their results.
import DataLoader from "dataloader";
import type { DocumentOf } from "../../documents/collections.js";
import type { Engine } from "../../engine.js";
import { CustomerType } from "../customer/customer-type.js";
import { EventType, OrderType } from "../customer/record-types.js";

/** Reads what is stored under an `_id`; undefined where nothing is. */
export interface WrittenThings {
  readonly customer: (id: string) => Promise<CustomerType | undefined>;
  readonly order: (id: string) => Promise<OrderType | undefined>;
  readonly event: (id: string) => Promise<EventType | undefined>;
  /** The customer whose order or event it is. */
  readonly ownerOf: (collection: "orders" | "events", id: string) => Promise<CustomerType | undefined>;
}

/** @param currency the project's. */
export function writtenThings({ store }: Engine, currency: string): WrittenThings {
  const loader = <Name extends "customers" | "orders" | "events">(name: Name) =>
    new DataLoader(
      (ids: readonly string[]): Promise<readonly (DocumentOf[Name] | undefined)[]> =>
        store.getMany(name, ids),
    );
  const customers = loader("customers");
  const records = { orders: loader("orders"), events: loader("events") };
  const customer = async (id: string) => {
    const found = await customers.load(id);
    return found === undefined ? undefined : new CustomerType(found, currency);
  };
  return {
    customer,
    order: async (id) => {
      const found = await records.orders.load(id);
      return found === undefined ? undefined : new OrderType(found, currency);
    },
    event: async (id) => {
      const found = await records.events.load(id);
      return found === undefined ? undefined : new EventType(found);
    },
    ownerOf: async (collection, id) => {
      const found = await records[collection].load(id);
      return found === undefined ? undefined : customer(found.customer);
    },
  };
}
