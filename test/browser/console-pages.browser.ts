// Each page of the console: nothing for axe to find, light and dark; what a first load weighs; pictures for the documentation.
import { mkdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countShown, openShop, type Shop, type Visit } from "./shop.js";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = "docs/images";
const sentence = "country is Poland and last order more than 30 days ago";

let shop: Shop;
let segmentId: string;
let customerId: string;
let campaignId: string;
let distributionId: string;

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true });
  shop = await openShop();
  const saved = await shop.ask(
    `mutation { a: segmentCreateAutoUpdate(input: { name: "Lapsed in Poland", query: "${sentence}" }) { segment { id } }
      b: segmentCreateAutoUpdate(input: { name: "Best customers", query: "total spent is at least $500" }) { segment { id } } }`,
  );
  segmentId = saved.a.segment.id;
  const { customers } = await shop.ask(
    "{ customers(first: 1, sortBy: ORDERS_TOTAL_AMOUNT, descending: true) { nodes { id } } }",
  );
  customerId = customers.nodes[0].id;
  const promoted = await shop.ask(
    `mutation($segment: ID!) {
      rule: validationRuleCreate(input: { name: "Best customers once", audience: { anyOf: [$segment] },
        limits: { total: 500, perCustomer: 1 }, minimumOrder: { amount: "50" } }) { userErrors { message } }
      made: campaignCreate(input: { name: "Winter", rules: [{ name: "Best customers once" }],
        discount: { percent: { percent: "10", maximum: { amount: "20" } } } }) { campaign { id } }
      codes: promotionCodesGenerate(input: { campaign: { name: "Winter" }, count: 12, pattern: "WINTER-########" }) { userErrors { message } }
      chosen: promotionCodeCreate(input: { campaign: { name: "Winter" }, code: "SNOW" }) { userErrors { message } }
    }`,
    { segment: saved.b.segment.id },
  );
  campaignId = promoted.made.campaign.id;
  distributionId = await writeMessages(saved.a.segment.id);
  await connectSource();
});

/** A draft, whose id is returned, one that waits for entries, and one that has ended, since nobody permitted it. */
async function writeMessages(segment: string): Promise<string> {
  const { made } = await shop.ask(
    `mutation($segment: ID!) {
      consents: consentDefine(input: { names: ["winter catalogue"] }) { userErrors { message } }
      made: distributionCreate(input: { name: "Winter is here", purpose: "Announce the winter discount",
        channel: EMAIL, consent: "newsletter", campaign: { name: "Winter" }, audience: { anyOf: [$segment] },
        template: { subject: "{{ customer.name }}, 10 % for you",
          body: "<h2>Hello {{ customer.name }}</h2><p>It has been a while. With <b>{{ code }}</b> everything is 10 % off until New Year.</p>" } }) { distribution { id } }
      waits: distributionCreate(input: { name: "We miss you", purpose: "Win back those who lapsed",
        channel: WEBHOOK, url: "https://hooks.example.com/messages", consent: "newsletter", trigger: { entered: $segment },
        template: { body: "Hello {{ customer.name }}" } }) { userErrors { message } }
      starts: distributionStart(input: { name: "We miss you" }) { userErrors { message } }
      ends: distributionCreate(input: { name: "Catalogue", purpose: "Send the catalogue",
        channel: WEBHOOK, url: "https://hooks.example.com/catalogue", consent: "winter catalogue", audience: { anyOf: [$segment] },
        template: { body: "Hello {{ customer.name }}" } }) { userErrors { message } }
      runs: distributionStart(input: { name: "Catalogue" }) { userErrors { message } }
    }`,
    { segment },
  );
  const ended = async () =>
    (await shop.ask('{ distribution(by: { name: "Catalogue" }) { state } }')).distribution.state;
  await vi.waitUntil(async () => (await ended()) === "FINISHED", { timeout: 60_000, interval: 100 });
  return made.distribution.id;
}

