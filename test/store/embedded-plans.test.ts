// How SQLite finds what the embedded store asks for: no read goes through a whole table where an index finds it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Profile } from "../../src/documents/documents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import type { Sql } from "../../src/operators/encodings/sql.js";
import { previewSegment } from "../../src/query/preview.js";
import { questionsBySql } from "../../src/store/embedded/questions.js";
import { readsBySql } from "../../src/store/embedded/reads/reads.js";
import type { QueryRunner } from "../../src/store/embedded/run.js";
import { type EmbeddedStore, openEmbeddedStore } from "../../src/store/embedded/store.js";
import { projectDocument } from "../support/project.js";
import { accessCases } from "./reads/access-cases.js";
import { dataCases } from "./reads/data-cases.js";
import { membershipCases } from "./reads/membership-cases.js";
import { putWorld } from "./reads/world.js";

let folder: string;
let store: EmbeddedStore;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "segmentql-plans-"));
  store = await openEmbeddedStore(folder);
  await putWorld(store);
  await putShop();
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

/** A runner that remembers what it ran. */
function remembering(): { readonly runner: QueryRunner; readonly ran: Sql[] } {
  const ran: Sql[] = [];
  const { queries } = store;
  const rows: QueryRunner["rows"] = (query, options) => {
    ran.push(query);
    return queries.rows(query, options);
  };
  return { runner: { rows, layout: queries.layout, explain: queries.explain }, ran };
}

async function stepsOf(queries: readonly Sql[]): Promise<readonly string[]> {
  const steps: string[] = [];
  // Of an empty list SQLite knows, without reading, that nothing is in it.
  for (const query of queries.filter(({ text }) => !text.includes("IN ()")))
    for (const row of await store.queries.explain(query)) steps.push(String(row[3]));
  return steps;
}

/** Scans of stored tables, which have these aliases in every query. What a query has found before is scanned, too. */
const scanOfTable = /^SCAN (?:[cmkdert]|\w+_documents|customers|records)\b/;

