// Limits of what a project may have hold when several are created at once, on every store.
import { describe, expect, it } from "vitest";
import { createKey, maxKeys, revokeKey } from "../../src/access/keys.js";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { createSource, deleteSource, maxSources } from "../../src/integrations/sources.js";
import { createWebhook, deleteWebhook, maxWebhooks } from "../../src/outbox/webhooks.js";
import { createCampaign, deleteCampaign, maxCampaigns } from "../../src/promotions/campaigns.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

interface Kind {
  readonly name: string;
  readonly most: number;
  readonly create: (engine: Engine, project: string, number: number) => Promise<string>;
  readonly remove: (engine: Engine, project: string, id: string) => Promise<unknown>;
}

const kinds: readonly Kind[] = [
  {
    name: "sources",
    most: maxSources,
    create: async (engine, project, number) =>
      (await createSource(engine, project, { name: `Source ${number}`, kind: "MAILCHIMP" }))._id,
    remove: deleteSource,
  },
  {
    name: "webhooks",
    most: maxWebhooks,
    create: async (engine, project, number) =>
      (await createWebhook(engine, project, { url: `https://example.com/${number}` })).webhook_id,
    remove: deleteWebhook,
  },
  {
    name: "keys",
    most: maxKeys,
    create: async (engine, project, number) =>
      (await createKey(engine, project, { name: `Key ${number}`, scope: "read" })).document.key_id,
    // Revoking again gives no place back.
    remove: async (engine, project, id) => {
      await revokeKey(engine, project, id);
      await revokeKey(engine, project, id);
    },
  },
  {
    name: "campaigns",
    most: maxCampaigns,
    create: async (engine, project, number) =>
      (await createCampaign(engine, project, { name: `Campaign ${number}`, discount: { percent: "10" } }))
        .name,
    remove: deleteCampaign,
  },
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const engine: Engine = { store, clock: fixedClock(Date.parse("2026-11-30T10:00:00Z")) };

  it.each(kinds)("$name", async ({ name, most, create, remove }) => {
    await defineProject(engine, name, {});
    const ids: string[] = [];
    while (ids.length < most - 1) ids.push(await create(engine, name, ids.length));
    const atOnce = async (first: number) => {
      const created = await Promise.allSettled(
        [0, 1, 2].map((number) => create(engine, name, first + number)),
      );
      return created.filter(({ status }) => status === "fulfilled").length;
    };
    expect(await atOnce(1_000)).toBe(1);
    expect(await atOnce(2_000)).toBe(0);
    await remove(engine, name, ids[0]!);
    expect(await atOnce(3_000)).toBe(1);
  });

  it("two sources of a name are refused, also if they are created at once", async () => {
    await defineProject(engine, "names", {});
    const created = await Promise.allSettled(
      ["News", "news", "NEWS"].map((name) => createSource(engine, "names", { name, kind: "MAILCHIMP" })),
    );
    expect(created.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});
