// The indexes: the list, and how they are created, found and reported on a server.
import { MongoClient } from "mongodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { maxMetadataIndexes } from "../../src/documents/metadata-slot.js";
import { recordCollections } from "../../src/documents/record-collections.js";
import { newProject } from "../../src/projects/projects.js";
import {
  indexedSlots,
  indexScript,
  isMetadataIndex,
  maxCustomerIndexes,
  metadataIndexes,
  serves,
  wantedIndexes,
  wantedIndexesOf,
} from "../../src/store/mongo/indexes.js";
import { type MongoStore, openMongoStore } from "../../src/store/mongo/store.js";
import { document, dropDatabase, mongoUri, newDatabaseName, put } from "./every-store.js";
import { accessCases } from "./reads/access-cases.js";
import { dataCases } from "./reads/data-cases.js";
import { membershipCases } from "./reads/membership-cases.js";
import { messagingCases } from "./reads/messaging-cases.js";
import { promotionCases } from "./reads/promotion-cases.js";
import { putWorld } from "./reads/world.js";

describe("the list of indexes", () => {
  it("leaves room on customers for metadata and for MongoDB's own", () => {
    expect(wantedIndexesOf("customers").length).toBeLessThanOrEqual(
      maxCustomerIndexes - maxMetadataIndexes - 1,
    );
  });

  it("begins with the project on customers, and with the customer on every kind of record", () => {
    const first = (key: object) => Object.keys(key)[0];
    expect(new Set(wantedIndexesOf("customers").map(({ key }) => first(key)))).toEqual(new Set(["project"]));
    for (const collection of recordCollections) {
      expect(wantedIndexesOf(collection).map(({ key }) => first(key))).toContain("customer");
    }
    expect(wantedIndexesOf("events").map(({ key }) => Object.keys(key))).toContainEqual([
      "project",
      "type",
      "at",
      "_id",
    ]);
  });

  it("has no two of one name or key", () => {
    const named = wantedIndexes.map(({ collection, name }) => `${collection}.${name}`);
    const keyed = wantedIndexes.map(({ collection, key }) => `${collection} ${JSON.stringify(key)}`);
    expect(new Set(named).size).toBe(wantedIndexes.length);
    expect(new Set(keyed).size).toBe(wantedIndexes.length);
  });

  it("is printed for mongosh", () => {
    const lines = indexScript('my "shop"', metadataIndexes(["n_age"]))
      .trimEnd()
      .split("\n");
    expect(lines).toHaveLength(wantedIndexes.length + 2);
    expect(lines[0]).toBe('const segmentql = db.getSiblingDB("my \\"shop\\"");');
    expect(lines).toContain(
      'segmentql.getCollection("events").createIndex({"customer":1,"type":1,"at":1}, {"name":"customer_1_type_1_at_1"});',
    );
  });

  it("has what is printed for metadata", () => {
    expect(indexScript("shop", metadataIndexes(["n_age"]))).toContain(
      'segmentql.getCollection("customers").createIndex({"project":1,"facts.metadata.n_age":1}, {"name":"project_1_facts.metadata.n_age_1"});',
    );
  });

  const wanted = { collection: "orders", name: "customer_1", key: { customer: 1 } } as const;
  it.each([
    [{ name: "by hand", key: { customer: 1 } }, true],
    [{ name: "customer_1", key: { customer: -1 } }, false],
    [{ name: "x", key: { customer: 1, at: 1 } }, false],
    [{ name: "x", key: { customer: 1 }, sparse: true }, false],
    [{ name: "x", key: { customer: 1 }, hidden: true }, false],
    [{ name: "x", key: { customer: 1 }, partialFilterExpression: { at: { $exists: true } } }, false],
  ])("%j serves: %s", (existing, expected) => {
    expect(serves(existing as never, wanted)).toBe(expected);
  });
});

const defined = (
  project: string,
  metadataSchema: ProjectDocument["metadataSchema"],
  metadataIndexes: readonly string[],
): ProjectDocument => ({ ...newProject(project), metadataSchema, metadataIndexes });

