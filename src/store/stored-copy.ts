// The stored form of a document: a frozen deep copy, so that later changes by the caller do not reach the store.
import { isPlainObject } from "./plain-object.js";

/** MongoDB's limit on nesting, enforced by both stores. */
const deepest = 100;
/** In bytes. No known source has longer ids, and an index over them would be slow. */
const maxIdLength = 1_900;

/**
 * A frozen deep copy without undefined fields; an undefined element of an array becomes null.
 * @throws TypeError for a value that can't be stored (a function, a class instance, an invalid Date), for a field `__proto__` or
 * one with a null character in its name, and for a missing project; RangeError for an `_id` that is not a text of 1 to 1,900
 * bytes, and for nesting deeper than 100.
 */
export function storedCopy<Document extends { readonly _id: string; readonly project: string }>(
  document: Document,
): Document {
  const { _id: id, project } = document;
  if (typeof id !== "string" || id === "" || Buffer.byteLength(id) > maxIdLength) {
    throw new RangeError(
      `A document's _id is a text of 1 to ${maxIdLength} bytes; this one is ${shortened(id)}.`,
    );
  }
  if (typeof project !== "string" || project === "") {
    throw new TypeError(`The document ${shortened(id)} names no project.`);
  }
  return copied(document, shortened(id), 0) as Document;
}

function shortened(id: unknown): string {
  const text = String(id);
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

function copied(value: unknown, id: string, depth: number): unknown {
  if (depth > deepest) throw new RangeError(`The document ${id} is nested deeper than ${deepest} levels.`);
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (value === null || value === undefined) return null;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) throw new TypeError(`The document ${id} holds an invalid Date.`);
    return new Date(value.getTime());
  }
  if (Array.isArray(value)) return Object.freeze(value.map((element) => copied(element, id, depth + 1)));
  if (!isPlainObject(value) || !isRecord(value)) {
    throw new TypeError(`The document ${id} holds a value that can't be stored: a ${typeof value}.`);
  }
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) {
    if (name === "__proto__")
      throw new TypeError(`The document ${id} has a field __proto__, which can't be stored.`);
    if (name.includes("\0"))
      throw new TypeError(
        `The document ${id} has a field with a null character in its name, which can't be stored.`,
      );
    if (part !== undefined) copy[name] = copied(part, id, depth + 1);
  }
  return Object.freeze(copy);
}

function isRecord(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
