// `$match` as MongoDB documents it (and as its own null_query_semantics tests pin it), on every store.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Filter } from "../../src/operators/encodings/encoding.js";
import type { Store } from "../../src/store/port.js";
import { document, idsWhere, pipelineStores, put } from "./every-store.js";

const day = new Date("2026-01-02T00:00:00Z");
const dayBefore = new Date("2026-01-01T00:00:00Z");

const values: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  missing: {},
  nothing: { v: null },
  one: { v: 1 },
  two: { v: 2 },
  nan: { v: Number.NaN },
  text: { v: "b" },
  digit: { v: "2" },
  day: { v: day },
  yes: { v: true },
  list: { v: [1, "b"] },
  empty: { v: [] },
  object: { v: { a: 1 } },
};
const names = Object.keys(values);
const allBut = (...left: readonly string[]) => names.filter((name) => !left.includes(name));

const valueCases: readonly (readonly [condition: Filter, ids: readonly string[]])[] = [
  [{ v: null }, ["missing", "nothing"]],
  [{ v: { $eq: null } }, ["missing", "nothing"]],
  [{ v: { $ne: null } }, allBut("missing", "nothing")],
  [{ v: 1 }, ["one", "list"]],
  [{ v: Number.NaN }, ["nan"]],
  [{ v: "b" }, ["text", "list"]],
  [{ v: "2" }, ["digit"]],
  [{ v: true }, ["yes"]],
  [{ v: day }, ["day"]],
  [{ v: { a: 1 } }, ["object"]],
  [{ v: [] }, ["empty"]],
  [{ v: [1, "b"] }, ["list"]],
  [{ v: { $ne: 1 } }, allBut("one", "list")],
  [{ v: { $in: [1, "2"] } }, ["one", "list", "digit"]],
  [{ v: { $in: [day, true] } }, ["day", "yes"]],
  [{ v: { $in: [null] } }, ["missing", "nothing"]],
  [{ v: { $in: [] } }, []],
  [{ v: { $nin: [1, null] } }, allBut("one", "list", "missing", "nothing")],
  [{ v: { $nin: [] } }, names],
  [{ v: { $gt: 1 } }, ["two"]],
  [{ v: { $gte: 1 } }, ["one", "two", "list"]],
  [{ v: { $lt: 2 } }, ["one", "list"]],
  [{ v: { $lte: 2 } }, ["one", "two", "list"]],
  [{ v: { $gte: Number.NaN } }, ["nan"]],
  [{ v: { $gte: 1, $lt: 2 } }, ["one", "list"]],
  [{ v: { $lt: "c" } }, ["text", "digit", "list"]],
  [{ v: { $gt: "2" } }, ["text", "list"]],
  [{ v: { $gte: dayBefore } }, ["day"]],
  [{ v: { $lt: day } }, []],
  [{ v: { $lte: day } }, ["day"]],
  [{ v: { $not: { $gt: 1 } } }, allBut("two")],
  [{ v: { $not: { $lt: "c" } } }, allBut("text", "digit", "list")],
  [{ v: { $not: { $in: [1, null] } } }, allBut("one", "list", "missing", "nothing")],
  [{ v: { $not: { $regex: "^b" } } }, allBut("text", "list")],
  [{ $nor: [{ v: 1 }, { v: null }] }, allBut("one", "list", "missing", "nothing")],
  [{ $or: [{ v: 2 }, { v: "b" }] }, ["two", "text", "list"]],
  [{ $and: [{ v: 1 }, { v: "b" }] }, ["list"]],
  [{ v: { $exists: true } }, allBut("missing")],
  [{ v: { $exists: false } }, ["missing"]],
  [{ v: { $size: 2 } }, ["list"]],
  [{ v: { $size: 0 } }, ["empty"]],
  [{ v: { $all: [1, "b"] } }, ["list"]],
  [{ v: { $all: ["b"] } }, ["text", "list"]],
  [{ v: { $all: [] } }, []],
  [{ v: { $elemMatch: { $gte: 1 } } }, ["list"]],
  [{ v: { $elemMatch: { $in: ["b", "c"] } } }, ["list"]],
  [{ v: { $regex: "^b" } }, ["text", "list"]],
  [{ "v.a": 1 }, ["object"]],
  [{ "v.a": null }, allBut("object", "list", "empty")],
  [{ "v.a": { $ne: null } }, ["object", "list", "empty"]],
  [{ "v.a": { $exists: false } }, allBut("object")],
  [{ "v.a": { $not: { $gte: 1 } } }, allBut("object")],
  [{ "v.a.b.c": { $exists: true } }, []],
  [{ "v.constructor": { $exists: true } }, []],
  [{ constructor: null }, names],
  [{ $expr: { $gt: ["$v", 1] } }, ["two", "text", "digit", "day", "yes", "list", "empty", "object"]],
  [{ $expr: { $lt: ["$v", 2] } }, ["missing", "nothing", "one", "nan"]],
];

