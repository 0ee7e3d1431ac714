// Kill -9 of the process that sends a distribution, on every store: after a restart nobody has two messages, those that were in flight
// are in doubt, and everybody else has one. Takes longer than the lease of a dead process, ten seconds; with SEGMENTQL_KILL_TESTS, there are
// 10,000 recipients, and up to four kills.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createDistribution } from "../../src/messaging/distributions.js";
import { startDistribution } from "../../src/messaging/lifecycle.js";
import { messageCounts } from "../../src/messaging/messages.js";
import { ended, inDatabase, startProcess, until } from "../membership/processes.js";
import { runReceiver } from "../outbox/receiver.js";
import { everyStore, mongoUri } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";

const asked = Number(process.env.SEGMENTQL_KILL_TESTS ?? 0);
// Each takes more than ten seconds.
const kills = Math.min(4, Math.max(1, asked));
const recipients = asked > 0 ? 10_000 : 300;
const project = "default";
/** The most messages in flight of one distribution. */
const maxInFlight = 20;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let receiver: Awaited<ReturnType<typeof runReceiver>>;
  beforeAll(async () => {
    receiver = await runReceiver();
  });
  afterAll(() => receiver.stop());

  it(`a distribution to ${recipients.toLocaleString("en")}, killed: ${kills}`, {
    timeout: 300_000 + kills * 60_000,
  }, async () => {
    const engine: Engine = { store, clock: systemClock, allowPrivateWebhooks: true };
    await defineProject(engine, project, { consents: ["newsletter"] });
    await upsertCustomers(
      engine,
      project,
      Array.from({ length: recipients }, (_, index) => ({
        source_id: `c-${index}`,
        consents: ["newsletter"],
      })),
    );
    await createDistribution(engine, project, {
      name: "All",
      purpose: "News",
      template: { body: "Hello {{ customer.source_id }}" },
      trigger: { kind: "now" },
      channel: { kind: "webhook", url: receiver.url },
      consent: "newsletter",
      rate: 12_000,
    });
    const distribution = await startDistribution(engine, project, "All");
    const written = () => receiver.received.map(({ body }) => String(body.data.sourceId));
    const start = () =>
      tested.name === "embedded"
        ? startProcess(undefined, ["--data", store.place, "maintain"], "stderr")
        : startProcess(inDatabase(mongoUri!, store.place), ["maintain"], "stderr");
    for (let kill = 1; kill <= kills; kill += 1) {
      const { child } = await start();
      const enough = (kill * recipients) / (kills + 2);
      await until(
        () => `${enough} messages, instead of ${receiver.received.length}`,
        async () => receiver.received.length >= enough,
      );
      child.kill("SIGKILL");
      await ended(child);
    }
    const { child } = await start();
    const state = async () => (await store.getMany("distributions", [distribution._id]))[0]!.state;
    await until(
      () => `the distribution is finished, after ${receiver.received.length} messages`,
      async () => (await state()) === "finished",
    );
    child.kill("SIGTERM");
    await ended(child);
    const all = written();
    expect(new Set(all).size).toBe(all.length);
    const messages = await documentsIn(store, "messages", project);
    const ofStatus = (wanted: string) =>
      messages.flatMap(({ status, customer }) =>
        status === wanted ? [customer!.slice(project.length + 1)] : [],
      );
    const inDoubt = ofStatus("in_doubt");
    expect(inDoubt.length).toBeLessThanOrEqual(kills * maxInFlight);
    const heard = new Set(all);
    expect(ofStatus("sent").filter((id) => !heard.has(id))).toEqual([]);
    expect(await messageCounts(engine, distribution)).toEqual({
      sent: recipients - inDoubt.length,
      ...(inDoubt.length === 0 ? {} : { in_doubt: inDoubt.length }),
    });
    // A customer who got nothing is listed as in doubt.
    expect(
      Array.from({ length: recipients }, (_, index) => `c-${index}`).filter(
        (id) => !heard.has(id) && !inDoubt.includes(id),
      ),
    ).toEqual([]);
  });
});
