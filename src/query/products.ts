// Binds `order contains X` to the keys of the project's products, which an index on customers serves.

import type { ProductDocument } from "../documents/documents.js";
import { mapPredicates, predicatesOf } from "../plan/fields.js";
import type { Plan, PlanNode, ValueSpan } from "../plan/plan.js";
import type { Store } from "../store/port.js";

/** For each text in a plan's tests of products, the keys of the products that it names. */
export type ProductKeys = ReadonlyMap<string, readonly ValueSpan[]>;

/** The plan with every test of products replaced by a test of their present keys. */
export async function bindProducts(store: Store, plan: Plan): Promise<Plan> {
  const keys = await readProductKeys(store, plan.project, plan.where);
  return keys.size === 0 ? plan : { ...plan, where: bindNode(plan.where, keys) };
}

/** Finds the products that a node's tests name. */
export async function readProductKeys(store: Store, project: string, node: PlanNode): Promise<ProductKeys> {
  const keys = new Map<string, readonly ValueSpan[]>();
  for (const text of productTexts(node)) {
    const named = await store.reads.products.keysNamedBy(project, text);
    keys.set(
      text,
      named.map((key) => ({ from: key, to: key })),
    );
  }
  return keys;
}

/** True if a text names a product: by id or SKU, or by a part of the name; equivalent to the read `keysNamedBy`. */
export function namesProduct({ product_id, sku, name }: ProductDocument["text"], text: string): boolean {
  return product_id === text || sku === text || name?.includes(text) === true;
}

/** The texts in a node's tests of products. */
export function productTexts(node: PlanNode): ReadonlySet<string> {
  return new Set(predicatesOf(node).flatMap(({ test }) => (test.kind === "bought" ? test.texts : [])));
}

/** The node with every test of products replaced by a test of these keys. */
export function bindNode(node: PlanNode, keys: ProductKeys): PlanNode {
  return mapPredicates(node, (predicate) => {
    const { field, test } = predicate;
    if (test.kind !== "bought") return predicate;
    const found = test.texts.map((text) => keys.get(text) ?? []);
    if (!test.every) return { kind: "predicate", field, test: { kind: "hasAny", values: found.flat() } };
    return {
      kind: "and",
      operands: found.map((values) => ({ kind: "predicate", field, test: { kind: "hasAny", values } })),
    };
  });
}
