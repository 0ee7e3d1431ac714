// Thirteen questions over 50,000 customers on the embedded store: the whole way from the sentence to the count, against SQL by
// hand on a plain SQLite file and on DuckDB with the same records. `--toy` runs on 500 customers, to see that it works; `--large` on
// 500,000.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Temporal } from "temporal-polyfill";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { previewSegment } from "../../src/query/preview.js";
import { median, timeOf } from "../race.js";
import { questions } from "./by-hand.js";
import { openWorld } from "./load.js";
import { definition, project } from "./world.js";

const { toy, large } = parseArgs({
  options: {
    toy: { type: "boolean", default: false },
    large: { type: "boolean", default: false },
  },
}).values;
const customers = toy ? 500 : large ? 500_000 : 50_000;
const rounds = toy ? 3 : 15;
// Half a day behind the start of a day: a made-up shop's records all lie before that.
const now = Date.parse("2026-11-30T12:00:00Z");
const before = (days: number): number =>
  Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(definition.timezone)
    .subtract({ days })
    .toInstant().epochMilliseconds;

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
// A clock that stands still, so that all ask about one instant.
const engine: Engine = { store: world.store, clock: fixedClock(now) };
console.log("    product  SQLite  DuckDB   /SQLite   /DuckDB   count");
const ratios: { sqlite: number; duckdb: number }[] = [];
for (const { text, sqlite, duckdb = sqlite } of questions) {
  const inSqlite = sqlite(now, before);
  const inDuck = duckdb(now, before);
  const bySqlite = async () => Number((await world.sqlite.rows(inSqlite, []))[0]?.[0]);
  const byDuck = async () => Number((await world.duckdb.runAndReadAll(inDuck)).getRows()[0]?.[0]);
  const counts = [await countByProduct(engine, text), await bySqlite(), await byDuck()];
  if (new Set(counts).size > 1) console.log(`${text}: ${counts.join(", ")}`);
  const times: number[][] = [[], [], []];
  for (let round = 0; round < rounds + 2; round += 1) {
    const asks = [() => countByProduct(engine, text), bySqlite, byDuck];
    for (const [index, ask] of asks.entries()) {
      const time = await timeOf(ask);
      if (round >= 2) times[index]!.push(time);
    }
  }
  const [product = 0, sql = 0, duck = 0] = times.map(median);
  ratios.push({ sqlite: product / sql, duckdb: product / duck });
  console.log(
    `${product.toFixed(2).padStart(11)}${sql.toFixed(2).padStart(8)}${duck.toFixed(2).padStart(8)}${(product / sql).toFixed(2).padStart(10)}${(product / duck).toFixed(2).padStart(10)}${String(counts[0]).padStart(8)}  ${text}`,
  );
}
console.log(
  `median ${median(ratios.map(({ sqlite }) => sqlite)).toFixed(2)} × SQLite, ${median(ratios.map(({ duckdb }) => duckdb)).toFixed(2)} × DuckDB`,
);
process.exit();
