// Writes transitions: the intervals of customers in segments, each with the causes of its start and end, and the numbered list of
// all transitions, which readers and webhooks follow.

import type {
  Cause,
  MembershipDocument,
  ReaderRange,
  TransitionDocument,
} from "../../documents/membership-documents.js";
import { sourceIdOf } from "../../facts/identity.js";
import type { Transaction } from "../../store/port.js";
import { inSlices } from "../../store/slices.js";

/** A customer's entry into a segment, or exit from it. */
export interface Transition {
  readonly customer: string;
  readonly segment: string;
  readonly kind: TransitionDocument["kind"];
  readonly at: Date;
  readonly cause: Cause;
  /** Only for the exit of an erased person: the readers that receive it. */
  readonly audience?: readonly ReaderRange[];
}

/** The `_id` of the open interval, of which a customer has at most one in a segment. */
export function lastingId(project: string, segment: string, customer: string): string {
  return `${project}/${segment}/now/${sourceIdOf(project, customer)}`;
}

/** The `_id` of a transition; ids sort in the order of a partition's numbers. */
export function transitionId(project: string, partition: number, sequence: number): string {
  return `${project}/${partition}/${String(sequence).padStart(15, "0")}`;
}

/**
 * Writes transitions of one partition, in their order, numbered from `sequence` + 1 on, inside the transaction that writes the
 * memberships.
 */
export async function writeTransitions(
  transaction: Transaction,
  project: string,
  partition: number,
  sequence: number,
  transitions: readonly Transition[],
): Promise<void> {
  if (transitions.length === 0) return;
  const lasting = new Map<string, MembershipDocument>();
  const ids = [...new Set(transitions.map(({ segment, customer }) => lastingId(project, segment, customer)))];
  for (const interval of await transaction.getMany("memberships", ids)) {
    if (interval !== undefined) lasting.set(interval._id, interval);
  }
  const before = new Set(lasting.keys());
  const ended: MembershipDocument[] = [];
  const documents: TransitionDocument[] = [];
  let last = sequence;
  await inSlices(transitions, ({ customer, segment, kind, at, cause, audience }) => {
    last += 1;
    const lastingOne = lastingId(project, segment, customer);
    const interval = lasting.get(lastingOne);
    if (kind === "entered") {
      lasting.set(lastingOne, {
        _id: lastingOne,
        project,
        segment,
        customer,
        entered_at: at,
        entered_by: cause,
      });
    } else if (interval !== undefined) {
      lasting.delete(lastingOne);
      ended.push({
        ...interval,
        _id: `${project}/${segment}/${partition}.${last}`,
        left_at: at,
        left_by: cause,
      });
    }
    const numbered = { partition, sequence: last, segment, customer, kind, at, cause };
    const _id = transitionId(project, partition, last);
    documents.push({ _id, project, ...numbered, ...(audience === undefined ? {} : { audience }) });
  });
  await transaction.put("memberships", [...lasting.values(), ...ended]);
  await transaction.remove(
    "memberships",
    [...before].filter((id) => !lasting.has(id)),
  );
  await transaction.put("transitions", documents);
}
