// The playground in a real browser: opens, answers its first query, and connects only to this service.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Browser, chromium, type Page, type Route, type WebSocket } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "segmentql-browser-"));
/** How long the browser may take for a step, in milliseconds, where others use the machine. */
const patience = 120_000;
let service: ChildProcess;
let browser: Browser;
let url: string;
let page: Page;
let requested: string[];
let problems: string[];

beforeAll(async () => {
  service = spawn(
    process.execPath,
    ["dist/src/cli/main.js", "serve", "--demo", "--port", "0", "--data", folder],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  url = await addressPrinted(service);
  browser = await chromium.launch({
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
});

afterAll(async () => {
  await browser?.close();
  if (service?.exitCode === null) {
    service.kill("SIGTERM");
    await once(service, "exit");
  }
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(patience);
  requested = [];
  problems = [];
  page.on("request", (request) => requested.push(request.url()));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
});

async function addressPrinted(child: ChildProcess): Promise<string> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const found = /http:\/\/localhost:\d+/.exec(line);
    if (found) return found[0];
  }
  throw new Error("The service ended without saying where it listens.");
}

/** What was asked of anybody else; pictures and the like inside the page (`data:`, `blob:`) leave nothing. */
function outside(): string[] {
  return requested.filter((address) => !/^(data|blob):/.test(address) && new URL(address).origin !== url);
}

/**
 * Listens for the service's answer to a request with this in it; `body` is what it says. It is read on its way to the page: the
 * browser may have let go of a body by the time a test asks for it ("No data found for resource").
 */
async function listenFor(part: string): Promise<{ readonly body: Promise<string> }> {
  let listening: Promise<unknown> | undefined;
  const body = new Promise<string>((resolve, reject) => {
    const pass = async (route: Route): Promise<void> => {
      if (!route.request().postData()?.includes(part)) return route.fallback();
      const response = await route.fetch();
      resolve(await response.text());
      await route.fulfill({ response });
    };
    listening = page.route(`${url}/graphql`, (route) => pass(route).catch(reject));
  });
  await listening;
  return { body };
}

describe("the playground", () => {
  it("answers the query that it opens with, on Ctrl+Enter", async () => {
    await page.goto(`${url}/playground`);
    const editor = page.locator(".cm-content", {
      hasText: "The email ends with .uk and the source is Mailchimp",
    });
    await editor.click();
    const answer = await listenFor("WhoAreThey");
    await page.keyboard.press("Control+Enter");
    const { data } = JSON.parse(await answer.body) as {
      data: { segmentPreview: { valid: boolean; count: number; customers: { nodes: { email: string }[] } } };
    };
    expect(data.segmentPreview.valid).toBe(true);
    expect(data.segmentPreview.count).toBeGreaterThan(0);
    const first = data.segmentPreview.customers.nodes[0]!;
    expect(first.email.toLowerCase()).toMatch(/\.uk$/);
    await page.getByText(first.email).first().waitFor();
    if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT });
    expect(outside()).toEqual([]);
    expect(problems).toEqual([]);
  });

  it("knows the schema, so that it can complete what is typed", async () => {
    const introspection = await listenFor("__schema");
    await page.goto(`${url}/playground`);
    expect(await introspection.body).toContain("segmentPreview");
  });
});

