// Figures of a customer's summary that are one aggregate of the customer's records. Within a window, or as of another
// moment, they are computed from the records by these definitions.
import type { Figure } from "./plan.js";

interface DatedRecords {
  readonly records: "orders" | "redemptions" | "referrals";
}

/** `of` is the path of the records that is aggregated. */
export type SummaryFigure = DatedRecords &
  (
    | { readonly aggregate: "count"; readonly of?: undefined }
    | { readonly aggregate: Exclude<Figure["aggregate"], "count" | "different">; readonly of: string }
  );

/** By the attribute's name, which is also the figure's path below `activity`. */
export const summaryFigures: Readonly<Record<string, SummaryFigure>> = {
  "orders.count": { records: "orders", aggregate: "count" },
  "orders.total_amount": { records: "orders", aggregate: "sum", of: "amount" },
  "orders.average_amount": { records: "orders", aggregate: "average", of: "amount" },
  "orders.first_at": { records: "orders", aggregate: "min", of: "at" },
  "orders.last_at": { records: "orders", aggregate: "max", of: "at" },
  "redemptions.count": { records: "redemptions", aggregate: "count" },
  "referrals.count": { records: "referrals", aggregate: "count" },
};
