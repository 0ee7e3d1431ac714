// What is forgotten of a person's stays in segments when they are erased: who it was. That somebody was there stays, or sizes
// of the past would change. The one thing that still names the person is the word that they are gone, for those who are told.
import { randomUUID } from "node:crypto";
import type { Engine } from "../engine.js";
import type { MembershipDocument, TransitionDocument } from "../store/membership-documents.js";
import type { Transaction } from "../store/port.js";

/** Where somebody who was erased is named. */
export interface Traces {
  readonly customer: string;
  readonly memberships: readonly string[];
  readonly transitions: readonly string[];
}

/** Where these customers are named. */
export async function tracesOf(
  engine: Engine,
  project: string,
  customers: readonly string[],
): Promise<readonly Traces[]> {
  const found: Traces[] = [];
  for (const customer of customers) {
    const ids = async (collection: "memberships" | "transitions") => {
      const rows = await engine.store.aggregate<{ readonly _id: string }>(collection, [
        { $match: { project, customer } },
        { $project: { _id: 1 } },
      ]);
      return rows.map(({ _id }) => _id);
    };
    found.push({ customer, memberships: await ids("memberships"), transitions: await ids("transitions") });
  }
  return found;
}

/**
 * Forgets who it was, of those customers who are in `customers`, before their last stays end in the same transaction: these
 * end as nobody's.
 */
export async function eraseTraces(
  transaction: Transaction,
  traces: readonly Traces[],
  customers: ReadonlySet<string>,
): Promise<void> {
  for (const { customer, memberships, transitions } of traces) {
    if (!customers.has(customer)) continue;
    const project = customer.slice(0, customer.indexOf("/"));
    const nobody = `${project}/erased-${randomUUID()}`;
    const unnamed = <Document extends MembershipDocument | TransitionDocument>(
      document: Document,
    ): Document => ({
      ...document,
      customer: nobody,
    });
    const stays = await transaction.getMany("memberships", memberships);
    const told = await transaction.getMany("transitions", transitions);
    await transaction.put("memberships", stays.filter((stay) => stay !== undefined).map(unnamed));
    await transaction.put("transitions", told.filter((each) => each !== undefined).map(unnamed));
  }
}
