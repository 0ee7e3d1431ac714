// Marks customers as dirty (to be reevaluated), in the transaction that changes them. There is one mark for each customer,
// however often the customer changes before the reevaluation. Every change writes the mark, so that a concurrent reevaluation
// finds it changed or conflicts.

import type { RecordCollection } from "../documents/collections.js";
import type { ChangeKind, CustomerDocument } from "../documents/documents.js";
import type { ChangeDocument, ReevaluationReason } from "../documents/membership-documents.js";
import type { OutgoingEvent } from "../documents/outgoing-documents.js";
import type { Transaction } from "../store/port.js";
import { inSlices } from "../store/slices.js";
import { withOutgoing } from "./outgoing-events.js";

/** The number of partitions into which a project's customers are divided for maintenance. */
export const partitionCount = 8;

/** The most instants of one mark, those of its segments and its records together; of more, the latest are kept. */
export const maxDue = 4_096;

/** The partition of a customer: a range of `sample`, which is spread evenly over 32 bits. */
export function partitionOf({ sample }: Pick<CustomerDocument, "sample">): number {
  return Math.floor((sample / 2 ** 32) * partitionCount);
}

/**
 * What a mark names whose events are of no customer: no source id is empty, so no customer has this `_id`, and nothing is evaluated.
 */
export function projectMark(project: string): MarkedCustomer {
  return { _id: `${project}/`, project, sample: 0 };
}

/** The kind of change that a record of a collection makes. */
export const changeKinds: Readonly<Record<RecordCollection, ChangeKind>> = {
  orders: "ORDER",
  events: "EVENT",
  redemptions: "REDEMPTION",
  gift_cards: "GIFT_CARD",
  loyalty: "LOYALTY",
  referrals: "REFERRAL",
};

/** The parts of a customer that a mark needs. */
export type MarkedCustomer = Pick<CustomerDocument, "_id" | "project" | "sample">;

type Before = NonNullable<ChangeDocument["before"]>;

/** One reason to reevaluate a customer. */
export interface DirtyMark {
  readonly customer: MarkedCustomer;
  /** A change: its kind, its instant in milliseconds since the epoch, and the customer before it, if there was one. */
  readonly change?: {
    readonly kind: ChangeKind;
    readonly at: number;
    readonly before?: Before;
    /** Of events, if only records of these types changed. */
    readonly types?: readonly string[];
    /** Of orders and events, if the change only added records: their `_id`s. */
    readonly added?: readonly string[];
  };
  /** The customer before records became effective. */
  readonly beforeEffect?: Before;
  readonly reasons?: readonly ReevaluationReason[];
  /** If the customer is erased: the segments that they were in. */
  readonly erased?: readonly string[];
  /** What webhooks receive of the change. Of an erased customer, nothing that happened before is delivered. */
  readonly outgoing?: readonly OutgoingEvent[];
}

/**
 * Marks customers, inside the transaction that changes them. Of several marks of a customer, the first one's `before` is kept.
 */
export async function markDirty(transaction: Transaction, marks: readonly DirtyMark[]): Promise<void> {
  if (marks.length === 0) return;
  const ids = [...new Set(marks.map(({ customer }) => customer._id))];
  const stored = await transaction.getMany("changes", ids);
  const changes = new Map<string, ChangeDocument>();
  for (const change of stored) if (change !== undefined) changes.set(change._id, change);
  await inSlices(marks, (mark) => {
    const { _id } = mark.customer;
    changes.set(_id, withMark(changes.get(_id), mark));
  });
  await transaction.put("changes", [...changes.values()]);
}

function withMark(known: ChangeDocument | undefined, mark: DirtyMark): ChangeDocument {
  const { customer, change, erased } = mark;
  const { _id, project } = customer;
  const { since, effective_at, before, kinds } = known ?? { kinds: [] };
  // A new customer may have been added under the erased one's id meanwhile.
  const erasedFrom = [...new Set([...(known?.erased ?? []), ...(erased ?? [])])];
  const first = since === undefined && before === undefined;
  const start = since ?? (change === undefined ? undefined : new Date(change.at));
  const effectiveAt = effectiveAtOf(mark);
  // Of an erased customer only the id is kept, until the ends of their intervals are delivered.
  const earlier = erased !== undefined ? undefined : first ? (mark.beforeEffect ?? change?.before) : before;
  const passed = erased !== undefined ? undefined : earliest(effective_at, effectiveAt);
  const outgoing = withOutgoing(erased !== undefined ? [] : (known?.outgoing ?? []), mark.outgoing ?? []);
  return {
    _id,
    project,
    partition: partitionOf(customer),
    version: (known?.version ?? 0) + 1,
    ...(start === undefined ? {} : { since: start }),
    ...(passed === undefined ? {} : { effective_at: passed }),
    ...(earlier === undefined ? {} : { before: snapshotOf(earlier) }),
    kinds:
      change === undefined
        ? kinds
        : [
            ...kinds.filter(({ kind }) => kind !== change.kind),
            {
              kind: change.kind,
              at: new Date(change.at),
              ...written(
                change,
                kinds.find(({ kind }) => kind === change.kind),
              ),
            },
          ],
    ...withInstants(known, mark.reasons ?? [], effectiveAt),
    ...(erased === undefined && known?.erased === undefined ? {} : { erased: erasedFrom }),
    ...(outgoing.length === 0 ? {} : { outgoing }),
    ...(known?.audiences === undefined || erased !== undefined ? {} : { audiences: known.audiences }),
  };
}

