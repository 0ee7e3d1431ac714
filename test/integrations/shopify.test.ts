// Deliveries of Shopify, on every store: what they become, and that forged, repeated, late and malformed ones change nothing.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { SourceDocument } from "../../src/documents/source-documents.js";
import type { Engine } from "../../src/engine.js";
import { setConsents } from "../../src/ingest/consents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createSource, deleteSource, findSource, updateSource } from "../../src/integrations/sources.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { jsonText, type ShopifyDelivery, send, shopifyDelivery } from "./deliveries.js";
import {
  shopifyCustomer,
  shopifyDeletion,
  shopifyOrder,
  shopifyRedaction,
  shopifyRefund,
} from "./payloads/shopify.js";

/** Of a customer who paid in euro, in a shop of dollars. */
const refundInEuro = {
  transactions: [
    {
      ...{ amount: "90.00", kind: "refund", status: "success" },
      amount_set: { shop_money: { amount: "100.45", currency_code: "USD" } },
    },
  ],
};

const start = Date.parse("2026-11-30T12:00:00Z");
const day = 86_400_000;

describe.each(everyStore)("Shopify on $name", (tested) => {
  const store = storeOfSuite(tested);
  let now = start;
  const engine: Engine = { store, clock: () => now };
  let projects = 0;

  async function shop({ keepUnknown = false } = {}) {
    projects += 1;
    now = start;
    const project = `shopify${projects}`;
    await defineProject(engine, project, { currency: "USD", timezone: "America/New_York" });
    const source = await createSource(engine, project, { name: "Shop", kind: "SHOPIFY", keepUnknown });
    return {
      project,
      source,
      deliver: (delivery: ShopifyDelivery, by: Pick<SourceDocument, "secret"> = source) =>
        send(engine, source._id, shopifyDelivery(by, delivery)),
      customer: async (sourceId: string) => (await store.getMany("customers", [`${project}/${sourceId}`]))[0],
      order: async (id: bigint) => (await store.getMany("orders", [`${project}/${id}`]))[0],
      counts: async () => {
        const { accepted, ignored, rejected } = (await findSource(engine, project, source._id)).received;
        return { accepted, ignored, rejected };
      },
    };
  }

  const updated = (changes: object) => ({
    topic: "customers/update",
    payload: { ...shopifyCustomer, ...changes },
  });

  it("a customer becomes what the import of Shopify's export makes of it", async () => {
    const { deliver, customer, source, project } = await shop({ keepUnknown: true });
    expect(await deliver({ topic: "customers/create", payload: shopifyCustomer })).toEqual({
      status: "accepted",
    });
    const made = await customer("bob@biller.com");
    expect(made?.profile).toEqual({
      source_id: "bob@biller.com",
      source: "shopify",
      name: "Bob Biller",
      email: "Bob@Biller.com",
      phone: "+16135550135",
      created_at: "2022-01-01T00:00:00.000Z",
      address: { city: "Ottawa", state: "ON", postal_code: "K2P 2L8", country: "CA" },
      consents: ["email marketing"],
      metadata: {
        "shopify id": "706405506930370084",
        "shopify total spent": 199.65,
        "shopify total orders": 4,
        company: "Ice Ltd",
        tags: ["loyal", "ice cream"],
        note: "This customer loves ice cream",
        "tax exempt": false,
        "shopify state": "disabled",
        "shopify verified email": true,
        "shopify currency": "USD",
      },
    });
    const { received } = await findSource(engine, project, source._id);
    expect(received).toEqual({
      last_at: new Date(start),
      accepted: 1,
      ignored: 0,
      rejected: 0,
      problems: [],
    });
  });

  it("unknown fields are left out unless the source keeps them", async () => {
    const { deliver, customer } = await shop();
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    expect(Object.keys((await customer("bob@biller.com"))!.profile.metadata!).toSorted()).toEqual([
      "company",
      "note",
      "shopify id",
      "shopify total orders",
      "shopify total spent",
      "tags",
      "tax exempt",
    ]);
  });

  it("an update removes what was removed, and leaves what the payload does not say", async () => {
    const { deliver, customer } = await shop();
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    const { email_marketing_consent: _, tags: __, ...silent } = shopifyCustomer;
    const payload = {
      ...silent,
      updated_at: "2026-11-30T10:00:01Z",
      phone: null,
      first_name: "Rob",
      note: "",
    };
    expect(
      await deliver({ topic: "customers/update", payload: { ...payload, default_address: null } }),
    ).toEqual({ status: "accepted" });
    const { profile } = (await customer("bob@biller.com"))!;
    expect(profile).toMatchObject({ name: "Rob Biller", address: {}, consents: ["email marketing"] });
    expect(profile).not.toHaveProperty("phone");
    expect(profile.address).not.toHaveProperty("city");
    expect(profile.metadata).toMatchObject({ tags: ["loyal", "ice cream"], "tax exempt": false });
    expect(profile.metadata).not.toHaveProperty("note");
    expect(profile.metadata).not.toHaveProperty("company");
    const withdrawn = {
      updated_at: "2026-11-30T10:00:02Z",
      email_marketing_consent: { state: "unsubscribed" },
    };
    await deliver(updated(withdrawn));
    expect((await customer("bob@biller.com"))!.profile.consents).toEqual([]);
  });

  it("a consent that was withdrawn elsewhere is granted again only if the shop's own statement changes", async () => {
    const { deliver, customer, project } = await shop();
    const consents = async () => (await customer("bob@biller.com"))!.profile.consents;
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    await setConsents(engine, project, [{ customer: "bob@biller.com", consents: [] }]);
    const tagged = { updated_at: "2026-11-30T11:00:01Z", tags: "loyal" };
    expect(await deliver(updated(tagged))).toEqual({ status: "accepted" });
    expect(await consents()).toEqual([]);
    const stated = (state: string) => ({ email_marketing_consent: { state } });
    await deliver(updated({ updated_at: "2026-11-30T11:00:02Z", ...stated("unsubscribed") }));
    await deliver(updated({ updated_at: "2026-11-30T11:00:03Z", ...stated("subscribed") }));
    expect(await consents()).toEqual(["email marketing"]);
  });

  it("an order that arrives with its customer's creation does not reset the customer's time", async () => {
    const { deliver, source, customer } = await shop();
    const creation = { topic: "customers/create", payload: shopifyCustomer };
    const isMeanwhile = { pending: true };
    // The customer arrives between the order's first read and its write.
    const getMany: typeof store.getMany = async (collection, ...rest) => {
      const found = await store.getMany(collection, ...rest);
      if (collection === "source_records" && isMeanwhile.pending) {
        isMeanwhile.pending = false;
        await deliver(creation);
      }
      return found;
    };
    const between = new Proxy(store, {
      get: (target, name) => (name === "getMany" ? getMany : Reflect.get(target, name, target)),
    });
    const payload = { ...shopifyOrder, customer: { ...shopifyOrder.customer, id: shopifyCustomer.id } };
    const order = shopifyDelivery(source, { topic: "orders/create", payload });
    expect(await send({ ...engine, store: between }, source._id, order)).toEqual({ status: "accepted" });
    const older = { updated_at: "2020-01-01T00:00:00Z", first_name: "Old" };
    expect(await deliver(updated(older))).toEqual({ status: "ignored" });
    expect((await customer("bob@biller.com"))!.activity.orders.count).toBe(1);
  });

  it("a change that is rejected does not make older ones late", async () => {
    const { deliver } = await shop();
    const long = { updated_at: "2026-11-30T11:00:02Z", note: "x".repeat(70_000) };
    expect((await deliver(updated(long))).status).toBe("rejected");
    expect(await deliver(updated({ updated_at: "2026-11-30T11:00:01Z" }))).toEqual({ status: "accepted" });
  });

  it("a customer whose e-mail address changes is the same customer, also in orders", async () => {
    const { deliver, customer, order } = await shop();
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    await deliver(updated({ updated_at: "2026-11-30T11:00:00Z", email: "robert@biller.com" }));
    expect((await customer("bob@biller.com"))!.profile.email).toBe("robert@biller.com");
    expect(await customer("robert@biller.com")).toBeUndefined();
    const payload = {
      ...shopifyOrder,
      customer: { ...shopifyOrder.customer, id: shopifyCustomer.id, email: "robert@biller.com" },
    };
    await deliver({ topic: "orders/create", payload });
    expect((await order(shopifyOrder.id))!.customer).toMatch(/\/bob@biller\.com$/);
  });

  it("an order becomes an order, and its customer a customer", async () => {
    const { deliver, customer, order, project } = await shop({ keepUnknown: true });
    expect(await deliver({ topic: "orders/create", payload: shopifyOrder })).toEqual({ status: "accepted" });
    expect(await order(shopifyOrder.id)).toMatchObject({
      source_id: "820982911946154508",
      customer: `${project}/john@example.com`,
      at: new Date("2026-11-28T20:00:00Z"),
      status: "CREATED",
      amount: 404_95,
      items: [
        { sku: "IPOD2008PINK", name: "IPod Nano - 8GB", quantity: 2, price: 199_00 },
        { name: "Case", quantity: 1, price: 11_95 },
      ],
      metadata: {
        "order name": "#9999",
        "discount code": "SPRING",
        tags: ["gift"],
        "shopify source name": "web",
        "shopify test": true,
      },
    });
    const made = await customer("john@example.com");
    expect(made?.profile).toEqual({
      source_id: "john@example.com",
      source: "shopify",
      name: "Steve Shipper",
      email: "john@example.com",
      phone: "555-555-5555",
      address: { city: "Shippington", state: "KY", postal_code: "40003", country: "US" },
    });
    expect(made?.activity.orders).toMatchObject({ count: 1, total_amount: 404_95 });
  });

  it.each([
    ["orders/paid", { financial_status: "paid" }, "PAID", 404_95],
    ["orders/updated", { fulfillment_status: "fulfilled" }, "FULFILLED", 404_95],
    ["orders/cancelled", { cancelled_at: "2026-11-29T09:00:00Z" }, "CANCELED", 404_95],
    ["orders/updated", { financial_status: "partially_refunded", refunds: [shopifyRefund] }, "PAID", 304_50],
    ["orders/updated", { financial_status: "partially_refunded", refunds: [refundInEuro] }, "PAID", 304_50],
  ])("%s with %j", async (topic, changes, status, amount) => {
    const { deliver, order } = await shop();
    await deliver({ topic: "orders/create", payload: shopifyOrder });
    const payload = { ...shopifyOrder, updated_at: "2026-11-29T10:00:00Z", ...changes };
    expect(await deliver({ topic, payload })).toEqual({ status: "accepted" });
    expect(await order(shopifyOrder.id)).toMatchObject({ status, amount });
  });

  it("an older change never overwrites a newer one, in either order of arrival", async () => {
    const { deliver, customer, order, counts } = await shop();
    await deliver(updated({ updated_at: "2026-11-30T10:00:05Z", first_name: "New" }));
    expect(await deliver(updated({ updated_at: "2026-11-30T10:00:04Z", first_name: "Old" }))).toEqual({
      status: "ignored",
    });
    expect((await customer("bob@biller.com"))!.profile.name).toBe("New Biller");
    await deliver({
      topic: "orders/paid",
      payload: { ...shopifyOrder, updated_at: "2026-11-29T10:00:00Z", financial_status: "paid" },
    });
    expect(await deliver({ topic: "orders/create", payload: shopifyOrder })).toEqual({ status: "ignored" });
    expect((await order(shopifyOrder.id))!.status).toBe("PAID");
    expect(await counts()).toEqual({ accepted: 2, ignored: 2, rejected: 0 });
  });

  it("of changes that arrive at once, the newest wins", async () => {
    const { deliver, customer, counts } = await shop();
    const seconds = [3, 1, 5, 2, 4];
    const outcomes = await Promise.all(
      seconds.map((second) =>
        deliver(updated({ updated_at: `2026-11-30T10:00:0${second}Z`, first_name: `Name ${second}` })),
      ),
    );
    expect(outcomes[2]).toEqual({ status: "accepted" });
    expect((await customer("bob@biller.com"))!.profile.name).toBe("Name 5 Biller");
    const { accepted, ignored } = await counts();
    expect(accepted + ignored).toBe(5);
  });

  it("a repeated delivery is ignored, by its id and, later than that is remembered, by its time", async () => {
    const { deliver, counts, customer } = await shop();
    const delivery = {
      topic: "customers/create",
      payload: shopifyCustomer,
      id: "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043",
    };
    expect(await deliver(delivery)).toEqual({ status: "accepted" });
    expect(await deliver(delivery)).toEqual({ status: "ignored" });
    await deliver(updated({ updated_at: "2026-11-30T11:00:00Z", first_name: "Rob" }));
    now += 2 * day;
    expect(await deliver(delivery)).toEqual({ status: "ignored" });
    expect((await customer("bob@biller.com"))!.profile.name).toBe("Rob Biller");
    expect(await counts()).toEqual({ accepted: 2, ignored: 2, rejected: 0 });
  });

  it("a deleted or redacted customer is erased, and no late delivery brings the person back", async () => {
    for (const [topic, payload] of [
      ["customers/delete", shopifyDeletion],
      ["customers/redact", shopifyRedaction],
    ] as const) {
      const { deliver, customer, order, project } = await shop();
      const ordered = { ...shopifyOrder, customer: { ...shopifyOrder.customer, id: shopifyCustomer.id } };
      await deliver({ topic: "customers/create", payload: shopifyCustomer });
      await deliver({ topic: "orders/create", payload: ordered });
      expect(await deliver({ topic, payload, triggeredAt: "2026-11-30T11:30:00Z" })).toEqual({
        status: "accepted",
      });
      expect(await customer("bob@biller.com")).toBeUndefined();
      expect(await order(shopifyOrder.id)).toBeUndefined();
      expect(await deliver(updated({ updated_at: "2026-11-30T11:00:00Z" }))).toEqual({ status: "ignored" });
      expect(
        await deliver({ topic: "orders/paid", payload: { ...ordered, updated_at: "2026-11-30T11:29:00Z" } }),
      ).toEqual({ status: "ignored" });
      expect(await documentsIn(store, "customers", project)).toEqual([]);
      const kept = JSON.stringify(await documentsIn(store, "source_records", project));
      expect(kept).not.toMatch(/biller|706405506930370084/i);
    }
  });

  it("a customer is erased even if a later change was seen", async () => {
    const { deliver, customer } = await shop();
    await deliver(updated({ updated_at: "2026-11-30T11:45:00Z" }));
    const redaction = { topic: "customers/redact", payload: shopifyRedaction };
    expect(await deliver({ ...redaction, triggeredAt: "2026-11-30T11:30:00Z" })).toEqual({
      status: "accepted",
    });
    expect(await customer("bob@biller.com")).toBeUndefined();
  });

  it("an erasure by an unknown id erases no one whom a source knows by another id", async () => {
    const { deliver, customer, project } = await shop();
    await deliver({ topic: "customers/create", payload: { ...shopifyCustomer, id: 1 } });
    const redaction = { topic: "customers/redact", payload: shopifyRedaction };
    expect(await deliver(redaction)).toEqual({ status: "ignored" });
    expect(await customer("bob@biller.com")).toBeDefined();
    await upsertCustomers(engine, project, [{ source_id: "ann@example.com" }]);
    const payload = { customer: { id: 2, email: "ann@example.com" } };
    expect(await deliver({ topic: "customers/redact", payload })).toEqual({ status: "accepted" });
    expect(await customer("ann@example.com")).toBeUndefined();
  });

  it("while an erasure is not completed, an older order does not bring the person back", async () => {
    const { deliver, customer, project } = await shop();
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    const [record] = await documentsIn(store, "source_records", project);
    await store.write(async (transaction) => {
      const at = new Date("2026-11-30T11:30:00Z");
      await transaction.put("source_records", [{ ...record!, at, erased: true }]);
      await transaction.remove("customers", [`${project}/bob@biller.com`]);
    });
    const payload = { ...shopifyOrder, customer: { ...shopifyOrder.customer, id: shopifyCustomer.id } };
    expect(await deliver({ topic: "orders/create", payload })).toEqual({ status: "ignored" });
    expect(await customer("bob@biller.com")).toBeUndefined();
  });

  it("an erasure here leaves no link to the person, and what changed before it comes too late", async () => {
    const { deliver, project } = await shop();
    await deliver({ topic: "customers/create", payload: shopifyCustomer });
    await eraseCustomer(engine, project, "bob@biller.com");
    const records = await documentsIn(store, "source_records", project);
    expect(records).toEqual([
      {
        _id: expect.any(String),
        project,
        source: expect.any(String),
        kind: "customer",
        at: new Date(start),
      },
    ]);
    expect(await deliver(updated({ updated_at: "2026-11-30T11:59:59Z" }))).toEqual({ status: "ignored" });
  });

  it("an order is removed", async () => {
    const { deliver, order } = await shop();
    await deliver({ topic: "orders/create", payload: shopifyOrder });
    const removal = {
      topic: "orders/delete",
      payload: { id: shopifyOrder.id },
      triggeredAt: "2026-11-30T11:00:00Z",
    };
    expect(await deliver(removal)).toEqual({ status: "accepted" });
    expect(await order(shopifyOrder.id)).toBeUndefined();
    expect(await deliver({ topic: "orders/updated", payload: shopifyOrder })).toEqual({ status: "ignored" });
  });

  it("an order of no customer, and a deletion of an unknown one, are ignored, and listed with the source", async () => {
    const { deliver, source, project } = await shop();
    const nobody = { email: "", contact_email: "", phone: null, customer: null };
    const ignored = { status: "ignored" };
    expect(await deliver({ topic: "orders/create", payload: { ...shopifyOrder, ...nobody } })).toEqual(
      ignored,
    );
    expect(await deliver({ topic: "customers/delete", payload: shopifyDeletion })).toEqual(ignored);
    const { received } = await findSource(engine, project, source._id);
    expect(received).toMatchObject({
      ignored: 2,
      rejected: 0,
      problems: [
        { topic: "customers/delete", message: "no customer is known by this id" },
        {
          topic: "orders/create",
          message: "the order names no customer: it has neither an e-mail address nor another id of one",
        },
      ],
    });
  });

  it("keeps 16 KiB of unknown fields at most", async () => {
    const { deliver, customer } = await shop({ keepUnknown: true });
    const long = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`x${n}`, "y".repeat(1_000)]));
    await deliver(updated(long));
    const keys = Object.keys((await customer("bob@biller.com"))!.profile.metadata!);
    expect(keys.filter((key) => key.startsWith("shopify x"))).toHaveLength(16);
  });

  it("a delivery that is applied is answered so even if it cannot be counted", async () => {
    const { source, customer } = await shop();
    const put = () => Promise.reject(new Error("The store is away."));
    const write: typeof store.write = (work) =>
      store.write((transaction) =>
        work({
          ...transaction,
          put: (collection, documents) =>
            collection === "sources" ? put() : transaction.put(collection, documents),
        }),
      );
    const failing = new Proxy(store, {
      get: (target, name) => (name === "write" ? write : Reflect.get(target, name, target)),
    });
    const delivery = shopifyDelivery(source, { topic: "customers/create", payload: shopifyCustomer });
    expect(await send({ ...engine, store: failing }, source._id, delivery)).toEqual({ status: "accepted" });
    expect(await customer("bob@biller.com")).toBeDefined();
  });

  it("a topic without a meaning here is ignored", async () => {
    const { deliver, counts } = await shop();
    expect(await deliver({ topic: "products/update", payload: { id: 1 } })).toEqual({ status: "ignored" });
    expect(await counts()).toEqual({ accepted: 0, ignored: 1, rejected: 0 });
  });

  it("a forged delivery is refused, and counts as nothing", async () => {
    const { source, deliver, customer, counts } = await shop();
    const delivery = { topic: "customers/create", payload: shopifyCustomer };
    const { body, headers } = shopifyDelivery(source, delivery);
    const refused = { status: "unauthorized" };
    expect(await send(engine, source._id, { body: String(body).replace("Bob", "Eve"), headers })).toEqual(
      refused,
    );
    expect(
      await send(engine, source._id, { body, headers: { ...headers, "x-shopify-hmac-sha256": "" } }),
    ).toEqual(refused);
    expect(await send(engine, source._id, { body })).toEqual(refused);
    expect(await send(engine, source._id, { body, urlSecret: source.secret })).toEqual(refused);
    expect(await deliver(delivery, { secret: "a secret of another shop" })).toEqual(refused);
    expect(await send(engine, `${source._id}x`, { body, headers })).toEqual(refused);
    expect(await customer("bob@biller.com")).toBeUndefined();
    expect(await counts()).toEqual({ accepted: 0, ignored: 0, rejected: 0 });
  });

  it("a replaced secret is accepted for a day", async () => {
    const { source, project, deliver } = await shop();
    const { secret } = await updateSource(engine, project, source._id, { rotateSecret: true });
    expect(secret).not.toBe(source.secret);
    const delivery = { topic: "products/update", payload: { id: 1 } };
    expect(await deliver(delivery, source)).toEqual({ status: "ignored" });
    expect(await deliver(delivery, { secret })).toEqual({ status: "ignored" });
    now += day + 1;
    expect(await deliver(delivery, source)).toEqual({ status: "unauthorized" });
    expect(await deliver(delivery, { secret })).toEqual({ status: "ignored" });
  });

  it.each([
    [
      "a body that is no JSON",
      "{",
      "malformed",
      "The body is not JSON. Send it exactly as the sender's documentation shows it.",
    ],
    ["a list", "[]", "malformed", "The body is not a JSON object."],
    ["a body without an id", "{}", "malformed", "The body has no `id`."],
    ["a body without a time", '{"id":1}', "malformed", "The body has no `updated_at`."],
    ["a time that is none", '{"id":1,"updated_at":"soon"}', "malformed", "`updated_at` is no date and time."],
    [
      "a date that is none",
      '{"id":1,"updated_at":"2026-11-30T10:00:00Z","created_at":"2026-02-30"}',
      "rejected",
      '`Created at` is "2026-02-30", which is no date',
      '`Created at` is "…", which is no date',
    ],
  ])(
    "%s is refused, and listed with the source without its values",
    async (_, payload, status, message, kept?) => {
      const { deliver, source, project } = await shop();
      expect(await deliver({ topic: "customers/create", payload })).toEqual({ status, message });
      const { received } = await findSource(engine, project, source._id);
      expect(received).toMatchObject({
        rejected: 1,
        problems: [{ at: new Date(start), topic: "customers/create", message: kept ?? message }],
      });
      // It may be sent again once the cause is mended.
      expect((await deliver({ topic: "customers/create", payload })).status).toBe(status);
    },
  );

  it("an order in another currency is rejected, and accepted once the project counts in it", async () => {
    const { deliver, project, counts } = await shop();
    const delivery = { topic: "orders/create", payload: { ...shopifyOrder, currency: "EUR" } };
    expect(await deliver(delivery)).toEqual({
      status: "rejected",
      message: "the row is in EUR and the project in USD",
    });
    await defineProject(engine, project, { currency: "EUR" });
    expect(await deliver(delivery)).toEqual({ status: "accepted" });
    expect(await counts()).toEqual({ accepted: 1, ignored: 0, rejected: 1 });
  });

  it("keeps the last 20 problems only", async () => {
    const { deliver, source, project } = await shop();
    for (let count = 0; count < 22; count += 1)
      await deliver({ topic: `orders/create`, payload: `{"n":${count}` });
    const { received } = await findSource(engine, project, source._id);
    expect(received.rejected).toBe(22);
    expect(received.problems).toHaveLength(20);
  });

  it("a disabled source takes nothing, and a deleted one is as one that never was", async () => {
    const { deliver, source, project } = await shop();
    const delivery = { topic: "customers/create", payload: shopifyCustomer };
    await updateSource(engine, project, source._id, { enabled: false });
    expect(await deliver(delivery)).toEqual({ status: "disabled" });
    await updateSource(engine, project, source._id, { enabled: true });
    expect(await deliver(delivery)).toEqual({ status: "accepted" });
    await deleteSource(engine, project, source._id);
    expect(await deliver(delivery)).toEqual({ status: "unauthorized" });
    expect(await documentsIn(store, "source_records", project)).toEqual([]);
    expect(await documentsIn(store, "customers", project)).toHaveLength(1);
  });
});

it("ids longer than a double holds are kept exactly in a test's payloads", () => {
  expect(jsonText({ id: 706405506930370084n })).toBe('{"id":706405506930370084}');
});