/** A source that has received something, and rejected something. */
async function connectSource(): Promise<void> {
  const { made } = await shop.ask(
    'mutation { made: sourceCreate(input: { name: "Newsletter list", kind: MAILCHIMP }) { secret source { path } } }',
  );
  const subscriber = {
    "data[id]": "8a25ff1d98",
    "data[list_id]": "a6b5da1054",
    "data[email]": "api@example.com",
  };
  // The second has no customer.
  for (const fields of [{ type: "subscribe", ...subscriber }, { type: "profile" }]) {
    await fetch(`${shop.url}${made.source.path}?secret=${made.secret}`, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...fields, fired_at: "2026-11-20 10:00:00" }),
    });
  }
}

afterAll(() => shop?.stop());

interface Shown {
  readonly name: string;
  readonly path: () => string;
  /** What is there once the page is. */
  readonly settled: (visit: Visit) => Promise<unknown>;
}

const row = ({ page }: Visit) => page.locator("table tbody tr").first().waitFor();
const pages: readonly Shown[] = [
  {
    name: "explore",
    path: () => `/?${new URLSearchParams({ q: sentence })}`,
    settled: async (visit) => {
      await countShown(visit.page);
      await row(visit);
      await visit.page.locator(".narrowing li").nth(1).waitFor();
    },
  },
  {
    name: "explore-form",
    path: () => `/?${new URLSearchParams({ q: sentence, form: "true" })}`,
    settled: ({ page }) => page.locator(".form-row").first().waitFor(),
  },
  {
    name: "explore-why",
    path: () => `/?${new URLSearchParams({ q: sentence, who: customerId })}`,
    settled: ({ page }) => page.locator(".panel .verdict").waitFor(),
  },
  { name: "segments", path: () => "/segments", settled: row },
  { name: "segment", path: () => `/segments/${encodeURIComponent(segmentId)}`, settled: row },
  { name: "customers", path: () => "/customers", settled: row },
  {
    name: "profile",
    path: () => `/customers/${encodeURIComponent(customerId)}`,
    settled: ({ page }) => page.locator(".feed-row").first().waitFor(),
  },
  { name: "promotions", path: () => "/promotions", settled: row },
  {
    name: "campaign",
    path: () => `/promotions/${encodeURIComponent(campaignId)}`,
    settled: ({ page }) => page.locator('.audience-count[data-stale="false"]').waitFor(),
  },
  {
    name: "campaign-codes",
    path: () => `/promotions/${encodeURIComponent(campaignId)}?tab=codes`,
    settled: row,
  },
  { name: "messages", path: () => "/messages", settled: row },
  {
    name: "distribution",
    path: () => `/messages/${encodeURIComponent(distributionId)}`,
    settled: async ({ page }) => {
      await page.locator(".rendered").waitFor();
      await page.locator(".reach-count").waitFor();
    },
  },
  {
    name: "sources",
    path: () => "/sources",
    settled: ({ page }) => page.locator(".card").first().waitFor(),
  },
  { name: "feed", path: () => "/feed", settled: ({ page }) => page.locator(".feed-row").first().waitFor() },
  { name: "data", path: () => "/data", settled: row },
  {
    name: "settings",
    path: () => "/settings",
    settled: ({ page }) => page.getByText("There is no webhook yet.").waitFor(),
  },
  {
    name: "playground",
    path: () => "/playground",
    settled: async ({ page }) => {
      await page.getByRole("button", { name: "Run" }).click();
      await page.locator(".playground-answer", { hasText: '"count"' }).waitFor();
    },
  },
];

/** Waits until nothing on a page is loading or stale, and its font is there. */
async function restful({ page }: Visit): Promise<void> {
  await page.waitForLoadState("networkidle");
  const restless = page.locator('.skeleton, [data-stale="true"], progress');
  await expect.poll(() => restless.count(), { timeout: 60_000 }).toBe(0);
  await page.evaluate("document.fonts.ready.then(() => true)");
}

