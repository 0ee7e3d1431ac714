// Works out anew what queries read of events and orders, when the project's schemas say more than before.
import { isDeepStrictEqual } from "node:util";
import { changeKinds, type Mark, markCustomers } from "../customers/changes.js";
import { pagesOf } from "../customers/pages.js";
import { namedAs } from "../customers/typed-values.js";
import { attempt } from "../customers/write-result.js";
import type { Engine } from "../engine.js";
import { findProject, ProjectError } from "../projects/projects.js";
import type { DocumentOf } from "../store/collections.js";
import type { EventDocument, OrderDocument, ProjectDocument } from "../store/documents.js";
import { eventFacts, orderFacts } from "./record-facts.js";

const pageSize = 500;

type Typed = "events" | "orders";
type Derive<Name extends Typed> = (
  document: DocumentOf[Name],
  definition: ProjectDocument,
) => DocumentOf[Name];

const derivations: { readonly [Name in Typed]: Derive<Name> } = {
  events: (event: EventDocument, definition) => {
    // A type that is defined now may be spelled otherwise there.
    const type = namedAs(Object.keys(definition.eventSchemas), event.type) ?? event.type;
    return { ...event, type, ...eventFacts({ ...event, type }, definition) };
  },
  orders: (order: OrderDocument, definition) => ({ ...order, ...orderFacts(order, definition) }),
};

/**
 * Derives the facts of every event, or of every order, under `definition`, before it is stored.
 * @throws ProjectError where one does not fit it; nothing is written then, and the definition that was stays right for all.
 */
export async function rederiveRecords<Name extends Typed>(
  engine: Engine,
  collection: Name,
  definition: ProjectDocument,
): Promise<void> {
  const refuse = (document: DocumentOf[Name], reason: string): never => {
    const told = collection === "events" ? "An event" : "An order";
    throw new ProjectError(
      `${told} (${document._id}) does not fit the definition: ${reason}. Define it otherwise, under a new name.`,
    );
  };
  const pages = () => pagesOf(engine, collection, definition.project, pageSize);
  for await (const page of pages())
    for (const document of page) derive(collection, document, definition, refuse);
  for await (const page of pages()) {
    const ids = idsOf(changedAmong(collection, page, definition, refuse));
    if (ids.length === 0) continue;
    await engine.store.write(async (transaction) => {
      const stored = await transaction.getMany(collection, ids);
      await transaction.put(collection, changedAmong(collection, stored, definition, refuse));
    });
  }
}

/**
 * Derives the facts of events or orders (by `_id`) once more that were written while the definition changed, under the one that is
 * stored now, and marks the customers of those that change. What does not fit it stays as it is.
 */
export async function rederiveWritten<Name extends Typed>(
  engine: Engine,
  collection: Name,
  project: string,
  ids: readonly string[],
): Promise<void> {
  const definition = await findProject(engine, project);
  await engine.store.write(async (transaction) => {
    const change = { kind: changeKinds[collection], at: engine.clock() };
    const stored = await transaction.getMany(collection, ids);
    const changed = changedAmong(collection, stored, definition, leave);
    await transaction.put(collection, changed);
    const owners = await transaction.getMany("customers", [
      ...new Set(changed.map(({ customer }) => customer)),
    ]);
    await markCustomers(
      transaction,
      owners
        .filter((owner) => owner !== undefined)
        .map((before): Mark => ({ customer: before, change: { ...change, before } })),
    );
  });
}

/** The same of every event, or of every order. */
export async function rederiveAllWritten(engine: Engine, collection: Typed, project: string): Promise<void> {
  for await (const page of pagesOf(engine, collection, project, pageSize)) {
    const ids = idsOf(changedAmong(collection, page, await findProject(engine, project), leave));
    if (ids.length > 0) await rederiveWritten(engine, collection, project, ids);
  }
}

type Misfit<Name extends Typed> = (document: DocumentOf[Name], reason: string) => undefined;

const leave = (): undefined => undefined;

/** As they are under `definition`, those that were not so. */
function changedAmong<Name extends Typed>(
  collection: Name,
  documents: readonly (DocumentOf[Name] | undefined)[],
  definition: ProjectDocument,
  misfit: Misfit<Name>,
): readonly DocumentOf[Name][] {
  return documents.flatMap((before): readonly DocumentOf[Name][] => {
    const after = before === undefined ? undefined : derive(collection, before, definition, misfit);
    return after === undefined || isDeepStrictEqual(before, after) ? [] : [after];
  });
}

function derive<Name extends Typed>(
  collection: Name,
  document: DocumentOf[Name],
  definition: ProjectDocument,
  misfit: Misfit<Name>,
): DocumentOf[Name] | undefined {
  const derived = attempt(() => derivations[collection](document, definition));
  return "value" in derived ? derived.value : misfit(document, derived.reason);
}

function idsOf(page: readonly { readonly _id: string }[]): readonly string[] {
  return page.map(({ _id }) => _id);
}
