// Ids of customers. An e-mail address is the same id in any case.
import { normaliseText } from "../../../plan/text.js";

/** An e-mail address in lower case; other ids, which may differ only in case, unchanged. */
export function withoutCase(id: string): string {
  return id.includes("@") ? normaliseText(id) : id;
}
