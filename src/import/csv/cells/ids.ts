// Ids of customers. An e-mail address is the same id in any case.
import { RecordError } from "../../../facts/record-error.js";
import { shorten } from "../../../facts/record-shape.js";
import { normaliseText } from "../../../plan/text.js";

/** An e-mail address in lower case; other ids, which may differ only in case, unchanged. */
export function withoutCase(id: string): string {
  return id.includes("@") ? normaliseText(id) : id;
}

const rounded = /^\d(?:[.,]\d+)?E\+\d{2,3}$/i;

/**
 * Refuses an id as `1.23E+12`, of which a spreadsheet has left out digits: several customers or orders would become one.
 * @param column names where it is, for messages.
 */
export function refuseRounded(id: string, column: string): void {
  if (!rounded.test(id)) return;
  throw new RecordError(
    `\`${column}\` is "${id}", a number of which a spreadsheet has left out digits; export the file again, and don't save it in a spreadsheet`,
  );
}

/** Refuses an e-mail address that is an id and has no `@`, as the word that begins a row of totals. */
export function refuseOtherThanEmail(id: string, column: string): void {
  if (id.includes("@")) return;
  throw new RecordError(
    `\`${column}\` is "${shorten(id)}", which is no e-mail address; is the row one of totals, or a heading?`,
  );
}
