// Validates the shape and the size of records from outside, and words the messages.
import { z } from "zod";
import { unstorableIn } from "../plan/unstorable.js";
import { RecordError } from "./record-error.js";

const deepest = 16;
/** The most mistakes reported for one record. */
const maxMistakes = 100;

/** Text that may be missing, null or blank, all of which mean unknown. */
export const optionalText = z.string().max(1_024, "has more than 1,024 characters").nullish();

/** The most characters of an id. */
export const maxIdLength = 256;

/** An id from outside: 1 to 256 characters, not only white space, without control characters. */
export const identifier = z
  .string()
  .max(maxIdLength, `has more than ${maxIdLength} characters`)
  .refine((text) => text.trim() !== "", "is blank")
  // Half a surrogate pair can't be encoded in UTF-8, so two such ids could become equal.
  .refine((text) => !/[\p{Cc}\p{Cs}]/u.test(text), "holds a control character or half of one");

/**
 * Checks an id: 1 to 256 characters, without control characters.
 * @param name names it in messages.
 * @throws RecordError if it is invalid.
 */
export function checkedId(id: string, name: string): string {
  if (id === "") throw new RecordError(`${name} is blank`);
  if (id.length > maxIdLength)
    throw new RecordError(`${name} has ${id.length} characters; ${maxIdLength} is the most`);
  if (/[\p{Cc}\p{Cs}]/u.test(id)) throw new RecordError(`${name} holds a control character or half of one`);
  return id;
}

/** Keys and values that a project may have a schema for. */
export const properties = z
  .record(z.string().max(256, "is a key of more than 256 characters"), z.unknown())
  .refine((keys) => Object.keys(keys).length <= 256, "has more than 256 keys")
  .nullish();

/**
 * A record from outside, checked against its shape and its size, `maxBytes` of JSON.
 * @throws RecordError whose message names the first three mistakes, and whose `mistakes` lists up to `maxMistakes`.
 */
export function readShape<Shape>(shape: z.ZodType<Shape>, record: unknown, maxBytes: number): Shape {
  if (typeof record !== "object" || record === null || Array.isArray(record)) {
    throw new RecordError(`a record is an object, as {"source_id": "…"}, not ${kindOf(record)}`);
  }
  // The depth is checked first, because JSON.stringify fails on a record that is too deep.
  refuseUnstorable(record, []);
  const bytes = Buffer.byteLength(JSON.stringify(record));
  if (bytes > maxBytes) {
    throw new RecordError(`the record has ${bytes} bytes as JSON; ${maxBytes} is the most that one may have`);
  }
  const read = shape.safeParse(record, { error: explain });
  if (read.success) return read.data;
  const mistakes = read.error.issues
    .slice(0, maxMistakes)
    .map((issue) => `${pathOf(issue.path)} ${issue.message}`);
  throw new RecordError(mistakes.slice(0, 3).join("; "), mistakes);
}

/** Describes a JSON value in words. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "missing";
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "an object";
}

/** The text, truncated for messages. */
export function shorten(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 60)}…`;
}

/** The message for an unknown customer. @param part the field that names the customer. */
export function noSuchCustomer(part: string, sourceId: string): string {
  return `\`${part}\` names "${shorten(sourceId)}", who is not there; add the customer first`;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? "the record" : `\`${path.map(String).join(".")}\``;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  const wanted = typeNames[issue.expected] ?? issue.expected;
  return issue.input === undefined
    ? `is missing: it must be ${wanted}`
    : `must be ${wanted}, not ${kindOf(issue.input)}`;
}

/** Refuses what a store can't hold, anywhere in the record. @param path where the value is in the record. */
function refuseUnstorable(value: unknown, path: readonly string[]): void {
  if (typeof value === "string") refuseUnstorableText(value, path);
  if (typeof value !== "object" || value === null) return;
  if (path.length === deepest) throw new RecordError(`the record is nested more than ${deepest} levels deep`);
  if (Object.hasOwn(value, "__proto__"))
    throw new RecordError('the record has a key "__proto__"; name it otherwise');
  // BSON terminates field names with a null character.
  const cut = Object.keys(value).find((key) => key.includes("\0"));
  if (cut !== undefined)
    throw new RecordError(
      `the record has a key ${JSON.stringify(shorten(cut))}, which holds a null character; name it otherwise`,
    );
  for (const [key, part] of Object.entries(value)) refuseUnstorable(part, [...path, key]);
}

function refuseUnstorableText(text: string, path: readonly string[]): void {
  const found = unstorableIn(text);
  if (found !== undefined)
    throw new RecordError(`${pathOf(path)} holds ${found.what}, which can't be stored; remove it`);
}
