// The web widget on a page of another origin: visitors are identified, consent is taken, events are tracked, also those of a
// page that is left, and those of a time without a network.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openShop, patience, type Shop } from "./shop.js";

let shop: Shop;
let pages: Server;
let origin: string;
let admin: string;
let key: string;
let context: BrowserContext;
let page: Page;
let problems: string[];

/** A page of a shop, with a call that is made before the script is loaded. */
function pageOf(): string {
  return `<!doctype html><title>Shop</title>
    <script>(window.segmentql = window.segmentql || []).push(["track", "page seen", { path: location.pathname }]);</script>
    <script src="${shop.url}/widget.js" data-key="${key}" async></script>`;
}

beforeAll(async () => {
  pages = createServer((request, response) => {
    const isPage = request.url !== "/favicon.ico";
    response.writeHead(isPage ? 200 : 204, { "content-type": "text/html" });
    response.end(isPage ? pageOf() : undefined);
  });
  await new Promise<void>((resolve) => pages.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  shop = await openShop({ SEGMENTQL_CORS_ORIGINS: origin });
  const made = await shop.ask(`mutation {
    consentDefine(input: { names: ["newsletter", "SMS"] }) { userErrors { message } }
    track: apiKeyCreate(input: { name: "Storefront", scope: TRACK }) { key }
    admin: apiKeyCreate(input: { name: "Test", scope: ADMIN }) { key }
  }`);
  [key, admin] = [made.track.key, made.admin.key];
});

afterAll(async () => {
  await shop?.stop();
  pages?.close();
});

beforeEach(async () => {
  context = await shop.browser.newContext();
  page = await context.newPage();
  page.setDefaultTimeout(patience);
  problems = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
});
afterEach(() => context.close());

async function ask(query: string, variables: object = {}) {
  const answer = await fetch(`${shop.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${admin}` },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data: ReturnType<typeof JSON.parse>; errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

/** What is stored of a customer; null if there is none. */
async function stored(sourceId: string) {
  const { customer } = await ask(
    `query ($sourceId: String!) { customer(by: { sourceId: $sourceId }) { name source consents
      sourceMetadata { webWidgetId } events(first: 50) { nodes { type properties } } } }`,
    { sourceId },
  );
  return customer;
}

/** Runs a call of the widget on the page, once it is loaded. */
async function call(name: string, ...parameters: readonly unknown[]): Promise<void> {
  await page.waitForFunction("window.segmentql && !Array.isArray(window.segmentql)");
  await page.evaluate(`window.segmentql[${JSON.stringify(name)}](...${JSON.stringify(parameters)})`);
}

/** The calls that the browser still keeps. */
async function kept(): Promise<number> {
  return page.evaluate('Object.keys(localStorage).filter((name) => name.startsWith("segmentql.q.")).length');
}

async function untilSent(): Promise<void> {
  await page.waitForFunction(
    "window.segmentql && !Object.keys(localStorage).some((name) => /^segmentql\\.(?:q\\.|batch)/.test(name))",
  );
}

const visitorId = (): Promise<string> =>
  page.evaluate('"visitor-" + localStorage.getItem("segmentql.browser")');

it("a visitor is known by the browser, until the shop says who it is", async () => {
  await page.goto(`${origin}/first`);
  await untilSent();
  const visitor = await visitorId();
  expect(await stored(visitor)).toEqual({
    name: null,
    source: "WEB_WIDGET",
    consents: [],
    sourceMetadata: { webWidgetId: visitor.slice("visitor-".length) },
    events: { nodes: [{ type: "page seen", properties: { path: "/first" } }] },
  });
  await call("identify", "ann@example.com", { name: "Ann", email: "ann@example.com" });
  await call("consent", "newsletter", true);
  await call("track", "cart filled", { items: 2 });
  await untilSent();
  expect(await stored("ann@example.com")).toEqual({
    name: "Ann",
    source: "WEB_WIDGET",
    consents: ["newsletter"],
    sourceMetadata: { webWidgetId: visitor.slice("visitor-".length) },
    events: { nodes: [{ type: "cart filled", properties: { items: 2 } }] },
  });
  await call("consent", "newsletter", false);
  await untilSent();
  expect((await stored("ann@example.com")).consents).toEqual([]);
  await call("reset");
  await call("track", "logged out");
  await untilSent();
  expect(await visitorId()).not.toBe(visitor);
  expect(problems).toEqual([]);
});

it("a consent leaves the others, and a profile that is known keeps its source", async () => {
  await ask(
    'mutation { customersUpsert(input: [{ sourceId: "bob", name: "Bob", source: SHOPIFY, consents: ["SMS"] }]) { userErrors { message } } }',
  );
  await page.goto(origin);
  await call("identify", "bob");
  await call("consent", "newsletter", true);
  await untilSent();
  expect(await stored("bob")).toMatchObject({
    name: "Bob",
    source: "SHOPIFY",
    consents: ["SMS", "newsletter"],
  });
});

it("what is tracked without a network is sent once there is one again", async () => {
  await page.goto(`${origin}/offline`);
  await call("identify", "cyd");
  await untilSent();
  await context.setOffline(true);
  for (const step of [1, 2, 3]) await call("track", "step", { step });
  // An attempt has failed: the calls are a batch that waits.
  await page.waitForFunction('localStorage.getItem("segmentql.batch") !== null');
  expect(await kept()).toBe(3);
  expect((await stored("cyd")).events.nodes).toEqual([]);
  await context.setOffline(false);
  await untilSent();
  const { nodes } = (await stored("cyd")).events;
  expect(nodes.map(({ properties }: { properties: { step: number } }) => properties.step).toSorted()).toEqual(
    [1, 2, 3],
  );
});

it("what is tracked as a page is left arrives, once", async () => {
  await page.goto(`${origin}/left`);
  await call("identify", "dan");
  await untilSent();
  await call("track", "left", { from: "/left" });
  await page.goto(`${origin}/next`);
  await untilSent();
  const { nodes } = (await stored("dan")).events;
  expect(nodes.map(({ type }: { type: string }) => type).toSorted()).toEqual(["left", "page seen"]);
});

it("a batch whose answer was lost is applied once", async () => {
  let lost = 0;
  await page.route(`${shop.url}/graphql`, async (route) => {
    if (route.request().method() !== "POST" || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    await route.abort("connectionreset");
  });
  await page.goto(`${origin}/lost`);
  await untilSent();
  expect(lost).toBe(1);
  const visitor = await visitorId();
  expect((await stored(visitor)).events.nodes).toHaveLength(1);
});

it("what the browser keeps is bounded, and a call that is refused does not stop the others", async () => {
  await page.goto(`${origin}/bounded`);
  await untilSent();
  await context.setOffline(true);
  await call("track", "huge", { text: "x".repeat(10_000) });
  for (let count = 0; count < 210; count += 1) await call("track", "many", { count });
  expect(await kept()).toBe(200);
  await page.evaluate(
    'for (const name of Object.keys(localStorage)) if (name.startsWith("segmentql.q.")) localStorage.removeItem(name)',
  );
  await page.evaluate('localStorage.removeItem("segmentql.batch")');
  await call("track", " ");
  await call("track", "good");
  await context.setOffline(false);
  await untilSent();
  const { nodes } = (await stored(await visitorId())).events;
  expect(nodes.map(({ type }: { type: string }) => type)).toContain("good");
  expect(problems.some((text) => text.includes("too long"))).toBe(true);
});