describe("the indexes for metadata", () => {
  const paths = (slots: Iterable<string>) => metadataIndexes(slots).map(({ key }) => Object.keys(key)[1]);
  const numbered = (count: number, letter = "s") =>
    Array.from({ length: count }, (_, n) => `${letter}_k${n}`);

  it.each([
    ["none", [], []],
    ["a number", ["n_age"], ["facts.metadata.n_age"]],
    ["text, backwards too", ["s_plan"], ["facts.metadata.s_plan", "reversed.metadata.s_plan"]],
    ["a list of texts", ["ss_tags"], ["facts.metadata.ss_tags"]],
    ["one key of two projects", ["d_on", "d_on"], ["facts.metadata.d_on"]],
  ])("%s", (_, slots, expected) => {
    expect(paths(slots)).toEqual(expected);
  });

  it("keep text backwards only while there is room, and end at the bound", () => {
    expect(paths(numbered(9)).slice(9)).toEqual(
      numbered(maxMetadataIndexes - 9).map((slot) => `reversed.metadata.${slot}`),
    );
    expect(paths(numbered(maxMetadataIndexes + 2))).toEqual(
      numbered(maxMetadataIndexes).map((slot) => `facts.metadata.${slot}`),
    );
  });

  it("are on the paths of the values", () => {
    const definition = defined("shop", { plan: "string", "is vip": "boolean", age: "number" }, [
      "plan",
      "is vip",
    ]);
    expect(indexedSlots(definition)).toEqual(["s_plan", "b_is%20vip"]);
    const { metadataIndexes: _, ...older } = definition;
    expect(indexedSlots(older)).toEqual([]);
  });

  it.each([
    ["project_1_facts.metadata.s_plan_1", { project: 1, "facts.metadata.s_plan": 1 }, true],
    ["project_1_reversed.metadata.s_plan_1", { project: 1, "reversed.metadata.s_plan": 1 }, true],
    ["by hand", { project: 1, "facts.metadata.s_plan": 1 }, false],
    ["project_1_facts.metadata.s_plan_-1", { project: 1, "facts.metadata.s_plan": -1 }, false],
    ["project_1_facts.city_1", { project: 1, "facts.city": 1 }, false],
    ["_id_", { _id: 1 }, false],
  ])("%s of %j is one that was made: %s", (name, key, expected) => {
    expect(isMetadataIndex({ name, key } as never)).toBe(expected);
  });
});

