// Cases of reads of customers, records, products and values.
import { byId, ids, type ReadCase, sorted } from "./case.js";
import { may, of } from "./world.js";

export const dataCases: readonly ReadCase[] = [
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
  ).map(
    ([instant, state]): ReadCase => [
      "customers.summaryState",
      ({ customers }) => customers.summaryState("shop", instant),
      state,
    ],
  ),
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
      ids(await documents.after("loyalty", "shop", "shop/", 10)),
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
      return byId(found);
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
    "records.pagesOfCustomers",
    async ({ records }) => {
      const page = async (
        collection: "orders" | "events",
        window: Parameters<typeof records.pagesOfCustomers>[3],
      ) => {
        const customers = ["shop/ann", "shop/bob", "shop-2/eve"];
        const found = await records.pagesOfCustomers("shop", collection, customers, window);
        return [...customers, "shop/dan"].map((id) => ids(found.get(id) ?? []));
      };
      return [
        await page("events", { newestFirst: true, limit: 10 }),
        await page("events", { newestFirst: false, limit: 1 }),
        await page("events", { newestFirst: true, limit: 10, type: "page viewed" }),
        await page("events", { newestFirst: true, limit: 10, behind: { at: may(6), id: "shop/e3" } }),
        await page("events", { newestFirst: false, limit: 10, behind: { at: may(6), id: "shop/e2" } }),
        await page("orders", { newestFirst: true, limit: 1 }),
      ];
    },
    [
      [["shop/e3", "shop/e2", "shop/e1"], ["shop/e4"], [], []],
      [["shop/e1"], ["shop/e4"], [], []],
      [["shop/e2", "shop/e1"], ["shop/e4"], [], []],
      [["shop/e2", "shop/e1"], [], [], []],
      [["shop/e3"], ["shop/e4"], [], []],
      [["shop/o2"], ["shop/o3"], [], []],
    ],
  ],
  [
    "records.pagesOfCustomers",
    async ({ records }) => {
      // Cards have no time: they are in the order of their ids.
      const page = async (window: Parameters<typeof records.pagesOfCustomers>[3]) =>
        ids(
          (await records.pagesOfCustomers("shop", "gift_cards", ["shop/ann"], window)).get("shop/ann") ?? [],
        );
      const behind = { at: may(1), id: "shop/g1" };
      return [
        await page({ newestFirst: true, limit: 2 }),
        await page({ newestFirst: false, limit: 2 }),
        await page({ newestFirst: true, limit: 2, behind }),
        await page({ newestFirst: false, limit: 2, behind }),
      ];
    },
    [["shop/g0", "shop/g1"], ["shop/g2", "shop/g1"], ["shop/g2"], ["shop/g0"]],
  ],
  [
    "records.pageOfProject",
    async ({ records }) => {
      const page = async (
        collection: "orders" | "events",
        window: Parameters<typeof records.pageOfProject>[2],
      ) => ids(await records.pageOfProject("shop", collection, window));
      return [
        await page("orders", { newestFirst: true, limit: 2 }),
        await page("orders", { newestFirst: false, limit: 10, behind: { at: may(3), id: "shop/o1" } }),
        await page("events", { newestFirst: true, limit: 10, type: "page viewed" }),
        await page("events", { newestFirst: true, limit: 1, type: "bought" }),
      ];
    },
    [["shop/o2", "shop/o3"], ["shop/o3", "shop/o2"], ["shop/e4", "shop/e2", "shop/e1"], []],
  ],
  [
    "records.countsOfCustomers",
    async ({ records }) => [
      await records.countsOfCustomers("shop", "events", ["shop/ann", "shop/bob", "shop/dan", "shop-2/eve"]),
      await records.countsOfCustomers("shop", "events", ["shop/ann", "shop/bob"], "login"),
      await records.countsOfCustomers("shop", "gift_cards", ["shop/ann", "shop/bob"]),
    ],
    [
      new Map([
        ["shop/ann", 3],
        ["shop/bob", 1],
      ]),
      new Map([["shop/ann", 1]]),
      new Map([["shop/ann", 3]]),
    ],
  ],
  [
    "records.countOfProject",
    async ({ records }) => [
      await records.countOfProject("shop", "orders", 10),
      await records.countOfProject("shop", "orders", 2),
      await records.countOfProject("shop", "events", 10, "page viewed"),
      await records.countOfProject("shop", "events", 10, "bought"),
    ],
    [3, 2, 3, 0],
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
      return [byId(found), (await records.referralsOf("shop", "bob", 1)).length];
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
];
