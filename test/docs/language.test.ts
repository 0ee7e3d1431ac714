// docs/language.md: every example is run, and what the page says of it holds; its tables are those of the code.
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogOf } from "../../src/catalog/catalog.js";
import { segmentNames } from "../../src/catalog/segments.js";
import { checkQuery, parseQuery } from "../../src/check/check.js";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { shopProject } from "../../src/generate/stock.js";
import { importFolder } from "../../src/import/folder.js";
import { operators } from "../../src/operators/index.js";
import { newProject } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/query/preview.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { askPredicate } from "../doors/answers.js";
import { type Example, examplesOf, languagePage, regenerated } from "./language-page.js";

const page = languagePage();
const examples = examplesOf(page);
const ofKind = (wanted: Example["kind"]) => examples.filter(({ kind }) => kind === wanted);

const now = Date.parse("2026-11-23T12:00:00Z");
let folder: string;
let engine: Engine;
/** The result of each example, in the page's words. */
const results = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "segmentql-docs-"));
  engine = { store: await openEmbeddedStore(folder), clock: fixedClock(now) };
  const world = fileURLToPath(new URL("../conformance", import.meta.url));
  await importFolder(engine, "default", world, {});
  await createAutoUpdate(engine, "default", { name: "VIP", query: "vip or total spent is more than $2000" });
  for (const { query } of examples) {
    const { answer, diagnostics } = await previewSegment(engine, "default", { query });
    const [first] = diagnostics;
    results.set(query, first === undefined ? inWords(await answer!.count()) : first.code);
  }
});
afterAll(async () => {
  await engine.store.close();
  await rm(folder, { recursive: true, force: true });
});

function inWords(count: number): string {
  if (count === 0) return "nobody";
  return count === 60 ? "everybody" : `${count} customer${count === 1 ? "" : "s"}`;
}

it("is what is made of the code and of its examples (mend: npm run docs)", async () => {
  const made = regenerated(page, ({ query }) => results.get(query)!);
  await expect(made).toMatchFileSnapshot("../../docs/language.md");
});

describe("an example", () => {
  const predicate = (query: string) => askPredicate(engine.store, now)(query);

  it.each(ofKind("right").map(({ query }) => query))(
    "%s has no mistake, and every evaluator agrees",
    async (query) => {
      const { answer, diagnostics } = await previewSegment(engine, "default", { query });
      expect(diagnostics).toEqual([]);
      const members = await answer!.sourceIds();
      const { answer: byRecords } = await previewSegment(engine, "default", { query, activity: "records" });
      expect(await byRecords!.sourceIds()).toEqual(members);
      // What a segment says is put in where the segments are known, which is told elsewhere.
      if (!/segment/i.test(query)) expect((await predicate(query)).members).toEqual(members);
    },
  );

  it.each(ofKind("wrong").map(({ query }) => query))("%s is refused", async (query) => {
    const { answer, diagnostics } = await previewSegment(engine, "default", { query });
    expect(answer).toBeUndefined();
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["ERROR"]);
  });

  it.each(ofKind("warned").map(({ query }) => query))("%s is answered, with a warning", async (query) => {
    const { answer, diagnostics } = await previewSegment(engine, "default", { query });
    expect(answer).toBeDefined();
    expect(diagnostics.map(({ severity }) => severity)).toEqual(["WARNING"]);
  });

  it("that is valid has members and leaves customers out, with a few exceptions", () => {
    const undecided = ofKind("right").filter(({ query }) => /^\d/.test(results.get(query)!));
    expect(undecided.length / ofKind("right").length).toBeGreaterThan(0.9);
  });
});

it("shows every part of the language", () => {
  const found: Record<string, Set<unknown>> = {};
  const note = (part: string, value: unknown) => {
    found[part] ??= new Set();
    found[part].add(value);
  };
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node) note("kind", node.kind);
    for (const part of ["quantifier", "form", "comparison", "aggregate", "which"] as const)
      if (part in node) note(part, (node as Record<string, unknown>)[part]);
    if ("kind" in node && node.kind === "Operator" && "name" in node) note("operator", node.name);
    for (const value of Object.values(node)) walk(value);
  };
  for (const { query } of ofKind("right")) walk(parseQuery(query).tree);
  const all = (part: string) => [...(found[part] ?? [])].toSorted();
  const shown = new Set(all("operator"));
  expect(operators.map(({ name }) => name).filter((name) => !shown.has(name))).toEqual([]);
  expect(all("kind")).toEqual(
    expect.arrayContaining(
      "And Or Not Group Comparison Flag Event EventCount EventDays EventWindow Occurrence Sequence Step StepSame Measure Membership Sample Item Everyone Comment".split(
        " ",
      ),
    ),
  );
  expect(all("quantifier")).toEqual(["all", "any", "none"]);
  expect(all("form")).toEqual([
    "after",
    "before",
    "between",
    "during",
    "in_the_last",
    "on",
    "since",
    "within",
  ]);
  expect(all("comparison")).toEqual(["at_least", "at_most", "exactly", "less_than", "more_than"]);
  expect(all("aggregate")).toEqual(["average", "count", "max", "min", "sum"]);
  expect(all("which")).toEqual(["first", "last"]);
});

it("the README's sentences are valid in the demo shop", () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const sentences = [...readme.matchAll(/^\| `([^`]+)` \|/gm)].flatMap(([, sentence = ""]) =>
    /^(?:\\|--|[A-Z_]+$)/.test(sentence) ? [] : [sentence],
  );
  expect(sentences.length).toBeGreaterThan(15);
  const vip = segmentNames([{ id: "vip", name: "VIP", archived: false }]);
  const catalog = catalogOf({ ...newProject("default"), ...shopProject }, vip);
  for (const sentence of sentences)
    expect(checkQuery(sentence, catalog, now).diagnostics, sentence).toEqual([]);
});
