// Products: how order lines name them, and how they are identified.
import { createHash } from "node:crypto";
import type { OrderItem, ProductDocument } from "../documents/documents.js";
import { normaliseText } from "../plan/text.js";

type Names = Pick<OrderItem, "product_id" | "sku" | "name">;

/**
 * The key of one spelling of a product: 16 characters (96 bits) of the SHA-256 of its id, SKU and name. Undefined if the line
 * names no product.
 */
export function itemKey(item: Names): string | undefined {
  if (item.product_id === undefined && item.sku === undefined && item.name === undefined) return undefined;
  const spelling = JSON.stringify([item.product_id ?? null, item.sku ?? null, item.name ?? null]);
  return createHash("sha256").update(spelling).digest("base64url").slice(0, 16);
}

/** The key that identifies a product: the product id or, without one, the SKU or, without both, the name. */
export function productKey(item: Names): string | undefined {
  const text = item.product_id ?? item.sku ?? item.name;
  return text === undefined ? undefined : normaliseText(text);
}

/** The products that these lines name, one document for each spelling. */
export function productDocuments(project: string, items: readonly OrderItem[]): readonly ProductDocument[] {
  const found = new Map<string, ProductDocument>();
  for (const item of items) {
    const key = itemKey(item);
    if (key === undefined || found.has(key)) continue;
    const names = definedNames(item);
    const text = Object.fromEntries(
      Object.entries(names).map(([name, value]) => [name, normaliseText(value)]),
    );
    found.set(key, { _id: `${project}/${key}`, project, key, ...names, text });
  }
  return [...found.values()];
}

function definedNames(item: Names): Readonly<Record<string, string>> {
  const { product_id, sku, name } = item;
  return {
    ...(product_id === undefined ? {} : { product_id }),
    ...(sku === undefined ? {} : { sku }),
    ...(name === undefined ? {} : { name }),
  };
}
