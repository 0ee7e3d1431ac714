// The meanings of segments at the instants of one batch, and whether a customer is a member: each computed once.

import type { CustomerDocument, ProductDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import type { Predicate } from "../../operators/encodings/encoding.js";
import type { PlanNode } from "../../plan/plan.js";
import { compilePredicate, type WithRecords } from "../../predicate/compile.js";
import { bindNode, namesProduct, type ProductKeys, productTexts } from "../../query/products.js";
import type { LiveSegment } from "./live-set.js";
import type { Meaning } from "./plan-at.js";

export interface BatchMeanings {
  readonly meaningAt: (segment: LiveSegment, at: number) => Meaning | undefined;
  /** Sets the products that the batch's product texts name; call it before the first evaluation. */
  readonly bind: (keys: ProductKeys) => void;
  /** Whether a customer is in a segment at an instant; undefined if the segment's query is not valid then. */
  readonly isMember: (segment: LiveSegment, at: number, person: CustomerDocument) => boolean | undefined;
}

export function meaningsOfBatch(): BatchMeanings {
  const meanings = new Map<LiveSegment, Map<number, Meaning | undefined>>();
  const predicates = new Map<PlanNode, Predicate>();
  let products: ProductKeys = new Map();
  const meaningAt = (segment: LiveSegment, at: number): Meaning | undefined => {
    const known = meanings.get(segment) ?? new Map<number, Meaning | undefined>();
    meanings.set(segment, known);
    if (!known.has(at)) known.set(at, segment.meaningAt(at));
    return known.get(at);
  };
  return {
    meaningAt,
    bind: (keys) => {
      products = keys;
    },
    isMember: (segment, at, person) => {
      const meaning = meaningAt(segment, at);
      if (meaning === undefined) return undefined;
      const { node, later } = meaning;
      const predicate = predicates.get(node) ?? compilePredicate(bindNode(node, products));
      predicates.set(node, predicate);
      return predicate(person, later);
    },
  };
}

/** For each product text of the queries, the keys of the products that it names among those that these customers bought. */
export async function productKeysOf(
  engine: Engine,
  project: string,
  nodes: readonly PlanNode[],
  buyers: () => readonly (Pick<CustomerDocument, "activity"> & WithRecords)[],
): Promise<ProductKeys> {
  const texts = new Set(nodes.flatMap((node) => [...productTexts(node)]));
  if (texts.size === 0) return new Map();
  const keys = new Set<string>();
  for (const { activity, records } of buyers()) {
    for (const key of activity.orders.items) keys.add(key);
    for (const order of records.orders) {
      for (const key of (order as { readonly item_keys?: readonly string[] }).item_keys ?? []) keys.add(key);
    }
  }
  const found = await engine.store.getMany(
    "products",
    [...keys].map((key) => `${project}/${key}`),
  );
  const products = found.filter((product): product is ProductDocument => product !== undefined);
  return new Map(
    [...texts].map((text) => [
      text,
      products
        .filter((product) => namesProduct(product.text, text))
        .map(({ key }) => ({ from: key, to: key })),
    ]),
  );
}