// An index takes a second or so to make on DocumentDB.
describe.runIf(mongoUri !== undefined)("indexes on a server", () => {
  const uri = mongoUri ?? "mongodb://localhost";
  const database = newDatabaseName();
  const client = new MongoClient(uri);
  let store: MongoStore;

  const namesOf = async (collection: string) =>
    (await client.db(database).collection(collection).indexes()).map(({ name }) => name).sort();

  beforeAll(async () => {
    store = await openMongoStore(uri, { database, indexes: "none" });
  });
  afterAll(async () => {
    await store.close();
    await client.close();
    await dropDatabase(uri, database);
  });

  it("are missing, then ready; made by hand or under our name with another key, they are mended", async () => {
    for (const { collectionName } of await client.db(database).collections())
      await client.db(database).collection(collectionName).dropIndexes();
    const before = await store.indexes.states();
    expect(before).toHaveLength(wantedIndexes.length);
    expect(new Set(before.map(({ state }) => state))).toEqual(new Set(["missing"]));
    // An administrator's name for one of ours, and an older version of another.
    await client.db(database).collection("orders").createIndex({ customer: 1 }, { name: "by hand" });
    await client.db(database).collection("loyalty").createIndex({ customer: -1 }, { name: "customer_1" });

    await store.indexes.ensure();
    const after = await store.indexes.states();
    expect(new Set(after.map(({ state }) => state))).toEqual(new Set(["ready"]));
    expect(await namesOf("orders")).toEqual(["_id_", "by hand", "project_1_at_1__id_1"]);
    const loyalty = await client.db(database).collection("loyalty").indexes();
    expect(loyalty.map(({ key }) => key)).toEqual([{ _id: 1 }, { customer: 1 }]);
  });

  it("are made once, however often and by however many it is asked", async () => {
    const other = await openMongoStore(uri, { database, indexes: "wait" });
    await Promise.all([store.indexes.ensure(), other.indexes.ensure(), other.indexes.ensure()]);
    await other.close();
    expect(await namesOf("customers")).toHaveLength(wantedIndexesOf("customers").length + 1);
  });

  const questions: readonly (readonly [name: string, condition: object, index: string])[] = [
    ["is", { "facts.email": { $eq: "n7@x.uk" } }, "facts.email"],
    ["starts with", { "facts.email": { $regex: "^n77" } }, "facts.email"],
    ["ends with", { "reversed.email": { $regex: "^ku\\.x@77" } }, "reversed.email"],
    ["a number's range", { "activity.orders.total_amount": { $gt: 1_990 } }, "activity.orders.total_amount"],
    ["a date's range", { "facts.created_at": { $lt: new Date(20) } }, "facts.created_at"],
    ["order contains", { "activity.orders.items": { $in: ["k5", "k6"] } }, "activity.orders.items"],
    ["a set contains all of", { "facts.consents": { $all: ["sms", "n3"] } }, "facts.consents"],
    ["a day of the year", { "yearly.birthdate": { $in: ["02-28", "02-29"] } }, "yearly.birthdate"],
    ["what is due", { "activity.next_at": { $lte: new Date(5) } }, "activity.next_at"],
  ];

  const reversed = (n: number) => [...`${n}`].reverse().join("");

  it("serve what is asked", async () => {
    const documents = Array.from({ length: 2_000 }, (_, n) =>
      document("customers", `shop/${n}`, {
        source_id: `${n}`,
        facts: {
          email: `n${n}@x.uk`,
          created_at: new Date(n),
          consents: ["sms", `n${n}`],
          metadata: { s_plan: `plan ${n}` },
        },
        reversed: { email: `ku.x@${reversed(n)}n`, metadata: { s_plan: `${reversed(n)} nalp` } },
        yearly: { birthdate: n % 100 === 0 ? "02-29" : `${n}` },
        activity: {
          orders: { total_amount: n, items: [`k${n}`] },
          ...(n % 100 === 0 ? { next_at: new Date(n) } : {}),
        },
      }),
    );
    await put(store, "customers", documents);
    for (const [name, condition, path] of questions) {
      const explained = await store.pipelines.explain("customers", [
        { $match: { project: "shop", ...condition } },
      ]);
      // Those that people can be listed by end with the source id.
      expect([name, explained.indexes.map((index) => index.replace("_source_id_1", ""))]).toEqual([
        name,
        [`project_1_${path}_1`],
      ]);
      expect(explained.rowsReturned).toBeGreaterThan(0);
      expect(explained.rowsRead).toBeLessThan(100);
    }
    const joined = await store.pipelines.explain("customers", [
      { $match: { project: "shop", "facts.email": "n7@x.uk" } },
      { $lookup: { from: "events", localField: "_id", foreignField: "customer", as: "events" } },
    ]);
    expect(joined.indexes).toContain("customer_1_type_1_at_1");
  });

  const metadataStates = async () =>
    (await store.indexes.states())
      .filter(({ name }) => name.includes("metadata"))
      .map(({ name, state }) => `${name.replace("project_1_", "")} ${state}`);

  it("are made for metadata when it is defined so, serve it, and go when it is not any more", async () => {
    const schema = { plan: "string", age: "number" } as const;
    // A writer that leaves indexes to another process makes none.
    await store.writeDefinition(defined("shop", schema, ["plan"]));
    expect(await metadataStates()).toEqual([
      "facts.metadata.s_plan_1 missing",
      "reversed.metadata.s_plan_1 missing",
    ]);

    const other = await openMongoStore(uri, { database });
    try {
      // Twice at once: the second is made as well, although the first is under way.
      await Promise.all([
        other.writeDefinition(defined("shop", schema, ["plan"])),
        other.writeDefinition(defined("second", schema, ["age", "plan"])),
      ]);
      await vi.waitFor(
        async () =>
          expect((await metadataStates()).sort()).toEqual([
            "facts.metadata.n_age_1 ready",
            "facts.metadata.s_plan_1 ready",
            "reversed.metadata.s_plan_1 ready",
          ]),
        { timeout: 120_000, interval: 200 },
      );
      for (const [path, condition] of [
        ["facts.metadata.s_plan", { $eq: "plan 7" }],
        ["facts.metadata.s_plan", { $regex: "^plan 77" }],
        ["reversed.metadata.s_plan", { $regex: "^77" }],
      ] as const) {
        const explained = () =>
          store.pipelines.explain("customers", [{ $match: { project: "shop", [path]: condition } }]);
        // DocumentDB lists an index that it is still making.
        const found = await vi.waitFor(
          async () => {
            const now = await explained();
            expect(now.indexes).toEqual([`project_1_${path}_1`]);
            return now;
          },
          { timeout: 120_000, interval: 200 },
        );
        expect(found.rowsReturned).toBeGreaterThan(0);
        expect(found.rowsRead).toBeLessThan(100);
      }

      await other.writeDefinition(defined("second", schema, []));
      await vi.waitFor(
        async () => expect(await namesOf("customers")).not.toContain("project_1_facts.metadata.n_age_1"),
        { timeout: 120_000, interval: 200 },
      );
      expect(await namesOf("customers")).toContain("project_1_facts.metadata.s_plan_1");
    } finally {
      await other.close();
    }
  });

  it("are refused for metadata past what a database keeps for all its projects", async () => {
    const keys = Array.from({ length: maxMetadataIndexes }, (_, n) => `k${n}`);
    const schema = {
      plan: "string",
      ...Object.fromEntries(keys.map((key) => [key, "number" as const])),
    } as const;
    // `shop` has one of its own by now.
    await expect(store.writeDefinition(defined("third", schema, keys))).rejects.toMatchObject({
      name: "StoreError",
      code: "TOO_MANY_INDEXES",
      message:
        "Project third asks for 15 metadata keys to be indexed that no other project of this database has, and there is " +
        "room for 14: a database keeps 15 such indexes for all of its projects. Leave out 1 of metadataIndexes, or give the " +
        "project a database of its own.",
    });
    expect(await store.getMany("projects", ["third"])).toEqual([undefined]);
    // One that `shop` has is no other.
    await store.writeDefinition(defined("third", schema, ["plan", ...keys.slice(0, 14)]));
  });

  // The other suites run without indexes, and DocumentDB refuses some conditions on an indexed path alone.
  it("leave the answers of all reads as they are", async () => {
    for (const { collectionName } of await client.db(database).collections())
      await client.db(database).collection(collectionName).deleteMany({});
    await putWorld(store);
    for (const [name, read, expected] of [
      ...dataCases,
      ...membershipCases,
      ...accessCases,
      ...promotionCases,
      ...messagingCases,
    ])
      expect([name, await read(store.reads)]).toEqual([name, expected]);
  });
});
