// Deliveries of BigCommerce, on every store: the record that they name is fetched from the store's API.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { SourceDocument } from "../../src/documents/source-documents.js";
import type { Engine } from "../../src/engine.js";
import { recordClient } from "../../src/integrations/record-client.js";
import { createSource, findSource, updateSource } from "../../src/integrations/sources.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { bigcommerceDelivery, send } from "./deliveries.js";
import {
  bigcommerceCustomer,
  bigcommerceOrder,
  bigcommercePayload,
  bigcommerceProducts,
} from "./payloads/bigcommerce.js";

const start = Date.parse("2026-11-30T12:00:00Z");

/** The store's API: the answers by path. */
let api: Server;
let url = "";
let asked: { readonly path: string; readonly token: unknown }[] = [];
let answer: (path: string, response: ServerResponse) => void;

const records: Readonly<Record<string, unknown>> = {
  "/stores/abc123/v3/customers?id:in=32&include=addresses": { data: [bigcommerceCustomer], meta: {} },
  "/stores/abc123/v2/orders/250": bigcommerceOrder,
  "/stores/abc123/v2/orders/250/products?limit=250": bigcommerceProducts,
};

beforeAll(async () => {
  api = createServer((request: IncomingMessage, response) => {
    asked.push({ path: request.url!, token: request.headers["x-auth-token"] });
    answer(request.url!, response);
  });
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(api.address() as AddressInfo).port}/stores/abc123`;
});
beforeEach(() => {
  asked = [];
  answer = (path, response) => {
    const record = records[path];
    response.writeHead(record === undefined ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(record ?? {}));
  };
});
afterAll(() => {
  api.closeAllConnections();
  api.close();
});

describe.each(everyStore)("BigCommerce on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine: Engine = { store, clock: () => start, allowPrivateWebhooks: true };
  let projects = 0;

  async function shop({ keepUnknown = false } = {}) {
    projects += 1;
    const project = `bigcommerce${projects}`;
    await defineProject(engine, project, { currency: "USD", timezone: "UTC" });
    const source = await createSource(engine, project, {
      name: "Shop",
      kind: "BIGCOMMERCE",
      keepUnknown,
      api: { url: `${url}/`, token: "token-1" },
    });
    return {
      project,
      source,
      deliver: (body: string, by: Pick<SourceDocument, "secret"> = source, timeoutMs = 5_000) =>
        send(engine, source._id, bigcommerceDelivery(by, body), recordClient(true, timeoutMs)),
      customer: async () => (await store.getMany("customers", [`${project}/jane@store.com`]))[0],
      order: async () => (await store.getMany("orders", [`${project}/250`]))[0],
    };
  }

  it("a customer is fetched, and becomes what the import of the export makes of it", async () => {
    const { deliver, customer } = await shop({ keepUnknown: true });
    expect(await deliver(bigcommercePayload("store/customer/created", 32))).toEqual({ status: "accepted" });
    expect(asked).toEqual([
      { path: "/stores/abc123/v3/customers?id:in=32&include=addresses", token: "token-1" },
    ]);
    expect((await customer())!.profile).toEqual({
      source_id: "jane@store.com",
      source: "bigcommerce",
      name: "Jane Roe",
      email: "Jane@Store.com",
      phone: "1234567890",
      created_at: "2026-01-05T10:00:00.000Z",
      address: { city: "Austin", state: "Texas", postal_code: "78751", country: "US" },
      consents: ["email marketing"],
      metadata: {
        "bigcommerce id": "32",
        company: "BigCommerce",
        note: "Prefers tea",
        "bigcommerce customer group id": 2,
      },
    });
  });

  it("an order is fetched with its lines", async () => {
    const { deliver, order, customer, project } = await shop({ keepUnknown: true });
    expect(await deliver(bigcommercePayload("store/order/statusUpdated", 250))).toEqual({
      status: "accepted",
    });
    expect(await order()).toMatchObject({
      customer: `${project}/jane@store.com`,
      at: new Date("2026-11-27T12:00:00Z"),
      status: "PAID",
      amount: 52_97,
      items: [
        { product_id: "77", sku: "SLCTBS", name: "Fog, Linen | Spray", quantity: 2, price: 24_99 },
        { product_id: "78", name: "Mug", quantity: 1, price: 12_99 },
      ],
      metadata: { "payment method": "Cash", "bigcommerce items total": 3, "bigcommerce status id": 11 },
    });
    expect((await customer())!.profile).toMatchObject({ source: "bigcommerce", name: "Jane Roe" });
  });

  it("a repeated delivery fetches nothing; an order that was deleted meanwhile is ignored", async () => {
    const { deliver } = await shop();
    await deliver(bigcommercePayload("store/customer/updated", 32));
    asked = [];
    expect(await deliver(bigcommercePayload("store/customer/updated", 32))).toEqual({ status: "ignored" });
    expect(asked).toEqual([]);
    expect(await deliver(bigcommercePayload("store/order/updated", 999))).toEqual({ status: "ignored" });
    expect(await deliver(bigcommercePayload("store/product/updated", 1))).toEqual({ status: "ignored" });
  });

  it("what is older than what is stored is ignored, except for a deletion of the customer", async () => {
    const { deliver, customer } = await shop();
    await deliver(bigcommercePayload("store/customer/updated", 32, 1_796_032_800));
    const modified = Date.parse(bigcommerceCustomer.date_modified) / 1_000;
    const older = { ...bigcommerceCustomer, first_name: "Old", date_modified: "2026-11-30T09:59:59Z" };
    answer = (_, response) => response.end(JSON.stringify({ data: [older] }));
    expect(await deliver(bigcommercePayload("store/customer/updated", 32, modified + 1))).toEqual({
      status: "ignored",
    });
    expect((await customer())!.profile.name).toBe("Jane Roe");
    expect(await deliver(bigcommercePayload("store/customer/deleted", 32, modified - 1))).toEqual({
      status: "accepted",
    });
    expect(await customer()).toBeUndefined();
  });

  it("a project has one source of BigCommerce, since stores number their orders alike", async () => {
    const { project } = await shop();
    const other = { name: "Other", kind: "BIGCOMMERCE", api: { url, token: "token-2" } } as const;
    await expect(createSource(engine, project, other)).rejects.toThrow(
      "Each store numbers its orders from 100, so that two stores would overwrite each other's",
    );
  });

  it("a forged delivery fetches nothing", async () => {
    const { deliver, source } = await shop();
    const body = bigcommercePayload("store/customer/created", 32);
    expect(await deliver(body, { secret: `${source.secret}x` })).toEqual({ status: "unauthorized" });
    expect((await send(engine, source._id, { body, urlSecret: source.secret })).status).toBe("unauthorized");
    expect(asked).toEqual([]);
  });

  it.each([
    ["{", "The body is not JSON. Send it exactly as the sender's documentation shows it."],
    ["{}", "The body has no `scope`."],
    ['{"scope":"store/order/created"}', "The body has no `data.id`."],
    ['{"scope":"store/order/created","data":{"id":"../1"}}', "`data.id` is no number."],
    ['{"scope":"store/order/created","data":{"id":1}}', "`created_at` is no number of seconds since 1970."],
  ])("the body %s is refused", async (body, message) => {
    const { deliver } = await shop();
    expect(await deliver(body)).toEqual({ status: "malformed", message });
    expect(asked).toEqual([]);
  });

  it.each([
    [
      "a wrong token",
      (response: ServerResponse) => response.writeHead(401).end(),
      "The API answered with status 401. Check the token of the source, and what it may read.",
    ],
    [
      "a failure",
      (response: ServerResponse) => response.writeHead(500).end(),
      "The API answered with status 500.",
    ],
    [
      "a redirect",
      (response: ServerResponse) => response.writeHead(302, { location: "/" }).end(),
      "The API answered with status 302.",
    ],
    ["no JSON", (response: ServerResponse) => response.end("<html>"), "The API's answer is not JSON."],
    [
      "too much",
      (response: ServerResponse) => response.end(`"${"x".repeat(1024 * 1024)}"`),
      "The API's answer is longer than a megabyte.",
    ],
    ["silence", () => undefined, "The API did not answer within 0.3 seconds."],
  ])("after %s of the API, the delivery may be sent again", async (_, fail, message) => {
    const { deliver, source, project } = await shop();
    const good = answer;
    answer = (_path, response) => void fail(response);
    const body = bigcommercePayload("store/customer/created", 32);
    expect(await deliver(body, source, 300)).toEqual({ status: "unreachable", message });
    const { received } = await findSource(engine, project, source._id);
    expect(received.problems[0]).toMatchObject({ topic: "store/customer/created", message });
    answer = good;
    expect(await deliver(body)).toEqual({ status: "accepted" });
  });

  it("an API inside a private network is refused, unless the service allows it", async () => {
    const { source, project } = await shop();
    const delivery = bigcommerceDelivery(source, bigcommercePayload("store/customer/created", 32));
    const refused = await send(engine, source._id, delivery, recordClient(false));
    expect(refused).toMatchObject({
      status: "unreachable",
      message: expect.stringContaining("private network"),
    });
    await updateSource(engine, project, source._id, { api: { url: "https://localhost", token: "t" } });
    const named = await send(engine, source._id, delivery, recordClient(false));
    expect(named).toMatchObject({
      status: "unreachable",
      message: expect.stringContaining("private network"),
    });
    expect(asked).toEqual([]);
  });

  it.each([
    [undefined, "api", "INVALID_INPUT"],
    [{ url: "stores", token: "t" }, "url", "INVALID_URL"],
    [{ url: "ftp://example.com", token: "t" }, "url", "INVALID_URL"],
    [{ url: "https://user@example.com", token: "t" }, "url", "INVALID_URL"],
    [{ url: "https://example.com", token: "" }, "token", "INVALID_INPUT"],
    [{ url: "https://example.com", token: "a\nb" }, "token", "INVALID_INPUT"],
  ])("a source with the API %j is refused", async (given, field, code) => {
    const { project } = await shop();
    const request = {
      name: "Other",
      kind: "BIGCOMMERCE",
      ...(given === undefined ? {} : { api: given }),
    } as const;
    await expect(createSource(engine, project, request)).rejects.toMatchObject({ field, code });
  });

  it("no other kind has an API, and without --allow-private-webhooks it is by https", async () => {
    const { project } = await shop();
    const api = { url: "https://example.com", token: "t" };
    await expect(
      createSource(engine, project, { name: "Other", kind: "SHOPIFY", api }),
    ).rejects.toMatchObject({
      field: "api",
    });
    const strict = { store, clock: () => start };
    const plain = { name: "Other", kind: "BIGCOMMERCE", api: { ...api, url: "http://example.com" } } as const;
    await expect(createSource(strict, project, plain)).rejects.toMatchObject({ field: "url" });
  });
});
