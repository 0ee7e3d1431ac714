// Lists of customers that are read from the store, with the computed attributes that columns show.
import type { Engine } from "../../engine.js";
import { findProject } from "../../projects/projects.js";
import { withComputed } from "../../query/computed-values.js";
import type { PreviewAnswer } from "../../query/preview.js";
import type { CustomerListing } from "./listed-customer.js";

/** Computed attributes are shown with their present values, as all other columns and as over a server. */
export function listOfEngine(
  engine: Engine,
  project: string,
  answer: Pick<PreviewAnswer, "count" | "customers" | "sourceIds">,
): CustomerListing {
  const now = engine.clock();
  return {
    count: () => answer.count(),
    sourceIds: (limit) => answer.sourceIds(limit),
    customers: async ({ computed = [], ...request }, options) => {
      const page = await answer.customers(request, options);
      if (computed.length === 0) return page;
      const definition = await findProject(engine, project);
      const customers = await withComputed(engine, definition, page.customers, computed, now);
      return { customers, cursors: page.cursors, hasNextPage: page.hasNextPage };
    },
  };
}
