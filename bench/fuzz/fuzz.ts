// Any text is handled, quickly and without leaks: parsed, checked, formatted, completed and converted to a tree.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { unplacedTree } from "../../grammar/query-tree.js";
import { catalogOf } from "../../src/catalog/catalog.js";
import { checkQuery, formatQuery, parseQuery } from "../../src/check/check.js";
import { readQueryTree } from "../../src/check/tree.js";
import type { ProjectDocument } from "../../src/documents/documents.js";
import { suggestAt } from "../../src/suggest/suggest.js";
import { mutated, randomNumbers } from "./mutate.js";

/** The maximum processor time of one input, in milliseconds. */
export const maxMs = 50;

export interface FuzzResult {
  readonly inputs: number;
  /** How many of them are valid, and how many could at least be parsed. */
  readonly valid: number;
  readonly parsed: number;
  /** What went wrong, with the input as JSON; at most ten. */
  readonly failures: readonly string[];
  readonly slowestMs: number;
  readonly seconds: number;
  /** Bytes of live heap after a tenth of the inputs, and at the end. */
  readonly heap: readonly [early: number, late: number];
}

const shop: ProjectDocument = {
  _id: "shop",
  project: "shop",
  timezone: "Europe/Warsaw",
  currency: "USD",
  metadataSchema: { age: "number", vip: "boolean", plan: "string", tags: "string[]", renewal: "date" },
  orderMetadataSchema: { channel: "string" },
  eventSchemas: {
    login: { url: "string", seconds: "number" },
    "page viewed": { url: "string", mobile: "boolean" },
  },
  consents: ["newsletter", "sms"],
  campaigns: { loyalty: ["Club"], gift_cards: ["Xmas"], referrals: ["Summer"] },
};
const asOf = Date.parse("2026-11-23T12:00:00Z");

/** Runs everything on a number of mutated sentences. */
export function fuzz(
  sentences: readonly string[],
  inputs: number,
  seed: number,
  progress: (done: number) => void = () => {},
): FuzzResult {
  const random = randomNumbers(seed);
  const catalog = catalogOf(shop);
  const failures: string[] = [];
  let [valid, parsed, slowestMs, early] = [0, 0, 0, 0];
  const fail = (what: string, text: string) => {
    if (failures.length < 10) failures.push(`${what}: ${JSON.stringify(text)}`);
  };
  const ask = (text: string, cursor: number, asTree: boolean): void => {
    const { tree, diagnostics, canonical } = checkQuery(text, catalog, asOf);
    suggestAt(catalog, text, cursor, { asOf, first: 20 });
    if (canonical !== undefined) {
      valid += 1;
      const again = checkQuery(canonical, catalog, asOf);
      if (again.canonical !== canonical) fail("its canonical form has another", text);
    }
    if (parseQuery(text).diagnostics.length > 0) return;
    parsed += 1;
    const formatted = formatQuery(tree);
    if (Buffer.byteLength(formatted) > 16_384) return;
    if (parseQuery(formatted).diagnostics.length > 0) fail("its formatted text has mistakes", text);
    if (diagnostics.length > 200) fail("too much is told of it", text);
    if (asTree && readQueryTree(unplacedTree(tree)).text !== formatted)
      fail("its tree says something else", text);
  };
  const started = performance.now();
  for (let done = 0; done < inputs; done += 1) {
    const text = mutated(sentences, random);
    const cursor = random(text.length + 1);
    const before = performance.now();
    try {
      ask(text, cursor, done % 8 === 0);
      let took = performance.now() - before;
      // Another process may have had the processor meanwhile: the least of a few more times counts.
      for (let again = 0; took > maxMs && again < 5; again += 1)
        took = Math.min(
          took,
          cpuMs(() => ask(text, cursor, done % 8 === 0)),
        );
      slowestMs = Math.max(slowestMs, took);
      if (took > maxMs) fail(`it takes ${took.toFixed(0)} ms`, text);
    } catch (error) {
      fail(`it throws ${error instanceof Error ? error.stack : String(error)}`, text);
    }
    if (done === Math.floor(inputs / 10)) early = liveHeap();
    if (done % 100_000 === 99_999) progress(done + 1);
  }
  const seconds = (performance.now() - started) / 1_000;
  return { inputs, valid, parsed, failures, slowestMs, seconds, heap: [early, liveHeap()] };
}

function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

function liveHeap(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
