// What the data holds that queries cannot name yet, until it is defined.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningService, runService } from "./running-service.js";

let service: RunningService;

beforeAll(async () => {
  service = await runService();
});

afterAll(() => service.stop());

async function undefinedNames() {
  const { body } = await service.ask(
    "{ project { undefinedNames { kind event name type count } } }",
    {},
    shop,
  );
  return body.data.project.undefinedNames;
}

const shop = { "x-segmentql-project": "unnamed" };

describe("names in the data that the project does not define", () => {
  it("are listed with the type that fits, the most frequent first, and no longer once they are defined", async () => {
    const { body } = await service.ask(
      `mutation {
        consentDefine(input: { names: ["news"] }) { userErrors { message } }
        customersUpsert(input: [
          { sourceId: "c-1", metadata: { tier: "gold", size: 42 } }
          { sourceId: "c-2", metadata: { tier: "tin" } }
        ]) { results { status } }
        eventsUpsert(input: [
          { customer: { sourceId: "c-1" }, type: "wish", at: "2026-05-01T09:00:00Z", properties: { colour: "red" } }
        ]) { results { status } }
      }`,
      {},
      shop,
    );
    expect(body.errors).toBeUndefined();
    const tier = { kind: "CUSTOMER_METADATA", event: null, name: "tier", type: "STRING", count: 2 };
    const size = { kind: "CUSTOMER_METADATA", event: null, name: "size", type: "NUMBER", count: 1 };
    const wish = { kind: "EVENT", event: null, name: "wish", type: null, count: 1 };
    const colour = { kind: "EVENT_PROPERTY", event: "wish", name: "colour", type: "STRING", count: 1 };
    expect(await undefinedNames()).toEqual([tier, size, wish, colour]);
    await service.ask(
      'mutation { metadataDefine(input: { keys: [{ name: "Tier", type: STRING }] }) { userErrors { message } } }',
      {},
      shop,
    );
    expect(await undefinedNames()).toEqual([size, wish, colour]);
  });
});
