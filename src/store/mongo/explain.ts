// Reads MongoDB's report of how it ran a pipeline (`explain` at `executionStats`), in the forms that its manual describes
// (Explain Results): the classic engine's tree of stages, the slot-based engine's plan with separate statistics, the list of
// `stages` if a part of the pipeline runs after the query (`$cursor`), and one of these for each of `shards`. Also reads
// DocumentDB's report.

import { explanationOf } from "../explanation.js";
import type { ExplainedStep, Explanation } from "../read-options.js";
import { readPostgresPlan } from "./explain-documentdb.js";
import {
  asNumber,
  asObject,
  asObjects,
  asText,
  collectionOfNamespace,
  type Fields,
  step,
} from "./explain-fields.js";

/** Reads an answer to `explain` of a pipeline on `collection`. */
export function readExplanation(explained: unknown, collection: string): Explanation {
  const answer = asObject(explained);
  const plan = asObject(asObject(answer.queryPlanner).winningPlan);
  const steps = "Node Type" in plan ? readPostgresPlan(plan, collection) : stepsOfAnswer(answer, collection);
  return explanationOf(steps, returnedBy(answer, steps));
}

function returnedBy(answer: Fields, steps: readonly ExplainedStep[]): number | undefined {
  const shards = Object.values(asObject(answer.shards));
  const merged = Array.isArray(asObject(answer.splitPipeline).mergerPart);
  // The merging part of a sharded pipeline has no statistics, so the number of rows that it returned is unknown.
  if (shards.length > 0) return merged && shards.length > 1 ? undefined : steps.at(-1)?.rowsReturned;
  return asNumber(asObject(answer.executionStats).nReturned) ?? steps.at(-1)?.rowsReturned;
}

/** The steps of an answer: a query, a query with the stages after it, or those of several shards. */
function stepsOfAnswer(answer: Fields, collection: string): readonly ExplainedStep[] {
  if (answer.shards !== undefined && !Array.isArray(answer.shards)) {
    return Object.values(asObject(answer.shards)).flatMap((shard) =>
      stepsOfAnswer(asObject(shard), collection),
    );
  }
  if (Array.isArray(answer.stages))
    return asObjects(answer.stages).flatMap((stage) => stepsOfStage(stage, collection));
  return stepsOfQuery(answer, collection);
}

/** One of `stages`, as `{ $lookup: …, totalDocsExamined, indexesUsed, nReturned }`. */
function stepsOfStage(stage: Fields, collection: string): readonly ExplainedStep[] {
  const name = Object.keys(stage).find((key) => key.startsWith("$"));
  if (name === undefined) return [];
  const specification = asObject(stage[name]);
  if (name === "$cursor") return stepsOfQuery(specification, collection);
  const rowsReturned = asNumber(stage.nReturned);
  if (name === "$lookup") return lookupSteps(specification, stage);
  if (name === "$unionWith") {
    const coll = asText(specification.coll) ?? collection;
    const inner = asObjects(specification.pipeline).flatMap((each) => stepsOfStage(each, coll));
    return [...inner, step({ name, collection: coll, rowsReturned })];
  }
  return [step({ name, rowsReturned })];
}

/** The steps of a join, one for each index: it reads keys of its indexes, or documents if it has no index. */
function lookupSteps(specification: Fields, stage: Fields): readonly ExplainedStep[] {
  const name = "$lookup";
  const collection = asText(specification.from);
  const rowsReturned = asNumber(stage.nReturned);
  const indexes = Array.isArray(stage.indexesUsed)
    ? stage.indexesUsed.flatMap((index) => asText(index) ?? [])
    : [];
  const scanned = (asNumber(stage.collectionScans) ?? 0) > 0 || indexes.length === 0;
  const rowsRead = asNumber(scanned ? stage.totalDocsExamined : stage.totalKeysExamined);
  const [first, ...others] = [...new Set(indexes)];
  return [
    ...others.map((index) => step({ name, collection, index })),
    step({ name, collection, index: first, rowsRead, rowsReturned }),
  ];
}

