// Readers of transitions and erasure: a reader that received a person's entry receives, once, that person's exit; a reader that
// did not never receives the name. For every reader, wherever it reads between two writes: by feed, and by webhook.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { eraseCustomer } from "../../../src/definitions/erase.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import {
  feedBounds,
  type Position,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../../src/membership/reads/feed.js";
import { deliveries } from "../../../src/outbox/deliveries.js";
import { createWebhook } from "../../../src/outbox/webhooks.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { draws } from "../../draws.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { movableEngine, upsertFrom } from "../live-shop.js";

const runs = draws(2);
const timeout = 300_000 + runs * 5_000;
let shops = 0;

type Step =
  | { readonly kind: "write"; readonly country: string; readonly number: number }
  | { readonly kind: "erase"; readonly number: number }
  | { readonly kind: "maintain" }
  | { readonly kind: "read"; readonly reader: number; readonly first: number }
  | { readonly kind: "deliver"; readonly works: boolean };

const number = fc.integer({ min: 1, max: 3 });
const steps = fc.array(
  fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant("write" as const),
        country: fc.constantFrom("PL", "FR"),
        number,
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant("erase" as const), number }) },
    { weight: 5, arbitrary: fc.constant<Step>({ kind: "maintain" }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant("read" as const),
        reader: fc.nat(2),
        first: fc.constantFrom(1, 2, 100),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({ kind: fc.constant("deliver" as const), works: fc.boolean() }),
    },
  ),
  { minLength: 5, maxLength: 40, size: "max" },
);

/** What a reader concludes from what it received: the members; and wrong transitions. */
class Audience {
  readonly members = new Set<string>();
  readonly faults: string[] = [];

  hear(sourceId: string, kind: string): void {
    if (sourceId.startsWith("erased-")) this.faults.push(`${sourceId} was reported`);
    if (kind === "entered") {
      if (this.members.has(sourceId)) this.faults.push(`${sourceId} entered twice`);
      this.members.add(sourceId);
    } else if (!this.members.delete(sourceId)) this.faults.push(`${sourceId} left without having entered`);
  }
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it("reports to every reader what its audience needs, and no more", { timeout }, async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (world) => {
        shops += 1;
        const project = `readers-${shops}`;
        const engine = { ...movableEngine(store, "2026-05-01T10:00:00Z"), allowPrivateWebhooks: true };
        await defineProject(engine, project, {});
        await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
        const maintainer = maintainProject(engine, project, () => 0);
        const settle = async () => {
          while (await maintainer.round());
        };
        await settle();
        await createWebhook(engine, project, { url: "http://127.0.0.1/hook" });
        const readers = [0, 1, 2].map(() => ({
          cursor: undefined as string | undefined,
          audience: new Audience(),
        }));
        const hook = new Audience();
        const heard = new Set<string>();
        let machine = 0;
        let works = true;
        const outbox = deliveries({
          tools: {
            engine,
            clock: () => machine,
            random: () => 0,
            sender: {
              close: () => undefined,
              post: async ({ body }) => {
                if (!works) return { problem: "It says no." };
                for (const { id, type, data } of JSON.parse(body).data.events) {
                  if (heard.has(id)) continue;
                  heard.add(id);
                  hook.hear(data.sourceId, type.endsWith("entered") ? "entered" : "left");
                }
                return { status: 200 };
              },
            },
          },
          report: (error) => {
            throw error;
          },
        });
        const read = async (which: number, first: number): Promise<boolean> => {
          const reader = readers[which]!;
          const from: Position =
            reader.cursor === undefined
              ? (await feedBounds(engine, project)).oldest
              : readPosition(reader.cursor);
          const page = await transitionsAfter(engine, project, from, first);
          for (const { customer, kind } of page.transitions)
            reader.audience.hear(customer.slice(project.length + 1), kind);
          reader.cursor = writePosition(page.position);
          return page.hasMore;
        };
        const deliver = async () => {
          machine += 7_200_000;
          await outbox.pass(maintainer.partitions());
          await outbox.settled();
        };
        const poles = new Set<string>();
        for (const step of world) {
          if (step.kind === "write") {
            await upsertFrom(engine, project, step.country, [step.number]);
            if (step.country === "PL") poles.add(`c-${step.number}`);
            else poles.delete(`c-${step.number}`);
          } else if (step.kind === "erase") {
            await eraseCustomer(engine, project, `c-${step.number}`);
            poles.delete(`c-${step.number}`);
          } else if (step.kind === "maintain") await settle();
          else if (step.kind === "read") await read(step.reader, step.first);
          else {
            works = step.works;
            await deliver();
          }
        }
        await settle();
        works = true;
        for (const [which] of readers.entries()) while (await read(which, 3));
        for (let turn = 0; turn < 5; turn += 1) await deliver();
        await maintainer.release();
        for (const { audience } of [...readers, { audience: hook }]) {
          expect(audience.faults).toEqual([]);
          expect([...audience.members].sort()).toEqual([...poles].sort());
        }
      }),
      { numRuns: runs },
    );
  });
});
