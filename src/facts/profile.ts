// The shape of customers from outside.
import { z } from "zod";
import type { Profile } from "../documents/documents.js";
import { identifier, optionalText, properties, readShape } from "./record-shape.js";

/** The most bytes of a customer as JSON. */
export const maxProfileBytes = 64 * 1024;

/** The fields of a profile except its consents. */
export const profileFields = {
  source_id: identifier,
  name: optionalText,
  email: optionalText,
  phone: optionalText,
  created_at: optionalText,
  birthdate: optionalText,
  address: z
    .looseObject({
      city: optionalText,
      state: optionalText,
      postal_code: optionalText,
      country: optionalText,
    })
    .nullish(),
  source: optionalText,
  source_metadata: z
    .looseObject({
      mailchimp: z.looseObject({ list: optionalText }).nullish(),
      intercom: z.looseObject({ type: optionalText }).nullish(),
      web_widget: z.looseObject({ id: optionalText }).nullish(),
    })
    .nullish(),
  metadata: properties,
};

// Unknown keys are kept as given; no query can name them.
const profileShape: z.ZodType<Profile> = z.looseObject({
  ...profileFields,
  consents: z.array(z.string()).max(1_000, "has more than 1,000 elements").nullish(),
});

/**
 * A customer from outside, checked for shape and size (64 KiB of JSON).
 * @throws RecordError naming the mistakes.
 */
export function readProfile(record: unknown): Profile {
  return readShape(profileShape, record, maxProfileBytes);
}
