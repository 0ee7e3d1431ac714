// Applies the changes that a delivery states. With each record, the time of its last change by the sender's clock is stored in the
// same transaction, so that an older change never overwrites a newer one, in whatever order and however often they arrive.
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { eraseCustomer } from "../definitions/erase.js";
import type { SourceDocument, SourceRecordDocument, StatedConsent } from "../documents/source-documents.js";
import type { Engine } from "../engine.js";
import { customerId, sourceIdOf } from "../facts/identity.js";
import type { CustomerPatch } from "../facts/profile-patch.js";
import { RecordError } from "../facts/record-error.js";
import { mergeCustomers } from "../ingest/customers.js";
import { deleteRecords } from "../ingest/delete-records.js";
import { upsertRecords } from "../ingest/records.js";
import type { Companion, WriteCondition, WriteResult } from "../ingest/write-result.js";
import type { DeliveredChange, Vendor } from "./delivery.js";

/** `ignored`: the change is older than what is stored, or changes nothing. */
export type Applied = "accepted" | "ignored";

type ChangeOf<Kind extends DeliveredChange["kind"]> = Extract<DeliveredChange, { readonly kind: Kind }>;

interface Target {
  readonly engine: Engine;
  readonly source: SourceDocument;
  readonly vendor: Vendor;
}

