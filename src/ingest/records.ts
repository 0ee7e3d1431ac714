// Writes the records of customers: orders, events, redemptions, gift cards, loyalty cards, referrals. A record and its customer's
// summary change in one transaction.
import { isDeepStrictEqual } from "node:util";
import { systemClock } from "../clock.js";
import type { DocumentOf, RecordCollection } from "../documents/collections.js";
import type { CustomerDocument, EventDocument, OrderDocument } from "../documents/documents.js";
import type { MessageDocument } from "../documents/message-documents.js";
import type { OutgoingEvent } from "../documents/outgoing-documents.js";
import type { Engine } from "../engine.js";
import { type Numbering, numberInMemory } from "../facts/content-key.js";
import { sourceIdOf } from "../facts/identity.js";
import { recordDocument } from "../facts/record-documents.js";
import { attempt, type Rejection } from "../facts/record-error.js";
import { noSuchCustomer } from "../facts/record-shape.js";
import type { SummarisedCollection } from "../facts/summarise.js";
import { findProject, isRedefined } from "../projects/projects.js";
import { inChunks } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { changeKinds, markDirty } from "./dirty-marks.js";
import { eventTriggers, messagesOfEvents, messagesPlanned } from "./event-triggers.js";
import { nothingWanted, orderEvent, type WantedTypes, wantedTypes } from "./outgoing-events.js";
import { addMissingMessages } from "./planned-message.js";
import { type KnownProducts, writeProducts } from "./products.js";
import { rederiveWritten } from "./rederive.js";
import { CustomerTotalError, type RecordChange, summariseChanges } from "./summaries.js";
import { type Companion, idsOf, type WriteCondition, type WriteResult } from "./write-result.js";

const batchSize = 1_000;

/** A record changed after it was read: read it again. */
export class RecordChangedError extends Error {
  override readonly name = "RecordChangedError";
}

export interface UpsertRecordsOptions {
  /** By `_id`, the documents that have to be stored now; if one differs, nothing of its batch is written. */
  readonly expected?: ReadonlyMap<string, unknown>;
  /** As of `MergeOptions` in `customers.ts`. */
  readonly condition?: WriteCondition;
  readonly companion?: Companion;
  /** Numbers equal records without an id across several calls; by default, within this call. */
  readonly numbering?: Numbering;
  readonly knownProducts?: KnownProducts;
}

/**
 * Inserts records, or replaces existing ones: orders are identified by `source_id`, others by `id` or else by their content and
 * their number among equals. A batch of 1,000 is one transaction. Of several records with the same id, the last one wins.
 * @returns the result for each record, in the same order; records of unknown customers are rejected.
 * @throws UnknownProjectError, ProjectError, RecordChangedError.
 */
export async function upsertRecords(
  engine: Engine,
  project: string,
  collection: RecordCollection,
  records: readonly unknown[],
  options: UpsertRecordsOptions = {},
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const numbering = options.numbering ?? numberInMemory();
  const results: WriteResult[] = [];
  for (const batch of inChunks(records, batchSize)) {
    const prepared = batch.map((record) =>
      attempt(() => recordDocument(collection, record, { project, definition, numbering })),
    );
    if (collection === "orders") {
      const orders = prepared.flatMap((each) => ("value" in each ? [each.value as OrderDocument] : []));
      await writeProducts(engine, project, orders, options.knownProducts ?? new Set());
    }
    const written = await writeExactly(engine, project, collection, prepared, options);
    if ((collection === "orders" || collection === "events") && (await isRedefined(engine, definition)))
      await rederiveWritten(engine, collection, project, idsOf(written));
    results.push(...written);
  }
  return results;
}

type Prepared<Name extends RecordCollection> = { readonly value: DocumentOf[Name] } | Rejection;

const inexactTotal = `the customer's total would pass ${Number.MAX_SAFE_INTEGER.toLocaleString("en")} of the minor unit, which is not held exactly; check the amounts`;

/** Writes a batch; rejects the records of a customer whose total would not be exact. */
async function writeExactly<Name extends RecordCollection>(
  engine: Engine,
  project: string,
  collection: Name,
  prepared: readonly Prepared<Name>[],
  options: UpsertRecordsOptions,
): Promise<readonly WriteResult[]> {
  const refused = new Set<string>();
  for (;;) {
    const taken = prepared.map((each): Prepared<Name> => {
      const isRefused = "value" in each && refused.has(each.value.customer);
      return isRefused ? { reason: inexactTotal, mistakes: [inexactTotal] } : each;
    });
    try {
      return await writeBatch(engine, project, collection, taken, options);
    } catch (error) {
      if (!(error instanceof CustomerTotalError) || refused.has(error.customer)) throw error;
      refused.add(error.customer);
    }
  }
}

