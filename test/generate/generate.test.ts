// A made-up shop of any size: the same for a seed and a day, believable, and the same in a store and in a folder.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Profile } from "../../src/documents/documents.js";
import { generateFolder, generateIntoStore } from "../../src/generate/generate.js";
import { type MadeUpCustomer, madeUpCustomers } from "../../src/generate/shop.js";
import { importFolder } from "../../src/import/folder.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../import/temporary-engine.js";
import { expectSame } from "../support/same.js";

const now = Date.parse("2026-11-23T12:00:00Z");
const day = 86_400_000;
const shop = (customers: number, seed = 7, at = now) => [...madeUpCustomers({ customers, seed, now: at })];

interface Happening {
  readonly type: string;
  readonly at: string;
  readonly properties: Readonly<Record<string, unknown>>;
}
const eventsOf = (customers: readonly MadeUpCustomer[]) =>
  customers.flatMap((customer) => customer.records.events as readonly Happening[]);

interface Order {
  readonly created_at: string;
  readonly amount: number;
}
const ordersOf = (customers: readonly MadeUpCustomer[]) =>
  customers.flatMap((customer) => customer.records.orders as readonly Order[]);

describe("a made-up shop", () => {
  const customers = shop(2_000);

  it("is the same for a seed on a day, at any hour, and different for another seed", () => {
    const morning = shop(40, 7, Date.parse("2026-11-23T00:00:00Z"));
    expect(shop(40, 7, Date.parse("2026-11-23T23:59:59Z"))).toEqual(morning);
    expect(shop(40, 8).map(({ profile }) => profile.name)).not.toEqual(
      morning.map(({ profile }) => profile.name),
    );
  });

  it("begins with the smaller one", () => {
    const large = new Map(shop(60).map((customer) => [customer.profile.source_id, customer]));
    for (const customer of shop(20)) expect(large.get(customer.profile.source_id)).toEqual(customer);
  });

  it("moves with the day, with the same people", () => {
    const [today, tomorrow] = [shop(40), shop(40, 7, now + day)];
    const created = (customers: readonly MadeUpCustomer[]) =>
      customers.map(({ profile }) => Date.parse(profile.created_at!));
    expect(created(tomorrow)).toEqual(created(today).map((instant) => instant + day));
    expect(tomorrow.map(({ profile }) => profile.name)).toEqual(today.map(({ profile }) => profile.name));
  });

  it("lies in the past, each record after its customer's first day", () => {
    const midnight = Date.parse("2026-11-23T00:00:00Z");
    for (const { profile, records } of customers) {
      const created = Date.parse(profile.created_at!);
      expect(created).toBeLessThan(midnight);
      for (const record of Object.values(records).flat() as { at?: string; created_at?: string }[]) {
        const at = Date.parse(record.at ?? record.created_at ?? profile.created_at!);
        expect(at).toBeGreaterThanOrEqual(created);
        expect(at).toBeLessThan(midnight);
      }
    }
  });

  const share = (test: (profile: Profile) => boolean) =>
    customers.filter(({ profile }) => test(profile)).length / customers.length;

  it("has a skewed spend: a tenth of the customers brings half of it", () => {
    const spent = customers.map((customer) =>
      ordersOf([customer]).reduce((total, { amount }) => total + amount, 0),
    );
    const sorted = spent.toSorted((one, other) => other - one);
    const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
    const top = sum(sorted.slice(0, 200)) / sum(sorted);
    expect(top).toBeGreaterThan(0.4);
    expect(top).toBeLessThan(0.8);
    expect(spent.filter((amount) => amount === 0).length / 2_000).toBeGreaterThan(0.2);
  });

  it("has seasons: a December sells more than a February and a July together", () => {
    const months = new Map<string, number>();
    for (const { created_at } of ordersOf(customers)) {
      const month = created_at.slice(0, 7);
      months.set(month, (months.get(month) ?? 0) + 1);
    }
    expect(months.get("2025-12")!).toBeGreaterThan(months.get("2025-02")! + months.get("2025-07")! / 2);
  });

  it("has ten events a customer on average, or as many as are asked for: some have none, a tenth has a third of them", () => {
    const counts = customers.map((customer) => eventsOf([customer]).length);
    const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
    expect(sum(counts) / 2_000).toBeGreaterThan(9);
    expect(sum(counts) / 2_000).toBeLessThan(11);
    const top = sum(counts.toSorted((one, other) => other - one).slice(0, 200)) / sum(counts);
    expect(top).toBeGreaterThan(0.3);
    expect(top).toBeLessThan(0.6);
    const without = counts.filter((count) => count === 0).length / 2_000;
    expect(without).toBeGreaterThan(0.1);
    expect(without).toBeLessThan(0.3);
    const busier = [...madeUpCustomers({ customers: 1_000, seed: 7, events: 40, now })];
    expect(eventsOf(busier).length / 1_000).toBeGreaterThan(35);
    expect(eventsOf(busier).length / 1_000).toBeLessThan(45);
    expect(eventsOf([...madeUpCustomers({ customers: 50, seed: 7, events: 0, now })])).toEqual([]);
  });

  it("is the same shop except for the events, however many are requested", () => {
    const withoutEvents = (made: readonly MadeUpCustomer[]) =>
      made.map(({ profile, records }) => ({ profile, records: { ...records, events: [] } }));
    const busier = [...madeUpCustomers({ customers: 60, seed: 7, events: 30, now })];
    expect(withoutEvents(busier)).toEqual(withoutEvents(shop(60)));
  });

  it("has events of several types, of which not every property is known, most of them lately", () => {
    const found = eventsOf(customers);
    const share = (test: (event: Happening) => boolean) => found.filter(test).length / found.length;
    const types = [...new Set(found.map(({ type }) => type))].sort();
    expect(types).toEqual(["checkout", "login", "page viewed", "review written", "search"]);
    for (const type of types)
      expect(
        share((event) => event.type === type),
        type,
      ).toBeGreaterThan(0.02);
    const views = found.filter(({ type }) => type === "page viewed");
    const timed = views.filter(({ properties }) => "seconds" in properties).length / views.length;
    expect(timed).toBeGreaterThan(0.8);
    expect(timed).toBeLessThan(0.9);
    expect(share(({ at }) => at >= "2026-05-23")).toBeGreaterThan(0.5);
    const month = (name: string) => share(({ at }) => at.startsWith(name));
    expect(month("2025-12")).toBeGreaterThan(month("2026-02"));
  });

  it("loses customers: most of last year's buyers have bought nothing for half a year", () => {
    const lastYear = customers.filter(({ profile }) => profile.created_at! < "2025-11-23");
    const buyers = lastYear.filter((customer) => ordersOf([customer]).length > 0);
    const lost = buyers.filter((customer) =>
      ordersOf([customer]).every(({ created_at }) => created_at < "2026-05-23"),
    );
    expect(lost.length / buyers.length).toBeGreaterThan(0.5);
    expect(lost.length / buyers.length).toBeLessThan(0.9);
  });

  it("has people of several languages and countries, and not everything is known of them", () => {
    const countries = new Set(customers.map(({ profile }) => profile.address?.country));
    expect([...countries].sort()).toEqual(["DE", "ES", "FR", "GB", "IT", "PL", "US"]);
    expect(share(({ name }) => /[ąćęłńóśźż]/.test(name!))).toBeGreaterThan(0.05);
    expect(share(({ name }) => /[éèêëçô]/.test(name!))).toBeGreaterThan(0.01);
    for (const field of ["email", "phone", "birthdate"] as const) {
      const missing = share((profile) => profile[field] === undefined);
      expect(missing, field).toBeGreaterThan(0.04);
      expect(missing, field).toBeLessThan(0.4);
    }
    expect(share(({ address }) => address?.city === undefined)).toBeGreaterThan(0.05);
    const emails = customers.flatMap(({ profile }) => profile.email ?? []);
    expect(emails.every((email) => /^[a-z]+\.[a-z]+\d+@example\.[a-z.]+$/.test(email))).toBe(true);
    expect(new Set(emails).size / emails.length).toBeGreaterThan(0.99);
  });
});

