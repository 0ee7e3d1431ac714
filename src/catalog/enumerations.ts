// The closed lists of values that some attributes have.
import { normaliseText } from "../plan/text.js";

/** The systems that a customer can come from. */
export const sources = [
  "mailchimp",
  "intercom",
  "web_widget",
  "bigcommerce",
  "activecampaign",
  "shopify",
  "api",
  "import",
] as const;

/** What Intercom calls a contact. */
export const intercomTypes = ["lead", "user"] as const;

/**
 * A value as people spell it, reduced to what distinguishes it from the others: `Web Widget`, `web-widget`, `WebWidget` are one.
 */
function squeeze(written: string): string {
  return normaliseText(written).replace(/[\s_-]+/g, "");
}

/** The member of `values` that is meant, however it is spelled; undefined if none is. */
export function enumerationValue<T extends string>(values: readonly T[], written: string): T | undefined {
  const wanted = squeeze(written);
  return values.find((value) => squeeze(value) === wanted);
}
