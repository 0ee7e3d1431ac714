// Named samples: only the nameless sample's numbers are stored, and no database can compute those of a named one, so a plan is
// bound to the ids of the customers in the samples before a store is asked.

import { sampleNumber } from "../facts/sample.js";
import { mapPredicates, predicatesOf } from "../plan/fields.js";
import type { Field, Plan, PlanNode, Test } from "../plan/plan.js";
import { identityPagesOf } from "../store/pages.js";
import type { Store } from "../store/port.js";
import type { ReadOptions } from "../store/read-options.js";
import { slicesOf } from "../store/slices.js";

/** The most characters of the ids of one sample; MongoDB limits a query to 16 MiB. */
const maxCharacters = 8_000_000;

/** The most named samples of one query, including its segments': every customer is hashed for each of them. */
export const maxSampleNames = 20;

/** A query exceeds the limits of named samples; `message` says what to ask instead. */
export class SampleError extends Error {
  override readonly name = "SampleError";
}

const identity: Field = { attribute: "id", scope: "profile", path: "_id" };

/** The different names of samples in a plan. */
function sampleNames({ where }: Plan): ReadonlySet<string> {
  return new Set(predicatesOf(where).flatMap(({ field }) => field.sample ?? []));
}

/** @throws SampleError for more named samples than one query may have. */
export function refuseManySamples(plan: Plan): void {
  const { size } = sampleNames(plan);
  if (size <= maxSampleNames) return;
  throw new SampleError(
    `The query names ${size} different samples, the segments that it names included, and ${maxSampleNames} is the most. Use fewer ` +
      "names, or the nameless sample.",
  );
}

/** The customers (by `_id`) below a bound of a sample (`inside`), and the others. */
interface Split {
  readonly bound: number;
  readonly inside: string[];
  readonly outside: string[];
}

/**
 * The plan with every test of a named sample replaced by a test of customers' ids: of those in the sample or, if they are fewer,
 * of those not in it. Works in slices, and stops at the limits of `options`.
 * @throws SampleError for too many names, or for more customers than one question can name.
 */
export async function bindSamples(store: Store, plan: Plan, options?: ReadOptions): Promise<Plan> {
  refuseManySamples(plan);
  const sampled = predicatesOf(plan.where).filter(({ field }) => field.sample !== undefined);
  if (sampled.length === 0) return plan;
  const splits = new Map<string, Split>();
  const byName = new Map<string, Split[]>();
  for (const { field, test } of sampled) {
    const key = keyOf(field, test);
    if (splits.has(key)) continue;
    const split: Split = { bound: boundOf(test), inside: [], outside: [] };
    splits.set(key, split);
    const name = field.sample ?? "";
    byName.set(name, [...(byName.get(name) ?? []), split]);
  }
  const slices = slicesOf(options);
  for await (const customers of identityPagesOf(store, plan.project, options)) {
    for (const { _id, source_id } of customers) {
      for (const [name, ofName] of byName) {
        const number = sampleNumber(name, source_id);
        for (const { bound, inside, outside } of ofName) (number < bound ? inside : outside).push(_id);
      }
      if (slices.isOver()) await slices.next();
    }
  }
  return {
    ...plan,
    where: mapPredicates(plan.where, (predicate) => {
      const found = splits.get(keyOf(predicate.field, predicate.test));
      return predicate.field.sample === undefined || found === undefined ? predicate : fewer(found);
    }),
  };
}

function keyOf(field: Field, test: Test): string {
  return JSON.stringify([field.sample, test]);
}

function boundOf(test: Test): number {
  return test.kind === "range" ? Number(test.to?.value ?? 0) : 0;
}

function fewer({ inside, outside }: Split): PlanNode {
  const [ids, negated] = inside.length <= outside.length ? [inside, false] : [outside, true];
  if (ids.reduce((sum, id) => sum + id.length, 0) > maxCharacters) {
    throw new SampleError(
      `The sample has ${inside.length.toLocaleString("en")} customers, more than one question can name. Take a smaller share, or ` +
        "leave the sample's name out: the nameless sample is stored with the customers.",
    );
  }
  const named: PlanNode = { kind: "predicate", field: identity, test: { kind: "oneOf", values: ids } };
  return negated ? { kind: "not", operand: named } : named;
}
