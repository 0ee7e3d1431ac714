// Questions over customers as pipelines.
import type { CustomerDocument } from "../../documents/documents.js";
import { type CompiledQuery, compileQuery } from "../../pipeline/compile.js";
import type { Pipeline } from "../../pipeline/stage.js";
import { valueStages } from "../../pipeline/value.js";
import type {
  Combination,
  CustomerPageRequest,
  CustomerQuestion,
  CustomerQuestions,
  Region,
  ValuePosition,
} from "../customers.js";
import { type CustomerOverview, overviewPaths } from "../overview.js";
import type { ReadOptions } from "../read-options.js";
import { countRows, idsOf, type PipelineRunner, valuesInOrder } from "./run.js";
import { afterStage, pathOrder, sortStage } from "./sort.js";

const overviewFields = Object.fromEntries(overviewPaths.map((path) => [path, 1]));

/** Answers questions with a pipeline runner. Each question object is compiled once. */
export function questionsByPipelines(runner: PipelineRunner): CustomerQuestions {
  const compiled = new WeakMap<CustomerQuestion, Promise<CompiledQuery>>();

  const compile = (question: CustomerQuestion): Promise<CompiledQuery> => {
    const known = compiled.get(question);
    if (known !== undefined) return known;
    const made = compileQuestion(question);
    compiled.set(question, made);
    // After a failed read of estimates, the next call compiles again.
    made.catch(() => compiled.delete(question));
    return made;
  };
  const find = async (question: CustomerQuestion): Promise<Pipeline> => (await compile(question)).find;
  const whole = async (question: CustomerQuestion): Promise<Pipeline> => {
    const { find, fetch } = await compile(question);
    return [...find, ...fetch];
  };
  const page = async (
    question: CustomerQuestion,
    { sort, after, limit }: CustomerPageRequest,
  ): Promise<Pipeline> => {
    const order = pathOrder(sort);
    const behind = after === undefined ? [] : [afterStage(order, after)];
    return [...(await whole(question)), ...behind, sortStage(order), { $limit: limit }];
  };

  const regionsOf = async (
    questions: readonly CustomerQuestion[],
    options?: ReadOptions,
  ): Promise<readonly Region[]> => {
    // Each question gives its customers one bit; the sum of a customer's bits identifies the region.
    const marked = await Promise.all(
      questions.map(async (question, index) => [
        ...(await find(question)),
        { $project: { bit: { $literal: 2 ** index } } },
      ]),
    );
    const [first, ...others] = marked;
    if (first === undefined) return [];
    return runner.run<Region>(
      "customers",
      [
        ...first,
        ...others.map((pipeline) => ({ $unionWith: { coll: "customers", pipeline } })),
        { $group: { _id: "$_id", bits: { $sum: "$bit" } } },
        { $group: { _id: "$bits", count: { $sum: 1 } } },
        { $project: { _id: 0, bits: "$_id", count: 1 } },
      ],
      options,
    );
  };

  return {
    count: async (question, options) => countRows(runner, "customers", await find(question), options),

    countUpTo: async (question, bound, options) =>
      countRows(runner, "customers", [...(await find(question)), { $limit: bound }], options),

    page: async (question, request, options) =>
      runner.run<CustomerDocument>("customers", await page(question, request), options),

    overviews: async (question, request, options) => {
      const pipeline = [...(await page(question, request)), { $project: overviewFields }];
      return runner.run<CustomerOverview>("customers", pipeline, options);
    },

    byValue: async (question, { field, order, after, limit }, options) => {
      const { plan, activity } = question;
      const byValue = { ...order, path: "value" };
      const behind = after === undefined ? [] : [afterStage(byValue, after)];
      const pipeline = [
        ...(await whole(question)),
        ...valueStages(field, activity, plan.asOf),
        ...behind,
        sortStage(byValue),
        { $limit: limit },
        { $project: { _id: 0, id: "$_id", value: 1, sourceId: "$source_id" } },
      ];
      return runner.run<ValuePosition>("customers", pipeline, options);
    },

    ids: async (question, { limit, ...options } = {}) => {
      const bounded = limit === undefined ? [] : [{ $limit: limit }];
      return idsOf(runner, "customers", [...(await find(question)), ...bounded], options);
    },

    sourceIds: async function* (question, options) {
      yield* valuesInOrder(runner, "customers", await whole(question), "source_id", options);
    },

    regions: regionsOf,

    tallies: async (questions, combinations, options) => {
      const [first] = questions;
      if (first === undefined) throw new RangeError("Combinations of no question were asked for.");
      const { project } = first.plan;
      const regions = await regionsOf(questions, options);
      const some = regions.reduce((sum, { count }) => sum + count, 0);
      const isOfNone = combinations.map((combination) => isIn(combination, 0));
      // Customers in no answer are in no region.
      const all = isOfNone.includes(true)
        ? await countRows(runner, "customers", [{ $match: { project } }], options)
        : some;
      // The two reads are of different instants, so customers of the answers may have been erased between them.
      const outside = Math.max(0, all - some);
      return combinations.map((combination, index) =>
        regions.reduce(
          (sum, { bits, count }) => (isIn(combination, bits) ? sum + count : sum),
          isOfNone[index] === true ? outside : 0,
        ),
      );
    },

    explain: async (question, options) => runner.explain("customers", await whole(question), options),
  };
}

/** True if customers whose answers are these bits are in a combination. */
function isIn(combination: Combination, bits: number): boolean {
  switch (combination.kind) {
    case "answer":
      // Bits may be more than 32.
      return Math.floor(bits / 2 ** combination.index) % 2 === 1;
    case "all":
      return combination.of.every((each) => isIn(each, bits));
    case "any":
      return combination.of.some((each) => isIn(each, bits));
    case "not":
      return !isIn(combination.of, bits);
    default:
      return combination satisfies never;
  }
}

async function compileQuestion({ plan, activity, estimates }: CustomerQuestion): Promise<CompiledQuery> {
  const { selectivity, strategy } = (await estimates?.()) ?? {};
  return compileQuery(plan, { activity, selectivity, strategy });
}
