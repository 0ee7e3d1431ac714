// The rules of a sharded cluster: each refuses what it is there for. The shard keys: an index serves each, and docs/scale.md names
// the same.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { collections } from "../../../src/documents/collections.js";
import { wantedIndexes, wantedIndexesOf } from "../../../src/store/mongo/indexes.js";
import { routedById, shardKeys } from "../../../src/store/mongo/shard-keys.js";
import { type SentCommand, violationsOf } from "./rules.js";

const keys = { people: { _id: 1 }, orders: { customer: 1 }, stays: { project: 1, customer: 1 } } as const;

const update = (collection: string, q: object, u: object, more: object = {}): SentCommand => ({
  commandName: "update",
  command: { update: collection, updates: [{ q, u, ...more }] },
});
const remove = (collection: string, q: object, limit: number): SentCommand => ({
  commandName: "delete",
  command: { delete: collection, deletes: [{ q, limit }] },
});
const aggregate = (pipeline: object[], more: object = {}): SentCommand => ({
  commandName: "aggregate",
  command: { aggregate: "people", pipeline, ...more },
});
const unique = (key: object): SentCommand => ({
  commandName: "createIndexes",
  command: { createIndexes: "orders", indexes: [{ name: "i", key, unique: true }] },
});
const inTransaction = { autocommit: false };

describe("a command that breaks a rule of a sharded cluster is found", () => {
  it.each<[SentCommand, string]>([
    [
      update("orders", { _id: "o" }, { customer: "c" }, { upsert: true }),
      "an upsert into orders without its whole shard key",
    ],
    [
      update("stays", { _id: "s", customer: "c" }, { customer: "c" }, { upsert: true }),
      "an upsert into stays without its whole shard key",
    ],
    [
      update("orders", { _id: "o", customer: { $in: ["c"] } }, { $set: {} }, { upsert: true }),
      "an upsert into orders without its whole shard key",
    ],
    [
      update("orders", { _id: "o", customer: "c" }, { customer: "d" }, { upsert: true }),
      "a replacement in orders that changes the shard key",
    ],
    [
      update("orders", { status: "PAID" }, { $set: { status: "x" } }),
      "an update of one document of orders without its shard key or _id",
    ],
    [
      remove("orders", { status: "PAID" }, 1),
      "a delete of one document of orders without its shard key or _id",
    ],
    [
      { commandName: "findAndModify", command: { findAndModify: "orders", query: { _id: "o" } } },
      "findAndModify of orders without customer",
    ],
    [
      { commandName: "insert", command: { insert: "orders", documents: [{ _id: "o" }] } },
      "an insert into orders without customer",
    ],
    [unique({ source_id: 1 }), "the unique index i of orders is not led by its shard key"],
    [
      aggregate([{ $lookup: { from: "orders", localField: "_id", foreignField: "owner", as: "x" } }]),
      "a lookup into orders by owner, not by its shard key",
    ],
    [
      aggregate([
        { $unionWith: { coll: "people", pipeline: [{ $lookup: { from: "stays", pipeline: [] } }] } },
      ]),
      "a lookup into stays by an expression, not by its shard key",
    ],
    [
      aggregate([{ $lookup: { from: "orders", foreignField: "customer" } }], inTransaction),
      "the stage $lookup in a transaction",
    ],
    [aggregate([{ $out: "elsewhere" }]), "the stage $out, which writes outside of a transaction"],
    [aggregate([{ $facet: { a: [{ $collStats: {} }] } }]), "the stage $collStats, which is of one server"],
    [aggregate([{ $match: { $or: [{ $where: "true" }] } }]), "$where in a condition"],
    [{ commandName: "distinct", command: { distinct: "orders" } }, "the command distinct has no rule here"],
    [
      { commandName: "create", command: { create: "orders", ...inTransaction } },
      "the command create in a transaction",
    ],
  ])("%j", (sent, violation) => {
    expect(violationsOf(sent, keys)).toEqual([violation]);
  });

  it.each([
    update("orders", { _id: "o", customer: "c" }, { _id: "o", customer: "c" }, { upsert: true }),
    update("people", { _id: "p" }, { _id: "p" }, { upsert: true }),
    update("unsharded", { _id: "u" }, { _id: "u" }, { upsert: true }),
    update("orders", { _id: "o" }, { $set: { status: "x" } }),
    remove("orders", { _id: { $in: ["o"] } }, 0),
    unique({ customer: 1, source_id: 1 }),
    aggregate([{ $lookup: { from: "orders", localField: "_id", foreignField: "customer", as: "x" } }]),
  ])("and one that breaks none is not: %j", (sent) => {
    expect(violationsOf(sent, keys)).toEqual([]);
  });
});

describe("a shard key", () => {
  it.each(Object.entries(shardKeys))("of %s is led by an index", (collection, key) => {
    const wanted = wantedIndexesOf(collection as keyof typeof shardKeys).map((index) =>
      Object.keys(index.key),
    );
    // Every collection has an index on `_id`; its hashed one is created by sh.shardCollection.
    const all = [["_id"], ...wanted];
    const led = all.some((paths) => Object.keys(key).every((field, position) => paths[position] === field));
    expect(led).toBe(true);
  });

  it("leads every unique index, of which there are none", () => {
    const indexes = wantedIndexes.map(({ collection, name, key }) => ({
      commandName: "createIndexes",
      command: { createIndexes: collection, indexes: [{ name, key }] },
    }));
    expect(indexes.flatMap((command) => violationsOf(command, shardKeys))).toEqual([]);
    expect(wantedIndexes.filter((index) => "unique" in index)).toEqual([]);
  });

  it("is in the condition by which a document is replaced", () => {
    const document = { _id: "s", project: "shop", customer: "shop/c" };
    expect(routedById("memberships", document)).toEqual({ _id: "s" });
    expect(routedById("orders", document)).toEqual({ _id: "s", customer: "shop/c" });
    expect(routedById("customers", document)).toEqual({ _id: "s" });
    expect(routedById("jobs", document)).toEqual({ _id: "s" });
  });

  it("is what docs/scale.md says, for every collection", () => {
    const page = readFileSync(new URL("../../../docs/scale.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^sh\.shardCollection\("segmentql\.(\w+)", (\{.*\})\)$/gm)];
    const documented = rows.map(([, name, key]) => [name, JSON.parse(key!)]);
    expect(Object.fromEntries(documented)).toEqual(shardKeys);
    expect(collections).toEqual(expect.arrayContaining(Object.keys(shardKeys)));
  });
});
