// Deliveries of Mailchimp, Intercom and ActiveCampaign, on every store: what they become, and that forged, repeated, late and
// malformed ones change nothing.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { SourceDocument, SourceKind } from "../../src/documents/source-documents.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createSource, findSource } from "../../src/integrations/sources.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { formDelivery, intercomDelivery, type Sent, send } from "./deliveries.js";
import { activecampaignPayload } from "./payloads/activecampaign.js";
import { intercomPayload } from "./payloads/intercom.js";
import { mailchimpPayloads } from "./payloads/mailchimp.js";

const start = Date.parse("2026-11-30T12:00:00Z");
const day = 86_400_000;
const deliveries: Readonly<Record<string, (source: Pick<SourceDocument, "secret">, body: string) => Sent>> = {
  MAILCHIMP: formDelivery,
  INTERCOM: intercomDelivery,
  ACTIVECAMPAIGN: formDelivery,
};

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let now = start;
  const engine: Engine = { store, clock: () => now };
  let projects = 0;

  async function sourceOf(kind: SourceKind, keepUnknown = false) {
    projects += 1;
    now = start;
    const project = `vendor${projects}`;
    await defineProject(engine, project, { currency: "USD", timezone: "UTC" });
    const source = await createSource(engine, project, { name: "Source", kind, keepUnknown });
    const make = deliveries[kind]!;
    return {
      project,
      source,
      deliver: async (body: string, by: Pick<SourceDocument, "secret"> = source) =>
        (await send(engine, source._id, make(by, body))).status,
      /** The profile of a customer. */
      profile: async (sourceId: string) =>
        (await store.getMany("customers", [`${project}/${sourceId}`]))[0]?.profile,
      counts: async () => {
        const { accepted, ignored, rejected } = (await findSource(engine, project, source._id)).received;
        return { accepted, ignored, rejected };
      },
    };
  }

  describe("Mailchimp", () => {
    const { subscribe, unsubscribe, profile: changed, cleaned, upemail, campaign } = mailchimpPayloads;

    it("a subscriber becomes a customer with the consent, the list and the rest", async () => {
      const { deliver, profile } = await sourceOf("MAILCHIMP", true);
      expect(await deliver(subscribe("2026-11-30 10:00:00"))).toBe("accepted");
      expect(await profile("api@mailchimp.com")).toEqual({
        source_id: "api@mailchimp.com",
        source: "mailchimp",
        created_at: "2026-11-30T10:00:00.000Z",
        name: "Mail Chimp",
        email: "Api@Mailchimp.com",
        phone: "+1-555-123-4567",
        birthdate: "--05-15",
        address: { city: "San Francisco", state: "CA", postal_code: "94105", country: "US" },
        source_metadata: { mailchimp: { list: "a6b5da1054" } },
        consents: ["email marketing"],
        metadata: { "mailchimp id": "234305517", "mailchimp interests": "Group1,Group2" },
      });
    });

    it.each([
      ["unsubscribe", unsubscribe, { "unsubscribe reason": "manual" }],
      ["cleaned", cleaned, {}],
    ])(
      "%s withdraws the consent, and leaves the other consents and the rest",
      async (_, payload, metadata) => {
        const { deliver, profile, project } = await sourceOf("MAILCHIMP");
        await defineProject(engine, project, { consents: ["SMS marketing"] });
        await upsertCustomers(engine, project, [
          { source_id: "api@mailchimp.com", name: "Ann", consents: ["email marketing", "SMS marketing"] },
        ]);
        expect(await deliver(payload("2026-11-30 10:00:00"))).toBe("accepted");
        const { consents, metadata: kept } = (await profile("api@mailchimp.com"))!;
        expect(consents).toEqual(["SMS marketing"]);
        expect(kept ?? {}).toMatchObject(metadata);
      },
    );

    it("a change of the profile says nothing of the consent", async () => {
      const { deliver, profile } = await sourceOf("MAILCHIMP");
      await deliver(unsubscribe("2026-11-30 10:00:00"));
      await deliver(
        changed("2026-11-30 10:00:01", { "data[merges][FNAME]": "Ape", "data[merges][PHONE]": "" }),
      );
      expect(await profile("api@mailchimp.com")).toMatchObject({ name: "Ape Chimp", consents: [] });
      expect(await profile("api@mailchimp.com")).not.toHaveProperty("phone");
    });

    it("a changed address is of the same customer, as are later deliveries with it", async () => {
      const { deliver, profile, project } = await sourceOf("MAILCHIMP");
      await deliver(subscribe("2026-11-30 10:00:00"));
      expect(await deliver(upemail("2026-11-30 10:00:01"))).toBe("accepted");
      const later = { "data[email]": "api+new@mailchimp.com", "data[merges][FNAME]": "New" };
      expect(await deliver(changed("2026-11-30 10:00:02", later))).toBe("accepted");
      expect(await profile("api@mailchimp.com")).toMatchObject({
        email: "api+new@mailchimp.com",
        name: "New Chimp",
      });
      expect(await documentsIn(store, "customers", project)).toHaveLength(1);
    });

    it("a late change of the profile with the former address does not undo the change of the address", async () => {
      const { deliver, profile } = await sourceOf("MAILCHIMP");
      await deliver(subscribe("2026-11-30 10:00:00"));
      await deliver(upemail("2026-11-30 10:00:02"));
      expect(await deliver(changed("2026-11-30 10:00:01", {}))).toBe("ignored");
      expect((await profile("api@mailchimp.com"))!.email).toBe("api+new@mailchimp.com");
    });

    it("a campaign is ignored", async () => {
      const { deliver, counts } = await sourceOf("MAILCHIMP");
      expect(await deliver(campaign("2026-11-30 10:00:00"))).toBe("ignored");
      expect(await counts()).toEqual({ accepted: 0, ignored: 1, rejected: 0 });
    });
  });

  describe("Intercom", () => {
    it("a user becomes a customer", async () => {
      const { deliver, profile } = await sourceOf("INTERCOM", true);
      expect(await deliver(intercomPayload({ topic: "contact.user.created" }))).toBe("accepted");
      expect(await profile("hoban@serenity.ship")).toEqual({
        source_id: "hoban@serenity.ship",
        source: "intercom",
        name: "Hoban Washburne",
        email: "Hoban@Serenity.ship",
        phone: "+1123456789",
        created_at: "2025-10-09T08:53:20.000Z",
        address: { city: "Dublin", state: "Leinster", country: "Ireland" },
        source_metadata: { intercom: { type: "user" } },
        metadata: {
          "intercom id": "6784f2a5b8ee8f7e6f1f2c3d",
          "intercom external id": "25",
          "intercom signed up at": 1_760_000_000,
          "intercom has hard bounced": false,
          "intercom browser": "chrome",
          "intercom plan": "pro",
          "intercom monthly spend": 49.5,
        },
      });
    });

    it("a lead without an address who signs up is one customer", async () => {
      const { deliver, profile, project } = await sourceOf("INTERCOM");
      const lead = { role: "lead", email: null, external_id: null };
      await deliver(
        intercomPayload({ topic: "contact.lead.created", updatedAt: 1_764_500_000, id: "n1", changes: lead }),
      );
      const id = "6784f2a5b8ee8f7e6f1f2c3d";
      expect(await profile(id)).toMatchObject({ source_metadata: { intercom: { type: "lead" } } });
      await deliver(intercomPayload({ topic: "contact.lead.signed_up", updatedAt: 1_764_500_001, id: "n2" }));
      expect(await profile(id)).toMatchObject({
        email: "Hoban@Serenity.ship",
        source_metadata: { intercom: { type: "user" } },
      });
      expect(await documentsIn(store, "customers", project)).toHaveLength(1);
    });

    it("who unsubscribed has withdrawn the consent; who has not has not granted one", async () => {
      const { deliver, profile, project } = await sourceOf("INTERCOM");
      const known = { source_id: "hoban@serenity.ship", consents: ["email marketing"] };
      await upsertCustomers(engine, project, [known]);
      await deliver(intercomPayload({ topic: "contact.user.updated", updatedAt: 1_764_500_000, id: "n1" }));
      expect((await profile(known.source_id))!.consents).toEqual(["email marketing"]);
      const changes = { unsubscribed_from_emails: true };
      await deliver(
        intercomPayload({ topic: "contact.unsubscribed", updatedAt: 1_764_500_001, id: "n2", changes }),
      );
      expect((await profile(known.source_id))!.consents).toEqual([]);
    });

    it("a deleted contact is erased", async () => {
      const { deliver, profile } = await sourceOf("INTERCOM");
      await deliver(intercomPayload({ topic: "contact.user.created", id: "n1" }));
      const item = { type: "contact", id: "6784f2a5b8ee8f7e6f1f2c3d", external_id: "25", deleted: true };
      expect(
        await deliver(
          intercomPayload({ topic: "contact.deleted", updatedAt: 1_764_500_009, id: "n2", item }),
        ),
      ).toBe("accepted");
      expect(await profile("hoban@serenity.ship")).toBeUndefined();
    });

    it.each([
      ["ping", { type: "ping", message: "something something interzen" }],
      ["contact.user.tag.created", { type: "contact_tag", created_at: 1, tag: { id: "1", name: "vip" } }],
      ["contact.archived", { type: "contact", id: "1", archived: true }],
      // Both topics of an archived contact, with the contact itself.
      ["contact.archived", undefined],
      ["contact.archive", undefined],
    ])("%s is ignored", async (topic, item) => {
      const { deliver, project } = await sourceOf("INTERCOM");
      expect(await deliver(intercomPayload({ topic, item }))).toBe("ignored");
      expect(await documentsIn(store, "customers", project)).toEqual([]);
    });
  });

  describe("ActiveCampaign", () => {
    it("a subscriber becomes a customer", async () => {
      const { deliver, profile } = await sourceOf("ACTIVECAMPAIGN", true);
      expect(await deliver(activecampaignPayload("subscribe", "2026-11-30T05:00:00-05:00"))).toBe("accepted");
      expect(await profile("test@test.com")).toEqual({
        source_id: "test@test.com",
        source: "activecampaign",
        created_at: "2026-11-30T10:00:00.000Z",
        name: "Jane Doe",
        email: "Test@Test.com",
        phone: "312-555-0100",
        consents: ["email marketing"],
        metadata: {
          "activecampaign id": "42",
          company: "Acme",
          tags: ["vip", "newsletter"],
          "activecampaign favourite colour": "blue",
        },
      });
    });

    it("tags come and go, and who unsubscribes withdraws the consent", async () => {
      const { deliver, profile } = await sourceOf("ACTIVECAMPAIGN");
      const at = (second: number) => `2026-11-30 10:00:0${second} +00:00`;
      await deliver(activecampaignPayload("subscribe", at(0)));
      // The list of tags may be from before or from after the change.
      await deliver(activecampaignPayload("contact_tag_added", at(1), { tag: "gold" }));
      expect((await profile("test@test.com"))!.metadata!.tags).toEqual(["vip", "newsletter", "gold"]);
      await deliver(
        activecampaignPayload("contact_tag_added", at(2), {
          tag: "Gold",
          "contact[tags]": "vip, newsletter, gold",
        }),
      );
      expect((await profile("test@test.com"))!.metadata!.tags).toEqual(["vip", "newsletter", "Gold"]);
      await deliver(activecampaignPayload("contact_tag_removed", at(3), { tag: "vip" }));
      expect((await profile("test@test.com"))!.metadata!.tags).toEqual(["newsletter"]);
      expect((await profile("test@test.com"))!.consents).toEqual(["email marketing"]);
      await deliver(activecampaignPayload("unsubscribe", at(4)));
      expect((await profile("test@test.com"))!.consents).toEqual([]);
      expect(await deliver(activecampaignPayload("deal_add", at(5)))).toBe("ignored");
    });
  });

  describe.each([
    {
      kind: "MAILCHIMP",
      sourceId: "api@mailchimp.com",
      make: (second: number, name: string) =>
        mailchimpPayloads.profile(`2026-11-30 10:00:0${second}`, {
          "data[merges][FNAME]": name,
          "data[merges][LNAME]": "",
        }),
      malformed: [
        ["", "The body has no `type`."],
        ["type=profile", "The body has no `fired_at`."],
        ["type=profile&fired_at=soon", "`fired_at` is no date and time."],
        ["type=profile&fired_at=2026-11-30+10:00:00", "The body has no `data`."],
        ["type=profile&fired_at=2026-11-30+10:00:00&data[id]=1", "The body has no `data[email]`."],
        [`type=profile&data${"[x]".repeat(9)}=1`, "The form has a field that is nested more than 5 deep."],
        [`type=profile&${"x=1&".repeat(1_000)}`, "The form has more than 1,000 fields."],
      ],
    },
    {
      kind: "INTERCOM",
      sourceId: "hoban@serenity.ship",
      make: (second: number, name: string) =>
        intercomPayload({
          topic: "contact.user.updated",
          updatedAt: 1_764_500_000 + second,
          id: `notif_${second}_${name}`,
          changes: { name },
        }),
      malformed: [
        ["{", "The body is not JSON. Send it exactly as the sender's documentation shows it."],
        ["{}", "The body has no `topic`."],
        ['{"topic":"contact.user.created"}', "The body has no `data.item`."],
        [
          '{"topic":"contact.user.created","data":{"item":{"type":"contact"}}}',
          "The body has no `data.item.id`.",
        ],
        [
          '{"topic":"contact.user.created","data":{"item":{"type":"contact","id":"1"}}}',
          "`created_at` is no number of seconds since 1970.",
        ],
      ],
    },
    {
      kind: "ACTIVECAMPAIGN",
      sourceId: "test@test.com",
      make: (second: number, name: string) =>
        activecampaignPayload("update", `2026-11-30T10:00:0${second}Z`, {
          "contact[first_name]": name,
          "contact[last_name]": "",
        }),
      malformed: [
        ["", "The body has no `type`."],
        ["type=update", "The body has no `date_time`."],
        ["type=update&date_time=2026-11-30T10:00:00Z", "The body has no `contact`."],
        ["type=update&date_time=2026-11-30T10:00:00Z&contact[email]=a@b.c", "The body has no `contact[id]`."],
      ],
    },
  ] as const)("$kind", ({ kind, sourceId, make, malformed }) => {
    it("a forged delivery is refused", async () => {
      const { source, deliver, profile, counts } = await sourceOf(kind);
      const { headers, body } = deliveries[kind]!(source, make(1, "Ann"));
      expect(await deliver(make(1, "Ann"), { secret: `${source.secret}x` })).toBe("unauthorized");
      expect(await deliver(make(1, "Ann"), { secret: "" })).toBe("unauthorized");
      expect((await send(engine, source._id, { body })).status).toBe("unauthorized");
      if (kind === "INTERCOM") {
        const altered = String(body).replace("Ann", "Eve");
        expect((await send(engine, source._id, { headers: headers!, body: altered })).status).toBe(
          "unauthorized",
        );
        const bare = { "x-hub-signature": headers!["x-hub-signature"]!.slice("sha1=".length) };
        expect((await send(engine, source._id, { headers: bare, body })).status).toBe("unauthorized");
      }
      expect(await profile(sourceId)).toBeUndefined();
      expect(await counts()).toEqual({ accepted: 0, ignored: 0, rejected: 0 });
    });

    it("a repeated and a late delivery are ignored", async () => {
      const { deliver, profile, counts } = await sourceOf(kind);
      expect(await deliver(make(5, "New"))).toBe("accepted");
      expect(await deliver(make(5, "New"))).toBe("ignored");
      expect(await deliver(make(4, "Old"))).toBe("ignored");
      now += 2 * day;
      expect(await deliver(make(4, "Old"))).toBe("ignored");
      expect((await profile(sourceId))!.name).toBe("New");
      expect(await deliver(make(6, "Newer"))).toBe("accepted");
      expect((await profile(sourceId))!.name).toBe("Newer");
      expect(await counts()).toEqual({ accepted: 2, ignored: 3, rejected: 0 });
    });

    it.each(malformed.map(([body, message]) => [body.slice(0, 80), body, message] as const))(
      "the body %s is refused",
      async (_, body, message) => {
        const { deliver, source, project } = await sourceOf(kind);
        expect(await deliver(body)).toBe("malformed");
        const { received } = await findSource(engine, project, source._id);
        expect(received).toMatchObject({ rejected: 1, problems: [{ message }] });
      },
    );
  });
});
