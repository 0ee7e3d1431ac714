// A server under load on the embedded store: writers and previewing clients that send requests without pause, each on a
// connection that it keeps, and meanwhile whether health is answered at once, on a new connection each time. Then one client that
// asks the most expensive valid questions without pause, and how long trivial requests of another client take meanwhile.
// `--clients 50` is the number of each kind (50, then 200), `--seconds 30` the duration; `--program PATH` is another build's
// dist/src/cli/main.js, to compare with. `--toy` runs in seconds, to see that it works.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Client, type Load, newClient, percentile, runFor } from "./clients.js";

const { toy, clients, seconds, program } = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    clients: { type: "string", multiple: true, default: ["50", "200"] },
    seconds: { type: "string", default: "30" },
    program: {
      type: "string",
      default: fileURLToPath(new URL("../../../../dist/src/cli/main.js", import.meta.url)),
    },
  },
}).values;
const counts = toy ? [5] : clients.map(Number);
const durationMs = (toy ? 1 : Number(seconds)) * 1_000;
/** How often health is asked, in milliseconds. */
const healthEveryMs = 50;

const previews = [
  "country is Poland",
  "total spent is more than $100",
  "email ends with .uk",
  "last order more than 30 days ago",
  "number of orders is at least 2 and country is Germany",
];
const upsert =
  "mutation ($input: CustomerInput!) { customerUpsert(input: $input) { customer { sourceId } userErrors { message } } }";
const preview = "query ($query: String!) { segmentPreview(query: $query) { count } }";
const trivial = "{ project { timezone } }";
/** The largest valid request: several conditions on events that no index answers. */
const dearest = `{ ${Array.from(
  { length: 8 },
  (_, index) =>
    `a${index}: segmentPreview(query: "performed \\"page viewed\\" at least ${index + 2} times where url contains \\"a\\" and sum of amount of order in the last 365 days is more than ${index}") { count }`,
).join(" ")} }`;

async function startServer(folder: string): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [program, "serve", "--demo", "--port", "0", "--data", folder], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: process.env.PATH, LOG_LEVEL: "fatal" },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/\S+:\d+/.exec(line)?.[0];
    if (url !== undefined) return { child, url };
  }
  throw new Error(`${program} ended without saying where it answers.`);
}

function line(name: string, { answers, refused, failed, times }: Load): string {
  const cells = [answers.length / (durationMs / 1_000), percentile(times, 0.5), percentile(times, 0.99)].map(
    (value) => value.toFixed(1).padStart(11),
  );
  return `${name.padEnd(34)}${cells.join("")}${String(refused).padStart(9)}${String(failed).padStart(8)}`;
}

const header = `${"".padEnd(34)}  answers/s   p50, ms   p99, ms  refused  failed`;

async function mixed(url: string, count: number): Promise<void> {
  const writers = Array.from({ length: count }, (_, index) =>
    newClient(url, (number) => ({
      query: upsert,
      variables: {
        input: {
          sourceId: `load-${index}-${number % 50}`,
          name: `Load ${number}`,
          address: { country: "PL" },
        },
      },
    })),
  );
  const readers = Array.from({ length: count }, (_, index) =>
    newClient(url, (number) => ({
      query: preview,
      variables: { query: previews[(index + number) % previews.length]! },
    })),
  );
  const [writing, reading, health] = await Promise.all([
    runFor(durationMs, writers),
    runFor(durationMs, readers),
    runFor(durationMs, [healthClient(url)]),
  ]);
  console.log(`\n${count} writers and ${count} previewing clients for ${durationMs / 1_000} s\n${header}`);
  console.log(line("writes", writing));
  console.log(line("previews", reading));
  const p99 = percentile(health.times, 0.99);
  console.log(
    `${line("health, on new connections", health)}   goal: p99 ≤ 100 ms, ${p99 <= 100 ? "met" : "MISSED"}`,
  );
}

async function besideDearest(url: string): Promise<void> {
  const dear = Array.from({ length: 4 }, () => newClient(url, () => ({ query: dearest })));
  const small = newClient(url, () => ({ query: trivial }));
  const [asked, answered] = await Promise.all([runFor(durationMs, dear), runFor(durationMs, [small])]);
  console.log(
    `\na client that asks the dearest questions, four at once, and another that asks trivial ones\n${header}`,
  );
  console.log(line("dearest", asked));
  const p99 = percentile(answered.times, 0.99);
  console.log(`${line("trivial", answered)}   goal: p99 ≤ 50 ms, ${p99 <= 50 ? "met" : "MISSED"}`);
}

/** Requests health at a fixed interval, each time on a new connection. */
function healthClient(url: string): Client {
  return newClient(url, () => ({ path: "/health", everyMs: healthEveryMs }));
}

const folder = mkdtempSync(join(tmpdir(), "segmentql-bench-load-"));
const { child, url } = await startServer(join(folder, "data"));
try {
  for (const count of counts) await mixed(url, count);
  await besideDearest(url);
} finally {
  child.kill("SIGTERM");
  const killing = setTimeout(() => child.kill("SIGKILL"), 30_000);
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  clearTimeout(killing);
  rmSync(folder, { recursive: true, force: true });
}
