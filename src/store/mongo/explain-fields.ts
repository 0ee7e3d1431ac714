import type { ExplainedStep } from "../read-options.js";

// Reads the fields of a server's `explain` answer, without assuming that any of them exists.
export type Fields = Readonly<Record<string, unknown>>;

/** The value if it is an object, else an empty object. */
export function asObject(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** The elements of a list as objects; none if the value is not a list. */
export function asObjects(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** The value if it is a text. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The value if it is a finite number; the driver returns MongoDB's 64-bit integers as numbers. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The step without its undefined fields. */
export function step(
  fields: { readonly [Name in keyof ExplainedStep]: ExplainedStep[Name] | undefined },
): ExplainedStep {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as ExplainedStep;
}

/** The collection of a namespace (`database.collection`). */
export function collectionOfNamespace(namespace: unknown): string | undefined {
  const text = asText(namespace);
  return text?.slice(text.indexOf(".") + 1);
}
