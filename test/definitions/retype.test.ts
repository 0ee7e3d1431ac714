// Changing the type of a key that data has, and finding what data has that no definition names.
import { expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { definitionOfMissing, missingDefinitions } from "../../src/definitions/missing.js";
import { retype } from "../../src/definitions/retype.js";
import type { PropertyType } from "../../src/documents/documents.js";
import type { Engine } from "../../src/engine.js";
import { convertedValue } from "../../src/facts/convert-value.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { previewSegment } from "../../src/query/preview.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { documents, everything, temporaryEngine } from "../import/temporary-engine.js";
import { expectSame } from "../support/same.js";

const project = "default";

async function members(engine: Engine, query: string): Promise<readonly string[]> {
  const { answer, diagnostics } = await previewSegment(engine, project, { query });
  expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
  return answer!.sourceIds();
}

async function people(): Promise<Engine> {
  const engine = await temporaryEngine();
  await defineProject(engine, project, { metadataSchema: { age: "string", plan: "string" } });
  const ages = ["21", " 40 ", "thirty", "9007199254740993", undefined, ""];
  await upsertCustomers(
    engine,
    project,
    ages.map((age, index) => ({
      source_id: `c${index}`,
      metadata: { ...(age === undefined ? {} : { Age: age }), plan: "gold" },
    })),
  );
  return engine;
}

it("converts values, and keeps and lists those that can't be", async () => {
  const engine = await people();
  const seen: number[] = [];
  const dry = await retype(
    engine,
    project,
    { of: "customers", key: "AGE", type: "number" },
    { dryRun: true },
  );
  const before = await everything(engine);
  expectSame(await everything(engine), before);
  const result = await retype(
    engine,
    project,
    { of: "customers", key: "AGE", type: "number" },
    { onProgress: (done) => seen.push(done) },
  );
  expect(result).toEqual(dry);
  expect(result).toEqual({
    from: "string",
    converted: 3,
    unconverted: 2,
    keptAs: "age (was string)",
    examples: [
      { customer: "c2", value: "thirty" },
      { customer: "c3", value: "9007199254740993" },
    ],
  });
  expect(seen).toEqual([6]);
  expect(await members(engine, "age is at least 21")).toEqual(["c0", "c1"]);
  expect(await members(engine, "age is unknown")).toEqual(["c2", "c3", "c4", "c5"]);
  const profiles = (await documents(engine, "customers")).map(({ profile }) => profile.metadata);
  expect(profiles).toEqual([
    { Age: 21, plan: "gold" },
    { Age: 40, plan: "gold" },
    { plan: "gold", "age (was string)": "thirty" },
    { plan: "gold", "age (was string)": "9007199254740993" },
    { plan: "gold" },
    { Age: null, plan: "gold" },
  ]);
});

it("is refused if it would make a saved segment's query invalid, and then changes nothing", async () => {
  const engine = await people();
  await createAutoUpdate(engine, project, { name: "Thirty", query: 'age starts with "thi"' });
  const before = await everything(engine);
  await expect(retype(engine, project, { of: "customers", key: "age", type: "number" })).rejects.toThrow(
    'This would break the queries of "Thirty"',
  );
  expectSame(await everything(engine), before);
});

it("is refused for a key or an event that does not exist", async () => {
  const engine = await people();
  await expect(retype(engine, project, { of: "orders", key: "age", type: "number" })).rejects.toThrow(
    'There is no key "age" to change the type of. Define it with a type.',
  );
  await expect(
    retype(engine, project, { of: { event: "login" }, key: "ms", type: "number" }),
  ).rejects.toThrow('There is no event "login". Define it first.');
});

it("converts properties of one type of event, and metadata of orders", async () => {
  const engine = await temporaryEngine();
  await upsertCustomers(engine, project, [{ source_id: "a" }, { source_id: "b" }]);
  await defineProject(engine, project, {
    eventSchemas: { login: { ms: "string" }, logout: { ms: "string" } },
    orderMetadataSchema: { gift: "string" },
  });
  const event = (customer: string, type: string, ms: string) => ({
    customer,
    type,
    at: "2026-01-01",
    properties: { ms },
  });
  await upsertRecords(engine, project, "events", [
    event("a", "Login", "5"),
    event("b", "login", "x"),
    event("b", "logout", "7"),
  ]);
  await upsertRecords(engine, project, "orders", [
    { source_id: "o", customer: "a", created_at: "2026-01-01", amount: 1, metadata: { gift: "yes" } },
  ]);
  const login = await retype(engine, project, { of: { event: "login" }, key: "ms", type: "number" });
  expect(login).toMatchObject({ converted: 1, unconverted: 1, examples: [{ customer: "b", value: "x" }] });
  expect(await members(engine, "performed login where ms is 5")).toEqual(["a"]);
  expect(await members(engine, 'performed logout where ms is "7"')).toEqual(["b"]);
  await retype(engine, project, { of: "orders", key: "gift", type: "boolean" });
  expect(await members(engine, "placed order where metadata.gift is true")).toEqual(["a"]);
});

it("finds keys of the data that no definition names, with the types of their values", async () => {
  const engine = await temporaryEngine();
  await upsertCustomers(engine, project, [
    {
      source_id: "a",
      metadata: { age: 3, since: "2026-01-02", tags: ["x"], odd: 1, blank: null, nested: { x: 1 } },
    },
    { source_id: "b", metadata: { age: 4.5, since: "2026-01-02T10:00:00Z", tags: [], odd: "x" } },
  ]);
  await upsertRecords(engine, project, "events", [
    { customer: "a", type: "Signed Up", at: "2026-01-01", properties: { plan: "gold", trial: true } },
  ]);
  const missing = await missingDefinitions(engine, project);
  expect(missing).toEqual([
    { kind: "metadata", name: "age", type: "number", count: 2 },
    { kind: "metadata", name: "since", type: "datetime", count: 2 },
    { kind: "metadata", name: "tags", type: "string[]", count: 2 },
    { kind: "metadata", name: "odd", count: 2 },
    { kind: "metadata", name: "nested", count: 1 },
    { kind: "event", name: "Signed Up", count: 1 },
    { kind: "event property", event: "Signed Up", name: "plan", type: "string", count: 1 },
    { kind: "event property", event: "Signed Up", name: "trial", type: "boolean", count: 1 },
  ]);
  await defineProject(engine, project, definitionOfMissing(missing));
  expect(await members(engine, 'age is 4.5 or performed "signed up" where trial is true')).toEqual([
    "a",
    "b",
  ]);
  expect(await missingDefinitions(engine, project)).toEqual([
    { kind: "metadata", name: "odd", count: 2 },
    { kind: "metadata", name: "nested", count: 1 },
  ]);
});

it.each<[unknown, PropertyType, unknown]>([
  ["21", "number", 21],
  ["0021", "number", 21],
  ["1,5", "number", undefined],
  [21, "string", "21"],
  [true, "string", "true"],
  ["Yes", "boolean", true],
  [0, "boolean", false],
  ["perhaps", "boolean", undefined],
  ["2026-02-03", "date", "2026-02-03"],
  ["2026-02-03T23:30:00Z", "date", "2026-02-03"],
  ["--02-29", "date", "--02-29"],
  ["3.2.2026", "date", undefined],
  ["2026-02-03", "datetime", "2026-02-03"],
  ["vip, b2b", "string[]", ["vip", "b2b"]],
  ["a, b; c", "string[]", ["a, b", "c"]],
  ["1; 2", "number[]", [1, 2]],
  ["1; x", "number[]", undefined],
  [["5"], "number", 5],
  [["5", "6"], "number", undefined],
  [[], "number", null],
  ["  ", "number", null],
  [null, "number", null],
  [{ x: 1 }, "string", undefined],
])("%j as %s is %j", (value, type, expected) => {
  expect(convertedValue(value, type, "UTC")?.value).toEqual(expected);
});
