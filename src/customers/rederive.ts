// Works out anew what is known of customers, when the project's definition says more than before.
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../engine.js";
import { findProject, ProjectError } from "../projects/projects.js";
import type { CustomerDocument, ProjectDocument } from "../store/documents.js";
import { type Mark, markCustomers } from "./changes.js";
import { deriveFacts } from "./facts.js";
import { pagesOfCustomers } from "./pages.js";
import { attempt } from "./write-result.js";

const pageSize = 500;

/**
 * Derives every customer's facts under `definition`, before it is stored.
 * @throws ProjectError where a customer's profile does not fit it; the definition that was stays right for all of them.
 */
export async function rederiveFacts(engine: Engine, definition: ProjectDocument): Promise<void> {
  const refuse = (customer: CustomerDocument, reason: string): never => {
    throw new ProjectError(
      `Customer ${customer.source_id} does not fit the definition: ${reason}. Mend the customer, or define it otherwise.`,
    );
  };
  for await (const page of pagesOfCustomers(engine, definition.project, pageSize))
    for (const customer of page) derive(customer, definition, refuse);
  for await (const page of pagesOfCustomers(engine, definition.project, pageSize)) {
    const ids = idsOf(changesAmong(page, definition, refuse));
    if (ids.length === 0) continue;
    await engine.store.write(async (transaction) => {
      const changes = changesAmong(await transaction.getMany("customers", ids), definition, refuse);
      await transaction.put("customers", afterOf(changes));
    });
  }
}

/**
 * Derives the facts of customers (by `_id`) once more who were written while the definition changed, under the one that is stored
 * now, and marks those that change. Who does not fit it stays as they are, and is told so with the next write.
 */
export async function rederiveCustomers(
  engine: Engine,
  project: string,
  ids: readonly string[],
): Promise<void> {
  const definition = await findProject(engine, project);
  await engine.store.write(async (transaction) => {
    const at = engine.clock();
    const changes = changesAmong(await transaction.getMany("customers", ids), definition, leave);
    await transaction.put("customers", afterOf(changes));
    await markCustomers(
      transaction,
      changes.map(
        ({ before, after }): Mark => ({ customer: after, change: { kind: "PROFILE", at, before } }),
      ),
    );
  });
}

/** The same of every customer. */
export async function rederiveAllCustomers(engine: Engine, project: string): Promise<void> {
  for await (const page of pagesOfCustomers(engine, project, pageSize)) {
    const ids = idsOf(changesAmong(page, await findProject(engine, project), leave));
    if (ids.length > 0) await rederiveCustomers(engine, project, ids);
  }
}

interface Change {
  readonly before: CustomerDocument;
  readonly after: CustomerDocument;
}

type Misfit = (customer: CustomerDocument, reason: string) => undefined;

const leave: Misfit = () => undefined;

/** The changes of customers whose facts are others under `definition`. */
function changesAmong(
  customers: readonly (CustomerDocument | undefined)[],
  definition: ProjectDocument,
  misfit: Misfit,
): readonly Change[] {
  return customers.flatMap((before): Change[] => {
    const facts = before === undefined ? undefined : derive(before, definition, misfit);
    if (before === undefined || facts === undefined) return [];
    const after = { ...before, ...facts };
    return isDeepStrictEqual(before, after) ? [] : [{ before, after }];
  });
}

function derive(customer: CustomerDocument, definition: ProjectDocument, misfit: Misfit) {
  const derived = attempt(() => deriveFacts(customer.profile, definition));
  return "value" in derived ? derived.value : misfit(customer, derived.reason);
}

function idsOf(changes: readonly Change[]): readonly string[] {
  return changes.map(({ after }) => after._id);
}

function afterOf(changes: readonly Change[]): readonly CustomerDocument[] {
  return changes.map(({ after }) => after);
}