async function writeBatch<Name extends RecordCollection>(
  engine: Engine,
  project: string,
  collection: Name,
  prepared: readonly Prepared<Name>[],
  { condition, companion, expected }: UpsertRecordsOptions,
): Promise<readonly WriteResult[]> {
  const documents = prepared.flatMap((each) => ("value" in each ? [each.value] : []));
  const wanted = collection === "orders" ? await wantedTypes(engine, project) : nothingWanted;
  const triggers = collection === "events" ? await eventTriggers(engine, project) : [];
  const found = await engine.store.write(async (transaction) => {
    if (condition !== undefined && !(await condition(transaction))) return undefined;
    const result = await writeRecords(transaction, collection, documents, engine.clock(), {
      expected,
      outgoingOf: (changes) =>
        orderEvents(changes as readonly RecordChange<"orders">[], wanted, engine.clock()),
      messagesOf: (changes) =>
        messagesOfEvents(
          engine,
          transaction,
          triggers,
          newEvents(changes as readonly RecordChange<"events">[]),
          systemClock(),
        ),
    });
    const isRejected = (each: Prepared<Name>) => "reason" in each || !result.known.has(each.value.customer);
    if (companion !== undefined && !prepared.some(isRejected)) await companion(transaction);
    return result;
  });
  if (found?.plansMessages) messagesPlanned(engine.store, project);
  return prepared.map((each): WriteResult => {
    if ("reason" in each) return { status: "rejected", ...each };
    const { _id, customer } = each.value;
    if (found === undefined) return { status: "unchanged", id: _id };
    const { written, known } = found;
    if (!known.has(customer)) {
      const part = collection === "referrals" ? "referrer" : "customer";
      return { status: "rejected", reason: noSuchCustomer(part, sourceIdOf(project, customer)) };
    }
    return { status: written.has(_id) ? "written" : "unchanged", id: _id };
  });
}

/**
 * Writes records inside a transaction, and with them their customers' summaries and dirty marks. Of several records with the same
 * `_id`, the last one wins.
 * @param at the instant of the write, in milliseconds since the epoch.
 * @param options.outgoingOf what webhooks receive of the changes.
 * @param options.messagesOf the messages that the changes lead to.
 * @returns the `_id`s of the records that are new or changed, the customers that exist, in their state before, and whether messages are
 * planned; records of other customers are not written.
 * @throws RecordChangedError, CustomerTotalError.
 */
export async function writeRecords<Name extends RecordCollection>(
  transaction: Transaction,
  collection: Name,
  documents: readonly DocumentOf[Name][],
  at: number,
  {
    expected,
    outgoingOf,
    messagesOf,
  }: {
    readonly expected?: UpsertRecordsOptions["expected"];
    readonly outgoingOf?: (changes: readonly RecordChange<Name>[]) => readonly OutgoingOf[];
    readonly messagesOf?: (changes: readonly RecordChange<Name>[]) => Promise<readonly MessageDocument[]>;
  } = {},
): Promise<{
  readonly written: ReadonlySet<string>;
  readonly known: ReadonlyMap<string, CustomerDocument>;
  readonly plansMessages: boolean;
}> {
  const customers = [...new Set(documents.map((document) => document.customer))];
  const found = await transaction.getMany("customers", customers);
  const known = new Map<string, CustomerDocument>();
  for (const customer of found) if (customer !== undefined) known.set(customer._id, customer);
  const last = new Map<string, DocumentOf[Name]>();
  for (const document of documents) if (known.has(document.customer)) last.set(document._id, document);
  const changes = await writeDocuments(transaction, collection, [...last.values()], expected);
  const owners = await ownersOf(transaction, changes, known);
  if (changes.length > 0 && isSummarised(collection)) {
    const summarised = changes as readonly RecordChange<SummarisedCollection>[];
    await summariseChanges(transaction, collection, known, summarised, at);
  }
  const messages = (await messagesOf?.(changes)) ?? [];
  await addMissingMessages(transaction, messages);
  const change = { kind: changeKinds[collection], at };
  const types = eventTypesOf(changes);
  const added = addedRecordsOf(collection, changes);
  const outgoing = new Map<string, OutgoingEvent[]>();
  for (const { customer, event } of outgoingOf?.(changes) ?? [])
    outgoing.set(customer, [...(outgoing.get(customer) ?? []), event]);
  await markDirty(
    transaction,
    owners.map((before) => ({
      customer: before,
      change: {
        ...change,
        before,
        ...(collection === "events" ? { types: types.get(before._id) ?? [] } : {}),
        ...(added === undefined ? {} : { added: added.get(before._id) ?? [] }),
      },
      outgoing: outgoing.get(before._id) ?? [],
    })),
  );
  return {
    written: new Set(changes.map(({ after }) => after._id)),
    known,
    plansMessages: messages.length > 0,
  };
}

