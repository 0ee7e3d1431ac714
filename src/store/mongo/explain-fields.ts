import type { ExplainedStep } from "../read-options.js";

// Reads the fields of what a server tells of a plan: nothing in it is taken for granted.
export type Told = Readonly<Record<string, unknown>>;

/** The object that it is, or one without fields. */
export function asObject(value: unknown): Told {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Told) : {};
}

/** The objects of a list; none where it is none. */
export function asObjects(value: unknown): readonly Told[] {
  return Array.isArray(value) ? value.map(asObject) : [];
}

/** The text, where it is one. */
export function asText(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The number, where it is one; MongoDB's 64-bit numbers come as such from the driver. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** The step, without the fields that are unknown. */
export function step(
  fields: { readonly [Name in keyof ExplainedStep]: ExplainedStep[Name] | undefined },
): ExplainedStep {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as ExplainedStep;
}

/** The collection's name of `database.collection`. */
export function collectionOfNamespace(namespace: unknown): string | undefined {
  const text = asText(namespace);
  return text?.slice(text.indexOf(".") + 1);
}
