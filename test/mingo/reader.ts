// Runs aggregation pipelines over the documents in memory. mingo is synchronous, so what treats documents one by one is
// run in slices, between which other work gets its turn and the limits of the read are checked. A write that is
// committed between two slices may be seen by a join in the later one; the list that the read started with is kept.
import { setImmediate as turn } from "node:timers/promises";
import { Aggregator } from "mingo/aggregator";
import { Context } from "mingo/core";
import { $and, $expr, $nor, $not, $or } from "mingo/operators/query";
import type { AnyObject, Options } from "mingo/types";
import { stopwatch } from "../../src/clock.js";
import type { CollectionName } from "../../src/documents/collections.js";
import type { Pipeline, PipelineStage } from "../../src/pipeline/stage.js";
import { explanationOf } from "../../src/store/explanation.js";
import { maxTimeOf, readTimeout } from "../../src/store/read-limits.js";
import type { ExplainedStep, Explanation, ReadOptions } from "../../src/store/read-options.js";
import { collectionNamed, projectOf } from "../../src/store/scope.js";
import { accumulatorOperators, expressionOperators } from "./expression-operators.js";
import { queryOperators } from "./query-operators.js";
import { type FindRelated, pipelineStages, slicedStages } from "./stages.js";
import { documentsById, documentsOf, recordsOfCustomers, type Table, type Tables } from "./tables.js";
import { isPlainObject, type PlainObject } from "./values.js";

/** How many documents are treated before other work gets its turn. */
const sliceLength = 1_000;

/** The limits of one read. */
interface Watch {
  /** @throws the signal's reason, or a StoreError `TIMEOUT`. */
  readonly check: () => void;
}

function startWatch(options: ReadOptions): Watch {
  const { signal } = options;
  const maxTimeMs = maxTimeOf(options);
  const elapsed = stopwatch();
  const check = () => {
    signal?.throwIfAborted();
    if (elapsed() > maxTimeMs) throw readTimeout(maxTimeMs);
  };
  check();
  return { check };
}

function asIds(condition: unknown): readonly string[] | undefined {
  if (typeof condition === "string") return [condition];
  const list = isPlainObject(condition) ? condition.$in : undefined;
  return Array.isArray(list) && list.every((id) => typeof id === "string") ? list : undefined;
}

/** How documents were found: by `_id`, by customer, or (neither) by looking at all of the project. */
type Access = "_id" | "customer" | undefined;

/** Told of every time that documents are looked up. */
type Observe = (collection: CollectionName, access: Access, rows: number) => void;

/** The documents that the first `$match` may hold of: by id or customer where it names them, else the project's. */
function candidates(
  table: Table,
  project: string,
  match: unknown,
): { readonly access: Access; readonly rows: readonly PlainObject[] } {
  const conditions = isPlainObject(match) ? match : {};
  const found = (access: Access, documents: readonly object[]) => ({
    access,
    rows: documents as readonly PlainObject[],
  });
  const ids = asIds(conditions._id);
  if (ids !== undefined) return found("_id", documentsById(table, project, ids));
  const customers = table.indexed ? asIds(conditions.customer) : undefined;
  if (customers !== undefined) return found("customer", recordsOfCustomers(table, project, customers));
  return found(undefined, documentsOf(table, project));
}

const sharedOperators = {
  query: { $and, $expr, $nor, $not, $or, ...queryOperators },
  expression: expressionOperators,
  accumulator: accumulatorOperators,
};

function optionsFor(tables: Tables, project: string, observe: Observe): Partial<Options> {
  const related: FindRelated = (collection, field, values) => {
    const table = tables[collection];
    const found =
      field === "_id" ? documentsById(table, project, values) : recordsOfCustomers(table, project, values);
    observe(collection, field, found.length);
    return found as readonly object[] as PlainObject[];
  };
  return {
    idKey: "_id",
    scriptEnabled: false,
    context: Context.init({ ...sharedOperators, pipeline: pipelineStages(related) }),
    collectionResolver: (name) => {
      const collection = collectionNamed(name);
      const found = documentsOf(tables[collection], project);
      observe(collection, undefined, found.length);
      return [...found] as object[] as AnyObject[];
    },
  };
}

