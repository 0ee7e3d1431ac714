// How a shop's export is to be read: which column is what. A shipped mapping is named, others are JSON files.
import { readFile, stat } from "node:fs/promises";
import { z } from "zod";
import { isCurrency } from "../projects/currency.js";
import { isZone } from "../projects/definition.js";
import { dateReader } from "./date-format.js";
import { ImportError } from "./import-error.js";
import { onlineRetail } from "./mappings/online-retail.js";

const column = z.string().min(1, "is blank").max(256, "has more than 256 characters");

const mappingShape = z
  .strictObject({
    /** The columns' names in the file's first line. */
    columns: z.strictObject({
      customer: column,
      order: column,
      date: column,
      unitPrice: column,
      /** A row is one unit where this is left out. */
      quantity: column.optional(),
      sku: column.optional(),
      productName: column.optional(),
      country: column.optional(),
      /** A row in another currency than `currency` is rejected. */
      currency: column.optional(),
    }),
    /** What follows the customer's id in its column and is no part of it. */
    dropCustomerSuffix: z.string().min(1).max(16).optional(),
    date: z.strictObject({
      format: z.string().max(64),
      zone: z.string().refine(isZone, "is no IANA time zone; write one as Europe/London"),
    }),
    currency: z.string().refine(isCurrency, "is no ISO 4217 currency; write three capitals as GBP"),
    /** How a cancelled order is known: by how its id begins, or by what a column says (case is ignored). */
    cancelled: z
      .union([
        z.strictObject({ orderPrefix: z.string().min(1).max(16) }),
        z.strictObject({ column, values: z.array(z.string().min(1).max(256)).min(1).max(100) }),
      ])
      .optional(),
    /** Between whole and fraction; a point where it is left out. */
    decimalSeparator: z.enum([".", ","]).optional(),
    /** Between groups of three digits; none where it is left out. */
    groupSeparator: z.enum([",", ".", " ", "'", "\u00a0", "\u202f"]).optional(),
    /** Between the columns; a comma where it is left out. */
    delimiter: z.enum([",", ";", "\t", "|"]).optional(),
    /** UTF-8 where it is left out. */
    encoding: z.enum(["utf-8", "utf-16le", "windows-1250", "windows-1252", "iso-8859-2"]).optional(),
  })
  .refine(({ columns }) => columns.sku !== undefined || columns.productName !== undefined, {
    path: ["columns"],
    message: "names neither `sku` nor `productName`; name one of them",
  })
  .refine((mapping) => mapping.groupSeparator !== (mapping.decimalSeparator ?? "."), {
    path: ["groupSeparator"],
    message: "is the decimal separator too",
  })
  .refine((mapping) => dateReader(mapping.date.format, "UTC") !== undefined, {
    path: ["date", "format"],
    message: "is neither `iso` nor a pattern with yyyy, M and d, as `d/M/yyyy H:mm` or `yyyy-MM-dd HH:mm:ss`",
  });

/** A mapping; what each part means stands in `mappingShape`. */
export type Mapping = Readonly<z.infer<typeof mappingShape>>;

/** The mappings that come with the program, by name. */
export const shippedMappings: Readonly<Record<string, Mapping>> = { "online-retail": onlineRetail };

const mostBytes = 64 * 1024;

/**
 * The mapping that is meant: a shipped one's name, or else the path of a JSON file.
 * @throws ImportError naming every mistake.
 */
export async function findMapping(nameOrPath: string): Promise<Mapping> {
  if (Object.hasOwn(shippedMappings, nameOrPath)) return shippedMappings[nameOrPath]!;
  let content: unknown;
  try {
    if ((await stat(nameOrPath)).size > mostBytes) throw new Error(`it has more than ${mostBytes} bytes`);
    content = JSON.parse(await readFile(nameOrPath, "utf8"));
  } catch (error) {
    const names = Object.keys(shippedMappings).join(", ");
    throw new ImportError(
      `"${nameOrPath}" is no shipped mapping (${names}), and as a JSON file it can't be read: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return readMapping(content, nameOrPath);
}

/**
 * Checks a mapping from outside.
 * @param label names it in messages.
 * @throws ImportError naming every mistake.
 */
export function readMapping(content: unknown, label: string): Mapping {
  const read = mappingShape.safeParse(content);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(
    (issue) => `  ${issue.path.join(".") || "mapping"}: ${issue.message}`,
  );
  throw new ImportError(`The mapping ${label} can't be used.\n${mistakes.join("\n")}`);
}
