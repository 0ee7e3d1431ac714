// A customer after changes that nobody has made yet: the same rules as for writing, and nothing is written.

import type { Profile, ProjectDocument } from "../documents/documents.js";
import { numberInMemory } from "../facts/content-key.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { readProfile } from "../facts/profile.js";
import { recordDocument } from "../facts/record-documents.js";
import { orderFacts } from "../facts/record-facts.js";
import { canceledStatus } from "../plan/counted.js";
import { normaliseText } from "../plan/text.js";
import type { CustomerHistory } from "../query/customer-records.js";
import type { GivenValue, ProfileChange } from "./change.js";

/**
 * The customer with changes made. Waiting changes nothing here: it is the instant that the customer is asked at.
 * @throws RecordError where a change is of a value that the project does not take.
 */
export function changedCustomer(
  history: CustomerHistory,
  changes: readonly ProfileChange[],
  definition: ProjectDocument,
): CustomerHistory {
  return changes.reduce((before, change) => changedBy(before, change, definition), history);
}

function changedBy(
  history: CustomerHistory,
  change: ProfileChange,
  definition: ProjectDocument,
): CustomerHistory {
  const { customer, records } = history;
  switch (change.kind) {
    case "wait_until":
      return history;
    case "set_field":
      return withProfile(
        history,
        withValue(customer.profile, change.path, change.value) as Profile,
        definition,
      );
    case "grant_consent":
    case "withdraw_consent": {
      const wanted = normaliseText(change.consent);
      const others = (customer.profile.consents ?? []).filter((each) => normaliseText(each) !== wanted);
      const consents = change.kind === "grant_consent" ? [...others, change.consent] : others;
      return withProfile(history, { ...customer.profile, consents }, definition);
    }
    case "cancel_orders": {
      const cancelled = new Set(change.sourceIds);
      const orders = records.orders.map((order) => {
        if (!cancelled.has(order.source_id)) return order;
        const canceled = { ...order, status: canceledStatus };
        return { ...canceled, ...orderFacts(canceled, definition) };
      });
      return { customer, records: { ...records, orders } };
    }
    case "add_records": {
      const { collection } = change;
      const context = { project: customer.project, definition, numbering: numberInMemory() };
      const added = change.records.map((record) => recordDocument(collection, record, context));
      const known = new Set(added.map(({ _id }) => _id));
      const others = records[collection].filter(({ _id }) => !known.has(_id));
      return { customer, records: { ...records, [collection]: [...others, ...added] } };
    }
    default:
      return change satisfies never;
  }
}

function withProfile(
  { customer, records }: CustomerHistory,
  written: Profile,
  definition: ProjectDocument,
): CustomerHistory {
  const profile = readProfile(written);
  return { customer: { ...customer, profile, ...deriveFacts(profile, definition) }, records };
}

/** The object with a value at a path, what is on the way being made where it is missing. */
export function withValue(object: unknown, path: readonly string[], value: GivenValue): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  const fields =
    typeof object === "object" && object !== null ? (object as Readonly<Record<string, unknown>>) : {};
  // Not by assignment, which takes some names for something else.
  return Object.fromEntries([
    ...Object.entries(fields).filter(([key]) => key !== name),
    [name, withValue(Object.hasOwn(fields, name) ? fields[name] : undefined, rest, value)],
  ]);
}