describe("a named read scans no table", () => {
  const cases = [...dataCases, ...membershipCases, ...accessCases].map(([name, read]) => ({ name, read }));

  it.each(cases)("$name", async ({ read }) => {
    const { runner, ran } = remembering();
    await read(readsBySql(runner));
    expect((await stepsOf(ran)).filter((step) => scanOfTable.test(step))).toEqual([]);
  });

  it.each([
    ["records.ofCustomers", /^SEARCH d USING INDEX orders_documents_by_customer_at \(customer=\?/],
    [
      "records.idsOfCustomer",
      /^SEARCH d USING (?:COVERING )?INDEX \w+_documents_by_customer_at \(customer=\?/,
    ],
    ["records.countsOfCustomers", /^SEARCH d USING INDEX \w+_documents_by_customer_at \(customer=\?/],
  ])("%s finds records by their customer", async (name, expected) => {
    const found: string[] = [];
    for (const { name: of, read } of cases) {
      if (of !== name) continue;
      const { runner, ran } = remembering();
      await read(readsBySql(runner));
      found.push(...(await stepsOf(ran)));
    }
    expect(found.filter((step) => expected.test(step))).not.toEqual([]);
  });
});

const now = Date.parse("2026-11-30T12:00:00Z");

async function putShop(): Promise<void> {
  const engine = { store, clock: fixedClock(now) };
  const definition = {
    timezone: "UTC",
    metadataSchema: { plan: "string", age: "number", vip: "boolean", tags: "string[]" },
    eventSchemas: {
      "page viewed": { url: "string" },
      login: { mobile: "boolean" },
      checkout: { value: "number" },
    },
  } as const;
  await store.writeDefinition(projectDocument(definition, "plans"));
  const profiles: Profile[] = Array.from({ length: 20 }, (_, index) => ({
    source_id: `c-${index}`,
    name: index % 2 === 0 ? "Ann Lee" : "Bob Ray",
    email: `person${index}@a.uk`,
    source: "mailchimp",
    address: { country: "PL" },
    metadata: { plan: "gold", age: 20 + index, vip: index % 3 === 0, tags: ["new"] },
  }));
  await upsertCustomers(engine, "plans", profiles);
  const days = (count: number): string => new Date(now - count * 86_400_000).toISOString();
  const written = [
    ...(await upsertRecords(
      engine,
      "plans",
      "events",
      profiles.flatMap(({ source_id: customer }, index) => [
        { customer, type: "login", at: days(index * 20) },
        { customer, type: "checkout", at: days(index * 20), properties: { value: 5 } },
        { customer, type: "page viewed", at: days(index), properties: { url: "/pricing" } },
      ]),
    )),
    ...(await upsertRecords(
      engine,
      "plans",
      "orders",
      profiles.map(({ source_id: customer }, index) => ({
        source_id: `o-${index}`,
        customer,
        created_at: days(index),
        amount: 200,
        status: "PAID",
        items: [{ name: "MacBookAir 15", quantity: 1 }],
      })),
    )),
  ];
  expect(new Set(written.map(({ status }) => status))).toEqual(new Set(["written"]));
}

describe("a question reads", () => {
  const ofElements = /^SEARCH e USING PRIMARY KEY \(set_number=\? AND value=\?\)/;
  const cases: readonly (readonly [query: string, expected: readonly (string | RegExp)[]])[] = [
    ["email ends with .uk", [/^SEARCH c USING COVERING INDEX customers_by_project_email_reversed /]],
    [
      "email ends with .uk and source is mailchimp",
      [
        /^SEARCH c USING COVERING INDEX customers_by_project_source_email_reversed \(project=\? AND source=\? AND email_reversed>\? AND email_reversed<\?\)/,
      ],
    ],
    [
      "country is Poland and total spent is more than $100",
      [
        /^SEARCH c USING COVERING INDEX customers_by_project_country_total_amount \(project=\? AND country=\? AND total_amount>\?\)/,
      ],
    ],
    [
      "last order more than 30 days ago",
      [
        /^SEARCH c USING COVERING INDEX customers_by_project_last_order_at_source_id \(project=\? AND last_order_at<\?\)/,
      ],
    ],
    [
      "total spent is less than $500",
      [
        /^SEARCH c USING COVERING INDEX customers_by_project_total_amount_source_id \(project=\? AND total_amount<\?\)/,
      ],
    ],
    [
      "name contains ann",
      [/^SEARCH c USING COVERING INDEX customers_by_project_name_source_id \(project=\?\)/],
    ],
    [
      "vip and age between 20 and 30",
      [/^SEARCH m USING COVERING INDEX customer_metadata_of_\d+_by_m2_m1_m0 \(m2=\? AND m1>\? AND m1<\?\)/],
    ],
    // Everyone has to be looked at: in an index of the project's metadata alone.
    ["not (vip or plan is gold)", [/^SCAN m USING COVERING INDEX customer_metadata_of_\d+_by_/]],
    ["order contains MacBookAir", [ofElements]],
    // A large part of the records: all of the type, in the order of customers.
    ["performed checkout in the last 200 days", [/^SEARCH r USING PRIMARY KEY \(type=\?\)/]],
    [
      "performed checkout in the last 2 days",
      [/^SEARCH r USING COVERING INDEX records_by_type_at \(type=\? AND at>\? AND at<\?\)/],
    ],
    [
      'performed "page viewed" at least 3 times in the last 90 days where url contains pricing',
      [/^SEARCH r USING PRIMARY KEY \(type=\?\)/],
    ],
    [
      "country is Poland and has not performed login in the last 60 days",
      [
        /^SEARCH c USING COVERING INDEX customers_by_project_country_total_amount \(project=\? AND country=\?\)/,
        /^SEARCH r USING PRIMARY KEY \(type=\? AND customer=\? AND at>\? AND at<\?\)/,
      ],
    ],
    [
      "sum of amount of order in the last 365 days is more than 1000",
      [/^SEARCH r USING PRIMARY KEY \(type=\?\)/],
    ],
  ];

  it.each(cases)("%s", async (query, expected) => {
    const { answer } = await previewSegment({ store, clock: fixedClock(now) }, "plans", { query });
    const question = await answer!.question();
    const { runner, ran } = remembering();
    await questionsBySql(runner).count(question);
    const steps = await stepsOf(ran.slice(-1));
    const read = steps.filter((step) => /^(?:SEARCH|SCAN) [a-z] /.test(step));
    expect(read).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
    // Nothing is sorted to find out what each customer's records come to.
    expect(steps).not.toContain("USE TEMP B-TREE FOR GROUP BY");
  });
});
