// What a public key sends: single consents are granted and withdrawn, and a visitor's source is kept.
import { afterAll, beforeAll, expect, it } from "vitest";
import { createKey } from "../../../src/access/keys.js";
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

it("changes apply to the whole list, if that is given as well", async () => {
  const consentChanges = [
    { consent: "SMS", granted: false },
    { consent: "newsletter", granted: true },
  ];
  expect(await send("list", { consents: ["sms", "profiling"], consentChanges })).toMatchObject(accepted);
  expect((await customer("list")).consents).toEqual(["profiling", "newsletter"]);
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

it("a public key sets what is unknown of a customer who exists, and neither changes nor removes what identifies it", async () => {
  for (const [sourceId, email] of [
    ["theirs", "theirs@example.com"],
    ["blank", undefined],
  ])
    await send(sourceId!, { email, consents: ["newsletter"] });
  const { key } = await createKey(service.engine, "default", { name: "Page", scope: "track" });
  const sendPublic = async (sourceId: string, changes: object) => {
    const variables = { input: { by: { sourceId }, ...changes } };
    return (await service.ask(identify, variables, { authorization: `Bearer ${key}` })).body;
  };
  const changes = { email: "mine@example.com", phone: "1", name: "Changed" };
  expect(await sendPublic("theirs", changes)).toMatchObject(accepted);
  expect(await sendPublic("blank", changes)).toMatchObject(accepted);
  expect(await sendPublic("new by key", { ...changes, consents: ["newsletter"] })).toMatchObject(accepted);
  const profiles = async (sourceId: string) =>
    (await service.engine.store.getMany("customers", [`default/${sourceId}`]))[0]!.profile;
  expect(await profiles("theirs")).toMatchObject({
    email: "theirs@example.com",
    phone: "1",
    name: "Changed",
  });
  expect(await profiles("blank")).toMatchObject({ email: "mine@example.com" });
  const refusals = [
    [{ consents: [] }, "public key replaces no list of consents"],
    [{ name: null, address: { city: null } }, "and `name`, `address.city` would be"],
  ] as const;
  for (const [refused, message] of refusals)
    expect((await sendPublic("theirs", refused)).data.customerIdentify).toMatchObject({
      accepted: false,
      userErrors: [{ message: expect.stringContaining(message) }],
    });
  expect((await profiles("theirs")).consents).toEqual(["newsletter"]);
});