/** Marks name at most so many types of events, and added records. */
const maxNamed = 20;

interface Written {
  readonly types?: readonly string[];
  readonly added?: readonly string[];
}

/** What a mark says of the written records; nothing if that of an earlier change is not known, or if it is too much. */
function written(change: Written, known: Written | undefined): Written {
  const types = joined(change.types, known, known?.types);
  const added = joined(change.added, known, known?.added);
  return { ...(types === undefined ? {} : { types }), ...(added === undefined ? {} : { added }) };
}

function joined(
  names: readonly string[] | undefined,
  known: Written | undefined,
  earlier: readonly string[] | undefined,
): readonly string[] | undefined {
  if (names === undefined || (known !== undefined && earlier === undefined)) return undefined;
  const all = [...new Set([...(earlier ?? []), ...names])];
  return all.length > maxNamed ? undefined : all;
}

function snapshotOf({ facts, yearly, activity }: Before): Before {
  return { facts, yearly, activity };
}

/** When records of a customer became effective; a write may be the first to notice it. */
function effectiveAtOf({ beforeEffect, change }: DirtyMark): Date | undefined {
  if (beforeEffect !== undefined) return beforeEffect.activity.next_at;
  const next = change?.before?.activity.next_at;
  return next !== undefined && next.getTime() <= change!.at ? next : undefined;
}

/** The earlier of two instants, or the one that is defined. */
export function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

type Instants = Pick<ChangeDocument, "reasons" | "due" | "dropped">;

/** Adds reasons and instants to a mark; beyond `maxDue`, the earliest instants are dropped, and `dropped` records their range. */
function withInstants(
  known: ChangeDocument | undefined,
  added: readonly ReevaluationReason[],
  effectiveAt: Date | undefined,
): Instants {
  const reasons = distinctReasons([...(known?.reasons ?? []), ...added]);
  const due = distinctInstants(known?.due ?? [], effectiveAt === undefined ? [] : [effectiveAt]);
  const before = known?.dropped;
  const all = [...due, ...reasons.flatMap((reason) => reason.due ?? [])];
  if (all.length <= maxDue) return { reasons, due, ...(before === undefined ? {} : { dropped: before }) };
  const [first, ...others] = all.toSorted((one, other) => one.getTime() - other.getTime());
  const last = others[all.length - maxDue - 2] ?? first!;
  const kept = (instants: readonly Date[]) => instants.filter((at) => at > last);
  return {
    reasons: reasons.map((reason) =>
      reason.due === undefined ? reason : { ...reason, due: kept(reason.due) },
    ),
    due: kept(due),
    dropped: { from: earliest(before?.from, first)!, to: last },
  };
}

/** One reason for each segment: the last one given, except that `TIME` does not replace another; with the instants of all. */
function distinctReasons(reasons: readonly ReevaluationReason[]): readonly ReevaluationReason[] {
  const kept = new Map<string, ReevaluationReason>();
  for (const reason of reasons) {
    const known = kept.get(reason.segment);
    const { kind } = reason.kind === "TIME" && known !== undefined ? known : reason;
    const due = distinctInstants(known?.due ?? [], reason.due ?? []);
    kept.set(reason.segment, { segment: reason.segment, kind, ...(due.length === 0 ? {} : { due }) });
  }
  return [...kept.values()];
}

function distinctInstants(known: readonly Date[], added: readonly Date[]): readonly Date[] {
  if (added.length === 0) return known;
  const instants = new Set([...known, ...added].map((at) => at.getTime()));
  return [...instants].sort((one, other) => one - other).map((at) => new Date(at));
}
