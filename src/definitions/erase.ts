// Erases a person: the profile, all records, the places in static segments, promotions and messages, the name in the referrals of
// others, values in the results of jobs, and the link to what sources sent.

import type { RecordCollection } from "../documents/collections.js";
import type { SegmentDocument } from "../documents/documents.js";
import { recordCollections } from "../documents/record-collections.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";
import { markDirty } from "../ingest/dirty-marks.js";
import { customerEvent, type WantedTypes, wantedTypes } from "../ingest/outgoing-events.js";
import { forgetInMessages } from "../messaging/erasure.js";
import { forgetInPromotions } from "../promotions/erasure.js";
import { leaveStaticSegments } from "../segments/erasure.js";
import { inBatches } from "../store/batches.js";
import type { Transaction } from "../store/port.js";
import { forgetInJobs } from "./erase-in-jobs.js";
import { forgetInSources } from "./erase-in-sources.js";

/** The result of an erasure. */
export interface Erasure {
  /** The document's `_id`. */
  readonly id: string;
  readonly sourceId: string;
  /** True if there was a profile. */
  readonly profile: boolean;
  /** How many records were erased, by collection. */
  readonly records: Readonly<Record<RecordCollection, number>>;
  /** In how many referrals by others the person was named; these are kept, without the name. */
  readonly namedInReferrals: number;
  /** The static segments that the person was in. */
  readonly segments: readonly SegmentDocument[];
}

/** The name of an erased person in a referral. */
const erasedName = "(erased)";

/**
 * How many events or referrals one transaction changes. Most events are removed in batches first, so the final transaction is
 * small.
 */
const batchSize = 1_000;

/**
 * Erases the customer with a source id, or the records that remain of one. Repeating an interrupted request completes it.
 * @returns what was erased; undefined if there was nothing.
 */
export async function eraseCustomer(
  engine: Engine,
  project: string,
  sourceId: string,
): Promise<Erasure | undefined> {
  const id = customerId(project, sourceId);
  const ahead = await removeEvents(engine, project, id);
  const wanted = await wantedTypes(engine, project);
  const { profile, records, segments } = await engine.store.write((transaction) =>
    removeAll(transaction, id, engine.clock(), wanted),
  );
  // A concurrent write may have checked that the customer exists before the erasure, and stored its event after it.
  const behind = await removeEvents(engine, project, id, true);
  await forgetInPromotions(engine, project, id);
  await forgetInMessages(engine, project, id);
  const namedInReferrals = await forgetReferee(engine, project, sourceId);
  await forgetInJobs(engine, project, sourceId);
  await forgetInSources(engine, project, id);
  const events = records.events + ahead + behind;
  const all = { ...records, events };
  const anything = profile || namedInReferrals > 0 || Object.values(all).some((count) => count > 0);
  return anything ? { id, sourceId, profile, records: all, namedInReferrals, segments } : undefined;
}

/** Erases the customer and all remaining records in one transaction, so that no reader sees a part of them. */
async function removeAll(transaction: Transaction, id: string, at: number, wanted: WantedTypes) {
  const [stored] = await transaction.getMany("customers", [id]);
  const records: Record<RecordCollection, number> = {
    orders: 0,
    events: 0,
    redemptions: 0,
    gift_cards: 0,
    loyalty: 0,
    referrals: 0,
  };
  for (const collection of recordCollections) {
    const found = (await transaction.recordsOf(collection, [id])).get(id) ?? [];
    await transaction.remove(
      collection,
      found.map((record) => record._id),
    );
    records[collection] = found.length;
  }
  if (stored === undefined) return { profile: false, records, segments: [] };
  const segments = await leaveStaticSegments(transaction, stored);
  await markDirty(transaction, [
    {
      customer: stored,
      change: { kind: "ERASED", at },
      erased: stored.segments ?? [],
      outgoing: wanted.has("customer.erased") ? [customerEvent("customer.erased", stored, at)] : [],
    },
  ]);
  await transaction.remove("customers", [id]);
  return { profile: true, records, segments };
}

/** Removes a customer's events in batches; with `onlyWithoutCustomer`, only if the customer does not exist. */
async function removeEvents(
  { store }: Engine,
  project: string,
  id: string,
  onlyWithoutCustomer = false,
): Promise<number> {
  return inBatches(
    () => store.reads.records.idsOfCustomer(project, "events", id, batchSize),
    (ids) =>
      store.write(async (transaction) => {
        const [customer] = await transaction.getMany("customers", [id]);
        if (onlyWithoutCustomer && customer !== undefined) return false;
        await transaction.remove("events", ids);
        return true;
      }),
  );
}

async function forgetReferee({ store }: Engine, project: string, sourceId: string): Promise<number> {
  // A customer may have this source id, too; its referrals can't be told from those of erased persons, so they are kept.
  if (sourceId === erasedName) return 0;
  return inBatches(
    () => store.reads.records.referralsOf(project, sourceId, batchSize),
    (referrals) =>
      store.write(async (transaction) => {
        const found = await transaction.getMany(
          "referrals",
          referrals.map(({ _id }) => _id),
        );
        await transaction.put(
          "referrals",
          found.flatMap((referral) =>
            referral?.referee === sourceId ? [{ ...referral, referee: erasedName }] : [],
          ),
        );
      }),
  );
}
