// The example operations are valid, and answered without errors.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse, validate } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService } from "../running-service.js";

const folder = fileURLToPath(new URL("../../../schema/operations/", import.meta.url));
const files = readdirSync(folder).sort();
const text = (file: string) => readFileSync(join(folder, file), "utf8");

let service: RunningService;
let segment: string;
beforeAll(async () => {
  service = await runService();
  const made = await createAutoUpdate(service.engine, "default", { name: "Poles", query: "country is PL" });
  segment = globalId("Segment", made.segment_id);
  await settle(service.engine, "default");
});
afterAll(() => service.stop());

const variables = (): Readonly<Record<string, object>> => ({
  "create-segment.graphql": { name: "Parisians", query: "city is Paris" },
  "customer.graphql": { sourceId: "crm-004" },
  "define.graphql": {},
  "form.graphql": {},
  "list-segments.graphql": { search: "pol" },
  "preview-segment.graphql": { query: "country is Poland" },
  "segment-impact.graphql": { id: segment, query: "country is France" },
  "segment-members.graphql": { id: segment },
  "track.graphql": { customerSourceId: "crm-004", events: [{ type: "login", at: "2026-11-01T00:00:00Z" }] },
  "transitions.graphql": { segmentIds: [segment] },
  "upsert-customers.graphql": { input: [{ sourceId: "new", name: "New" }] },
  "upsert-orders.graphql": {
    input: [
      {
        sourceId: "new-1",
        customer: { sourceId: "crm-004" },
        createdAt: "2026-11-01T00:00:00Z",
        amount: { amount: "10.00" },
      },
    ],
  },
  "why.graphql": { query: "city is Paris and orders.count is at least 50", sourceId: "crm-004" },
});

it.each(files)("%s is valid", (file) => {
  expect(validate(graphqlSchema(), parse(text(file)))).toEqual([]);
});

it.each(files.filter((file) => file !== "segment-changes.graphql"))("%s is answered", async (file) => {
  const given = variables()[file];
  expect(given, `no variables for ${file}`).toBeDefined();
  const { body } = await service.ask(text(file), given);
  expect(body.errors).toBeUndefined();
  expect(JSON.stringify(body.data)).not.toMatch(/"userErrors":\[\{/);
  for (const part of Object.values(body.data)) expect(part).not.toBeNull();
});

it("there are at least twenty templates, and each is a valid query that finds what it says", async () => {
  const { body } = await service.ask("{ segmentTemplates { key name description query } }");
  const templates: { key: string; query: string }[] = body.data.segmentTemplates;
  expect(templates.length).toBeGreaterThanOrEqual(20);
  expect(new Set(templates.map(({ key }) => key)).size).toBe(templates.length);
  for (const { query } of templates) {
    const preview = await service.ask(
      "query ($query: String!) { segmentPreview(query: $query) { valid count } }",
      { query },
    );
    expect(preview.body.data.segmentPreview).toEqual({ valid: true, count: expect.any(Number) });
  }
});
