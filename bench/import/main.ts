// How fast an import is, compared with inserting the very same documents into the same database without any of the import's work:
// no checking, no summaries, no transactions. And how much memory it takes as the file grows. On MongoDB if MONGODB_URI
// is set, and on the embedded store. `--toy` runs in seconds, to see that it works; its figures mean nothing. `--only` names one
// of the parts: throughput, lines, exports or round-trips.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generateFolder } from "../../src/generate/generate.js";
import { linesLike, type Memory, measureMemory } from "./memory.js";
import { embeddedContest, mongoContest, type Outcome } from "./throughput.js";

const { values } = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    customers: { type: "string" },
    only: { type: "string" },
  },
});
const { toy, only } = values;
const isAsked = (part: "throughput" | "lines" | "exports" | "round-trips"): boolean =>
  only === undefined || only === part;
const customers = Number(values.customers ?? (toy ? 500 : 20_000));

/** How long the import may take, as a multiple of the bare inserts. */
const goal = 3;
/** How much more memory the largest file may take than the smallest, in MB: what differs by chance between two runs. */
const allowance = 48;
const fileSizes = toy ? [10_000, 30_000] : [10_000, 100_000, 1_000_000];

const exportSizes = toy ? [2_000, 6_000] : [20_000, 200_000];
const roundTripSizes = toy ? [500] : [20_000, 200_000];
/** The exports that are recognised, by their fixtures, and the columns that distinguish orders. */
const exportsOfVendors: Readonly<Record<string, readonly string[]>> = {
  "shopify-customers": [],
  "shopify-orders": ["Name", "Id"],
  "mailchimp-audience": [],
  "woocommerce-customers": [],
  "woocommerce-orders": ["order_id"],
  "klaviyo-profiles": [],
  "hubspot-contacts": [],
  "stripe-customers": [],
  "bigcommerce-customers": [],
  "bigcommerce-orders": ["Order ID"],
};

async function main(): Promise<void> {
  const uri = process.env.MONGODB_URI || undefined;
  const folder = mkdtempSync(join(tmpdir(), "segmentql-bench-"));
  console.log(`Node ${process.versions.node}${toy ? "; a toy run" : ""}`);
  try {
    if (isAsked("throughput")) await compareThroughput(folder, uri);
    const where = uri === undefined ? "a store that keeps nothing" : "MongoDB";
    console.log(`\nmemory of imports of CSV into ${where}, each in a process of its own, MB`);
    console.log("file                             lines    peak RSS   peak heap    lines/s");
    if (isAsked("lines"))
      await report("order lines", fileSizes, (lines) => measureMemory(folder, lines, uri));
    const fixtures = new URL("../../../../test/import/csv/fixtures/", import.meta.url);
    const contents = Object.entries(exportsOfVendors).map(
      ([name, orderColumns]) =>
        [name, linesLike(fileURLToPath(new URL(`${name}.csv`, fixtures)), orderColumns)] as const,
    );
    for (const [name, content] of isAsked("exports") ? contents : [])
      await report(name, exportSizes, (lines) => measureMemory(folder, lines, uri, content));
    if (!isAsked("round-trips")) return;
    console.log(
      `\nround trips: in, out by an export, in again, and every document compared, on ${uri === undefined ? "the embedded store" : where}`,
    );
    for (const [name, content] of contents)
      await report(name, roundTripSizes, (lines) => measureMemory(folder, lines, uri, content, "round-trip"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareThroughput(folder: string, uri: string | undefined): Promise<void> {
  const world = join(folder, "world");
  await generateFolder(world, { customers, seed: 1, now: Date.parse("2026-11-23T12:00:00Z") });
  console.log(`\nimport of ${customers.toLocaleString("en")} customers and their orders`);
  if (uri === undefined) console.log("  on MongoDB: left out, MONGODB_URI names none");
  else printOutcome(await mongoContest(uri, world));
  printOutcome(await embeddedContest(folder, world));
}

/** Prints the memory of each size, and whether the largest takes no more than the smallest. */
async function report(
  name: string,
  sizes: readonly number[],
  measure: (lines: number) => Promise<Memory>,
): Promise<void> {
  const peaks: number[] = [];
  for (const lines of sizes) {
    const { rss, heap, seconds, documents } = await measure(lines);
    peaks.push(rss);
    const columns = [
      lines.toLocaleString("en"),
      rss.toFixed(0),
      heap.toFixed(0),
      (lines / seconds).toFixed(0),
    ];
    const compared =
      documents === undefined ? "" : `   ${documents.toLocaleString("en")} documents are equal`;
    console.log(
      `${name.padEnd(28)}${columns[0]!.padStart(10)}${columns[1]!.padStart(12)}${columns[2]!.padStart(12)}${columns[3]!.padStart(11)}${compared}`,
    );
  }
  if (peaks.length === 1) return;
  const more = Math.max(...peaks) - peaks[0]!;
  const outcome = more <= allowance ? "met" : "MISSED";
  console.log(
    `  at most ${more.toFixed(0)} MB more than for the smallest (goal: flat, ≤ ${allowance}): ${outcome}`,
  );
}

function printOutcome(outcome: Outcome): void {
  const { store, documents, importSeconds, bareSeconds, bareName, processor, sameRows } = outcome;
  const ratio = importSeconds / bareSeconds;
  const speed = (seconds: number) =>
    `${seconds.toFixed(2)} s, ${Math.round(documents / seconds).toLocaleString("en")} documents/s`;
  console.log(`  on ${store}: ${documents.toLocaleString("en")} documents`);
  console.log(`    import       ${speed(importSeconds)}`);
  console.log(`    ${bareName.padEnd(12)} ${speed(bareSeconds)}`);
  console.log(
    `    the import takes ${ratio.toFixed(2)} × as long (goal ${goal}): ${ratio <= goal ? "met" : "MISSED"}`,
  );
  if (processor === undefined) return;
  const times = processor.importSeconds / processor.bareSeconds;
  console.log(
    `    processor time: ${processor.importSeconds.toFixed(2)} s and ${processor.bareSeconds.toFixed(2)} s, ${times.toFixed(2)} × as much`,
  );
  if (sameRows === undefined) return;
  console.log(
    `    the same rows ${speed(sameRows.seconds)}, ${sameRows.processor.toFixed(2)} s of processor time; the import takes ${(importSeconds / sameRows.seconds).toFixed(2)} × as long, ${(processor.importSeconds / sameRows.processor).toFixed(2)} × as much`,
  );
}

await main();
