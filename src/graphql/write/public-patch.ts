// What a public key may change of a customer who exists: anyone can read the key in a page, and name any customer by its source id.
import type { Profile } from "../../documents/documents.js";
import type { CustomerPatch } from "../../facts/profile-patch.js";
import { RecordError } from "../../facts/record-error.js";

/** What identifies a customer or says where it comes from: set if it is unknown, and never changed. */
const identifying = ["email", "phone", "source", "created_at"] as const;

/**
 * The part of a patch that a public key may apply: all of it if the customer is new.
 * @throws RecordError if it removes values of a customer who exists.
 */
export function publicPatch(before: Profile | undefined, patch: CustomerPatch): CustomerPatch {
  if (before === undefined) return patch;
  if (Array.isArray(patch.consents)) throw new RecordError(wholeList);
  const removed = nullsIn(patch);
  if (removed.length > 0)
    throw new RecordError(
      `a public key removes no value of a customer who exists, and ${removed.join(", ")} would be; leave it out`,
    );
  const known = new Set<string>(identifying.filter((field) => before[field] !== undefined));
  return Object.fromEntries(
    Object.entries(patch).filter(([field]) => !known.has(field)),
  ) as unknown as CustomerPatch;
}

const wholeList =
  "a public key replaces no list of consents of a customer who exists; change them one by one with `consentChanges`";

/** The names of the values that a patch removes, as `address.city`. */
function nullsIn(values: object, path = ""): readonly string[] {
  return Object.entries(values).flatMap(([key, value]: [string, unknown]) => {
    if (value === null) return [`\`${path}${key}\``];
    const isObject = typeof value === "object" && !Array.isArray(value);
    return isObject ? nullsIn(value as object, `${path}${key}.`) : [];
  });
}
