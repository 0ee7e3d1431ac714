// A real service with the demo shop, and Chromium, for the tests of the console beside this file. The shop is in an embedded
// store; where MONGODB_URI is set, in a database of its own there.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { MongoClient } from "mongodb";
import { ConnectionString } from "mongodb-connection-string-url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** How long the browser may take for a step, in milliseconds, where others use the machine. */
export const patience = 120_000;

/** True if the shop is in an embedded store. */
export const isEmbedded = process.env.MONGODB_URI === undefined;

export interface Visit {
  readonly page: Page;
  /** Requests to anything but the service. */
  readonly outside: () => readonly string[];
  /** Errors that the page reported. */
  readonly problems: readonly string[];
  readonly close: () => Promise<void>;
}

export interface Shop {
  readonly url: string;
  /** Asks GraphQL, and fails where it answers with errors. */
  readonly ask: (query: string, variables?: object) => Promise<ReturnType<typeof JSON.parse>>;
  /** Opens a page with nothing remembered. */
  readonly visit: (options?: BrowserContextOptions) => Promise<Visit>;
  readonly browser: Browser;
  readonly stop: () => Promise<void>;
  /** Kills the service as it is. */
  readonly kill: () => Promise<void>;
  /** Starts it again, at the same port. */
  readonly restart: () => Promise<void>;
}

/** Starts the service with the demo shop, and the browser. @param environment variables of the service. */
export async function openShop(environment: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const place = placeOfShop();
  let service = serve(place, "0", environment);
  const url = await addressPrinted(service);
  const browser = await launch();
  const stopService = async (signal: "SIGTERM" | "SIGKILL"): Promise<void> => {
    if (service.exitCode !== null || service.signalCode !== null) return;
    service.kill(signal);
    await once(service, "exit");
  };
  return {
    url,
    browser,
    ask: (query, variables) => ask(url, query, variables),
    visit: (options = {}) => visit(browser, url, options),
    kill: () => stopService("SIGKILL"),
    restart: async () => {
      service = serve(place, new URL(url).port, environment);
      await addressPrinted(service);
    },
    stop: async () => {
      await browser.close();
      await stopService("SIGTERM");
      await place.remove();
    },
  };
}

interface Place {
  /** The options and the variables that name it to `serve`. */
  readonly options: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  readonly remove: () => Promise<void>;
}

function placeOfShop(): Place {
  const { MONGODB_URI: uri } = process.env;
  if (uri === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "segmentql-console-"));
    return {
      options: ["--data", folder],
      variables: {},
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const database = new ConnectionString(uri);
  database.pathname = `/console_${randomUUID().slice(0, 8)}`;
  return {
    options: [],
    variables: { MONGODB_URI: database.href },
    remove: async () => {
      const client = await new MongoClient(database.href).connect();
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

function serve(place: Place, port: string, environment: Readonly<Record<string, string>>): ChildProcess {
  return spawn(
    process.execPath,
    ["dist/src/cli/main.js", "serve", "--demo", "--port", port, ...place.options],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, LOG_LEVEL: "warn", ...place.variables, ...environment },
    },
  );
}

async function addressPrinted(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = /http:\/\/localhost:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("The service ended without saying where it listens.");
}

function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    timeout: patience,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

async function visit(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1400, height: 900 },
    locale: "en-GB",
    ...options,
  });
  await context.grantPermissions([]);
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const requested: string[] = [];
  const problems: string[] = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(url);
  await page.locator(".cm-content").first().waitFor();
  return {
    page,
    outside: () =>
      requested.filter((address) => !/^(data|blob):/.test(address) && new URL(address).origin !== url),
    problems,
    close: () => context.close(),
  };
}

async function ask(url: string, query: string, variables: object = {}) {
  const answer = await fetch(`${url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await answer.json()) as { data: unknown; errors?: unknown };
  if (body.errors !== undefined) throw new Error(JSON.stringify(body.errors));
  return body.data as ReturnType<typeof JSON.parse>;
}

/** The number that the page shows, once it is of the present sentence and not `before`. */
export async function countShown(page: Page, before?: number): Promise<number> {
  const settled = page.locator('[data-testid="count"][data-stale="false"] strong').filter({ hasText: /\d/ });
  const wanted =
    before === undefined
      ? settled
      : settled.filter({ hasNotText: new RegExp(`^${before.toLocaleString("en-GB")}$`) });
  return Number((await wanted.innerText()).replace(/\D/g, ""));
}

/** Writes another sentence in place of the one that is there. */
export async function write(page: Page, sentence: string): Promise<void> {
  await page
    .locator(".cm-content")
    .first()
    .click({ position: { x: 4, y: 4 } });
  await page.keyboard.press("Escape");
  await page.locator(".cm-content").first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(sentence, { delay: 8 });
  await page.keyboard.press("Escape");
}

/** The sentence that the editor holds. */
export async function sentenceOf(page: Page): Promise<string> {
  const lines = await page.locator(".sentence-editor .cm-line").allInnerTexts();
  return lines.join("\n").trim();
}

/** Waits until the editor holds this sentence. */
export async function holdsSentence(page: Page, sentence: string): Promise<void> {
  const escaped = sentence.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  await page
    .locator(".cm-content")
    .filter({ hasText: new RegExp(`^${escaped}$`) })
    .waitFor();
}
