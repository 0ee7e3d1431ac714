// Samples of a name: no database can tell where a customer stands in one (the nameless sample's numbers are stored), so they are
// bound to the customers who are in them, before the pipeline is compiled.

import type { CustomerDocument } from "../documents/documents.js";
import { sampleNumber } from "../facts/sample.js";
import { mapPredicates, predicatesOf } from "../plan/fields.js";
import type { Field, Plan, PlanNode, Test } from "../plan/plan.js";
import type { ReadOptions, Store } from "../store/port.js";

const pageSize = 10_000;

/** A query may be 16 MiB in MongoDB; the ids of one sample may have this many characters. */
const maxCharacters = 8_000_000;

/** More customers are in a sample (and outside it) than one question can name; `message` says what to ask instead. */
export class SampleTooLargeError extends Error {
  override readonly name = "SampleTooLargeError";
}

const identity: Field = { attribute: "id", scope: "profile", path: "_id" };

/**
 * The plan with every test of a named sample turned into one of customers' ids: of those who are in, or of those who are
 * not where they are fewer.
 * @throws SampleTooLargeError where both are more than one question can name.
 */
export async function bindSamples(store: Store, plan: Plan, options?: ReadOptions): Promise<Plan> {
  const sampled = predicatesOf(plan.where).filter(({ field }) => field.sample !== undefined);
  if (sampled.length === 0) return plan;
  const bounds = new Map(sampled.map(({ field, test }) => [keyOf(field, test), boundOf(test)]));
  const split = new Map<string, { readonly inside: string[]; readonly outside: string[] }>();
  for (const key of bounds.keys()) split.set(key, { inside: [], outside: [] });
  const names = new Map(sampled.map(({ field, test }) => [keyOf(field, test), field.sample ?? ""]));
  for await (const customers of identities(store, plan.project, options)) {
    for (const [key, { inside, outside }] of split) {
      const [name, bound] = [names.get(key) ?? "", bounds.get(key) ?? 0];
      for (const { _id, source_id } of customers)
        (sampleNumber(name, source_id) < bound ? inside : outside).push(_id);
    }
  }
  return {
    ...plan,
    where: mapPredicates(plan.where, (predicate) => {
      const found = split.get(keyOf(predicate.field, predicate.test));
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

function fewer({ inside, outside }: { readonly inside: string[]; readonly outside: string[] }): PlanNode {
  const [ids, negated] = inside.length <= outside.length ? [inside, false] : [outside, true];
  if (ids.reduce((sum, id) => sum + id.length, 0) > maxCharacters) {
    throw new SampleTooLargeError(
      `The sample has ${inside.length.toLocaleString("en")} customers, more than one question can name. Take a smaller share, or ` +
        "leave the sample's name out: the nameless sample is stored with the customers.",
    );
  }
  const named: PlanNode = { kind: "predicate", field: identity, test: { kind: "oneOf", values: ids } };
  return negated ? { kind: "not", operand: named } : named;
}

type Identity = Pick<CustomerDocument, "_id" | "source_id">;

async function* identities(
  store: Store,
  project: string,
  options: ReadOptions | undefined,
): AsyncGenerator<readonly Identity[]> {
  let after = `${project}/`;
  for (;;) {
    const page: readonly Identity[] = await store.aggregate<Identity>(
      "customers",
      [
        { $match: { project, _id: { $gt: after } } },
        { $sort: { _id: 1 } },
        { $limit: pageSize },
        { $project: { source_id: 1 } },
      ],
      options,
    );
    if (page.length > 0) yield page;
    if (page.length < pageSize) return;
    after = page.at(-1)!._id;
  }
}
