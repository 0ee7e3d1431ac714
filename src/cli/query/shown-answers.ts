// What commands show of a query that was explained, of the data itself or over a server.
import type { QueryExplanation } from "../../query/estimates/cost.js";

type Events = NonNullable<QueryExplanation["events"]>;

/** An explanation, its pipeline in whatever form. */
export type ShownExplanation = Omit<QueryExplanation, "pipeline" | "events"> & {
  readonly pipeline: unknown;
  readonly events?: Omit<Events, "estimate"> & {
    readonly estimate: Omit<Events["estimate"], "looksAtCustomers">;
  };
};

/** The nearest change in words, or why none was found. */
export type ShownNearest = { readonly sentences: readonly string[]; readonly reason?: string };
