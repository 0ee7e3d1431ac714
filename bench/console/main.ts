// The console's latency: from a key press to the marks of the sentence, from the last key press of a sentence to its count, and
// from opening the page until it answers at once, measured in a real browser against a real service on the embedded store; on
// MongoDB, in a database of its own, where MONGODB_URI is set. `--toy` runs in seconds on the demo shop, to see that it works;
// its figures mean nothing. Needs a built `dist` and Chromium (CHROMIUM names it).
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { MongoClient } from "mongodb";
import { ConnectionString } from "mongodb-connection-string-url";
import { type Browser, chromium, type Page } from "playwright-core";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const { MONGODB_URI: mongoUri } = process.env;
const customers = toy ? 500 : mongoUri === undefined ? 50_000 : 200_000;
const rounds = toy ? 1 : 8;
const goals = { marks: 16, count: mongoUri === undefined ? 150 : 300, interactive: 1_500 } as const;
/** How long no task may be long once a page is interactive, in milliseconds. */
const quietMs = 5_000;
/** How much slower the processor is made for the first load. */
const slowdown = 4;
const command = "dist/src/cli/main.js";
const browserPath = process.env.CHROMIUM ?? "/usr/bin/chromium";

const sentences = [
  "country is Poland and total spent is more than $100",
  "last order more than 30 days ago and orders.count is at least 3",
  "email ends with .uk and source is mailchimp",
  "any of (country is Germany, city is Paris) and not vip",
];

interface Mark {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

// Runs in the page: records when each key went down, and when each result was shown for which text.
const watch = `
  window.keys = [];
  window.marks = [];
  addEventListener("keydown", (event) => window.keys.push(event.timeStamp), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if (entry.name.startsWith("segmentql.")) window.marks.push({ name: entry.name, at: entry.startTime, text: entry.detail });
  }).observe({ type: "mark" });
`;

if (!existsSync(browserPath)) {
  console.log(`console: no Chromium at ${browserPath}; CHROMIUM names another. Not measured.`);
} else {
  await measure();
}

async function measure(): Promise<void> {
  const place = placeOfShop();
  const made = ["generate", "--customers", String(customers), "--seed", "15", ...place.options];
  execFileSync(process.execPath, [command, ...made], { stdio: "ignore", env: place.environment });
  const service = spawn(process.execPath, [command, "serve", "--port", "0", ...place.options], {
    stdio: ["ignore", "pipe", "ignore"],
    env: place.environment,
  });
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-gpu"],
  });
  try {
    const url = await addressOf(service);
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.addInitScript(watch);
    await page.goto(`${url}/?q=vip`);
    await page.locator('[data-testid="count"][data-stale="false"]').waitFor();
    const marks: number[] = [];
    const counts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      for (const sentence of sentences) {
        const times = await typed(page, `${sentence}`);
        marks.push(...times.marks);
        counts.push(times.count);
      }
    }
    report("from a key to its marks", marks, goals.marks);
    report("from the last key to the count", counts, goals.count);
    const interactive: number[] = [];
    for (let round = 0; round < rounds; round += 1) interactive.push(await timeToInteractive(browser, url));
    report(`from opening to interactive, ${slowdown} times slower`, interactive, goals.interactive);
  } finally {
    await browser.close();
    service.kill("SIGTERM");
    if (service.exitCode === null) await once(service, "exit");
    await place.remove();
  }
}

interface Place {
  /** The options of the command, and the environment, that name it. */
  readonly options: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  readonly remove: () => Promise<void>;
}

function placeOfShop(): Place {
  if (mongoUri === undefined) {
    const folder = mkdtempSync(join(tmpdir(), "segmentql-bench-console-"));
    return {
      options: ["--data", join(folder, "data")],
      environment: process.env,
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const database = new ConnectionString(mongoUri);
  database.pathname = `/bench_console_${process.pid}`;
  return {
    options: [],
    environment: { ...process.env, MONGODB_URI: database.href },
    remove: async () => {
      const client = await new MongoClient(database.href).connect();
      await client.db().dropDatabase();
      await client.close();
    },
  };
}

/**
 * Milliseconds from opening the page, with nothing cached, until its last long task ended, as web.dev defines time to interactive:
 * a task of over 50 ms is long, and five seconds without one follow.
 */
async function timeToInteractive(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  await page.addInitScript(`
    window.lastBusy = 0;
    const watchFor = (type, ended) => new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.lastBusy = Math.max(window.lastBusy, ended(entry));
    }).observe({ type, buffered: true });
    watchFor("longtask", ({ startTime, duration }) => startTime + duration);
    watchFor("paint", ({ startTime }) => startTime);`);
  await page.goto(`${url}/?q=vip`);
  await page.locator('[data-testid="count"][data-stale="false"]').waitFor();
  // Asked by the browser's tools: the page's policy refuses a function that waits within it.
  while (((await page.evaluate("performance.now() - window.lastBusy")) as number) < quietMs)
    await page.waitForTimeout(250);
  const busy = (await page.evaluate("window.lastBusy")) as number;
  await context.close();
  return busy;
}

async function addressOf(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = /http:\/\/localhost:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("The service ended without saying where it listens.");
}

/** Types a sentence at a person's pace, and reads when its marks and its count were shown. */
async function typed(
  page: Page,
  sentence: string,
): Promise<{ readonly marks: number[]; readonly count: number }> {
  await page.locator(".cm-content").first().focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Delete");
  await page.keyboard.press("Escape");
  await page.waitForTimeout(400);
  await page.evaluate("window.keys.length = 0; window.marks.length = 0;");
  for (const letter of sentence) {
    await page.keyboard.type(letter);
    await page.waitForTimeout(60);
  }
  await page.locator('[data-testid="count"][data-stale="false"]').waitFor();
  await page.waitForTimeout(700);
  const { keys, marks } = (await page.evaluate("({ keys: window.keys, marks: window.marks })")) as {
    readonly keys: readonly number[];
    readonly marks: readonly Mark[];
  };
  const found: number[] = [];
  for (const [index, at] of keys.entries()) {
    const text = sentence.slice(0, index + 1);
    const mark = marks.find((each) => each.name === "segmentql.marks" && each.text === text && each.at >= at);
    if (mark !== undefined) found.push(mark.at - at);
  }
  const last = keys.at(-1) ?? 0;
  const counted = marks.find((each) => each.name === "segmentql.count" && each.text === sentence);
  if (counted === undefined) throw new Error(`No count was shown of \`${sentence}\`.`);
  return { marks: found, count: counted.at - last };
}

function report(what: string, times: readonly number[], goal: number): void {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
  const size = `${customers.toLocaleString("en")} customers, ${sorted.length} measured`;
  console.log(`console: ${what}: median ${at(0.5)} ms, p95 ${at(0.95)} ms (goal ${goal} ms; ${size})`);
}