describe("generate", () => {
  const plan = { customers: 300, seed: 3, now };

  it("yields the same in a store and in a folder that is imported", async () => {
    const [direct, imported] = [await temporaryEngine(), await temporaryEngine()];
    const folder = join(await temporaryFolder(), "shop");
    const made = await generateIntoStore(direct, "default", plan);
    expect(await generateFolder(folder, plan)).toEqual(made);
    const summary = await importFolder(imported, "default", folder, {
      scratchFolder: await temporaryFolder(),
    });
    expect(summary.rejected).toBe(0);
    expect(made).toMatchObject({ customers: plan.customers });
    expect(made.orders).toBe(summary.orders.written);
    expectSame(await everything(imported), await everything(direct));
  });

  it("writes the identical folder, packed or plain", async () => {
    const parent = await temporaryFolder();
    await generateFolder(join(parent, "one"), plan);
    await generateFolder(join(parent, "two"), { ...plan, now: now + 60_000 });
    await generateFolder(join(parent, "plain"), plan, { plain: true });
    const names = await readdir(join(parent, "one"));
    expect(names).toHaveLength(8);
    for (const name of names) {
      const one = await readFile(join(parent, "one", name));
      // Compared as buffers: as values of a test they would be looked at byte by byte.
      expect(one.equals(await readFile(join(parent, "two", name))), name).toBe(true);
      const plain = await readFile(join(parent, "plain", name.replace(/\.gz$/, "")));
      expect(plain.equals(name.endsWith(".gz") ? gunzipSync(one) : one), name).toBe(true);
    }
  });

  it("continues where it was stopped, and changes nothing when it is repeated", async () => {
    const engine = await temporaryEngine();
    const controller = new AbortController();
    const stopped = generateIntoStore(engine, "default", plan, {
      signal: controller.signal,
      onProgress: ({ done }) => done >= plan.customers / 3 && controller.abort(),
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect((await documents(engine, "customers")).length).toBeLessThan(plan.customers);
    await generateIntoStore(engine, "default", plan);
    const whole = await temporaryEngine();
    await generateIntoStore(whole, "default", plan);
    const expected = await everything(whole);
    expectSame(await everything(engine), expected);
    await generateIntoStore(engine, "default", plan);
    expectSame(await everything(engine), expected);
  });

  it("refuses a project that has other customers", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "mine" }]);
    await expect(generateIntoStore(engine, "default", plan)).rejects.toThrow(
      "Project default has customers of its own",
    );
    expect((await documents(engine, "customers")).length).toBe(1);
  });

  it("leaves nothing of a folder that was stopped", async () => {
    const parent = await temporaryFolder();
    const controller = new AbortController();
    const stopped = generateFolder(join(parent, "shop"), plan, {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(stopped).rejects.toThrow("aborted");
    expect(await readdir(parent)).toEqual([]);
  });
});
