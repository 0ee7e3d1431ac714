// Distributions by e-mail to a mail server, on every store: consent and address, escaping, what the server answers, preview and test.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { resumeDistribution, startDistribution } from "../../src/messaging/lifecycle.js";
import { reachOf, renderedFor, sendTest } from "../../src/messaging/preview.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { runMailbox } from "./mailbox.js";
import { messagingShop } from "./shop.js";

const template = { subject: "Hi {{ customer.name }}", body: "<p>Zażółć, {{ customer.name }}</p>" };
const channel = { kind: "email" } as const;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let mailbox: Awaited<ReturnType<typeof runMailbox>>;
  beforeAll(async () => {
    mailbox = await runMailbox();
  });
  afterAll(() => mailbox.stop());
  beforeEach(() => {
    mailbox.mails.length = 0;
    mailbox.answer(() => undefined);
    mailbox.cutOff(false);
  });
  const shop = () => messagingShop(store, mailbox.settings);
  const written = () => mailbox.mails.flatMap(({ to }) => to).sort();
  const customerOf = async (project: string, sourceId: string) =>
    (await store.getMany("customers", [`${project}/${sourceId}`]))[0]!;

  it("those with consent and address get one, with what customers wrote escaped; the others are counted", async () => {
    const { start, main, counts, engine, project, errors } = await shop();
    await upsertCustomers(engine, project, [
      {
        source_id: "fay",
        email: "fay@example.com, ann@example.com",
        address: { country: "PL" },
        consents: ["newsletter"],
      },
    ]);
    const spring = await start({ channel, template });
    expect(await reachOf(engine, spring)).toEqual({ audience: 5, reachable: 3, noConsent: 1, noAddress: 1 });
    await main.work();
    expect(errors).toEqual([]);
    expect(written()).toEqual(["ann@example.com", "bob@example.com"]);
    expect(await counts(spring)).toEqual({ sent: 2, no_consent: 1, no_address: 1, invalid_address: 1 });
    const mail = mailbox.mails.find(({ to }) => to[0] === "ann@example.com")!;
    expect(mail.from).toBe("news@shop.example");
    expect(mail.body).toBe("<p>Zażółć, Ann &lt;i&gt;</p>");
    expect(mail.headers.get("subject")).toBe("Hi Ann <i>");
    expect(mail.headers.get("from")).toBe("Shop <news@shop.example>");
    expect(mail.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const message = (await documentsIn(store, "messages", project)).find(({ customer }) =>
      customer?.endsWith("ann"),
    )!;
    expect(mail.headers.get("message-id")).toBe(`<${message.message_id}@shop.example>`);
  });

  it("a recipient who is refused for ever has failed, and one who is refused for now is tried again", async () => {
    const { start, main, counts, later } = await shop();
    const spring = await start({ channel, template });
    mailbox.answer((to) => (to.startsWith("ann") ? 550 : 451));
    await main.work();
    expect(await counts(spring)).toEqual({ failed: 1, planned: 1, no_consent: 1, no_address: 1 });
    mailbox.answer(() => undefined);
    later(60_000);
    await main.work();
    expect(written()).toEqual(["bob@example.com"]);
    expect(await counts(spring)).toEqual({ failed: 1, sent: 1, no_consent: 1, no_address: 1 });
  });

  it("a message whose connection breaks after it was handed over is in doubt, and is not sent again", async () => {
    const { start, main, counts, later } = await shop();
    const spring = await start({ channel, template, query: "name is Bob" });
    mailbox.cutOff(true);
    await main.work();
    later(3_600_000);
    await main.work();
    expect(written()).toEqual(["bob@example.com"]);
    expect(await counts(spring)).toEqual({ in_doubt: 1 });
  });

  it("without a mail server nothing is started, and what was started is put aside", async () => {
    const { start, create, main, state, engine, project, counts } = await shop();
    await create({ name: "Summer", channel, template });
    const without = { ...engine, mail: undefined };
    await expect(startDistribution(without, project, "Summer")).rejects.toThrow("Set SEGMENTQL_SMTP_URL");
    const spring = await start({ channel, template, query: "name is Bob" });
    await main.work(without);
    expect(await state(spring)).toMatchObject({
      state: "paused",
      problem: expect.stringContaining("SEGMENTQL_SMTP_URL"),
    });
    await expect(resumeDistribution(without, project, "Spring")).rejects.toThrow("SEGMENTQL_SMTP_URL");
    await resumeDistribution(engine, project, "Spring");
    await main.work();
    expect(await counts(spring)).toEqual({ sent: 1 });
  });

  it("a preview and a test hand out nothing and count nothing", async () => {
    const { create, counts, engine, project } = await shop();
    await createCampaign(engine, project, { name: "Winter", discount: { percent: "10" } });
    const body = "{{ code }}: {{ customer.name }}";
    const spring = await create({ channel, template: { subject: "S", body }, campaign: "Winter" });
    const ann = await customerOf(project, "ann");
    const rendered = { subject: "S", body: "SAMPLE-CODE: Ann &lt;i&gt;" };
    expect(await renderedFor(engine, spring, ann)).toEqual(rendered);
    expect(await sendTest(engine, spring, ann, "me@shop.example")).toEqual(rendered);
    expect(written()).toEqual(["me@shop.example"]);
    expect(await counts(spring)).toEqual({});
    for (const to of [undefined, "me", "a@example.com,b@example.com"])
      await expect(sendTest(engine, spring, ann, to)).rejects.toMatchObject({
        code: "INVALID_INPUT",
        field: "to",
      });
    mailbox.answer(() => 550);
    await expect(sendTest(engine, spring, ann, "me@shop.example")).rejects.toMatchObject({
      code: "DELIVERY_FAILED",
      message: "The mail server answered 550 to RCPT TO.",
    });
  });
});
