// What attributes are called in lists.
import { metadataKey } from "../data/columns.js";
import { strings } from "../en.js";

/** The heading of an attribute's column. */
export function columnLabel(attribute: string): string {
  const known = strings.columns[attribute];
  if (known !== undefined) return known;
  const key = metadataKey(attribute) ?? attribute;
  const words = key.replace(/[_.]+/g, " ");
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
