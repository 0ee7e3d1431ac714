// What a public key sends: single consents are granted and withdrawn, and a visitor's source is kept.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;

beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

const identify = `mutation ($input: CustomerUpdateInput!) {
  customerIdentify(input: $input) { accepted userErrors { message } } }`;

async function send(sourceId: string, changes: object) {
  const { body } = await service.ask(identify, { input: { by: { sourceId }, ...changes } });
  return body;
}

async function customer(sourceId: string) {
  const { body } = await service.ask(
    "query ($sourceId: String!) { customer(by: { sourceId: $sourceId }) { source consents } }",
    { sourceId },
  );
  return body.data.customer;
}

const accepted = { data: { customerIdentify: { accepted: true, userErrors: [] } } };

it("consents are changed one by one", async () => {
  expect(await send("ann", { consents: ["sms", "profiling"] })).toMatchObject(accepted);
  const consentChanges = [
    { consent: "newsletter", granted: true },
    { consent: "profiling", granted: false },
  ];
  expect(await send("ann", { consentChanges })).toMatchObject(accepted);
  expect((await customer("ann")).consents).toEqual(["sms", "newsletter"]);
});

it("the whole list and changes of it exclude each other", async () => {
  const body = await send("ann", { consents: [], consentChanges: [] });
  expect(body.errors[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
  expect(body.errors[0].message).toContain("give one of them");
});

it("a visitor comes from the web widget, unless something else is known", async () => {
  const visitor = { sourceMetadata: { webWidgetId: "w1" } };
  expect(await send("new", visitor)).toMatchObject(accepted);
  expect((await customer("new")).source).toBe("WEB_WIDGET");
  await send("known", { source: "SHOPIFY" });
  await send("known", visitor);
  expect((await customer("known")).source).toBe("SHOPIFY");
  await send("other", { name: "Other" });
  expect((await customer("other")).source).toBeNull();
});
