// Marks customers to be looked at, in the transaction that changes them: one document a customer, however often they change
// before somebody looks. Every change touches it, so that who has looked meanwhile finds it changed, or conflicts with it.

import type { RecordCollection } from "../documents/collections.js";
import type { CustomerDocument } from "../documents/documents.js";
import type { ChangeDocument, ChangeKind, ReevaluationReason } from "../documents/membership-documents.js";
import type { Transaction } from "../store/port.js";

/** Into how many parts a project's customers are divided among those who look at them. */
export const partitionCount = 8;

/** More instants than this of one customer are not kept apart: the last ones are. */
export const maxDue = 64;

/** The partition of a customer: a range of `sample`, which is spread evenly over 32 bits. */
export function partitionOf({ sample }: Pick<CustomerDocument, "sample">): number {
  return Math.floor((sample / 2 ** 32) * partitionCount);
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

/** Who a mark is about. */
export type MarkedCustomer = Pick<CustomerDocument, "_id" | "project" | "sample">;

type Before = NonNullable<ChangeDocument["before"]>;

/** One reason to look at a customer. */
export interface DirtyMark {
  readonly customer: MarkedCustomer;
  /** A change: its kind, its instant in milliseconds since the epoch, and the customer before it, where there was one. */
  readonly change?: { readonly kind: ChangeKind; readonly at: number; readonly before?: Before };
  /** The customer before records counted whose time has come. */
  readonly came?: Before;
  readonly looks?: readonly ReevaluationReason[];
  /** In milliseconds since the epoch. */
  readonly due?: readonly number[];
  /** Where the customer is erased: the segments that they were in. */
  readonly erased?: readonly string[];
}

/** Marks customers, inside the transaction that changes them. Of several marks of one, the first tells what was before. */
export async function markDirty(transaction: Transaction, marks: readonly DirtyMark[]): Promise<void> {
  if (marks.length === 0) return;
  const ids = [...new Set(marks.map(({ customer }) => customer._id))];
  const stored = await transaction.getMany("changes", ids);
  const changes = new Map<string, ChangeDocument>();
  for (const change of stored) if (change !== undefined) changes.set(change._id, change);
  for (const mark of marks) {
    const { _id } = mark.customer;
    changes.set(_id, withMark(changes.get(_id), mark));
  }
  await transaction.put("changes", [...changes.values()]);
}

function withMark(known: ChangeDocument | undefined, mark: DirtyMark): ChangeDocument {
  const { customer, change, erased } = mark;
  const { _id, project } = customer;
  const { since, effective_at, before, kinds, looks, due } = known ?? { kinds: [], looks: [], due: [] };
  // Who was erased may have come again meanwhile, as somebody new.
  const gone = [...new Set([...(known?.erased ?? []), ...(erased ?? [])])];
  const first = since === undefined && before === undefined;
  const start = since ?? (change === undefined ? undefined : new Date(change.at));
  const came = cameAt(mark);
  // Of who is erased, nothing is kept but the name, until the ends of their stays have been told.
  const earlier = erased !== undefined ? undefined : first ? (mark.came ?? change?.before) : before;
  const passed = erased !== undefined ? undefined : earliest(effective_at, came);
  return {
    _id,
    project,
    partition: partitionOf(customer),
    version: (known?.version ?? 0) + 1,
    ...(start === undefined ? {} : { since: start }),
    ...(passed === undefined ? {} : { effective_at: passed }),
    ...(earlier === undefined ? {} : { before: pictured(earlier) }),
    kinds:
      change === undefined
        ? kinds
        : [
            ...kinds.filter(({ kind }) => kind !== change.kind),
            { kind: change.kind, at: new Date(change.at) },
          ],
    looks: distinctLooks([...looks, ...(mark.looks ?? [])]),
    due: distinctInstants(due, [...(mark.due ?? []), ...(came === undefined ? [] : [came.getTime()])]),
    ...(erased === undefined && known?.erased === undefined ? {} : { erased: gone }),
  };
}

function pictured({ facts, yearly, activity }: Before): Before {
  return { facts, yearly, activity };
}

/** When records of a customer came to count; it may be who writes that finds it first. */
function cameAt({ came, change }: DirtyMark): Date | undefined {
  if (came !== undefined) return came.activity.next_at;
  const next = change?.before?.activity.next_at;
  return next !== undefined && next.getTime() <= change!.at ? next : undefined;
}

/** The earlier of two instants, where there are two. */
export function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** The last word on a segment is why it is looked at; time alone is none where there was another. */
function distinctLooks(looks: readonly ReevaluationReason[]): readonly ReevaluationReason[] {
  const kept = new Map<string, ReevaluationReason>();
  for (const look of looks) {
    if (look.kind !== "TIME" || !kept.has(look.segment)) kept.set(look.segment, look);
  }
  return [...kept.values()];
}

function distinctInstants(known: readonly Date[], added: readonly number[]): readonly Date[] {
  if (added.length === 0) return known;
  const instants = [...new Set([...known.map((at) => at.getTime()), ...added])];
  return instants
    .sort((one, other) => one - other)
    .slice(-maxDue)
    .map((at) => new Date(at));
}
