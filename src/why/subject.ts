// What is known of the customer that an explanation is about.

import type { Catalog } from "../catalog/model.js";
import type { CustomerDocument } from "../documents/documents.js";
import type { WithRecords } from "../predicate/compile.js";
import type { Locale } from "./wording.js";

/** A customer as predicates see them, at the instant of the question. */
export interface Subject extends Locale {
  readonly customer: CustomerDocument & WithRecords;
  readonly catalog: Catalog;
  /** A product's name by its key in orders; undefined if unknown. */
  readonly productName: (key: string) => string | undefined;
}
