// Every door reports the same of a query: the check of a text and of its tree, a preview, and why.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { previewSegment } from "../../src/query/preview.js";
import { askQuestion } from "../../src/query/question.js";
import { checkText, checkTree } from "../../src/query/tree.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

const asOf = Date.parse("2026-11-23T12:00:00Z");

const queries: readonly (readonly [query: string, ...codes: string[]])[] = [
  ["city is Warsaw"],
  ["city is Warsw", "NO_SUCH_VALUE"],
  ["name is null", "WORD_AS_TEXT"],
  ["order contains tea in the last 30 days", "CLAUSE_IN_TEXT"],
  ["birthday in the next 7 days", "BIRTHDAY_AS_DATE"],
  ["country is Narnia and metadata.vip", "UNKNOWN_COUNTRY"],
  ["vip && city is Warsaw", "WORDED_OTHERWISE"],
  ["emial is x", "UNKNOWN_ATTRIBUTE"],
];

describe.each(everyStore)("the diagnostics of a query, on $name", (tested) => {
  const engine = { store: storeOfSuite(tested), clock: fixedClock(asOf) };

  beforeAll(async () => {
    await defineProject(engine, "shop", { metadataSchema: { vip: "boolean" }, eventSchemas: { login: {} } });
    await upsertCustomers(engine, "shop", [
      { source_id: "a", address: { city: "Warsaw" }, metadata: { vip: true } },
    ]);
  });

  it.each(queries)("%s", async (query, ...codes) => {
    const checked = await checkText(engine, "shop", query);
    expect(checked.diagnostics.map(({ code }) => code)).toEqual(codes);
    const plain = checked.diagnostics.map(({ path: _, ...diagnostic }) => diagnostic);
    expect(await (await previewSegment(engine, "shop", { query })).withValues()).toEqual(plain);
    expect((await askQuestion(engine, "shop", query, asOf)).diagnostics).toEqual(plain);
    if (checked.canonical === undefined) return;
    const fromTree = await checkTree(engine, "shop", checked.tree);
    expect(fromTree.diagnostics.map(({ code }) => code)).toEqual(codes);
  });
});
