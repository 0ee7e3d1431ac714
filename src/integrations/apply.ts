// Applies the changes that a delivery states. With each record, the time of its last change by the sender's clock is stored in the
// same transaction, so that an older change never overwrites a newer one, in whatever order and however often they arrive.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { eraseCustomer } from "../definitions/erase.js";
import type { SourceDocument, SourceRecordDocument } from "../documents/source-documents.js";
import type { Engine } from "../engine.js";
import { customerId, sourceIdOf } from "../facts/identity.js";
import { RecordError } from "../facts/record-error.js";
import { mergeCustomers } from "../ingest/customers.js";
import { deleteRecords } from "../ingest/delete-records.js";
import { upsertRecords } from "../ingest/records.js";
import type { Condition, WriteResult } from "../ingest/write-result.js";
import type { Change, Vendor } from "./delivery.js";

/** `ignored`: the change is older than what is stored, or changes nothing. */
export type Applied = "accepted" | "ignored";

type ChangeOf<Kind extends Change["kind"]> = Extract<Change, { readonly kind: Kind }>;

interface Target {
  readonly engine: Engine;
  readonly source: SourceDocument;
  readonly vendor: Vendor;
}

/** @throws RecordError if the record cannot be stored as it is. */
export function applyChange(target: Target, change: Change): Promise<Applied> {
  switch (change.kind) {
    case "customer":
      return untilSettled(() => applyCustomer(target, change));
    case "erasure":
      return untilSettled(() => applyErasure(target, change));
    case "order":
      return untilSettled(() => applyOrder(target, change));
    case "order removal":
      return untilSettled(() => applyOrderRemoval(target, change));
    default:
      return change satisfies never;
  }
}

/** How often a change is tried whose record other deliveries change at the same time. */
const maxAttempts = 50;

/** Repeats an attempt until no other delivery has changed its record meanwhile. */
async function untilSettled(attempt: () => Promise<Applied | undefined>): Promise<Applied> {
  for (let count = 0; count < maxAttempts; count += 1) {
    const applied = await attempt();
    if (applied !== undefined) return applied;
  }
  throw new Error("A record of a source was changed by other deliveries at each attempt.");
}

/** The `_id` of what is kept of a record. @param id the sender's. */
function sourceRecordKey({ _id, project }: SourceDocument, kind: "customer" | "order", id: string): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([_id, kind, id]))
    .digest("base64url");
  return `${project}/${_id}/${hash}`;
}

function recordOf(
  { _id: source, project }: SourceDocument,
  _id: string,
  at: number,
  customer: string | undefined,
): SourceRecordDocument {
  return { _id, project, source, at: new Date(at), ...(customer === undefined ? {} : { customer }) };
}

/** A condition that a record is still as it was read, under which it is replaced. */
function ifUnchanged(known: SourceRecordDocument | undefined, ...after: readonly SourceRecordDocument[]) {
  const state = { isUnchanged: true };
  const condition: Condition = async (transaction) => {
    const [now] = await transaction.getMany("source_records", [after[0]!._id]);
    state.isUnchanged = isDeepStrictEqual(now, known);
    if (state.isUnchanged) await transaction.put("source_records", after);
    return state.isUnchanged;
  };
  return { condition, state };
}

function isNewer(known: SourceRecordDocument | undefined, at: number): boolean {
  return known !== undefined && known.at.getTime() > at;
}

async function applyCustomer(
  { engine, source, vendor }: Target,
  change: ChangeOf<"customer">,
): Promise<Applied | undefined> {
  const { project } = source;
  const key = sourceRecordKey(source, "customer", change.id);
  const formerKey =
    change.formerId === undefined ? key : sourceRecordKey(source, "customer", change.formerId);
  const [known, former] = await engine.store.getMany("source_records", [key, formerKey]);
  if (isNewer(known, change.at) || isNewer(former, change.at)) return "ignored";
  const customer = known?.customer ?? former?.customer ?? customerId(project, change.patch.source_id);
  const { condition, state } = ifUnchanged(known, recordOf(source, key, change.at, customer));
  const [result] = await mergeCustomers(
    engine,
    project,
    [{ ...change.patch, source_id: sourceIdOf(project, customer) }],
    {
      condition,
      defaults: {
        source: vendor.origin,
        ...(change.since === undefined ? {} : { created_at: change.since }),
      },
    },
  );
  return state.isUnchanged ? appliedBy(result!) : undefined;
}