interface Finding {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What axe finds on a page, as short as a failure can show it. */
async function findings({ page }: Visit): Promise<readonly string[]> {
  // Run by the browser's tools, which the page's policy does not hold back.
  await page.evaluate(axe);
  const violations = (await page.evaluate(
    "axe.run().then(({ violations }) => violations)",
  )) as readonly Finding[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary.slice(0, 300)}`),
  );
}

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each(pages)("$name has nothing for axe to find", async ({ name, path, settled }) => {
    const visit = await shop.visit({ colorScheme, viewport: { width: 1280, height: 800 } });
    await visit.page.goto(shop.url + path());
    await settled(visit);
    await restful(visit);
    await visit.page.screenshot({ path: join(pictures, `${name}-${colorScheme}.png`) });
    expect(await findings(visit)).toEqual([]);
    expect(visit.outside()).toEqual([]);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});

describe("on a phone", () => {
  it.each(pages)("$name is no wider than the screen", async ({ name, path, settled }) => {
    const visit = await shop.visit({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
    await visit.page.goto(shop.url + path());
    await settled(visit);
    await restful(visit);
    await visit.page.screenshot({ path: join(pictures, `${name}-phone.png`) });
    // A phone shows a wider page smaller: then `innerWidth` grows with it.
    expect(await visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")).toEqual([
      390, 390,
    ]);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});

describe("after the first paint", () => {
  it.each(pages)("nothing on $name moves", async ({ path, settled }) => {
    const visit = await shop.visit({ viewport: { width: 1280, height: 800 } });
    const { page } = visit;
    // A shift is what the Layout Instability specification calls one: what moved of the viewport, and how far.
    await page.addInitScript(`
      window.shifts = [];
      new PerformanceObserver((list) => {
        for (const { value, hadRecentInput, sources } of list.getEntries())
          if (!hadRecentInput)
            window.shifts.push(value.toFixed(4) + " " + sources.map(({ node }) =>
              (node?.className ?? node?.nodeName ?? "?") + " " + (node?.textContent ?? "").slice(0, 40)).join(" | "));
      }).observe({ type: "layout-shift", buffered: true });`);
    await page.goto(shop.url + path());
    await settled(visit);
    await page.waitForLoadState("networkidle");
    expect(await page.evaluate("window.shifts")).toEqual([]);
    await visit.close();
  });
});

describe("a first load", () => {
  it("weighs at most 250 kB compressed, and the language 110 kB", async () => {
    const visit = await shop.visit();
    const { page } = visit;
    const sizes = new Map<string, number>();
    page.on("response", async (response) => {
      const path = new URL(response.url()).pathname;
      if (!/^\/(?:assets\/.*\.(?:js|css)|)$/.test(path)) return;
      // As Brotli, which browsers take over https alone: what the build wrote beside the file.
      const compressed = join("dist/console", `${path}.br`);
      sizes.set(path, path === "/" ? (await response.body()).length : statSync(compressed).size);
    });
    await page.goto(`${shop.url}/?${new URLSearchParams({ q: sentence })}`);
    await countShown(page);
    await page.waitForLoadState("networkidle");
    const files = [...sizes].sort(([, one], [, other]) => other - one);
    const language = sum(files.filter(([path]) => path.includes("worker")));
    const rest = sum(files.filter(([path]) => !path.includes("worker")));
    console.log(files.map(([path, size]) => `${size}  ${path}`).join("\n"));
    console.log(`page ${rest} bytes, language ${language} bytes, compressed`);
    expect(language).toBeGreaterThan(10_000);
    expect(language).toBeLessThanOrEqual(110_000);
    expect(rest).toBeGreaterThan(10_000);
    expect(rest).toBeLessThanOrEqual(250_000);
    await visit.close();
  });
});

function sum(files: readonly (readonly [string, number])[]): number {
  return files.reduce((total, [, size]) => total + size, 0);
}