/** @throws RecordError if the record cannot be stored as it is. */
export function applyChange(target: Target, change: DeliveredChange): Promise<Applied> {
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

/** What is known of a record, and what is kept of it from now on; a record that is only compared has no `after`. */
interface Kept {
  readonly id: string;
  readonly known: SourceRecordDocument | undefined;
  readonly after?: SourceRecordDocument;
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
  state: Pick<SourceRecordDocument, "kind" | "customer" | "erased" | "stated">,
): SourceRecordDocument {
  const { customer, erased, stated } = state;
  return {
    _id,
    project,
    source,
    at: new Date(at),
    kind: state.kind,
    ...(customer === undefined ? {} : { customer }),
    ...(erased === undefined ? {} : { erased }),
    ...(stated === undefined || stated.length === 0 ? {} : { stated }),
  };
}

/** A condition that all records are still as they were read, and the companion that replaces them. */
function ifUnchanged(...records: readonly Kept[]) {
  const state = { isUnchanged: true };
  const condition: WriteCondition = async (transaction) => {
    const ids = records.map(({ id }) => id);
    const now = await transaction.getMany("source_records", ids);
    state.isUnchanged = records.every(({ known }, index) => isDeepStrictEqual(now[index], known));
    return state.isUnchanged;
  };
  const companion: Companion = (transaction) =>
    transaction.put(
      "source_records",
      records.flatMap(({ after }) => (after === undefined ? [] : [after])),
    );
  return { condition, companion, state };
}

/** Replaces records if they are still as they were read. @returns whether they were. */
function replaceIfUnchanged({ store }: Engine, ...records: readonly Kept[]): Promise<boolean> {
  const { condition, companion } = ifUnchanged(...records);
  return store.write(async (transaction) => {
    const isUnchanged = await condition(transaction);
    if (isUnchanged) await companion(transaction);
    return isUnchanged;
  });
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
  const said = vendor.restatesConsents ? statedConsents(change.patch) : [];
  const earlier = known?.stated ?? former?.stated ?? [];
  const kind = "customer";
  const after = recordOf(source, key, change.at, { kind, customer, stated: combined(earlier, said) });
  // A late change that names the former id is older than the change of the id.
  const formerAfter = recordOf(source, formerKey, change.at, { kind, customer });
  const { condition, companion, state } = ifUnchanged(
    { id: key, known, after },
    ...(formerKey === key ? [] : [{ id: formerKey, known: former, after: formerAfter }]),
  );
  const patch = withoutConsents(change.patch, earlier);
  const [result] = await mergeCustomers(
    engine,
    project,
    [{ ...(vendor.restatesConsents ? patch : change.patch), source_id: sourceIdOf(project, customer) }],
    {
      condition,
      companion,
      defaults: {
        source: vendor.origin,
        ...(change.since === undefined ? {} : { created_at: change.since }),
      },
    },
  );
  return state.isUnchanged ? appliedBy(result!) : undefined;
}

/** The consents that a patch grants and withdraws one by one. */
function statedConsents({ consents }: CustomerPatch): readonly StatedConsent[] {
  if (consents === undefined || consents === null || Array.isArray(consents)) return [];
  return Object.entries(consents).map(([consent, granted]) => ({ consent, granted }));
}

function combined(
  earlier: readonly StatedConsent[],
  said: readonly StatedConsent[],
): readonly StatedConsent[] {
  const others = earlier.filter(({ consent }) => !said.some((each) => each.consent === consent));
  return [...others, ...said];
}

/**
 * The patch without the consents that the sender stated before: it repeats them with each change, and what the customer said
 * elsewhere meanwhile is newer.
 */
function withoutConsents(patch: CustomerPatch, earlier: readonly StatedConsent[]): CustomerPatch {
  const said = statedConsents(patch);
  if (said.length === 0) return patch;
  const changed = said.filter(
    ({ consent, granted }) => !earlier.some((each) => each.consent === consent && each.granted === granted),
  );
  const { consents: _, ...rest } = patch;
  if (changed.length === 0) return rest;
  return {
    ...rest,
    consents: Object.fromEntries(changed.map(({ consent, granted }) => [consent, granted])),
  };
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
  const customer = known === undefined ? await customerOfErasure(engine, project, change) : known.customer;
  // An erasure applies to what the sender's id stands for, even if a later change was seen. The customer is still named, so that
  // an erasure that is interrupted here is completed when the delivery is repeated.
  const at = Math.max(change.at, known?.at.getTime() ?? change.at);
  const after = recordOf(source, key, at, { kind: "customer", customer, erased: true });
  if (!(await replaceIfUnchanged(engine, { id: key, known, after }))) return undefined;
  if (customer === undefined) return "ignored";
  const erased = await eraseCustomer(engine, project, sourceIdOf(project, customer));
  return erased === undefined ? "ignored" : "accepted";
}

/** How many records of sources about one customer are looked at. */
const maxRecordsOfCustomer = 1_000;

/** The customer of an erasure with an unknown id: the one with its source id, unless a source knows that one by another id. */
async function customerOfErasure(
  { store }: Engine,
  project: string,
  { sourceId }: ChangeOf<"erasure">,
): Promise<string | undefined> {
  if (sourceId === undefined) return undefined;
  const customer = customerId(project, sourceId);
  const ids = await store.reads.sources.recordIds(project, { customer }, maxRecordsOfCustomer);
  const records = await store.getMany("source_records", ids);
  return records.some((record) => record?.kind === "customer") ? undefined : customer;
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
  const isErased = owner !== undefined && (owner.erased === true || owner.customer === undefined);
  if (isErased && isNewer(owner, change.at)) return "ignored";
  const customer = owner?.customer ?? customerId(project, record.customer);
  const source_id = sourceIdOf(project, customer);
  // From now on the customer is known by the sender's id. The customer's own changes are all newer than this.
  let owners: readonly Kept[] =
    ownerKey === undefined
      ? []
      : [
          {
            id: ownerKey,
            known: owner,
            ...(owner === undefined
              ? { after: recordOf(source, ownerKey, 0, { kind: "customer", customer }) }
              : {}),
          },
        ];
  const [stored] = await engine.store.getMany("customers", [customer]);
  if (stored === undefined) {
    const defaults = { source: vendor.origin, ...profile };
    // With the owner's record, so that it conflicts with an erasure of the same customer.
    const { condition, companion, state } = ifUnchanged({ id: key, known }, ...owners);
    const made = await mergeCustomers(engine, project, [{ source_id }], { condition, companion, defaults });
    if (!state.isUnchanged) return undefined;
    appliedBy(made[0]!);
    owners = owners.map(({ id, known: before, after }) => ({ id, known: after ?? before }));
  }
  const { condition, companion, state } = ifUnchanged(
    { id: key, known, after: recordOf(source, key, change.at, { kind: "order", customer }) },
    ...owners,
  );
  const orders = [{ ...record, customer: source_id }];
  const [result] = await upsertRecords(engine, project, "orders", orders, { condition, companion });
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
  const after = recordOf(source, key, change.at, { kind: "order" });
  if (!(await replaceIfUnchanged(engine, { id: key, known, after }))) return undefined;
  const removed = await deleteRecords(engine, project, "orders", [`${project}/${change.id}`]);
  return removed.length === 0 ? "ignored" : "accepted";
}
