// The whole circle, on every store and live: a shop's folder is imported, a segment limits a promotion, those who enter it are written
// to by e-mail and by webhook with a code of their own, a member redeems it, another customer is refused with the reason, and the
// redemption moves the member into a segment of its own.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, onTestFinished } from "vitest";
import { systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { importFolder } from "../../src/import/folder.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readLiveSegments } from "../../src/membership/live/live-set.js";
import { runMaintainers } from "../../src/membership/maintain/run.js";
import { createDistribution } from "../../src/messaging/distributions.js";
import { startDistribution } from "../../src/messaging/lifecycle.js";
import { runMessaging } from "../../src/messaging/run.js";
import { createCampaign } from "../../src/promotions/campaigns.js";
import { generateCodes, planCodes } from "../../src/promotions/generate.js";
import { planPublication, publishToSegment } from "../../src/promotions/publish.js";
import { redeem, rollBack } from "../../src/promotions/redemptions.js";
import { createRule, findRule } from "../../src/promotions/rules.js";
import { promotionsFor, validateRedemption } from "../../src/promotions/validate.js";
import { whyAudience } from "../../src/promotions/why.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { runReceiver } from "../outbox/receiver.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, holdersIn } from "../store/watched.js";
import { folderOfSuite } from "../support/folders.js";
import { runMailbox } from "./mailbox.js";
import { secret } from "./shop.js";

const project = "story";
const folder = folderOfSuite();
/** Patience with a busy machine: each wait ends as soon as what it waits for is there. */
const patiently = { timeout: 60_000, interval: 25 };