/** The events among changes that were not recorded before. */
function newEvents(changes: readonly RecordChange<"events">[]): readonly EventDocument[] {
  return changes.flatMap(({ before, after }) => (before === undefined ? [after] : []));
}

/** An event of a customer, by `_id`. */
export interface OutgoingOf {
  readonly customer: string;
  readonly event: OutgoingEvent;
}

/** The wanted events of changed orders. */
function orderEvents(
  changes: readonly RecordChange<"orders">[],
  wanted: WantedTypes,
  at: number,
): readonly OutgoingOf[] {
  if (wanted.size === 0) return [];
  return changes.flatMap(({ before, after }): readonly OutgoingOf[] => {
    const type = before === undefined ? "order.created" : "order.updated";
    return wanted.has(type) ? [{ customer: after.customer, event: orderEvent(type, after, at) }] : [];
  });
}

/** The customers of changed records, in their state before: a record's present customer, and its previous one. */
async function ownersOf<Name extends RecordCollection>(
  transaction: Transaction,
  changes: readonly RecordChange<Name>[],
  known: ReadonlyMap<string, CustomerDocument>,
): Promise<readonly CustomerDocument[]> {
  const ids = new Set(
    changes.flatMap(({ before, after }) =>
      before === undefined ? [after.customer] : [before.customer, after.customer],
    ),
  );
  const others = [...ids].filter((id) => !known.has(id));
  const found = others.length === 0 ? [] : await transaction.getMany("customers", others);
  return [...[...ids].flatMap((id) => known.get(id) ?? []), ...found.filter((owner) => owner !== undefined)];
}

/** The types of the written events, and of those that they replaced, by customer. */
function eventTypesOf(
  changes: readonly RecordChange<RecordCollection>[],
): ReadonlyMap<string, readonly string[]> {
  const types = new Map<string, Set<string>>();
  for (const { before, after } of changes) {
    for (const record of [before, after]) {
      if (record === undefined || !("type" in record)) continue;
      const known = types.get(record.customer) ?? new Set();
      types.set(record.customer, known.add(record.type));
    }
  }
  return new Map([...types].map(([customer, found]) => [customer, [...found]]));
}

/** The `_id`s of written orders and events, by customer; undefined if one was there before, or of other collections. */
function addedRecordsOf(
  collection: RecordCollection,
  changes: readonly RecordChange<RecordCollection>[],
): ReadonlyMap<string, readonly string[]> | undefined {
  const isRead = collection === "events" || collection === "orders";
  if (!isRead || changes.some(({ before }) => before !== undefined)) return undefined;
  const added = new Map<string, string[]>();
  for (const { after } of changes) {
    const ids = added.get(after.customer);
    if (ids === undefined) added.set(after.customer, [after._id]);
    else ids.push(after._id);
  }
  return added;
}

function isSummarised(collection: RecordCollection): collection is SummarisedCollection {
  return collection !== "events";
}

/** Writes documents; returns those that are new or changed. */
async function writeDocuments<Name extends RecordCollection>(
  transaction: Transaction,
  collection: Name,
  documents: readonly DocumentOf[Name][],
  expected: UpsertRecordsOptions["expected"],
): Promise<readonly RecordChange<Name>[]> {
  if (documents.length === 0) return [];
  const ids = documents.map((document) => document._id);
  const stored = await transaction.getMany(collection, ids);
  if (expected !== undefined && ids.some((id, index) => !isDeepStrictEqual(stored[index], expected.get(id))))
    throw new RecordChangedError("A record changed after it was read.");
  const changes = documents
    .map((after, index): RecordChange<Name> => ({ before: stored[index], after }))
    .filter(({ before, after }) => !isDeepStrictEqual(before, after));
  if (changes.length === 0) return [];
  await transaction.put(
    collection,
    changes.map(({ after }) => after),
  );
  return changes;
}
