// The demo shop: the same on the same day, customers for every sentence, and never in the way of real data.
import { beforeAll, describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { seedDemo } from "../../src/generate/demo.js";
import { sampleQueries } from "../../src/http/samples.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { findProject } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/query/preview.js";
import { documents, everything, temporaryEngine } from "../import/temporary-engine.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { expectSame } from "../support/same.js";

describe("seedDemo", () => {
  it("fills an empty project, and does nothing the second time", async () => {
    const engine = await temporaryEngine();
    expect(await seedDemo(engine, "default", { customers: 300 })).toBe(true);
    expect(await findProject(engine, "default")).toMatchObject({
      timezone: "Europe/Warsaw",
      currency: "USD",
    });
    const before = await everything(engine);
    expect(before.customers.length).toBe(300);
    for (const collection of [
      "orders",
      "events",
      "redemptions",
      "gift_cards",
      "loyalty",
      "referrals",
    ] as const) {
      expect(before[collection].length).toBeGreaterThan(20);
    }
    expect(await seedDemo(engine, "default", { customers: 300 })).toBe(false);
    expectSame(await everything(engine), before);
  });

  describe("on any day", () => {
    const store = storeOfSuite(everyStore.find(({ name }) => name === "embedded")!);
    const engine: Engine = { store, clock: fixedClock(Date.parse("2031-03-05T17:00:00Z")) };
    const people = 1_000;
    beforeAll(async () => {
      await seedDemo(engine, "default", { customers: people });
    });

    it("has customers for a new user's questions", async () => {
      const customers = await documents(engine, "customers");
      const products = new Set(
        (await documents(engine, "products"))
          .filter((product) => product.text.name?.includes("macbookair"))
          .map((product) => product.key),
      );
      const monthAgo = new Date("2031-02-03T17:00:00Z");
      const share = (test: (customer: (typeof customers)[number]) => boolean) =>
        customers.filter(test).length / people;
      const shares = {
        lastOrderMoreThan30DaysAgo: share(({ activity }) => (activity.orders.last_at ?? monthAgo) < monthAgo),
        lastOrderInTheLast30Days: share(
          ({ activity }) => (activity.orders.last_at ?? new Date(0)) >= monthAgo,
        ),
        lessThan500: share(({ activity }) => activity.orders.total_amount < 50_000),
        britishFromMailchimp: share(
          ({ facts }) => facts.email?.endsWith(".uk") === true && facts.source === "mailchimp",
        ),
        polishBuyers: share(
          ({ facts, activity }) => facts.country === "PL" && activity.orders.total_amount > 10_000,
        ),
        withoutEmail: share(({ facts }) => facts.email === undefined),
        boughtMacBookAir: share(({ activity }) => activity.orders.items.some((key) => products.has(key))),
        newThisYear: share(({ facts }) => facts.created_at! >= new Date("2031-02-01T00:00:00Z")),
      };
      for (const [what, found] of Object.entries(shares)) {
        expect(found, what).toBeGreaterThan(0.02);
        expect(found, what).toBeLessThan(0.9);
      }
      expect(customers.every(({ activity }) => activity.next_at === undefined)).toBe(true);
    });

    it("has an answer to every introductory sentence, and no answer is all customers", async () => {
      for (const query of sampleQueries) {
        const { answer, diagnostics } = await previewSegment(engine, "default", { query });
        expect(diagnostics, query).toEqual([]);
        const count = await answer!.count();
        expect(count, query).toBeGreaterThan(5);
        expect(count, query).toBeLessThan(700);
      }
    });
  });

  it("leaves a project with customers alone", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "mine" }]);
    expect(await seedDemo(engine, "default", { customers: 5 })).toBe(false);
    expect((await documents(engine, "customers")).length).toBe(1);
  });

  it("finishes a run that was stopped after any write", async () => {
    const whole = await temporaryEngine();
    await seedDemo(whole, "default", { customers: 50 });
    const expected = await everything(whole);
    const halved = await temporaryEngine();
    for (const transactions of [2, 3, 9]) {
      let left = transactions;
      const dying: Engine = {
        ...halved,
        store: {
          ...halved.store,
          write: async (work) => {
            if (left === 0) throw new Error("killed");
            left -= 1;
            return halved.store.write(work);
          },
        },
      };
      await expect(seedDemo(dying, "default", { customers: 50 })).rejects.toThrow("killed");
    }
    // All customers are there by then, and not yet all that the last one did.
    expect((await documents(halved, "customers")).length).toBe(50);
    expect(await seedDemo(halved, "default", { customers: 50 })).toBe(true);
    expectSame(await everything(halved), expected);
    expect(await seedDemo(halved, "default", { customers: 50 })).toBe(false);
  });
});
