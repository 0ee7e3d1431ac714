// Derives the facts of customers, orders and events again when the project's definition changes.
import { isDeepStrictEqual } from "node:util";
import type { DocumentOf } from "../documents/collections.js";
import type { ChangeKind, ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { attempt } from "../facts/record-error.js";
import { eventFacts, orderFacts } from "../facts/record-facts.js";
import { namedAs } from "../facts/typed-values.js";
import { findProject, ProjectError } from "../projects/projects.js";
import { inChunks } from "../store/batches.js";
import { pagesOf } from "../store/pages.js";
import { changeKinds, type DirtyMark, markDirty } from "./dirty-marks.js";

/** How many documents one transaction writes. */
const batchSize = 500;

export type Derived = "customers" | "orders" | "events";

/** Changes the values of a document before its facts are derived; returns the same document if nothing changes. */
export type Convert = (document: DocumentOf[Derived]) => DocumentOf[Derived];

interface Derivation<Document> {
  readonly derive: (document: Document, definition: ProjectDocument) => Document;
  /** For messages about a document that does not fit a definition: the text before the reason (`named`) and after it (`mend`). */
  readonly named: (document: Document) => string;
  readonly mend: string;
  /** The kind of change for the customer, and the customer, by `_id`. */
  readonly kind: ChangeKind;
  readonly ownerOf: (document: Document) => string;
}

const mendOfRecords = "Define it otherwise, under a new name.";

const derivations: { readonly [Name in Derived]: Derivation<DocumentOf[Name]> } = {
  customers: {
    derive: (customer, definition) => ({ ...customer, ...deriveFacts(customer.profile, definition) }),
    named: ({ source_id }) => `Customer ${source_id}`,
    mend: "Mend the customer, or define it otherwise.",
    kind: "PROFILE",
    ownerOf: ({ _id }) => _id,
  },
  orders: {
    derive: (order, definition) => ({ ...order, ...orderFacts(order, definition) }),
    named: ({ _id }) => `An order (${_id})`,
    mend: mendOfRecords,
    kind: changeKinds.orders,
    ownerOf: ({ customer }) => customer,
  },
  events: {
    derive: (event, definition) => {
      // The new definition may spell the type differently.
      const type = namedAs(Object.keys(definition.eventSchemas), event.type) ?? event.type;
      return { ...event, type, ...eventFacts({ ...event, type }, definition) };
    },
    named: ({ _id }) => `An event (${_id})`,
    mend: mendOfRecords,
    kind: changeKinds.events,
    ownerOf: ({ customer }) => customer,
  },
};

/**
 * Derives the facts of a whole collection under `definition`, before the definition is stored.
 * @throws ProjectError if a document does not fit. All documents are checked before any is written.
 */
export async function rederive<Name extends Derived>(
  engine: Engine,
  collection: Name,
  definition: ProjectDocument,
  convert?: Convert,
): Promise<void> {
  const refuse = (document: DocumentOf[Name], reason: string): never => {
    const { named, mend } = derivations[collection];
    throw new ProjectError(`${named(document)} does not fit the definition: ${reason}. ${mend}`);
  };
  const pages = () => pagesOf(engine.store, collection, definition.project);
  for await (const page of pages())
    for (const document of page) derive(collection, document, definition, refuse, convert);
  for await (const page of pages()) {
    for (const ids of inChunks(
      idsOf(changedAmong(collection, page, definition, refuse, convert)),
      batchSize,
    )) {
      await engine.store.write(async (transaction) => {
        const stored = await transaction.getMany(collection, ids);
        await transaction.put(collection, changedAmong(collection, stored, definition, refuse, convert));
      });
    }
  }
}

/**
 * Derives the facts of documents (by `_id`) that were written while the definition changed again, under the definition stored
 * now, and marks the customers of those that change. A document that does not fit is not changed; for a customer, the next write
 * reports it.
 */
export async function rederiveWritten<Name extends Derived>(
  engine: Engine,
  collection: Name,
  project: string,
  ids: readonly string[],
  convert?: Convert,
): Promise<void> {
  const definition = await findProject(engine, project);
  const { kind, ownerOf } = derivations[collection];
  await engine.store.write(async (transaction) => {
    const at = engine.clock();
    const stored = await transaction.getMany(collection, ids);
    const changed = changedAmong(collection, stored, definition, leave, convert);
    // Read before the put, because the changed documents may be the customers themselves.
    const owners = await transaction.getMany("customers", [...new Set(changed.map(ownerOf))]);
    await transaction.put(collection, changed);
    await markDirty(
      transaction,
      owners
        .filter((owner) => owner !== undefined)
        .map((before): DirtyMark => ({ customer: before, change: { kind, at, before } })),
    );
  });
}

/** The same for a whole collection. */
export async function rederiveAllWritten(
  engine: Engine,
  collection: Derived,
  project: string,
  convert?: Convert,
): Promise<void> {
  for await (const page of pagesOf(engine.store, collection, project)) {
    const changed = changedAmong(collection, page, await findProject(engine, project), leave, convert);
    for (const ids of inChunks(idsOf(changed), batchSize))
      await rederiveWritten(engine, collection, project, ids, convert);
  }
}

type Misfit<Document> = (document: Document, reason: string) => undefined;

const leave = (): undefined => undefined;

/** The documents that change under `definition`, in their new form. */
function changedAmong<Name extends Derived>(
  collection: Name,
  documents: readonly (DocumentOf[Name] | undefined)[],
  definition: ProjectDocument,
  misfit: Misfit<DocumentOf[Name]>,
  convert?: Convert,
): readonly DocumentOf[Name][] {
  return documents.flatMap((before): readonly DocumentOf[Name][] => {
    const after = before === undefined ? undefined : derive(collection, before, definition, misfit, convert);
    return after === undefined || isDeepStrictEqual(before, after) ? [] : [after];
  });
}

function derive<Name extends Derived>(
  collection: Name,
  document: DocumentOf[Name],
  definition: ProjectDocument,
  misfit: Misfit<DocumentOf[Name]>,
  convert?: Convert,
): DocumentOf[Name] | undefined {
  const converted = convert === undefined ? document : (convert(document) as DocumentOf[Name]);
  const derived = attempt(() => derivations[collection].derive(converted, definition));
  return "value" in derived ? derived.value : misfit(document, derived.reason);
}

function idsOf(page: readonly { readonly _id: string }[]): readonly string[] {
  return page.map(({ _id }) => _id);
}
