// The shape of a project's definition (`project.json`), and its validation.
import { z } from "zod";
import { isReservedEvent } from "../catalog/built-in-events.js";
import { isCurrency } from "../catalog/currency.js";
import type { PropertyType } from "../documents/documents.js";
import { maxMetadataIndexes } from "../documents/metadata-slot.js";
import { ProjectError } from "./projects.js";

/** The types that metadata and event properties may have. */
export const propertyTypes = [
  "string",
  "number",
  "boolean",
  "date",
  "datetime",
  "string[]",
  "number[]",
  "boolean[]",
  "date[]",
  "datetime[]",
] as const satisfies readonly PropertyType[];

/** The most keys of one schema. */
const maxKeys = 256;
const maxNames = 1_000;
const maxCampaigns = 10_000;
const maxExpression = 4_096;

const name = z
  .string()
  .max(256, "a name has at most 256 characters")
  .refine((text) => text.trim() !== "", "a name can't be blank")
  .refine((text) => !text.includes("\0"), "a name can't hold a null character")
  // Assigning `__proto__` sets an object's prototype.
  .refine((text) => text !== "__proto__", '"__proto__" can\'t be a name');

const schema = z
  .record(name, z.enum(propertyTypes, { error: () => `a type is one of ${propertyTypes.join(", ")}` }))
  .refine((keys) => Object.keys(keys).length <= maxKeys, `at most ${maxKeys} keys`);

const timezone = z.string().refine(isZone, {
  error: (issue) => `"${String(issue.input)}" is no IANA time zone; write one as Europe/Warsaw`,
});

const currency = z.string().refine(isCurrency, {
  error: (issue) => `"${String(issue.input)}" is no ISO 4217 currency; write three capitals as USD`,
});

const definitionShape = z.object({
  timezone: timezone.optional(),
  currency: currency.optional(),
  metadataSchema: schema.optional(),
  metadataIndexes: z
    .array(name)
    .max(maxMetadataIndexes, `at most ${maxMetadataIndexes} metadata keys are indexed; leave some out`)
    .optional(),
  orderMetadataSchema: schema.optional(),
  eventSchemas: z
    .record(
      name.refine(
        (type) => !isReservedEvent(type),
        "the built-in event is called so; give yours another name, as `order placed`",
      ),
      schema,
    )
    .refine((types) => Object.keys(types).length <= maxNames, `at most ${maxNames} types of event`)
    .optional(),
  consents: z.array(name).max(maxNames, `at most ${maxNames} names`).optional(),
  computed: z
    .record(name, z.string().max(maxExpression, `an expression has at most ${maxExpression} characters`))
    .optional(),
  campaigns: z.record(name, z.array(name).max(maxCampaigns, `at most ${maxCampaigns} names`)).optional(),
});

/** A project's definition, or a part of it. Omitted parts do not change. */
export type ProjectDefinition = Readonly<z.infer<typeof definitionShape>>;

/**
 * Checks a definition from outside. Unknown keys (as `asOf`) are dropped.
 * @throws ProjectError naming every mistake.
 */
export function readDefinition(definition: unknown): ProjectDefinition {
  // Zod drops this key silently.
  if (/"__proto__":/.test(JSON.stringify(definition) ?? "")) {
    throw new ProjectError(
      "The project's definition can't be used.\n  \"__proto__\" can't be a name; choose another.",
    );
  }
  const read = definitionShape.safeParse(definition);
  if (read.success) return read.data;
  const mistakes = read.error.issues.map(issueText);
  throw new ProjectError(
    `The project's definition can't be used.\n${mistakes.map((line) => `  ${line}`).join("\n")}`,
  );
}

function issueText(issue: z.core.$ZodIssue): string {
  // For an invalid key, the path ends at its object: the key itself (blank, or too long) would not help.
  const [wrongKey] = issue.code === "invalid_key" ? issue.issues : [];
  const path = wrongKey === undefined ? issue.path : issue.path.slice(0, -1);
  return `${path.join(".") || "project"}: ${(wrongKey ?? issue).message}`;
}

/** True if two names denote the same zone, as `Asia/Calcutta` and `Asia/Kolkata` do. */
export function sameZone(one: string, other: string): boolean {
  return canonicalZone(one) === canonicalZone(other);
}

function canonicalZone(zone: string): string {
  return new Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
}

/** True for an IANA time zone; an offset is not one. */
export function isZone(zone: string): boolean {
  // An offset has no daylight saving time.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    canonicalZone(zone);
    return true;
  } catch {
    return false;
  }
}
