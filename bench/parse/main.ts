// How fast the product parses, compared with a hand-written parser and one that Peggy makes, and how long a query takes from text
// to pipeline. `--toy` runs in a second or two, to see that it works; its figures mean nothing.
import { readFileSync } from "node:fs";
import { isDeepStrictEqual, parseArgs } from "node:util";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery, parseQuery } from "../../src/check/check.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { operators } from "../../src/operators/index.js";
import { compilePlan } from "../../src/pipeline/compile.js";
import { createHandwrittenParser } from "./handwritten.js";
import { type Contender, type Effort, race, speedOver, type Timing } from "./measure.js";
import { createPeggyParser } from "./peggy.js";
import { checkedQueries, longQuery, queries } from "./queries.js";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const effort: Effort = toy ? { rounds: 5, turn: 2, warmUp: 5 } : { rounds: 600, turn: 2, warmUp: 700 };

const shop: ProjectDocument = {
  _id: "shop",
  project: "shop",
  timezone: "Europe/Warsaw",
  currency: "USD",
  metadataSchema: {},
  orderMetadataSchema: {},
  eventSchemas: {},
  consents: ["newsletter", "sms"],
  campaigns: { loyalty: ["Club"] },
};
const asOf = Date.parse("2026-11-23T12:00:00Z");

/** How fast each should be, as a multiple of the other's speed. */
const goals = { handwritten: 0.35, peggy: 2 };

function main(): void {
  // From bench/dist/bench/parse, where this is built to.
  const grammar = readFileSync(new URL("../../../parse/segment.peggy", import.meta.url), "utf8");
  // The other two know the language's first version.
  const product: Contender = { name: "segmentql (Chevrotain)", run: (text) => parseQuery(text, 1).tree };
  const handwritten: Contender = { name: "written by hand", run: createHandwrittenParser(operators) };
  const peggy: Contender = { name: "Peggy", run: createPeggyParser(grammar, operators) };
  const parsers = [product, handwritten, peggy];
  for (const text of [...queries, longQuery]) mustAgree(parsers, text);

  console.log(`Node ${process.versions.node}, ${effort.rounds} rounds, medians${toy ? "; a toy run" : ""}`);
  const typical = race(parsers, queries, effort);
  print(
    `\nparse, ${queries.length} typical queries (${averageLength(queries)} characters on average), µs a query`,
    typical,
  );
  ratios(typical);
  const long = race(parsers, [longQuery], effort);
  print(`\nparse, one long query (${longQuery.length} characters), µs`, long);
  ratios(long);

  console.log("\nparse + check + compile, µs a query");
  const catalog = catalogOf(shop);
  const whole: Contender = { name: "", run: (text) => compiled(text, catalog) };
  for (const text of checkedQueries) {
    const [timing] = race([whole], [text], toy ? effort : { rounds: 100, turn: 2, warmUp: 50 });
    console.log(`${microseconds(timing)}  ${text.replace("\n", " ⏎ ")}`);
  }
  const [all] = race([whole], checkedQueries, effort);
  console.log(`${microseconds(all)}  the ${checkedQueries.length} of them, on average`);
}

function compiled(text: string, catalog: ReturnType<typeof catalogOf>): unknown {
  const { plan, diagnostics } = checkQuery(text, catalog, asOf);
  if (plan === undefined) throw new Error(`${text}: ${diagnostics.map(({ message }) => message).join(" ")}`);
  return compilePlan(plan, "summary");
}

/** A parser that returns another tree would be measured at another job. */
function mustAgree(parsers: readonly Contender[], text: string): void {
  const [expected, ...others] = parsers.map((parser) => parser.run(text));
  if (!others.every((tree) => isDeepStrictEqual(tree, expected)))
    throw new Error(`The parsers differ on: ${text}`);
}

function averageLength(texts: readonly string[]): number {
  return Math.round(texts.reduce((sum, text) => sum + text.length, 0) / texts.length);
}

function print(title: string, timings: readonly Timing[]): void {
  console.log(title);
  for (const timing of timings) console.log(`${microseconds(timing)}  ${timing.name}`);
}

function ratios([product, handwritten, peggy]: readonly Timing[]): void {
  if (product === undefined || handwritten === undefined || peggy === undefined) return;
  ratio("the hand-written parser's", speedOver(product, handwritten), goals.handwritten);
  ratio("Peggy's", speedOver(product, peggy), goals.peggy);
}

function ratio(whose: string, speed: number, goal: number): void {
  const outcome = speed >= goal ? "met" : "MISSED";
  console.log(`  the product has ${speed.toFixed(2)} × ${whose} speed (goal ${goal}): ${outcome}`);
}

function microseconds(timing: Timing | undefined): string {
  return (timing?.microseconds ?? Number.NaN).toFixed(2).padStart(10);
}

main();