/** The folder that the shop exports: Ann has spent $90, Bob $20, both have granted the newsletter. */
function shopFolder(name: string): string {
  const path = join(folder, name);
  mkdirSync(path);
  const write = (file: string, records: readonly object[]) =>
    writeFileSync(join(path, file), records.map((record) => `${JSON.stringify(record)}\n`).join(""));
  write("customers.ndjson", [
    { source_id: "ann", name: "Ann", email: "ann@example.com", consents: ["newsletter"] },
    { source_id: "bob", name: "Bob", email: "bob@example.com", consents: ["newsletter"] },
  ]);
  write("orders.ndjson", [
    { source_id: "o-1", customer: "ann", created_at: "2026-01-10T10:00:00Z", amount: 9_000 },
    { source_id: "o-2", customer: "bob", created_at: "2026-01-11T10:00:00Z", amount: 2_000 },
  ]);
  return path;
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("from an imported shop to a redemption that moves a customer, live", async () => {
    const [mailbox, receiver] = [await runMailbox(), await runReceiver()];
    const engine: Engine = {
      ...{ store, clock: systemClock },
      ...{ allowPrivateWebhooks: true, mail: mailbox.settings },
    };
    await defineProject(engine, project, { consents: ["newsletter"] });
    await importFolder(engine, project, shopFolder(tested.name.replaceAll(/\W/g, "-")));

    const regulars = await createAutoUpdate(engine, project, {
      name: "Regulars",
      query: "total spent is more than $100",
    });
    await createRule(engine, project, {
      name: "Regulars once",
      anyOf: [regulars.segment_id],
      perCustomer: 1,
    });
    await createCampaign(engine, project, {
      name: "Winter",
      discount: { percent: "10" },
      rules: ["Regulars once"],
    });
    const winner = await createAutoUpdate(engine, project, {
      name: "Redeemers",
      query: "redemptions is at least 1",
    });
    const plan = await planCodes(engine, project, { campaign: "Winter", count: 5, pattern: "WINTER-######" });
    await generateCodes(engine, project, plan);
    const publication = { campaign: "Winter", segment: regulars.segment_id };
    const published = await publishToSegment(
      engine,
      project,
      await planPublication(engine, project, publication),
    );
    // No one is in it yet: each gets a code with the message.
    expect(published).toEqual({ published: 0, had: 0 });

    const errors: unknown[] = [];
    const report = (error: unknown) => errors.push(error);
    const maintainers = runMaintainers(engine, { project, idleMs: 20, report });
    const messaging = runMessaging(engine, { report, pollMs: 20 });
    onTestFinished(async () => {
      await Promise.all([messaging.stop(), maintainers.stop()]);
      await Promise.all([mailbox.stop(), receiver.stop()]);
    });
    const members = async (segment: string) =>
      (await holdersIn(store, project, segment)).map(({ source_id }) => source_id);
    await expect
      .poll(async () => (await readLiveSegments(engine, project)).map(({ status }) => status), patiently)
      .toEqual(["live", "live"]);

    const channels = {
      mail: { kind: "email" },
      hook: { kind: "webhook", url: receiver.url, secret },
    } as const;
    for (const [name, channel] of Object.entries(channels)) {
      await createDistribution(engine, project, {
        ...{ name, purpose: "A discount for regulars", consent: "newsletter", campaign: "Winter", channel },
        trigger: { kind: "entered", segment: regulars.segment_id },
        template: {
          ...(name === "mail" ? { subject: "For you, {{ customer.name }}" } : {}),
          body: "Your code: {{ code }}",
        },
      });
      await startDistribution(engine, project, name);
    }

    await upsertRecords(engine, project, "orders", [
      { source_id: "o-3", customer: "ann", created_at: "2026-02-01T10:00:00Z", amount: 3_000 },
    ]);
    await expect.poll(() => [mailbox.mails.length, receiver.received.length], patiently).toEqual([1, 1]);
    const [mail, post] = [mailbox.mails[0]!, receiver.received[0]!];
    expect([mail.to, mail.headers.get("subject")]).toEqual([["ann@example.com"], "For you, Ann"]);
    const code = /WINTER-\w{6}/.exec(mail.body)![0];
    expect(post.body.data).toMatchObject({ sourceId: "ann", code, text: `Your code: ${code}` });
    new Webhook(secret).verify(post.text, post.headers as Record<string, string>);

    const [ann, bob] = (await documentsIn(store, "customers", project)).toSorted((one, other) =>
      one.source_id < other.source_id ? -1 : 1,
    );
    const request = { target: { code }, order: { amount: 8_000 } };
    const check = (customer: typeof ann) =>
      validateRedemption(engine, project, { ...request, person: { customer: customer! } });
    expect(await check(ann)).toMatchObject({ obstacles: [], discount: 800 });

    const refused = await redeem(engine, project, { ...request, customer: bob!._id });
    expect(refused.redemption).toBeUndefined();
    expect(refused.obstacles.map(({ kind, message }) => [kind, message])).toEqual([
      ["CODE_OF_ANOTHER_CUSTOMER", `The code ${code} belongs to another customer.`],
      ["AUDIENCE", 'The customer does not belong to those whom the rule "Regulars once" allows.'],
    ]);
    const near = await promotionsFor(engine, project, { person: { customer: bob! } });
    expect(near.map(({ campaign, obstacles }) => [campaign.name, obstacles.map(({ kind }) => kind)])).toEqual(
      [["Winter", ["AUDIENCE"]]],
    );
    const rule = (await findRule(engine, project, "Regulars once"))!;
    const why = await whyAudience(engine, rule, { customer: bob! }, near[0]!.asOf);
    expect(JSON.stringify(await why!.answer!.nearest!())).toContain("one more order of $80.01");
    expect(await members(winner.segment_id)).toEqual([]);

    const accepted = await redeem(engine, project, {
      ...request,
      customer: ann!._id,
      idempotencyKey: "till-1",
    });
    expect(accepted).toMatchObject({
      redemption: { code, order_amount: 8_000, discount_amount: 800 },
      obstacles: [],
    });
    await expect.poll(() => members(winner.segment_id), patiently).toEqual(["ann"]);
    expect((await check(ann)).obstacles.map(({ kind }) => kind)).toEqual(["CODE_LIMIT", "CUSTOMER_LIMIT"]);

    await rollBack(engine, project, "till-1");
    await expect.poll(() => members(winner.segment_id), patiently).toEqual([]);
    expect((await check(ann)).obstacles).toEqual([]);
    expect(errors).toEqual([]);
    // No one was written to twice meanwhile.
    expect([mailbox.mails.length, receiver.received.length]).toEqual([1, 1]);
  });
});
