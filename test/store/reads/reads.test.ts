// Every named read on every store: what it returns, in which order, and nothing of another project.
import { beforeAll, describe, expect, it } from "vitest";
import type { Reads } from "../../../src/store/reads/reads.js";
import { everyStore } from "../every-store.js";
import { storeOfSuite } from "../store-of-suite.js";
import { may, of, putWorld } from "./world.js";

const ids = (documents: readonly { readonly _id: string }[]): readonly string[] =>
  documents.map(({ _id }) => _id);
const sorted = (values: readonly string[]): readonly string[] => values.toSorted();
const bySource = { by: "source_id", descending: false } as const;
const poles = { collection: "customers", path: "activity.orders.total_amount" } as const;

type Read = (reads: Reads) => Promise<unknown>;

/** Each read by its name in `Reads`, and what it is to return. */
const cases: readonly (readonly [name: string, read: Read, expected: unknown])[] = [
  [
    "customers.sample",
    async ({ customers }) =>
      (await customers.sample("shop", 3)).map(({ _id, facts, activity, segments }) => [
        _id,
        facts.city,
        activity.orders.total_amount,
        segments,
      ]),
    [
      ["shop/bob", "paris", 0, []],
      ["shop/dan", undefined, 500, undefined],
      ["shop/Cyd", "patras", 300, ["vips", "poles"]],
    ],
  ],
  [
    "customers.identities",
    ({ customers }) => customers.identities("shop", "shop/", 2),
    [
      { _id: "shop/Cyd", source_id: "Cyd" },
      { _id: "shop/ann", source_id: "ann" },
    ],
  ],
  [
    "customers.identities",
    async ({ customers }) => ids(await customers.identities("shop", "shop/ann", 10)),
    ["shop/bob", "shop/dan"],
  ],
  ...(
    [
      [may(4), { beyond: true, behind: false }],
      [may(5), { beyond: false, behind: false }],
      [may(8), { beyond: false, behind: true }],
    ] as const
  ).map(([instant, state]): (typeof cases)[number] => [
    "customers.summaryState",
    ({ customers }) => customers.summaryState("shop", instant),
    state,
  ]),
  [
    "customers.summariesDue",
    async ({ customers }) => [
      await customers.summariesDue("shop", may(7), 10),
      await customers.summariesDue("shop", may(8), 10),
      sorted(await customers.summariesDue("shop", may(9), 10)),
      (await customers.summariesDue("shop", may(9), 1)).length,
    ],
    [[], ["shop/Cyd"], ["shop/Cyd", "shop/bob"], 1],
  ],
  [
    "documents.after",
    ({ documents }) => documents.after("orders", "shop", "shop/o1", 1),
    [of("orders", "shop/o2")],
  ],
  [
    "documents.after",
    async ({ documents }) => [
      ids(await documents.after("events", "shop", "shop/", 10)),
      ids(await documents.after("customers", "shop", "", 10)),
      ids(await documents.after("gift_cards", "shop", "shop/", 10)),
    ],
    [["shop/e1", "shop/e2", "shop/e3", "shop/e4"], ["shop/Cyd", "shop/ann", "shop/bob", "shop/dan"], []],
  ],
  [
    "documents.any",
    async ({ documents }) => [
      await documents.any("orders", "shop"),
      await documents.any("loyalty", "shop"),
      await documents.any("changes", "shop-2"),
      await documents.any("orders", "shop-3"),
    ],
    [true, false, true, false],
  ],
  [
    "records.ofCustomers",
    async ({ records }) => {
      const found = await records.ofCustomers("shop", "orders", ["shop/ann", "shop/bob", "shop-2/eve"]);
      return found.toSorted((one, other) => (one._id < other._id ? -1 : 1));
    },
    [of("orders", "shop/o1"), of("orders", "shop/o2"), of("orders", "shop/o3")],
  ],
  [
    "records.ofCustomers",
    async ({ records }) => {
      const filtered = async (filter: object) =>
        sorted(ids(await records.ofCustomers("shop", "events", ["shop/ann"], filter)));
      return [
        await filtered({ types: ["login", "bought"] }),
        await filtered({ types: ["page viewed", "login"], from: may(6) }),
        await filtered({ from: may(6, 1) }),
        (await filtered({ limit: 2 })).length,
        await records.ofCustomers("shop", "events", []),
      ];
    },
    [["shop/e3"], ["shop/e2", "shop/e3"], [], 2, []],
  ],
  [
    "records.briefOfCustomers",
    async ({ records }) => {
      const events = await records.briefOfCustomers("shop", "events", ["shop/bob"]);
      const orders = await records.briefOfCustomers("shop", "orders", ["shop/bob"], { from: may(4) });
      return [...events, ...orders];
    },
    [
      {
        _id: "shop/e4",
        project: "shop",
        customer: "shop/bob",
        type: "page viewed",
        at: may(7),
        facts: { s_url: "/b" },
        yearly: {},
        event_id: "e4",
      },
      {
        _id: "shop/o3",
        project: "shop",
        source_id: "o3",
        customer: "shop/bob",
        at: may(4),
        status: "PAID",
        amount: 500,
        item_keys: ["mug"],
        product_keys: ["p1"],
        facts: { status: "paid", quantity: 1, product_count: 1, metadata: {} },
        yearly: {},
      },
    ],
  ],
  [
    "records.idsOfCustomer",
    async ({ records }) => [
      sorted(await records.idsOfCustomer("shop", "events", "shop/ann", 10)),
      (await records.idsOfCustomer("shop", "events", "shop/ann", 2)).length,
      await records.idsOfCustomer("shop", "events", "shop-2/eve", 10),
    ],
    [["shop/e1", "shop/e2", "shop/e3"], 2, []],
  ],
  [
    "records.referralsOf",
    async ({ records }) => {
      const found = await records.referralsOf("shop", "bob", 10);
      return [
        found.toSorted((one, other) => (one._id < other._id ? -1 : 1)),
        (await records.referralsOf("shop", "bob", 1)).length,
      ];
    },
    [[of("referrals", "shop/r1"), of("referrals", "shop/r2")], 1],
  ],
  [
    "products.keysNamedBy",
    async ({ products }) => [
      await products.keysNamedBy("shop", "mug"),
      await products.keysNamedBy("shop", "mug ("),
      await products.keysNamedBy("shop", "mug-"),
      await products.keysNamedBy("shop", ".*"),
      await products.keysNamedBy("shop", "%"),
      await products.keysNamedBy("shop", "_"),
    ],
    [["a", "b", "c"], ["b"], [], [], [], []],
  ],
  [
    "values.frequent",
    ({ values }) =>
      values.frequent({ project: "shop", collection: "customers", path: "facts.city", set: false }, 10, 10),
    [
      { value: "paris", count: 2, example: "shop/ann" },
      { value: null, count: 1, example: "shop/dan" },
      { value: "patras", count: 1, example: "shop/Cyd" },
    ],
  ],
  [
    "values.frequent",
    async ({ values }) => {
      const of = (collection: "customers" | "orders" | "events", path: string, more: object = {}) =>
        ({ project: "shop", collection, path, set: false, ...more }) as const;
      return [
        // The first customers by sample number are bob, dan and Cyd.
        await values.frequent(of("customers", "facts.city"), 3, 1),
        await values.frequent(of("customers", "facts.consents", { set: true }), 10, 10),
        await values.frequent(of("orders", "facts.status"), 10, 10),
        // The latest two of the type.
        await values.frequent(of("events", "facts.s_url", { type: "page viewed" }), 2, 10),
      ];
    },
    [
      [{ value: null, count: 1, example: "shop/dan" }],
      [
        { value: null, count: 2, example: "shop/bob" },
        { value: "email", count: 2, example: "shop/Cyd" },
        { value: "sms", count: 1, example: "shop/ann" },
      ],
      [
        { value: "paid", count: 2, example: "shop/o1" },
        { value: "canceled", count: 1, example: "shop/o2" },
      ],
      [{ value: "/b", count: 2, example: "shop/e2" }],
    ],
  ],
  [
    "values.beginningWith",
    async ({ values }) => {
      const city = { project: "shop", collection: "customers", path: "facts.city", set: false } as const;
      const consents = { ...city, path: "facts.consents", set: true } as const;
      return [
        await values.beginningWith(city, "pa", 10, 10),
        await values.beginningWith(city, "pat", 10, 10),
        await values.beginningWith(city, "pa", 10, 1),
        await values.beginningWith(city, "p.", 10, 10),
        await values.beginningWith(city, "p%", 10, 10),
        await values.beginningWith(city, "P", 10, 10),
        await values.beginningWith(consents, "s", 10, 10),
      ];
    },
    [
      [
        { value: "paris", count: 2, example: "shop/ann" },
        { value: "patras", count: 1, example: "shop/Cyd" },
      ],
      [{ value: "patras", count: 1, example: "shop/Cyd" }],
      [{ value: "paris", count: 2, example: "shop/ann" }],
      [],
      [],
      [],
      [{ value: "sms", count: 1, example: "shop/ann" }],
    ],
  ],
  [
    "segments.all",
    async ({ segments }) =>
      (await segments.all("shop")).toSorted((one, other) => (one._id < other._id ? -1 : 1)),
    ["old", "poles", "vips"].map((id) => of("segments", `shop/${id}`)),
  ],
  [
    "segments.versions",
    async ({ segments }) =>
      (await segments.versions("shop")).toSorted((one, other) => (one._id < other._id ? -1 : 1)),
    [
      { _id: "shop/old", state: "removing", updated_at: may(3), canonical: "vip", uses: [] },
      { _id: "shop/poles", state: "active", updated_at: may(3), canonical: "country is PL", uses: ["vips"] },
    ],
  ],
  [
    "maintenance.liveSegments",
    async ({ maintenance }) => sorted(ids(await maintenance.liveSegments("shop"))),
    ["shop/new", "shop/old", "shop/poles"],
  ],
  [
    "maintenance.unsettledSegments",
    async ({ maintenance }) => sorted(ids(await maintenance.unsettledSegments("shop"))),
    ["shop/new", "shop/old"],
  ],
  [
    "maintenance.maintainers",
    async ({ maintenance }) =>
      (await maintenance.maintainers("shop")).toSorted((one, other) => (one._id < other._id ? -1 : 1)),
    [of("maintenance", "shop/maintainer/a"), of("maintenance", "shop/maintainer/b")],
  ],
  [
    "dirtyMarks.ofPartitions",
    async ({ dirtyMarks }) => [
      await dirtyMarks.ofPartitions("shop", [3], [], 10),
      ids(await dirtyMarks.ofPartitions("shop", [3], [], 1)),
      ids(await dirtyMarks.ofPartitions("shop", [3], ["shop/ann"], 10)),
      sorted(ids(await dirtyMarks.ofPartitions("shop", [0, 3], ["shop/dan"], 10))),
      (await dirtyMarks.ofPartitions("shop", [0, 1, 3], [], 2)).length,
      await dirtyMarks.ofPartitions("shop", [], [], 10),
    ],
    [
      [of("changes", "shop/ann"), of("changes", "shop/dan")],
      ["shop/ann"],
      ["shop/dan"],
      ["shop/ann", "shop/bob"],
      2,
      [],
    ],
  ],
  [
    "dirtyMarks.ids",
    async ({ dirtyMarks }) => sorted(await dirtyMarks.ids("shop")),
    ["shop/ann", "shop/bob", "shop/dan", "shop/gone"],
  ],
  ["dirtyMarks.changedIds", ({ dirtyMarks }) => dirtyMarks.changedIds("shop"), ["shop/dan"]],
  [
    "dirtyMarks.withEffectiveTime",
    async ({ dirtyMarks }) =>
      (await dirtyMarks.withEffectiveTime("shop")).toSorted((one, other) => (one._id < other._id ? -1 : 1)),
    [
      { _id: "shop/ann", effective_at: may(5) },
      { _id: "shop/gone", effective_at: may(1) },
    ],
  ],
  [
    "dirtyMarks.countUpTo",
    async ({ dirtyMarks }) => [
      await dirtyMarks.countUpTo("shop", 10),
      await dirtyMarks.countUpTo("shop", 3),
      await dirtyMarks.countUpTo("shop-3", 3),
    ],
    [4, 3, 0],
  ],
  [
    "dirtyMarks.countOfSegment",
    async ({ dirtyMarks }) => [
      await dirtyMarks.countOfSegment("shop", "poles"),
      await dirtyMarks.countOfSegment("shop", "new"),
      await dirtyMarks.countOfSegment("shop", "vips"),
    ],
    [1, 1, 0],
  ],
  [
    "dirtyMarks.anyErasedFrom",
    async ({ dirtyMarks }) => [
      await dirtyMarks.anyErasedFrom("shop", "vips"),
      await dirtyMarks.anyErasedFrom("shop", "new"),
    ],
    [true, false],
  ],
  [
    "dirtyMarks.backlog",
    async ({ dirtyMarks }) => [
      await dirtyMarks.backlog("shop", 10),
      (await dirtyMarks.backlog("shop", 2)).waiting,
      await dirtyMarks.backlog("shop-3", 10),
    ],
    [{ waiting: 4, oldest: may(2) }, 2, { waiting: 0 }],
  ],
  [
    "crossings.crossed",
    async ({ crossings }) => {
      const found = await crossings.crossed("shop", poles, { from: 300, to: 500 });
      return found.toSorted((one, other) => (one.customer < other.customer ? -1 : 1));
    },
    [
      { customer: "shop/Cyd", value: 300 },
      { customer: "shop/dan", value: 500 },
    ],
  ],
  [
    "crossings.crossed",
    async ({ crossings }) => {
      const customersOf = async (...parameters: Parameters<typeof crossings.crossed>) =>
        (await crossings.crossed(...parameters)).map(({ customer, value }) => [customer, value]);
      return [
        await customersOf(
          "shop",
          { collection: "customers", path: "facts.created_at" },
          { from: may(1), to: may(1) },
        ),
        await customersOf("shop", { collection: "customers", path: "facts.city" }, { anyOf: ["patras"] }),
        await customersOf(
          "shop",
          { collection: "events", type: "page viewed", path: "at" },
          { from: may(6), to: may(6) },
        ),
        await customersOf("shop", { collection: "orders", path: "at" }, { from: may(5), to: may(9) }),
      ];
    },
    [[["shop/ann", may(1)]], [["shop/Cyd", "patras"]], [["shop/ann", may(6)]], [["shop/ann", may(5)]]],
  ],
  [
    "crossings.crossed",
    async ({ crossings }) => {
      const source = { collection: "customers", path: "facts.consents", set: true } as const;
      const of = async (from: string, to: string) =>
        sorted((await crossings.crossed("shop", source, { from, to })).map(({ customer }) => customer));
      // No element is between f and r, though ann has one on either side.
      return [await of("f", "r"), await of("a", "f"), await of("sms", "sms")];
    },
    [[], ["shop/Cyd", "shop/ann"], ["shop/ann"]],
  ],
  [
    "intervals.countAt",
    async ({ intervals }) => {
      const at = (instant: Date) => intervals.countAt("shop", "poles", instant);
      return [await at(may(1)), await at(may(2)), await at(may(3)), await at(may(5)), await at(may(6))];
    },
    [1, 3, 2, 4, 3],
  ],
  [
    "intervals.customersAt",
    async ({ intervals }) => {
      const page = async (instant: Date, request: Parameters<typeof intervals.customersAt>[3]) =>
        ids(await intervals.customersAt("shop", "poles", instant, request));
      const byTotal = { by: "orders.total_amount", descending: true } as const;
      return [
        await intervals.customersAt("shop", "poles", may(1), { sort: bySource, limit: 10 }),
        await page(may(5), { sort: bySource, limit: 10 }),
        await page(may(5), { sort: bySource, limit: 2, after: { value: "Cyd", sourceId: "Cyd" } }),
        await page(may(5), { sort: { ...bySource, descending: true }, limit: 2 }),
        await page(may(5), { sort: byTotal, limit: 2 }),
        await page(may(5), { sort: byTotal, limit: 10, after: { value: 700, sourceId: "ann" } }),
      ];
    },
    [
      [of("customers", "shop/ann")],
      ["shop/Cyd", "shop/ann", "shop/bob"],
      ["shop/ann", "shop/bob"],
      ["shop/bob", "shop/ann"],
      ["shop/ann", "shop/Cyd"],
      ["shop/Cyd", "shop/bob"],
    ],
  ],
  [
    "intervals.customerIdsAt",
    async ({ intervals }) => [
      await intervals.customerIdsAt("shop", "poles", may(5), "", 10),
      await intervals.customerIdsAt("shop", "poles", may(5), "shop/ann", 1),
    ],
    [["shop/Cyd", "shop/ann", "shop/bob", "shop/erased-1"], ["shop/bob"]],
  ],
  [
    "intervals.segmentsOfCustomerAt",
    async ({ intervals }) => [
      await intervals.segmentsOfCustomerAt("shop", "shop/ann", may(1)),
      sorted(await intervals.segmentsOfCustomerAt("shop", "shop/ann", may(5))),
      await intervals.segmentsOfCustomerAt("shop", "shop/ann", may(3)),
    ],
    [["poles"], ["poles", "tall"], ["tall"]],
  ],
  [
    "intervals.lasting",
    async ({ intervals }) => sorted(await intervals.lasting("shop", "poles")),
    ["shop/Cyd", "shop/ann", "shop/erased-1"],
  ],
  [
    "intervals.countsBetween",
    async ({ intervals }) => {
      const counts = await intervals.countsBetween("shop", "poles", may(2), may(5));
      return counts.toSorted(
        (one, other) =>
          one.began.getTime() - other.began.getTime() || one.ended.getTime() - other.ended.getTime(),
      );
    },
    [
      { began: may(2), ended: may(3), count: 1 },
      { began: may(2), ended: may(5, 1), count: 2 },
      { began: may(4), ended: may(5, 1), count: 1 },
      { began: may(5), ended: may(5, 1), count: 1 },
    ],
  ],
  [
    "intervals.endedBefore",
    async ({ intervals }) => [
      await intervals.endedBefore("shop", may(7), 10),
      (await intervals.endedBefore("shop", may(7), 1)).map(({ left_at }) => left_at),
      (await intervals.endedBefore("shop", may(3), 10)).length,
    ],
    [
      [
        { _id: `shop/ann/poles/${may(1).getTime()}`, left_at: may(3) },
        { _id: `shop/bob/poles/${may(2).getTime()}`, left_at: may(6) },
      ],
      [may(3)],
      0,
    ],
  ],
  [
    "intervals.idsOfCustomer",
    async ({ intervals }) => [
      (await intervals.idsOfCustomer("shop", "shop/ann", 10)).length,
      (await intervals.idsOfCustomer("shop", "shop/ann", 2)).length,
      await intervals.idsOfCustomer("shop", "shop/bob", 10),
    ],
    [3, 2, [`shop/bob/poles/${may(2).getTime()}`]],
  ],
  [
    "transitions.inRange",
    async ({ transitions }) => {
      const range = { partition: 1, from: 1, last: 3, first: 10 };
      const numbers = async (changed: object) =>
        (await transitions.inRange("shop", { ...range, ...changed })).map(({ sequence }) => sequence);
      return [
        (await transitions.inRange("shop", range))[0],
        await numbers({}),
        await numbers({ first: 1 }),
        await numbers({ segments: ["poles", "small"], last: 10 }),
        await numbers({ partition: 2, last: 10 }),
        await numbers({ segments: [] }),
      ];
    },
    [of("transitions", "shop/1/000000000002"), [2, 3], [2], [3, 4], [2], []],
  ],
  [
    "transitions.anyOfSegment",
    async ({ transitions }) => [
      await transitions.anyOfSegment("shop", "tall"),
      await transitions.anyOfSegment("shop", "small"),
    ],
    [true, false],
  ],
  [
    "transitions.idsOfCustomer",
    async ({ transitions }) => [
      sorted(await transitions.idsOfCustomer("shop", "shop/ann", 10)),
      (await transitions.idsOfCustomer("shop", "shop/ann", 1)).length,
    ],
    [["shop/1/000000000001", "shop/1/000000000002"], 1],
  ],
  [
    "webhooks.all",
    ({ webhooks }) => webhooks.all("shop"),
    ["w3", "w1", "w2"].map((id) => of("webhooks", `shop/${id}`)),
  ],
  [
    "webhooks.cursorIds",
    async ({ webhooks }) => [
      sorted(await webhooks.cursorIds("shop", "w1", 10)),
      (await webhooks.cursorIds("shop", "w1", 1)).length,
    ],
    [["shop/w1/0", "shop/w1/1"], 1],
  ],
  [
    "webhooks.deadLetters",
    async ({ webhooks }) => [
      await webhooks.deadLetters("shop", { webhook: "w2" }, 10),
      ids(await webhooks.deadLetters("shop", {}, 10)),
      ids(await webhooks.deadLetters("shop", {}, 1)),
      ids(await webhooks.deadLetters("shop", { partition: 1 }, 10)),
      ids(await webhooks.deadLetters("shop", { webhook: "w1", partition: 0 }, 10)),
    ],
    [
      [of("dead_letters", "shop/l2")],
      ["shop/l2", "shop/l3", "shop/l1"],
      ["shop/l2"],
      ["shop/l1"],
      ["shop/l3"],
    ],
  ],
  [
    "webhooks.deadLetterCounts",
    ({ webhooks }) => webhooks.deadLetterCounts("shop"),
    new Map([
      ["w1", 2],
      ["w2", 1],
    ]),
  ],
];

describe.each(everyStore)("named reads on $name", (underTest) => {
  const store = storeOfSuite(underTest);
  beforeAll(() => putWorld(store));

  it.each(cases)("%s", async (_, read, expected) => {
    expect(await read(store.reads)).toEqual(expected);
  });

  it("all of them have a case", () => {
    const named = Object.entries(store.reads).flatMap(([subject, group]) =>
      Object.keys(group).map((name) => `${subject}.${name}`),
    );
    expect([...new Set(cases.map(([name]) => name))].toSorted()).toEqual(named.toSorted());
  });

  it("stop when they are aborted", async () => {
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(store.reads.customers.sample("shop", 1, { signal })).rejects.toThrow("gone");
    await expect(store.reads.webhooks.all("shop", { signal })).rejects.toThrow("gone");
  });
});