/** The steps of a query: the stages are in its plan, their counts in its statistics. */
function stepsOfQuery(answer: Fields, collection: string): readonly ExplainedStep[] {
  const planner = asObject(answer.queryPlanner);
  const winning = asObject(planner.winningPlan);
  const executed = asObject(asObject(answer.executionStats).executionStages);
  const own = collectionOfNamespace(planner.namespace) ?? collection;
  if (winning.shards !== undefined) return stepsOfShards(winning, executed, own);
  // The slot-based engine reports statistics for finer stages, each with the `planNodeId` of the plan's stage that it belongs to.
  if (winning.queryPlan !== undefined || isSlotBased(executed)) {
    const statistics = slotStatistics(executed);
    const plan = winning.queryPlan === undefined ? winning : asObject(winning.queryPlan);
    return stepsOfTree(plan, own, (stage) => statistics.get(asNumber(stage.planNodeId) ?? -1) ?? {});
  }
  // The classic engine's statistics are the tree of the plan with counts.
  const tree = asText(executed.stage) === undefined ? winning : executed;
  return stepsOfTree(tree, own, (stage) => ({
    keys: asNumber(stage.keysExamined),
    documents: asNumber(stage.docsExamined),
    returned: asNumber(stage.nReturned),
  }));
}

function stepsOfShards(winning: Fields, executed: Fields, collection: string): readonly ExplainedStep[] {
  const statistics = new Map(asObjects(executed.shards).map((shard) => [shard.shardName, shard]));
  const shards = asObjects(winning.shards).flatMap((shard) =>
    stepsOfQuery({ queryPlanner: shard, executionStats: statistics.get(shard.shardName) }, collection),
  );
  return [
    ...shards,
    step({ name: asText(winning.stage) ?? "SHARD_MERGE", rowsReturned: asNumber(executed.nReturned) }),
  ];
}

interface Counts {
  readonly keys?: number;
  readonly documents?: number;
  readonly returned?: number;
}

const branches = ["inputStage", "outerStage", "innerStage", "thenStage", "elseStage"] as const;

function inputsOf(stage: Fields): readonly Fields[] {
  const single = branches.flatMap((name) => (stage[name] === undefined ? [] : [asObject(stage[name])]));
  return [...single, ...asObjects(stage.inputStages)];
}

function stepsOfTree(
  stage: Fields,
  collection: string,
  countsOf: (stage: Fields) => Counts,
): readonly ExplainedStep[] {
  const name = asText(stage.stage);
  if (name === undefined) return [];
  const inputs = inputsOf(stage);
  const counts = countsOf(stage);
  const foreign = collectionOfNamespace(stage.foreignCollection);
  const index = asText(stage.indexName);
  // A stage with an input reads only the rows of its input. A join also reads another collection.
  const reads = inputs.length === 0 || foreign !== undefined;
  const reached = reads || index !== undefined;
  return [
    ...inputs.flatMap((input) => stepsOfTree(input, collection, countsOf)),
    step({
      name,
      collection: reached ? (foreign ?? collection) : undefined,
      index: name === "IDHACK" ? "_id_" : index,
      rowsRead: reads
        ? index === undefined
          ? (counts.documents ?? counts.keys)
          : (counts.keys ?? counts.documents)
        : undefined,
      rowsReturned: counts.returned,
    }),
  ];
}

function isSlotBased(executed: Fields): boolean {
  return asNumber(executed.planNodeId) !== undefined;
}

/** The counts of the slot-based engine's stages, added up for each stage of the plan. */
function slotStatistics(root: Fields): ReadonlyMap<number, Counts> {
  const counts = new Map<number, { keys?: number; documents?: number; returned?: number }>();
  const visit = (stage: Fields) => {
    const node = asNumber(stage.planNodeId);
    if (node !== undefined) {
      const own = counts.get(node) ?? {};
      counts.set(node, own);
      // The outermost stage is visited first, and its rows are the ones returned.
      own.returned ??= asNumber(stage.nReturned);
      const kind = asText(stage.stage) ?? "";
      const keys = kind.startsWith("ix")
        ? (asNumber(stage.keysExamined) ?? asNumber(stage.numReads))
        : undefined;
      if (keys !== undefined) own.keys = (own.keys ?? 0) + keys;
      const documents =
        kind === "scan" || kind === "seek" || kind === "fetch" ? asNumber(stage.numReads) : undefined;
      if (documents !== undefined) own.documents = (own.documents ?? 0) + documents;
    }
    for (const input of inputsOf(stage)) visit(input);
  };
  visit(root);
  return counts;
}
