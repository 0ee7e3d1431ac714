// Names of validation rules and campaigns, which identify them within a project: a name is unique and never changes.
import { nameKey } from "../segments/identity.js";
import { readName } from "../segments/keys.js";
import { SegmentError } from "../segments/segment-error.js";
import { PromotionError } from "./promotion-error.js";

/** The `_id` of a rule or a campaign. @param key its `name_key`. A project's name holds no slash, so no two share one. */
export function promotionKey(project: string, key: string): string {
  return `${project}/${key}`;
}

/**
 * Validates and trims a name.
 * @returns it and its `name_key`.
 * @throws PromotionError `INVALID_NAME`.
 */
export function readPromotionName(written: string): { readonly name: string; readonly key: string } {
  try {
    const name = readName(written);
    return { name, key: nameKey(name) };
  } catch (error) {
    if (error instanceof SegmentError) throw new PromotionError("INVALID_NAME", "name", error.message);
    throw error;
  }
}

/** The error for a name that another rule or campaign has. @param what its kind. */
export function nameTaken(what: string, name: string): PromotionError {
  return new PromotionError(
    "NAME_TAKEN",
    "name",
    `There is a ${what} "${name}" already. Choose another name, or change that one.`,
  );
}
