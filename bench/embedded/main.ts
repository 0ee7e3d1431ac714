// Thirteen questions and four sequences of events over 50,000 customers on the embedded store: the whole way from the sentence to the count, against SQL by
// hand on a plain SQLite file and on DuckDB with the same records. `--toy` runs on 500 customers, to see that it works; `--large`
// on 500,000.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Temporal } from "temporal-polyfill";
import { fixedClock, stopwatch } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { previewSegment } from "../../src/query/preview.js";
import type { CustomerOverview } from "../../src/store/overview.js";
import { clauseQuestions, countClauses, countSeparately } from "../clauses.js";
import { median, timeOf } from "../race.js";
import { pageSize, pages, type Question, questions } from "./by-hand.js";
import { openWorld } from "./load.js";
import { sequences } from "./sequences.js";
import { definition, project } from "./world.js";

const { toy, large } = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
  },
}).values;
const customers = toy ? 500 : large ? 500_000 : 50_000;
const rounds = toy ? 3 : 15;
const warmMs = 500;
const timedMs = 2_000;
// Half a day after the start of a day: a made-up shop's records all lie before that.
const now = Date.parse("2026-11-30T12:00:00Z");
const before = (days: number): number =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(definition.timezone)
    .subtract({ days })
    .toInstant().epochMilliseconds;

type ShownRow = readonly (string | number | null)[];

/** The columns that the pages by hand read. */
const shownRow = ({ source_id, profile, activity }: CustomerOverview): ShownRow => [
  source_id,
  profile.name ?? null,
  profile.email ?? null,
  profile.address?.country ?? null,
  activity.orders.total_amount,
  activity.orders.last_at?.getTime() ?? null,
];

const inLowerCase = (rows: readonly ShownRow[]): string => JSON.stringify(rows).toLowerCase();

async function countByProduct(engine: Engine, text: string): Promise<number> {
  const { answer } = await previewSegment(engine, project, { query: text });
  if (answer === undefined) throw new Error(`${text} is wrong`);
  return answer.count();
}

const world = await openWorld(
  join(tmpdir(), `segmentql-bench-embedded-${customers}`),
  customers,
  now,
  console.log,
);
// A fixed clock, so that all ask about one instant.
const engine: Engine = { store: world.store, clock: fixedClock(now) };
type Ask = () => Promise<unknown>;

/**
 * The median of each, in milliseconds, measured in alternation. A service is warm, so each is run for a while before it is timed;
 * the order changes from round to round, since each leaves cold caches to the next.
 */
async function mediansOf(asks: readonly Ask[]): Promise<readonly number[]> {
  const times: number[][] = asks.map(() => []);
  const warming = stopwatch();
  for (let round = 0; round < (toy ? 2 : 200) && warming() < warmMs; round += 1)
    for (const ask of asks) await ask();
  const timing = stopwatch();
  for (let round = 0; round < rounds || (!toy && round < 200 && timing() < timedMs); round += 1) {
    for (const turn of asks.keys()) {
      const index = (turn + round) % asks.length;
      times[index]!.push(await timeOf(asks[index]!));
    }
  }
  return times.map(median);
}

// Warms the process before the first question is timed.
for (const { text } of [...questions, ...sequences])
  for (let time = 0; time < (toy ? 1 : 5); time += 1) await countByProduct(engine, text);

interface Ratios {
  readonly sqlite: number;
  readonly duckdb: number;
}

/** Counts by the product and by hand, which have to be equal, and times them. */
async function compare({ text, sqlite, duckdb = sqlite }: Question): Promise<Ratios> {
  const inSqlite = sqlite(now, before);
  const inDuck = duckdb(now, before);
  const bySqlite = async () => Number((await world.sqlite.rows(inSqlite, []))[0]?.[0]);
  const byDuck = async () => Number((await world.duckdb.runAndReadAll(inDuck)).getRows()[0]?.[0]);
  const counts = [await countByProduct(engine, text), await bySqlite(), await byDuck()];
  if (new Set(counts).size > 1) throw new Error(`${text}: ${counts.join(", ")}`);
  const [product = 0, sql = 0, duck = 0] = await mediansOf([
    () => countByProduct(engine, text),
    bySqlite,
    byDuck,
  ]);
  console.log(
    `${product.toFixed(2).padStart(11)}${sql.toFixed(2).padStart(8)}${duck.toFixed(2).padStart(8)}${(product / sql).toFixed(2).padStart(10)}${(product / duck).toFixed(2).padStart(10)}${String(counts[0]).padStart(8)}  ${text}`,
  );
  return { sqlite: product / sql, duckdb: product / duck };
}

console.log("    product  SQLite  DuckDB   /SQLite   /DuckDB   count");
const ratios: Ratios[] = [];
for (const question of questions) ratios.push(await compare(question));
console.log(
  `median ${median(ratios.map(({ sqlite }) => sqlite)).toFixed(2)} × SQLite, ${median(ratios.map(({ duckdb }) => duckdb)).toFixed(2)} × DuckDB`,
);

const ofSequences: Ratios[] = [];
for (const question of sequences) ofSequences.push(await compare(question));
console.log(
  `sequences: worst ${Math.max(...ofSequences.map(({ sqlite }) => sqlite)).toFixed(2)} × SQLite (goal at most 1.3), ${Math.max(...ofSequences.map(({ duckdb }) => duckdb)).toFixed(2)} × DuckDB (goal at most 2)`,
);

console.log("    clauses   count   one by one  /count    every clause with its counts");
for (const text of clauseQuestions) {
  const product = () => countClauses(engine, project, text);
  const count = () => countByProduct(engine, text);
  const separately = () => countSeparately(engine, project, text);
  const [all = 0, one = 0, each = 0] = await mediansOf([product, count, separately]);
  console.log(
    `${all.toFixed(2).padStart(11)}${one.toFixed(2).padStart(8)}${each.toFixed(2).padStart(13)}${(all / one).toFixed(2).padStart(8)}    ${text}`,
  );
}

console.log("    product  SQLite            /SQLite           first page of 100");
for (const { text, sort, sqlite } of pages) {
  const byProduct = async (): Promise<readonly ShownRow[]> => {
    const { answer } = await previewSegment(engine, project, { query: text });
    const { customers: page } = await answer!.overviews({ first: pageSize, sort });
    return page.map(shownRow);
  };
  const bySqlite = () => world.sqlite.rows(sqlite, []);
  const [ours, byHand] = [await byProduct(), await bySqlite()];
  // By hand, names are those that are sorted by, in lower case.
  if (inLowerCase(ours) !== inLowerCase(byHand)) console.log(`${text}: not the same page`);
  const [product = 0, sql = 0] = await mediansOf([byProduct, bySqlite]);
  console.log(
    `${product.toFixed(2).padStart(11)}${sql.toFixed(2).padStart(8)}${(product / sql).toFixed(2).padStart(18)}           ${text}, by ${sort.by}`,
  );
}
console.log(
  `resident: ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB, DuckDB and SQLite by hand included`,
);
process.exit();
