// What is newly said of a customer, and what the profile is after it. What is not said stays.
import { z } from "zod";
import type { Profile } from "../documents/documents.js";
import { normaliseText } from "../plan/text.js";
import { maxProfileBytes, profileFields } from "./profile.js";
import { readShape } from "./record-shape.js";

/**
 * A profile, of which only what it has is changed; null removes a value. `address`, `source_metadata` and `metadata` are merged key
 * by key. `consents` is a list of all that are granted, or grants (true) and withdraws (false) those that it names.
 */
export type CustomerPatch = Omit<Profile, "consents"> & {
  readonly consents?: readonly string[] | Readonly<Record<string, boolean>> | null;
};

const patchShape: z.ZodType<CustomerPatch> = z.looseObject({
  ...profileFields,
  consents: z
    .union([z.array(z.string()), z.record(z.string(), z.boolean())], {
      error: "must be a list of consents, or an object of true and false",
    })
    .refine((all) => Object.keys(all).length <= 1_000, "has more than 1,000 elements")
    .nullish(),
});

/**
 * A patch from outside, checked for shape and size (64 KiB of JSON).
 * @throws RecordError naming the mistakes.
 */
export function readPatch(record: unknown): CustomerPatch {
  return readShape(patchShape, record, maxProfileBytes);
}

/** The profile after a patch; a new one where there was none. */
export function patched(before: Profile | undefined, { consents, ...patch }: CustomerPatch): Profile {
  const { consents: granted, ...rest } = before ?? { source_id: patch.source_id };
  const merged = mergedObjects(rest, patch) as unknown as Profile;
  const after = consentsAfter(granted, consents);
  return after === undefined ? merged : { ...merged, consents: after };
}

/** Two patches of one customer as one: where both say something, the later does. Neither removes `address` or `metadata` as a whole. */
export function combinedPatches(
  { consents: one, ...first }: CustomerPatch,
  { consents: other, ...second }: CustomerPatch,
): CustomerPatch {
  const merged = mergedObjects(first, second, true) as unknown as CustomerPatch;
  if (other === undefined) return one === undefined ? merged : { ...merged, consents: one };
  if (one === undefined || other === null || Array.isArray(other)) return { ...merged, consents: other };
  // A list, also one without any, is all that is granted.
  const isList = one === null || Array.isArray(one);
  return { ...merged, consents: isList ? consentsAfter(one, other) : { ...one, ...other } };
}

function consentsAfter(
  before: Profile["consents"],
  said: CustomerPatch["consents"],
): readonly string[] | null | undefined {
  if (said === undefined || said === null || Array.isArray(said))
    return said === undefined ? before : (said ?? []);
  const named = new Set(Object.keys(said).map(normaliseText));
  const others = (before ?? []).filter((consent) => !named.has(normaliseText(consent)));
  return [...others, ...Object.keys(said).filter((consent) => (said as Record<string, boolean>)[consent])];
}

type Values = Readonly<Record<string, unknown>>;

/** @param keepNulls leaves null where a value is removed, for whom it is still to be removed from. */
function mergedObjects(before: Values, after: Values, keepNulls = false): Values {
  const merged = new Map(Object.entries(before).filter(([, value]) => value !== undefined));
  for (const [key, value] of Object.entries(after)) {
    if (value === undefined) continue;
    const known = merged.get(key);
    if (value === null && !keepNulls) merged.delete(key);
    else if (isObject(value)) merged.set(key, mergedObjects(isObject(known) ? known : {}, value, keepNulls));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
