// How a shop's export is to be read: which column is what. A shipped mapping is named, others are JSON files.
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { ImportError } from "../import-error.js";
import { type CustomersMapping, customersMappingShape } from "./mapping-of-customers.js";
import { type OrdersMapping, ordersMappingShape } from "./mapping-of-orders.js";
import { customersByName } from "./mappings/customers.js";
import { onlineRetail } from "./mappings/online-retail.js";
import { shopifyCustomers } from "./mappings/shopify-customers.js";
import { shopifyOrders } from "./mappings/shopify-orders.js";

/** What a row of a CSV file may be. */
export const mappedKinds = ["orders", "customers"] as const;
export type MappedKind = (typeof mappedKinds)[number];

export interface MappingOf {
  readonly orders: OrdersMapping;
  readonly customers: CustomersMapping;
}

/** The mappings that come with the program, by what they map and by name. */
export const shippedMappings: {
  readonly [Kind in MappedKind]: Readonly<Record<string, MappingOf[Kind]>>;
} = {
  orders: { "online-retail": onlineRetail, shopify: shopifyOrders },
  customers: { plain: customersByName, shopify: shopifyCustomers },
};

const shapes: { readonly [Kind in MappedKind]: z.ZodType<MappingOf[Kind]> } = {
  orders: ordersMappingShape,
  customers: customersMappingShape,
};

const maxBytes = 64 * 1024;

/**
 * The mapping that is meant: a shipped one's name, or else the path of a JSON file.
 * @throws ImportError naming every mistake.
 */
export async function findMapping<Kind extends MappedKind>(
  kind: Kind,
  nameOrPath: string,
): Promise<MappingOf[Kind]> {
  const shipped = shippedMappings[kind];
  if (Object.hasOwn(shipped, nameOrPath)) return shipped[nameOrPath] as MappingOf[Kind];
  let content: unknown;
  try {
    if ((await stat(nameOrPath)).size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    content = JSON.parse(await readFile(nameOrPath, "utf8"));
  } catch (error) {
    const names = Object.keys(shipped).join(", ");
    throw new ImportError(
      `"${nameOrPath}" is no shipped mapping of ${kind} (${names}), and as a JSON file it can't be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return readMapping(kind, content, nameOrPath);
}

/**
 * Checks a mapping from outside.
 * @param label names it in messages.
 * @throws ImportError naming every mistake.
 */
export function readMapping<Kind extends MappedKind>(
  kind: Kind,
  content: unknown,
  label: string,
): MappingOf[Kind] {
  const read = shapes[kind].safeParse(content);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "mapping"}: ${issue.message}`,
  );
  throw new ImportError(`The mapping ${label} can't be used.\n${mistakes.join("\n")}`);
}