const shapes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  both: {
    items: [
      { sku: "a", n: 1, tags: ["x"] },
      { sku: "b", n: 5, tags: ["x", "y"] },
    ],
  },
  partly: { items: [{ sku: "a", n: 9 }, { sku: "b" }] },
  scalars: { items: [3, { sku: "c", n: null }] },
  none: { items: [] },
  single: { items: { sku: "a", n: 1 } },
};

const shapeCases: readonly (readonly [condition: Filter, ids: readonly string[]])[] = [
  [{ "items.sku": "a" }, ["both", "partly", "single"]],
  [{ "items.sku": { $in: ["b", "c"] } }, ["both", "partly", "scalars"]],
  [{ "items.n": null }, ["partly", "scalars"]],
  [{ "items.n": { $ne: null } }, ["both", "none", "single"]],
  [{ "items.n": { $exists: true } }, ["both", "partly", "scalars", "single"]],
  [{ "items.n": { $exists: false } }, ["none"]],
  [{ "items.n": { $gt: 4 } }, ["both", "partly"]],
  [{ "items.n": { $gt: 1, $lt: 5 } }, ["both"]],
  [{ items: { $elemMatch: { n: { $gt: 1, $lt: 5 } } } }, []],
  [{ items: { $elemMatch: { sku: "b", n: { $gt: 1 } } } }, ["both"]],
  [{ items: { $elemMatch: { sku: "b", n: null } } }, ["partly"]],
  [{ items: { $elemMatch: { $or: [{ sku: "c" }, { n: 5 }] } } }, ["both", "scalars"]],
  [{ items: { $not: { $elemMatch: { sku: "a" } } } }, ["none", "scalars", "single"]],
  [{ items: { $all: [{ $elemMatch: { sku: "a" } }, { $elemMatch: { n: 5 } }] } }, ["both"]],
  [{ "items.sku": { $all: ["a", "b"] } }, ["both", "partly"]],
  [{ "items.tags": { $size: 1 } }, ["both"]],
  [{ "items.tags": "y" }, ["both"]],
  [{ "items.0.sku": "a" }, ["both", "partly"]],
  [{ "items.1.sku": "c" }, ["scalars"]],
  [{ "items.0": 3 }, ["scalars"]],
];

const texts: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  dot: { t: "ku.oc" },
  letter: { t: "kuxoc" },
  polish: { t: "zażółć gęślą" },
  emoji: { t: "a😀b" },
  private: { t: "a\uff5eb" },
  price: { t: "$5 (+1) [x] {y} ^z|w*?\\ # - /" },
  dialled: { t: "x", facts: { metadata: { "s_is%20vip": "yes", n_a_b: 3 } } },
};

const textCases: readonly (readonly [condition: Filter, ids: readonly string[]])[] = [
  [{ t: { $regex: "^ku\\." } }, ["dot"]],
  [{ t: { $regex: "ó" } }, ["polish"]],
  [{ t: { $regex: "^zażółć g" } }, ["polish"]],
  [{ t: { $regex: "^a😀" } }, ["emoji"]],
  [{ t: { $regex: "^\\$5 \\(\\+1\\) \\[x\\] \\{y\\} \\^z\\|w\\*\\?\\\\ \\# \\- \\/$" } }, ["price"]],
  [{ t: { $gt: "a\uff00", $lt: "b" } }, ["emoji", "private"]],
  [{ t: { $gt: "a\uff5eb", $lt: "b" } }, ["emoji"]],
  [{ "facts.metadata.s_is%20vip": "yes" }, ["dialled"]],
  [{ "facts.metadata.n_a_b": { $gte: 3 } }, ["dialled"]],
];

describe.each(pipelineStores)("$match on $name", ({ place, open, destroy }) => {
  const at = place();
  let store: Store;

  beforeAll(async () => {
    store = await open(at);
    const documents = (collection: "customers" | "orders" | "products", from: typeof values) =>
      Object.entries(from).map(([id, fields]) => document(collection, id, { ...fields, customer: id }));
    await put(store, "customers", documents("customers", values) as never);
    await put(store, "orders", documents("orders", shapes) as never);
    await put(store, "products", documents("products", texts) as never);
  });
  afterAll(async () => {
    await store.close();
    await destroy(at);
  });

  it.each(valueCases)("%j of a value", async (condition, ids) => {
    expect(await idsWhere(store, "customers", condition)).toEqual([...ids].sort());
  });
  it.each(shapeCases)("%j through arrays", async (condition, ids) => {
    expect(await idsWhere(store, "orders", condition)).toEqual([...ids].sort());
  });
  it.each(textCases)("%j of texts", async (condition, ids) => {
    expect(await idsWhere(store, "products", condition)).toEqual([...ids].sort());
  });
});
