// The clauses of a query with their counts, on every store.
import { beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import type { ClauseCounts } from "../../src/query/clause-counts.js";
import { previewSegment } from "../../src/query/preview.js";
import { movableEngine } from "../membership/live-shop.js";
import { everyEvaluatingStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const now = "2026-05-01T12:00:00Z";

type Counted = readonly [
  text: string,
  count: number,
  without: number,
  clauses?: readonly Counted[] | undefined,
];

/** Of five customers, by their source ids: 1 to 3 are Polish, 2 and 3 have an order, and 1 and 2 logged in. */
const cases: readonly (readonly [query: string, counted: readonly Counted[], asOf?: string])[] = [
  ["country is Poland", [["country is Poland", 3, 5]]],
  ["everyone", [["everyone", 5, 5]]],
  [
    "country is Poland and placed order",
    [
      ["country is Poland", 3, 2],
      ["performed order", 2, 3],
    ],
  ],
  [
    "not country is Poland or has not performed login",
    [
      ["not country is Poland", 2, 3, [["country is Poland", 3, 3]]],
      ["has not performed login", 3, 2],
    ],
  ],
  [
    "none of (country is Poland, placed order) or vip is true",
    [
      [
        "none of (country is Poland, performed order)",
        2,
        1,
        [
          ["country is Poland", 3, 3],
          ["performed order", 2, 3],
        ],
      ],
      ["metadata.vip is true", 1, 2],
    ],
  ],
  [
    "all of (performed login, (performed login then placed order or orders.total_amount is more than $50))",
    [
      ["performed login", 2, 2],
      [
        "performed login then performed order or orders.total_amount is more than $50",
        2,
        2,
        [
          ["performed login then performed order", 1, 0],
          ["orders.total_amount is more than $50", 1, 1],
        ],
      ],
    ],
  ],
  [
    "total spent is more than $50 or performed login then placed order",
    [
      ["orders.total_amount is more than $50", 0, 1],
      ["performed login then performed order", 1, 0],
    ],
    "2026-04-10T00:00:00Z",
  ],
];

describe.each(everyEvaluatingStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine = () => movableEngine(store, now);
  beforeAll(async () => {
    for (const project of ["shop", "other"]) {
      await defineProject(engine(), project, {
        currency: "USD",
        metadataSchema: { vip: "boolean" },
        eventSchemas: { login: {} },
      });
      await upsertCustomers(engine(), project, [
        { source_id: "1", address: { country: "Poland" }, metadata: { vip: true } },
        { source_id: "2", address: { country: "Poland" } },
        { source_id: "3", address: { country: "Poland" } },
        { source_id: "4", address: { country: "France" } },
        { source_id: "5" },
      ]);
      await upsertRecords(engine(), project, "orders", [
        { source_id: "o2", customer: "2", created_at: "2026-04-02T00:00:00Z", amount: 2_000 },
        { source_id: "o3", customer: "3", created_at: "2026-04-20T00:00:00Z", amount: 9_900 },
      ]);
      await upsertRecords(engine(), project, "events", [
        { id: "e1", customer: "1", type: "login", at: "2026-04-01T00:00:00Z" },
        { id: "e2", customer: "2", type: "login", at: "2026-04-01T00:00:00Z" },
      ]);
    }
  });

  const counted = async ({ text, count, countWithout, clauses }: ClauseCounts): Promise<Counted> => {
    const inner = await Promise.all(clauses.map(counted));
    const counts = [text, await count(), await countWithout()] as const;
    return inner.length === 0 ? counts : [...counts, inner];
  };

  const named = cases.map(([query, expected, asOf]) => ({ query, expected, asOf }));
  it.each(named)("$query is counted clause by clause", async ({ query, expected, asOf }) => {
    const { answer } = await previewSegment(engine(), "shop", {
      query,
      ...(asOf === undefined ? {} : { asOf: Date.parse(asOf) }),
    });
    expect(await Promise.all(answer!.clauses().map(counted))).toEqual(expected);
  });

  it("counts that were interrupted are counted when they are asked for again", async () => {
    const { answer } = await previewSegment(engine(), "shop", { query: "country is Poland" });
    const [clause] = answer!.clauses();
    await expect(clause!.count({ signal: AbortSignal.abort() })).rejects.toThrow("abort");
    expect(await clause!.count()).toBe(3);
  });

  it("an empty project and one that does not exist in the store have no customers to count", async () => {
    await defineProject(engine(), "empty", {});
    const { answer } = await previewSegment(engine(), "empty", { query: "not city is Paris and name is x" });
    expect(await Promise.all(answer!.clauses().map(counted))).toEqual([
      ["not city is Paris", 0, 0, [["city is Paris", 0, 0]]],
      ["name is x", 0, 0],
    ]);
  });
});
