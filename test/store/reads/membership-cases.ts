// Cases of reads of segments, membership and its history, and webhooks.
import { byId, ids, type ReadCase, sorted } from "./case.js";
import { may, of } from "./world.js";

const bySource = { by: "source_id", descending: false } as const;
const totals = { collection: "customers", path: "activity.orders.total_amount" } as const;

export const membershipCases: readonly ReadCase[] = [
  [
    "segments.all",
    async ({ segments }) => byId(await segments.all("shop")),
    ["old", "poles", "vips"].map((id) => of("segments", `shop/${id}`)),
  ],
  [
    "segments.versions",
    async ({ segments }) => byId(await segments.versions("shop")),
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
    async ({ maintenance }) => byId(await maintenance.maintainers("shop")),
    [of("maintenance", "shop/maintainer/a"), of("maintenance", "shop/maintainer/b")],
  ],
  [
    "dirtyMarks.ofPartitions",
    async ({ dirtyMarks }) => [
      sorted(ids(await dirtyMarks.ofPartitions("shop", [0, 3], ["shop/dan"], 10))),
      (await dirtyMarks.ofPartitions("shop", [0, 1, 3], [], 2)).length,
      byId(await dirtyMarks.ofPartitions("shop", [3], [], 10)),
      await dirtyMarks.ofPartitions("shop", [], [], 10),
    ],
    [["shop/ann", "shop/bob"], 2, [of("changes", "shop/ann"), of("changes", "shop/dan")], []],
  ],
  [
    "dirtyMarks.ofPartition",
    async ({ dirtyMarks }) => [
      await dirtyMarks.ofPartition("shop", 3, "", [], 10),
      ids(await dirtyMarks.ofPartition("shop", 3, "", [], 1)),
      ids(await dirtyMarks.ofPartition("shop", 3, "", ["shop/ann"], 10)),
      ids(await dirtyMarks.ofPartition("shop", 3, "shop/ann", [], 10)),
      ids(await dirtyMarks.ofPartition("shop", 3, "shop/ann", ["shop/dan"], 10)),
    ],
    [[of("changes", "shop/ann"), of("changes", "shop/dan")], ["shop/ann"], ["shop/dan"], ["shop/dan"], []],
  ],
  [
    "dirtyMarks.ids",
    async ({ dirtyMarks }) => sorted(await dirtyMarks.ids("shop")),
    ["shop/ann", "shop/bob", "shop/dan", "shop/gone"],
  ],
  ["dirtyMarks.changedIds", ({ dirtyMarks }) => dirtyMarks.changedIds("shop"), ["shop/dan"]],
  [
    "dirtyMarks.withEffectiveTime",
    async ({ dirtyMarks }) => byId(await dirtyMarks.withEffectiveTime("shop")),
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
      const found = await crossings.crossed("shop", totals, { from: 300, to: 500 });
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
        await customersOf("shop", { collection: "orders", path: "at" }, { from: may(3), to: may(3) }),
        // The order of that day was canceled.
        await customersOf("shop", { collection: "orders", path: "at" }, { from: may(5), to: may(5) }),
      ];
    },
    [[["shop/ann", may(1)]], [["shop/Cyd", "patras"]], [["shop/ann", may(6)]], [["shop/ann", may(3)]], []],
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
    "intervals.segmentsOfCustomersAt",
    async ({ intervals }) => {
      const at = async (instant: Date) =>
        (await intervals.segmentsOfCustomersAt("shop", ["shop/ann", "shop/bob", "shop-2/eve"], instant))
          .map(({ customer, segment }) => `${customer} ${segment}`)
          .toSorted();
      return [await at(may(1)), await at(may(5)), await intervals.segmentsOfCustomersAt("shop", [], may(5))];
    },
    [["shop/ann poles"], ["shop/ann poles", "shop/ann tall", "shop/bob poles"], []],
  ],
  [
    "intervals.openOfCustomers",
    async ({ intervals }) =>
      (await intervals.openOfCustomers("shop", ["shop/ann", "shop/bob", "shop-2/eve"])).toSorted(
        (one, other) => (one._id < other._id ? -1 : 1),
      ),
    [
      of("memberships", `shop/ann/poles/${may(5).getTime()}`),
      of("memberships", `shop/ann/tall/${may(2).getTime()}`),
    ],
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
    "outgoing.inRange",
    async ({ outgoing }) => {
      const range = { partition: 1, from: 5, last: 7, first: 10 };
      const numbers = async (changed: object) =>
        (await outgoing.inRange("shop", { ...range, ...changed })).map(({ sequence }) => sequence);
      return [
        (await outgoing.inRange("shop", range))[0],
        await numbers({}),
        await numbers({ first: 1 }),
        await numbers({ types: ["order.created"], last: 10 }),
        await numbers({ partition: 2, from: 0 }),
        await numbers({ types: [] }),
      ];
    },
    [of("outgoing_events", "shop/1/000000000006"), [6, 7], [6], [6, 8], [], []],
  ],
  [
    "outgoing.idsOfCustomer",
    async ({ outgoing }) => [
      [...(await outgoing.idsOfCustomer("shop", "shop/ann", 10))].sort(),
      (await outgoing.idsOfCustomer("shop", "shop/ann", 1)).length,
      await outgoing.idsOfCustomer("shop", "shop-2/eve", 10),
    ],
    [["shop/1/000000000006", "shop/1/000000000008"], 1, []],
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
    "transitions.pageOfSegment",
    async ({ transitions }) => {
      const page = async (window: Parameters<typeof transitions.pageOfSegment>[2]) =>
        ids(await transitions.pageOfSegment("shop", "poles", window));
      return [
        await page({ newestFirst: true, limit: 2 }),
        await page({
          newestFirst: true,
          limit: 10,
          behind: { at: may(4, 3), id: "shop/1/000000000003" },
        }),
        await page({ newestFirst: false, limit: 2 }),
      ];
    },
    [
      ["shop/1/000000000004", "shop/1/000000000003"],
      ["shop/2/000000000002", "shop/1/000000000001"],
      ["shop/1/000000000001", "shop/2/000000000002"],
    ],
  ],
  [
    "transitions.countOfSegments",
    async ({ transitions }) => [
      await transitions.countOfSegments("shop", ["poles", "tall", "small"], 10),
      await transitions.countOfSegments("shop", ["poles"], 3),
      await transitions.countOfSegments("shop", [], 3),
    ],
    [5, 3, 0],
  ],
  [
    "transitions.latestOfCustomers",
    async ({ transitions }) => {
      const latest = async (window: Parameters<typeof transitions.latestOfCustomers>[2]) => {
        const customers = ["shop/ann", "shop/bob", "shop-2/eve"];
        const found = await transitions.latestOfCustomers("shop", customers, window);
        return customers.map((id) => ids(found.get(id) ?? []));
      };
      return [
        await latest({ newestFirst: true, limit: 10 }),
        await latest({ newestFirst: false, limit: 1 }),
        await latest({ newestFirst: true, limit: 10, behind: { at: may(4, 2), id: "shop/1/000000000002" } }),
      ];
    },
    [
      [["shop/1/000000000002", "shop/1/000000000001"], ["shop/1/000000000003"], []],
      [["shop/1/000000000001"], ["shop/1/000000000003"], []],
      [["shop/1/000000000001"], [], []],
    ],
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
    "webhooks.deadLetterPage",
    async ({ webhooks }) => {
      const page = async (window: Parameters<typeof webhooks.deadLetterPage>[2]) =>
        ids(await webhooks.deadLetterPage("shop", "w1", window));
      return [
        await page({ newestFirst: true, limit: 10 }),
        await page({ newestFirst: true, limit: 10, behind: { at: may(4), id: "shop/l1" } }),
        await page({ newestFirst: false, limit: 1 }),
      ];
    },
    [["shop/l1", "shop/l3"], ["shop/l3"], ["shop/l3"]],
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
