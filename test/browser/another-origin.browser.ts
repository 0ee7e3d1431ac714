// Pages of another origin, as a shop's back office: the editor of the package, built into a page by its own bundler, and the API
// asked by the page itself, with a key.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import type { Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openShop, patience, type Shop } from "./shop.js";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

let folder: string;
let allowed: Server;
let foreign: Server;
let shop: Shop;
let key: string;

/** Serves the built page at a port of its own, which makes an origin of its own. */
async function servePage(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://page").pathname);
    const name = path === "/" ? "/index.html" : path;
    try {
      const content = readFileSync(join(folder, "dist", name));
      response.setHeader("content-type", contentTypes[extname(name)] ?? "application/octet-stream");
      response.end(content);
    } catch {
      response.writeHead(path === "/favicon.ico" ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "segmentql-back-office-"));
  cpSync("docs/examples/editor", folder, { recursive: true });
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(process.cwd(), join(folder, "node_modules", "segmentql"));
  await build({ root: folder, configFile: false, logLevel: "warn", build: { target: "es2022" } });
  allowed = await servePage();
  foreign = await servePage();
  shop = await openShop({ SEGMENTQL_CORS_ORIGINS: originOf(allowed) });
  const { apiKeyCreate } = await shop.ask(
    'mutation { apiKeyCreate(input: { name: "Back office", scope: READ }) { key } }',
  );
  key = apiKeyCreate.key;
});

afterAll(async () => {
  await shop?.stop();
  allowed?.close();
  foreign?.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Opened {
  readonly page: Page;
  /** Errors that the page reported. */
  readonly problems: readonly string[];
}

async function open(server: Server, settings: Readonly<Record<string, string>>): Promise<Opened> {
  const page = await shop.browser.newPage();
  page.setDefaultTimeout(patience);
  const problems: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  const search = new URLSearchParams({ service: `${shop.url}/graphql`, ...settings });
  await page.goto(`${originOf(server)}/?${search}`);
  return { page, problems };
}

describe("the editor of the package in a page of another origin", () => {
  it("colours, checks, mends and completes with values of the data", async () => {
    const { page, problems } = await open(allowed, { key });
    const verdict = page.getByRole("status");
    await verdict.filter({ hasText: "Saved as: country is Poland" }).waitFor();
    await page.locator(".q-value", { hasText: "Poland" }).waitFor();
    const field = page.getByRole("textbox", { name: "Segment" });
    await field.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("contry is Poland");
    await verdict.filter({ hasText: "There is no attribute `contry`. Did you mean `country`?" }).waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
    await verdict.filter({ hasText: "Saved as: country is Poland" }).waitFor();
    await page.keyboard.press("Control+a");
    await page.keyboard.type("country is Fra");
    await page.locator(".cm-tooltip-autocomplete [role=option]", { hasText: "France" }).first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it("says so if the key is not accepted", async () => {
    const { page } = await open(allowed, { key: "sql_nothing" });
    await page.getByRole("status").filter({ hasText: /key/i }).waitFor();
    expect(await page.locator(".cm-content").count()).toBe(0);
    await page.close();
  });
});

/** Asks the API from within a page; the message of what `fetch` throws if the browser withholds the answer. */
function askFrom(page: Page, query: string, headers: Readonly<Record<string, string>>): Promise<unknown> {
  return page.evaluate(
    async ([address, body, given]) => {
      try {
        const sent = { "content-type": "application/json", ...JSON.parse(given) };
        const answer = await fetch(address, { method: "POST", headers: sent, body });
        return [answer.status, await answer.json()];
      } catch (error) {
        return String(error);
      }
    },
    [`${shop.url}/graphql`, JSON.stringify({ query }), JSON.stringify(headers)] as const,
  );
}

/** Opens a websocket from within a page: the type of the first message, or the code that it was closed with. */
function connectFrom(page: Page): Promise<unknown> {
  return page.evaluate(
    ([address, token]) =>
      new Promise((resolve) => {
        const socket = new WebSocket(address, "graphql-transport-ws");
        socket.onopen = () =>
          socket.send(
            JSON.stringify({ type: "connection_init", payload: { authorization: `Bearer ${token}` } }),
          );
        socket.onmessage = ({ data }) => resolve(JSON.parse(data).type);
        socket.onclose = ({ code }) => resolve(code);
      }),
    [`${shop.url.replace("http", "ws")}/graphql`, key] as const,
  );
}

describe("the API", () => {
  const query = '{ segmentPreview(query: "country is Poland") { valid } }';

  it("answers a page of an origin that is allowed, with a key", async () => {
    const { page } = await open(allowed, { key });
    const answered = [200, { data: { segmentPreview: { valid: true } } }];
    expect(await askFrom(page, query, { authorization: `Bearer ${key}` })).toMatchObject(answered);
    expect(await askFrom(page, query, {})).toMatchObject([
      401,
      { errors: [{ extensions: { code: "UNAUTHENTICATED" } }] },
    ]);
    expect(
      await askFrom(page, "mutation { metadataDefine(input: { keys: [] }) { userErrors { code } } }", {
        authorization: `Bearer ${key}`,
      }),
    ).toMatchObject([403, { errors: [{ extensions: { code: "FORBIDDEN" } }] }]);
    expect(await connectFrom(page)).toBe("connection_ack");
    await page.close();
  });

  it("is kept by the browser from a page of any other origin, whatever its key", async () => {
    const { page } = await open(foreign, { key });
    expect(await askFrom(page, query, { authorization: `Bearer ${key}` })).toBe("TypeError: Failed to fetch");
    expect(await connectFrom(page)).toBe(1006);
    await page.close();
  });
});
