// Patches of customer profiles. Fields that a patch omits do not change.
import { z } from "zod";
import type { Profile } from "../documents/documents.js";
import { normaliseText } from "../plan/text.js";
import { maxProfileBytes, profileFields } from "./profile.js";
import { readShape } from "./record-shape.js";

/**
 * A partial profile: only the given fields are changed; null removes a value. `address`, `source_metadata` and `metadata` are
 * merged key by key. `consents` is either the list of all granted consents, or grants (true) and withdraws (false) the consents
 * that it names.
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

/** The profile after a patch; a new profile if there was none. */
export function patched(before: Profile | undefined, { consents, ...patch }: CustomerPatch): Profile {
  const { consents: granted, ...rest } = before ?? { source_id: patch.source_id };
  const merged = mergedObjects(rest, patch) as unknown as Profile;
  const after = consentsAfter(granted, consents);
  return after === undefined ? merged : { ...merged, consents: after };
}

/**
 * Combines two patches of one customer; the later wins. Neither may remove `address`, `source_metadata` or `metadata` as a whole.
 */
export function combinedPatches(
  { consents: one, ...first }: CustomerPatch,
  { consents: other, ...second }: CustomerPatch,
): CustomerPatch {
  const merged = mergedObjects(first, second, true) as unknown as CustomerPatch;
  if (other === undefined) return one === undefined ? merged : { ...merged, consents: one };
  if (one === undefined || other === null || Array.isArray(other)) return { ...merged, consents: other };
  // A list, even an empty one, replaces all consents.
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

/** @param keepNulls keeps null for a removed value, so that a combined patch still removes it. */
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
