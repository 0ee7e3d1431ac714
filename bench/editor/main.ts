// What an editor asks at every key press: is the query valid, and what may come next. A query of 2 KiB, with the cursor in one
// word after another, the rest of that word not yet typed. Compared with an editor without a grammar that knows what may follow:
// it inserts every word of the language and the catalogue at the cursor, and parses. `--toy` runs in seconds, to see that it
// works; its figures mean nothing.
import { parseArgs } from "node:util";
import { catalogOf } from "../../src/catalog/catalog.js";
import { segmentNames } from "../../src/catalog/segments.js";
import { checkQuery, parseQuery } from "../../src/check/check.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { operators } from "../../src/operators/index.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import { queries } from "../parse/queries.js";

const { toy } = parseArgs({ options: { toy: { type: "boolean", default: false } } }).values;
const rounds = toy ? 1 : 20;
const length = 2_048;
const goalMs = 1;

const shop: ProjectDocument = {
  _id: "shop",
  project: "shop",
  timezone: "Europe/Warsaw",
  currency: "USD",
  metadataSchema: { plan: "string", age: "number", vip: "boolean", renewal: "date", tags: "string[]" },
  orderMetadataSchema: {},
  eventSchemas: {
    "page viewed": { url: "string", mobile: "boolean" },
    checkout: { value: "number" },
    login: { mobile: "boolean" },
  },
  consents: ["newsletter", "sms"],
  campaigns: { loyalty: ["Club"] },
};
const catalog = catalogOf(shop, segmentNames([{ id: "1", name: "VIP", archived: false }]));
const asOf = Date.parse("2026-11-23T12:00:00Z");

/** A text with a cursor. */
interface Edit {
  readonly text: string;
  readonly cursor: number;
}

function main(): void {
  const query = longQuery();
  const { diagnostics } = checkQuery(query, catalog, asOf);
  const wrong = diagnostics.find(({ severity }) => severity === "ERROR");
  if (wrong !== undefined) throw new Error(`The query is wrong: ${wrong.message}`);
  const edits = editsOf(query);
  console.log(
    `Node ${process.versions.node}, a query of ${Buffer.byteLength(query)} bytes, ${edits.length} places, ${rounds} rounds, ms${toy ? "; a toy run" : ""}\n`,
  );
  const check = ({ text }: Edit): number => checkQuery(text, catalog, asOf).diagnostics.length;
  const suggest = ({ text, cursor }: Edit): number =>
    suggestAt(catalog, text, cursor, { asOf, first: 20 }).length;
  const words = vocabulary();
  const naive = (edit: Edit): number => words.filter((word) => parses(edit, word)).length;

  for (let warmUp = 0; warmUp < 3; warmUp += 1) {
    time(check, edits);
    time(suggest, edits);
  }
  const taken = { check: [] as Taken[], suggest: [] as Taken[], both: [] as Taken[], naive: [] as Taken[] };
  const some = edits.filter((_, index) => index % (toy ? 200 : 20) === 0);
  // In alternation, so that other load on the machine affects all alike.
  for (let round = 0; round < rounds; round += 1) {
    const checked = time(check, edits);
    const suggested = time(suggest, edits);
    taken.check.push(...checked);
    taken.suggest.push(...suggested);
    taken.both.push(
      ...checked.map(({ wall, cpu }, index) => ({
        wall: wall + (suggested[index]?.wall ?? 0),
        cpu: cpu + (suggested[index]?.cpu ?? 0),
      })),
    );
    if (round % 10 === 0) taken.naive.push(...time(naive, some));
  }
  console.log("by the clock                by the processor");
  console.log("     p50      p95      p99      p50      p95      p99");
  row("check and suggest", taken.both);
  row("check", taken.check);
  row("suggest", taken.suggest);
  row(`${words.length} words put in at the cursor, each parsed`, taken.naive);
  // The time of a round includes other processes' turns on the processor; the quickest round of an edit has hardly any.
  const quickest = edits.map((_, place) =>
    Math.min(...taken.both.filter((_, index) => index % edits.length === place).map(({ wall }) => wall)),
  );
  const both = wallOf(taken.both, 0.95);
  const ratio = wallOf(taken.naive, 0.95) / wallOf(taken.suggest, 0.95);
  console.log(
    `\np95 of both ${both.toFixed(2)} ms (goal under ${goalMs} ms): ${both < goalMs ? "met" : "MISSED"}`,
  );
  console.log(`p95 of the places' quickest rounds ${percentile(quickest, 0.95).toFixed(2)} ms`);
  console.log(`suggest has ${ratio.toFixed(0)} × the speed of putting every word in, at p95`);
}

/** As many of the typical queries as 2 KiB hold, joined. */
function longQuery(): string {
  let text = "";
  for (const query of queries) {
    const part = `(${query.replace(/\s*--[^\n]*\n/, " ")})`;
    const longer = text === "" ? part : `${text} or ${part}`;
    if (longer.length <= length) text = longer;
  }
  return text;
}

/** Every word of a text with its second half missing, and the cursor after the first half. */
function editsOf(query: string): readonly Edit[] {
  return [...query.matchAll(/\S+/g)].map(({ 0: word, index }) => {
    const cursor = index + Math.ceil(word.length / 2);
    return { text: query.slice(0, cursor) + query.slice(index + word.length), cursor };
  });
}

/** What may be written anywhere, as far as names and words go. */
function vocabulary(): readonly string[] {
  const forms = operators.flatMap(({ spellings, negatedSpellings }) => [...spellings, ...negatedSpellings]);
  const names = [
    ...catalog.byName.keys(),
    ...catalog.metadataByName.keys(),
    ...catalog.events.map(({ name }) => name),
  ];
  const keywords =
    "and,or,not,(,),performed,has not performed,in segment,in sample,where,in the last,at least,times";
  return [...new Set([...forms, ...names, ...keywords.split(",")])];
}

/** True if a word written at the cursor, followed by the rest of the text, causes no diagnostic up to the word's end. */
function parses({ text, cursor }: Edit, word: string): boolean {
  const start = text.slice(0, cursor).search(/\S*$/);
  const written = text.slice(0, start) + word;
  const { diagnostics } = parseQuery(`${written} ${text.slice(cursor)}`);
  return diagnostics.every(({ span }) => span.start > written.length);
}

/** Milliseconds: wall-clock time, and processor time, which is less if other processes run meanwhile. */
interface Taken {
  readonly wall: number;
  readonly cpu: number;
}

function time(work: (edit: Edit) => number, edits: readonly Edit[]): Taken[] {
  return edits.map((edit) => {
    const cpu = process.cpuUsage();
    const started = performance.now();
    // Each result is used, so that no engine can optimise the work away.
    if (work(edit) < 0) throw new Error("nothing came of it");
    const wall = performance.now() - started;
    const { user, system } = process.cpuUsage(cpu);
    return { wall, cpu: (user + system) / 1_000 };
  });
}

function percentile(times: readonly number[], part: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

function wallOf(taken: readonly Taken[], part: number): number {
  return percentile(
    taken.map(({ wall }) => wall),
    part,
  );
}

function row(name: string, taken: readonly Taken[]): void {
  const parts = [0.5, 0.95, 0.99];
  const cpu = taken.map((one) => one.cpu);
  const figures = [
    ...parts.map((part) => wallOf(taken, part)),
    ...parts.map((part) => percentile(cpu, part)),
  ];
  console.log(`${figures.map((figure) => figure.toFixed(3).padStart(8)).join(" ")}  ${name}`);
}

main();
