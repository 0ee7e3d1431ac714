// Works out anew what is known of customers, when the project's definition says more than before.
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../engine.js";
import { ProjectError } from "../projects/projects.js";
import type { CustomerDocument, ProjectDocument } from "../store/documents.js";
import { deriveFacts } from "./facts.js";
import { pagesOfCustomers } from "./pages.js";
import { attempt } from "./write-result.js";

const pageSize = 500;

/**
 * Derives every customer's facts under `definition`.
 * @throws ProjectError where a customer's profile does not fit it; the definition that was stays right for all of them.
 */
export async function rederiveFacts(engine: Engine, definition: ProjectDocument): Promise<void> {
  for await (const page of pagesOfCustomers(engine, definition.project, pageSize))
    for (const customer of page) derive(customer, definition);
  for await (const page of pagesOfCustomers(engine, definition.project, pageSize)) {
    const ids = page.map((customer) => customer._id);
    await engine.store.write(async (transaction) => {
      const stored = await transaction.getMany("customers", ids);
      const changed = stored
        .filter((customer) => customer !== undefined)
        .map((customer) => ({ before: customer, after: { ...customer, ...derive(customer, definition) } }))
        .filter(({ before, after }) => !isDeepStrictEqual(before, after));
      if (changed.length > 0)
        await transaction.put(
          "customers",
          changed.map(({ after }) => after),
        );
    });
  }
}

function derive(customer: CustomerDocument, definition: ProjectDocument) {
  const derived = attempt(() => deriveFacts(customer.profile, definition));
  if ("value" in derived) return derived.value;
  throw new ProjectError(
    `Customer ${customer.source_id} does not fit the definition: ${derived.reason}. Mend the customer, or define it otherwise.`,
  );
}
