// Ids of customers, of which an e-mail address is one id however its letters are.
import { normaliseText } from "../../../plan/text.js";

/** An e-mail address in lower case; other ids, in which case may tell two apart, as they are. */
export function withoutCase(id: string): string {
  return id.includes("@") ? normaliseText(id) : id;
}