interface Run {
  readonly sliced: boolean;
  readonly stages: PipelineStage[];
}

function isSliced(stage: PipelineStage): boolean {
  return slicedStages.has(Object.keys(stage)[0] ?? "");
}

/** The pipeline cut where stages that treat each document by itself meet stages that need them all. */
function runsOf(pipeline: Pipeline): readonly Run[] {
  const runs: Run[] = [];
  for (const stage of pipeline) {
    const sliced = isSliced(stage);
    const last = runs.at(-1);
    if (last?.sliced === sliced) last.stages.push(stage);
    else runs.push({ sliced, stages: [stage] });
  }
  return runs;
}

/** How many rows are enough for the run that follows: by its leading `$skip` and `$limit`. */
function enoughFor(run: Run | undefined): number {
  let skipped = 0;
  for (const stage of run?.stages ?? []) {
    if (typeof stage.$limit === "number") return skipped + stage.$limit;
    if (typeof stage.$skip !== "number") break;
    skipped += stage.$skip;
  }
  return Number.POSITIVE_INFINITY;
}

async function runSliced(
  aggregator: Aggregator,
  rows: readonly PlainObject[],
  enough: number,
  watch: Watch,
): Promise<PlainObject[]> {
  const results: PlainObject[] = [];
  for (let start = 0; start < rows.length && results.length < enough; start += sliceLength) {
    if (start > 0) await turn();
    watch.check();
    for (const row of aggregator.run<AnyObject>(watched(rows.slice(start, start + sliceLength), watch))) {
      results.push(row);
    }
  }
  return results;
}

/** The rows one by one, with the limits checked now and then: stages that need all rows draw them in one go. */
function* watched(rows: readonly PlainObject[], watch: Watch): Generator<PlainObject> {
  for (let index = 0; index < rows.length; index++) {
    if (index % 100 === 99) watch.check();
    yield rows[index]!;
  }
}

/**
 * Runs a pipeline on a collection.
 * @throws StoreError `UNSCOPED` or `TIMEOUT`; the signal's reason when it is aborted; TypeError (or mingo's error) for a
 * stage, an operator or a form that the embedded store has not.
 */
export async function aggregateTables(
  tables: Tables,
  collection: CollectionName,
  pipeline: Pipeline,
  readOptions: ReadOptions = {},
  observe: Observe = () => undefined,
): Promise<readonly PlainObject[]> {
  const watch = startWatch(readOptions);
  const project = projectOf(pipeline);
  const options = optionsFor(tables, project, observe);
  const runs = runsOf(pipeline);
  const first = candidates(tables[collectionNamed(collection)], project, pipeline[0]?.$match);
  observe(collection, first.access, first.rows.length);
  let { rows } = first;
  for (const [index, run] of runs.entries()) {
    const aggregator = new Aggregator(run.stages as readonly object[] as AnyObject[], options);
    if (run.sliced) rows = await runSliced(aggregator, rows, enoughFor(runs[index + 1]), watch);
    else rows = aggregator.run<AnyObject>(watched(rows, watch));
    watch.check();
  }
  return rows;
}

/** Runs a pipeline and reports how documents were found, a step for each access path. @throws as `aggregateTables`. */
export async function explainTables(
  tables: Tables,
  collection: CollectionName,
  pipeline: Pipeline,
  readOptions?: ReadOptions,
): Promise<Explanation> {
  const steps = new Map<string, ExplainedStep>();
  const rows = await aggregateTables(tables, collection, pipeline, readOptions, (from, access, found) => {
    const key = `${from}/${access}`;
    const read = (steps.get(key)?.rowsRead ?? 0) + found;
    const name = access === undefined ? "scan" : "look-up";
    const index = access === undefined ? {} : { index: access };
    steps.set(key, { name, collection: from, ...index, rowsRead: read, rowsReturned: read });
  });
  return explanationOf([...steps.values()], rows.length);
}