describe("a sentence in the playground", () => {
  const operation = () => page.getByRole("textbox", { name: "Operation" });

  it("is completed, underlined and mended inside its string", async () => {
    await page.goto(`${url}/playground`);
    await operation().click();
    await page.keyboard.press("Control+A");
    await page.keyboard.type('query Q { segmentPreview(query: "contry is Poland and total spent ');
    await page.getByRole("option", { name: "is more than" }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.keyboard.type("is more than 5");
    await page.keyboard.press("Escape");
    const mistake = page.locator(".cm-lintRange-error", { hasText: "contry" });
    await mistake.waitFor();
    await mistake.hover();
    await page.getByRole("button", { name: "country" }).click();
    await page.getByText('"country is Poland and total spent is more than 5"').waitFor();
    expect(problems).toEqual([]);
  });

  it("is an example that is ready to run, with variables of this shop's data", async () => {
    await page.goto(`${url}/playground`);
    await page.getByRole("button", { name: /^Why / }).click();
    await page.getByText("query Why(").waitFor();
    const answer = await listenFor("query Why(");
    await page.getByRole("button", { name: "Run" }).click();
    const { data, errors } = JSON.parse(await answer.body);
    expect(errors).toBeUndefined();
    expect(data.segmentWhy.valid).toBe(true);
    await page.locator(".playground-answer", { hasText: '"segmentWhy"' }).waitFor();
    expect(problems).toEqual([]);
  });

  it("is in the operation that is chosen, or else that at the cursor", async () => {
    await page.goto(`${url}/playground`);
    await operation().click();
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("query A { a: __typename }\nquery B { b: __typename }");
    await page.getByRole("combobox", { name: "Operation to run" }).waitFor();
    await page.keyboard.press("Control+Enter");
    await page.locator(".playground-answer", { hasText: '"b"' }).waitFor();
    await page.getByRole("combobox").selectOption("A");
    await page.getByRole("button", { name: "Run" }).click();
    await page.locator(".playground-answer", { hasText: '"a"' }).waitFor();
    expect(problems).toEqual([]);
  });

  it("is documented by the schema, which can be searched", async () => {
    await page.goto(`${url}/playground`);
    await page.getByRole("button", { name: "Docs" }).click();
    await page.getByRole("searchbox").fill("segmentWhy");
    await page.getByRole("button", { name: "Query.segmentWhy" }).click();
    await page.getByRole("button", { name: "SegmentWhy!" }).first().click();
    await page.getByRole("heading", { name: "SegmentWhy" }).waitFor();
    expect(problems).toEqual([]);
  });
});

describe("a subscription in the playground", () => {
  async function ask(query: string): Promise<ReturnType<typeof JSON.parse>> {
    const answer = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    return ((await answer.json()) as { data: unknown }).data;
  }

  it("is told of who comes, over a websocket", async () => {
    const { segmentCreateAutoUpdate } = await ask(
      'mutation { segmentCreateAutoUpdate(input: { name: "Moonlings", query: "city is Armstrong" }) { segment { id } } }',
    );
    await page.goto(`${url}/playground`);
    // Waited for from the start, since it may be sent before the test goes on.
    const subscribed = new Promise<WebSocket>((resolve) =>
      page.on("websocket", (socket) =>
        socket.on("framesent", ({ payload }) => {
          if (String(payload).includes("segmentChanges")) resolve(socket);
        }),
      ),
    );
    await page.locator(".cm-content", { hasText: "The email ends with .uk" }).click();
    await page.keyboard.press("Control+A");
    const { id } = segmentCreateAutoUpdate.segment;
    await page.keyboard.insertText(
      `subscription { segmentChanges(segmentIds: ["${id}"]) { cursor transition { kind customer { sourceId } } } }`,
    );
    await page.keyboard.press("Control+Enter");
    expect((await subscribed).url()).toBe(`${url.replace("http", "ws")}/graphql`);
    // Run once more: the end of the first subscription is not taken for that of the second.
    const again = page.waitForEvent("websocket");
    await page.keyboard.press("Control+Enter");
    await (await again).waitForEvent("framereceived", ({ payload }) =>
      String(payload).includes("connection_ack"),
    );
    await page.getByRole("button", { name: "Stop" }).waitFor();
    await page.getByText("Listening").waitFor();
    await ask(
      'mutation { customerUpsert(input: { sourceId: "moon-1", address: { city: "Armstrong" } }) { status } }',
    );
    await page.getByText("moon-1").first().waitFor();
    expect(outside()).toEqual([]);
    expect(problems).toEqual([]);
  });
});
