// Reads the payloads of deliveries: JSON and forms, their fields, and the cells that they become.
import { createHash } from "node:crypto";
import type { PropertyType } from "../documents/documents.js";
import { parseJsonWithIds } from "../facts/exact-json.js";
import { readInstant } from "../facts/instants.js";
import type { CustomerPatch } from "../facts/profile-patch.js";
import type { MetadataMapping } from "../import/csv/mapping-of-customers.js";
import { DeliveryError } from "./delivery.js";

/** An object of a payload. */
export type PayloadFields = Readonly<Record<string, unknown>>;

const maxFormFields = 1_000;
const maxFormDepth = 5;
/** The most unknown fields that are kept of one record, the most characters of a value, and the most bytes of all as JSON. */
const [maxUnknown, maxUnknownLength, maxUnknownBytes] = [100, 1_024, 16 * 1_024];

/** The JSON object of a body. @throws DeliveryError. */
export function jsonOf(body: Buffer): PayloadFields {
  const text = decoded(body);
  let value: unknown;
  try {
    value = parseJsonWithIds(text);
  } catch {
    throw new DeliveryError("The body is not JSON. Send it exactly as the sender's documentation shows it.");
  }
  const fields = objectOf(value);
  if (fields === undefined) throw new DeliveryError("The body is not a JSON object.");
  return fields;
}

/** The fields of a form, nested as their names say: `data[merges][EMAIL]`. @throws DeliveryError. */
export function formOf(body: Buffer): PayloadFields {
  const entries = [...new URLSearchParams(decoded(body))];
  if (entries.length > maxFormFields)
    throw new DeliveryError(`The form has more than ${maxFormFields.toLocaleString("en")} fields.`);
  const form: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) {
    const path = name.split("[").map((part, index) => (index === 0 ? part : part.replace(/\]$/, "")));
    if (path.length > maxFormDepth)
      throw new DeliveryError(`The form has a field that is nested more than ${maxFormDepth} deep.`);
    let inner = form;
    for (const part of path.slice(0, -1)) {
      const next = inner[part];
      inner[part] = typeof next === "object" && next !== null ? next : Object.create(null);
      inner = inner[part] as Record<string, unknown>;
    }
    inner[path.at(-1)!] = value;
  }
  return form;
}

function decoded(body: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    throw new DeliveryError("The body is not text in UTF-8.");
  }
}

/** The value as an object; undefined if it is none. */
export function objectOf(value: unknown): PayloadFields | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as PayloadFields)
    : undefined;
}

/** The objects of a list; none if it is no list. */
export function objectsOf(value: unknown): readonly PayloadFields[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.map(objectOf).filter((each) => each !== undefined);
}

/** A value as the text of a cell; empty for null, for a missing value, and for an object. */
export function cell(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return "";
}

/** The text of a field that no delivery lacks. @throws DeliveryError. */
export function needed(fields: PayloadFields, name: string, place = name): string {
  const text = cell(fields[name]).trim();
  if (text !== "") return text;
  throw new DeliveryError(`The body has no \`${place}\`.`);
}

/**
 * The instant of a text with a date and a time, in milliseconds since the epoch.
 * @throws DeliveryError if there is none.
 */
export function instantOf(text: string, place: string): number {
  const written = text
    .trim()
    .replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, "$1T")
    .replace(/ (?=[+-]\d\d:?\d\d$)/, "");
  const instant = readInstant(written, "UTC");
  if (instant === undefined) throw new DeliveryError(`\`${place}\` is no date and time.`);
  return instant;
}

/** The instant of a number of seconds since the epoch. @throws DeliveryError. */
export function instantOfSeconds(value: unknown, place: string): number {
  const seconds = Number(cell(value) === "" ? Number.NaN : cell(value));
  const instant = Math.round(seconds * 1_000);
  if (Number.isSafeInteger(instant) && instant > 0 && instant < maxInstant) return instant;
  throw new DeliveryError(`\`${place}\` is no number of seconds since 1970.`);
}

/** The last instant that a Date holds. */
const maxInstant = 8.64e15;

/** Identifies a delivery by its content, of systems that give it no id. */
export function contentId(...parts: readonly (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part).update("\0");
  return hash.digest("base64url");
}

/**
 * The fields that have no place in a profile or an order, as metadata: texts, numbers, true and false, and lists of them.
 * Fields past 16 KiB in all are left out.
 * @param prefix of the keys, as `shopify`; underscores become spaces, as in `shopify verified email`.
 */
export function unknownFields(
  fields: PayloadFields,
  known: ReadonlySet<string>,
  prefix: string,
): PayloadFields {
  const kept = Object.entries(fields).filter(([name, value]) => !known.has(name) && isPlain(value));
  const entries = kept
    .slice(0, maxUnknown)
    .map(([name, value]) => [`${prefix} ${name.replaceAll("_", " ")}`.slice(0, 256).trim(), value] as const);
  let bytes = 0;
  return Object.fromEntries(
    entries.filter((entry) => {
      bytes += Buffer.byteLength(JSON.stringify(entry));
      return bytes <= maxUnknownBytes;
    }),
  );
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0 && value.length <= maxUnknown && value.every(isSingle);
  return isSingle(value);
}

function isSingle(value: unknown): boolean {
  if (typeof value === "string") return value !== "" && value.length <= maxUnknownLength;
  return typeof value === "number" || typeof value === "boolean";
}

/** A patch with more metadata; the patch's own values win. */
export function withMetadata(patch: CustomerPatch, metadata: PayloadFields): CustomerPatch {
  if (Object.keys(metadata).length === 0) return patch;
  return { ...patch, metadata: { ...metadata, ...patch.metadata } };
}

/** The types of a mapping's metadata. */
export function typesOf(metadata: MetadataMapping = {}): Readonly<Record<string, PropertyType>> {
  return Object.fromEntries(
    Object.entries(metadata).flatMap(([key, { type }]) => (type === undefined ? [] : [[key, type] as const])),
  );
}
