// The answers about a query that commands show, read from the store or over a server.
import type { QueryExplanation } from "../../query/estimates/cost.js";

type Events = NonNullable<QueryExplanation["events"]>;

/** An explanation, with its pipeline in any form. */
export type ShownExplanation = Omit<QueryExplanation, "pipeline" | "events"> & {
  readonly pipeline: unknown;
  readonly events?: Omit<Events, "estimate"> & {
    readonly estimate: Omit<Events["estimate"], "readsCustomers">;
  };
};

/** The nearest change in words, or why none was found. */
export type ShownNearest = { readonly sentences: readonly string[]; readonly reason?: string };
