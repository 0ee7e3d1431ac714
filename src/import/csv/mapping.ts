// Finds the mapping of a shop's export, which says what each column is: a shipped mapping by its name, others from JSON files.
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { ImportError } from "../import-error.js";
import type { MappedKind, MappingOf } from "./mapped-kinds.js";
import { customersMappingShape } from "./mapping-of-customers.js";
import { ordersMappingShape } from "./mapping-of-orders.js";
import { shippedMappings } from "./shipped-mappings.js";

const shapes: { readonly [Kind in MappedKind]: z.ZodType<MappingOf[Kind]> } = {
  orders: ordersMappingShape,
  customers: customersMappingShape,
};

const maxBytes = 64 * 1024;

/**
 * Finds a mapping: a shipped one by its name, or one in a JSON file by its path.
 * @throws ImportError naming every mistake.
 */
export async function findMapping<Kind extends MappedKind>(
  kind: Kind,
  nameOrPath: string,
): Promise<MappingOf[Kind]> {
  const shipped = shippedMappings[kind].find(({ name }) => name === nameOrPath);
  if (shipped !== undefined) return shipped.mapping;
  const names = shippedMappings[kind].map(({ name }) => name).join(", ");
  return readMapping(kind, await mappingFile(nameOrPath, `mapping of ${kind} (${names})`), nameOrPath);
}

/**
 * The content of a mapping's file.
 * @param shipped the kind and the names of the shipped mappings, for messages.
 * @throws ImportError if it can't be read.
 */
export async function mappingFile(path: string, shipped: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > maxBytes) throw new Error(`it has more than ${maxBytes} bytes`);
    return JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw new ImportError(
      `"${path}" is no shipped ${shipped}, and as a JSON file it can't be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/**
 * Checks a mapping of a user.
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
