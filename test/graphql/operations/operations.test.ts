// The example operations are valid, and answered without errors.
import { parse, validate } from "graphql";
import { afterAll, beforeAll, expect, it } from "vitest";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService } from "../running-service.js";
import { exampleFiles, exampleText, variablesOf } from "./examples.js";

let service: RunningService;
let segment: string;
beforeAll(async () => {
  service = await runService();
  const made = await createAutoUpdate(service.engine, "default", { name: "Poles", query: "country is PL" });
  segment = globalId("Segment", made.segment_id);
  // Whom the examples that change something name.
  await upsertCustomers(service.engine, "default", [{ source_id: "example-customer" }]);
  await settle(service.engine, "default");
});
afterAll(() => service.stop());

it.each(exampleFiles)("%s is valid", (file) => {
  expect(validate(graphqlSchema(), parse(exampleText(file)))).toEqual([]);
});

it.each(exampleFiles.filter((file) => file !== "segment-changes.graphql"))("%s is answered", async (file) => {
  const { body } = await service.ask(exampleText(file), variablesOf(segment, file));
  expect(body.errors).toBeUndefined();
  expect(JSON.stringify(body.data)).not.toMatch(/"userErrors":\[\{/);
  for (const part of Object.values(body.data)) expect(part).not.toBeNull();
});

it("there are at least twenty templates, and each is a valid query that finds what its title says", async () => {
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
