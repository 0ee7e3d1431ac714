// The store that the tests of a suite share.
import { afterAll, beforeAll } from "vitest";
import type { EmbeddedStore } from "../../src/store/embedded/store.js";
import type { Store } from "../../src/store/port.js";
import type { StoreUnderTest } from "./every-store.js";

/** A new store, opened before the suite's tests and destroyed behind them. There is none to be used outside of them. */
export function storeOfSuite({ place, open, destroy }: StoreUnderTest): Store & Partial<EmbeddedStore> {
  let at: string;
  let opened: Store;
  beforeAll(async () => {
    at = place();
    opened = await open(at);
  });
  afterAll(async () => {
    await opened.close();
    await destroy(at);
  });
  return {
    get queries() {
      return (opened as Partial<EmbeddedStore>).queries;
    },
    get capabilities() {
      return opened.capabilities;
    },
    get customers() {
      return opened.customers;
    },
    get reads() {
      return opened.reads;
    },
    getMany: (collection, ids) => opened.getMany(collection, ids),
    write: (work, options) => opened.write(work, options),
    writeDefinition: (definition) => opened.writeDefinition(definition),
    close: () => opened.close(),
  };
}
