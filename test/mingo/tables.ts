// The documents in memory: of each collection by id, by project, and (records) by customer.
import { type CollectionName, collections } from "../../src/documents/collections.js";
import type { StoredDocument } from "../../src/documents/documents.js";
import { customerOf, isRecordCollection } from "../../src/documents/record-collections.js";

interface ProjectDocuments {
  readonly byId: Map<string, StoredDocument>;
  /** The same as a list, made on first use after a change; once returned it is never written to. */
  list?: readonly StoredDocument[];
}

export interface Table {
  readonly byId: Map<string, StoredDocument>;
  readonly byProject: Map<string, ProjectDocuments>;
  /** Records only, else empty. The lists change in place: hand out copies. */
  readonly byCustomer: Map<string, StoredDocument[]>;
  readonly indexed: boolean;
}

export type Tables = Readonly<Record<CollectionName, Table>>;

/** Tables without documents. */
export function emptyTables(): Tables {
  return Object.fromEntries(
    collections.map((name): [CollectionName, Table] => [
      name,
      { byId: new Map(), byProject: new Map(), byCustomer: new Map(), indexed: isRecordCollection(name) },
    ]),
  ) as Record<CollectionName, Table>;
}

function addToCustomer(table: Table, document: StoredDocument, before: StoredDocument | undefined): void {
  const customer = customerOf(document);
  const list = table.byCustomer.get(customer);
  if (list === undefined) {
    table.byCustomer.set(customer, [document]);
    return;
  }
  const at = before === undefined ? -1 : list.indexOf(before);
  if (at === -1) list.push(document);
  else list[at] = document;
}

function dropFromCustomer(table: Table, document: StoredDocument): void {
  const customer = customerOf(document);
  const list = table.byCustomer.get(customer);
  const at = list?.indexOf(document) ?? -1;
  if (list === undefined || at === -1) return;
  if (list.length === 1) table.byCustomer.delete(customer);
  else list.splice(at, 1);
}

/** Inserts or replaces a document. */
export function putInto(table: Table, document: StoredDocument): void {
  const before = table.byId.get(document._id);
  const moved =
    before !== undefined &&
    (before.project !== document.project || (table.indexed && customerOf(before) !== customerOf(document)));
  if (moved) removeFrom(table, document._id);
  table.byId.set(document._id, document);
  let own = table.byProject.get(document.project);
  if (own === undefined) {
    own = { byId: new Map() };
    table.byProject.set(document.project, own);
  }
  own.byId.set(document._id, document);
  own.list = undefined;
  if (table.indexed) addToCustomer(table, document, moved ? undefined : before);
}

/** Removes the document of this id, if there is one. */
export function removeFrom(table: Table, id: string): void {
  const document = table.byId.get(id);
  if (document === undefined) return;
  table.byId.delete(id);
  const own = table.byProject.get(document.project);
  if (own !== undefined) {
    own.byId.delete(id);
    own.list = undefined;
    if (own.byId.size === 0) table.byProject.delete(document.project);
  }
  if (table.indexed) dropFromCustomer(table, document);
}

/** Every document of the project. The list is a snapshot: later writes don't change it. */
export function documentsOf(table: Table, project: string): readonly StoredDocument[] {
  const own = table.byProject.get(project);
  if (own === undefined) return [];
  own.list ??= [...own.byId.values()];
  return own.list;
}

/** The project's documents of these ids, each once; those that are not there are left out. */
export function documentsById(table: Table, project: string, ids: Iterable<string>): StoredDocument[] {
  const found: StoredDocument[] = [];
  for (const id of new Set(ids)) {
    const document = table.byId.get(id);
    if (document?.project === project) found.push(document);
  }
  return found;
}

/** The project's records of these customers. */
export function recordsOfCustomers(
  table: Table,
  project: string,
  customers: Iterable<string>,
): StoredDocument[] {
  const found: StoredDocument[] = [];
  for (const customer of new Set(customers)) {
    for (const document of table.byCustomer.get(customer) ?? []) {
      if (document.project === project) found.push(document);
    }
  }
  return found;
}