/** @throws RecordError if the record was rejected. */
function appliedBy(result: WriteResult): Applied {
  if (result.status === "rejected") throw new RecordError(result.reason, result.mistakes);
  return result.status === "written" ? "accepted" : "ignored";
}

async function applyErasure(
  { engine, source }: Target,
  change: ChangeOf<"erasure">,
): Promise<Applied | undefined> {
  const { project } = source;
  const key = sourceRecordKey(source, "customer", change.id);
  const [known] = await engine.store.getMany("source_records", [key]);
  if (isNewer(known, change.at)) return "ignored";
  const given = change.sourceId === undefined ? undefined : customerId(project, change.sourceId);
  const customer = known?.customer ?? given;
  // The customer is still named, so that an erasure that is interrupted here is completed when the delivery is repeated.
  const { condition, state } = ifUnchanged(known, recordOf(source, key, change.at, customer));
  await engine.store.write(condition);
  if (!state.isUnchanged) return undefined;
  if (customer === undefined) return "ignored";
  const erased = await eraseCustomer(engine, project, sourceIdOf(project, customer));
  return erased === undefined ? "ignored" : "accepted";
}

async function applyOrder(
  { engine, source, vendor }: Target,
  change: ChangeOf<"order">,
): Promise<Applied | undefined> {
  const { project } = source;
  const { record, profile } = change.order;
  const key = sourceRecordKey(source, "order", change.id);
  const ownerKey =
    change.customer === undefined ? undefined : sourceRecordKey(source, "customer", change.customer);
  const [known, owner] = await engine.store.getMany("source_records", [key, ownerKey ?? ""]);
  if (isNewer(known, change.at)) return "ignored";
  // The customer was erased after the order changed.
  if (owner !== undefined && owner.customer === undefined && isNewer(owner, change.at)) return "ignored";
  const customer = owner?.customer ?? customerId(project, record.customer);
  const source_id = sourceIdOf(project, customer);
  const [stored] = await engine.store.getMany("customers", [customer]);
  if (stored === undefined) {
    const defaults = { source: vendor.origin, ...profile };
    const [made] = await mergeCustomers(engine, project, [{ source_id }], { defaults });
    appliedBy(made!);
  }
  // From now on the customer is known by the sender's id. The customer's own changes are all newer than this.
  const isNewOwner = ownerKey !== undefined && owner === undefined;
  const ownerRecord = isNewOwner ? [recordOf(source, ownerKey, 0, customer)] : [];
  const { condition, state } = ifUnchanged(known, recordOf(source, key, change.at, customer), ...ownerRecord);
  const orders = [{ ...record, customer: source_id }];
  const [result] = await upsertRecords(engine, project, "orders", orders, { condition });
  return state.isUnchanged ? appliedBy(result!) : undefined;
}

async function applyOrderRemoval(
  { engine, source }: Target,
  change: ChangeOf<"order removal">,
): Promise<Applied | undefined> {
  const { project } = source;
  const key = sourceRecordKey(source, "order", change.id);
  const [known] = await engine.store.getMany("source_records", [key]);
  if (isNewer(known, change.at)) return "ignored";
  const { condition, state } = ifUnchanged(known, recordOf(source, key, change.at, undefined));
  await engine.store.write(condition);
  if (!state.isUnchanged) return undefined;
  const removed = await deleteRecords(engine, project, "orders", [`${project}/${change.id}`]);
  return removed.length === 0 ? "ignored" : "accepted";
}
