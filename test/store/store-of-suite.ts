// The store that the tests of a suite share, or that each test has to itself.
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { EmbeddedStore } from "../../src/store/embedded/store.js";
import type { PipelineRunner } from "../../src/store/mongo/run.js";
import type { Store } from "../../src/store/port.js";
import type { StoreUnderTest } from "./every-store.js";

/** A store, and what only some kinds of store have. */
interface OpenedStore extends Store, Partial<Pick<EmbeddedStore, "queries">> {
  readonly pipelines?: PipelineRunner | undefined;
}

/** A store, and its place. */
export interface StoreOfTests extends OpenedStore {
  /** The folder or the name of the database. */
  readonly place: string;
  /** Closes the store, if it is open, and opens it at the same place. */
  readonly reopen: () => Promise<void>;
  /** Destroys the store, and opens a new one. */
  readonly renew: () => Promise<void>;
}

/** A new store that is opened before the suite's tests and destroyed after them. Outside of them it cannot be used. */
export function storeOfSuite(tested: StoreUnderTest): StoreOfTests {
  return storeBetween(tested, beforeAll, afterAll);
}

/** A new store for each test of the suite. */
export function storeOfTest(tested: StoreUnderTest): StoreOfTests {
  return storeBetween(tested, beforeEach, afterEach);
}

type Hook = (work: () => Promise<void>) => void;

function storeBetween({ place, open, destroy }: StoreUnderTest, before: Hook, after: Hook): StoreOfTests {
  let at: string;
  let opened: OpenedStore;
  const begin = async (): Promise<void> => {
    at = place();
    opened = await open(at);
  };
  const end = async (): Promise<void> => {
    await opened.close();
    await destroy(at);
  };
  before(begin);
  after(end);
  return {
    get place() {
      return at;
    },
    reopen: async () => {
      await opened.close();
      opened = await open(at);
    },
    renew: async () => {
      await end();
      await begin();
    },
    get indexes() {
      return opened.indexes;
    },
    get queries() {
      return opened.queries;
    },
    get pipelines() {
      return opened.pipelines;
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
