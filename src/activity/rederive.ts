// Works out anew what queries read of events and orders, when the project's schemas say more than before.
import { isDeepStrictEqual } from "node:util";
import { pagesOf } from "../customers/pages.js";
import { namedAs } from "../customers/typed-values.js";
import { attempt } from "../customers/write-result.js";
import type { Engine } from "../engine.js";
import { ProjectError } from "../projects/projects.js";
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
 * Derives the facts of every event, or of every order, under `definition`.
 * @throws ProjectError where one does not fit it; nothing is written then, and the definition that was stays right for all.
 */
export async function rederiveRecords<Name extends Typed>(
  engine: Engine,
  collection: Name,
  definition: ProjectDocument,
): Promise<void> {
  const pages = () => pagesOf(engine, collection, definition.project, pageSize);
  for await (const page of pages()) for (const document of page) derive(collection, document, definition);
  for await (const page of pages()) {
    const ids = page.map((document) => document._id);
    await engine.store.write(async (transaction) => {
      const stored = await transaction.getMany(collection, ids);
      const changed = stored
        .filter((document) => document !== undefined)
        .map((before) => ({ before, after: derive(collection, before, definition) }))
        .filter(({ before, after }) => !isDeepStrictEqual(before, after));
      if (changed.length > 0)
        await transaction.put(
          collection,
          changed.map(({ after }) => after),
        );
    });
  }
}

function derive<Name extends Typed>(
  collection: Name,
  document: DocumentOf[Name],
  definition: ProjectDocument,
): DocumentOf[Name] {
  const derived = attempt(() => derivations[collection](document, definition));
  if ("value" in derived) return derived.value;
  const told = collection === "events" ? "An event" : "An order";
  throw new ProjectError(
    `${told} (${document._id}) does not fit the definition: ${derived.reason}. Define it otherwise, under a new name.`,
  );
}
