// One customer with all that queries read of them, at one instant: as they are stored, or as they would be.
import { noRecords, summarise } from "../activity/summarise.js";
import type { Engine } from "../engine.js";
import type { RecordSet } from "../plan/plan.js";
import { sampleNumber } from "../plan/sample.js";
import { recentProject } from "../projects/projects.js";
import type { Activity, CustomerDocument, DocumentOf } from "../store/documents.js";
import type { RecordCollection } from "../store/port.js";
import { deriveFacts } from "./facts.js";
import { customerId } from "./identity.js";
import { readProfile } from "./profile.js";

/**
 * The customer with activity as it was at `asOf` (milliseconds since the epoch), and with the records of these collections,
 * which conditions on events look through themselves.
 */
export async function customerAt(
  engine: Engine,
  customer: CustomerDocument,
  asOf: number,
  sets: ReadonlySet<RecordSet>,
) {
  const summaryHolds = isTrueOf(customer.activity, asOf);
  const read = async <Name extends RecordCollection>(collection: Name, wanted = !summaryHolds) =>
    wanted
      ? engine.store.aggregate<DocumentOf[Name]>(collection, [
          { $match: { project: customer.project, customer: customer._id } },
        ])
      : [];
  const [orders, events, redemptions, gift_cards, loyalty, referrals] = await Promise.all([
    read("orders", !summaryHolds || sets.has("orders")),
    read("events", sets.has("events")),
    read("redemptions"),
    read("gift_cards"),
    read("loyalty"),
    read("referrals"),
  ]);
  const activity = summaryHolds
    ? customer.activity
    : summarise({ orders, redemptions, gift_cards, loyalty, referrals }, asOf);
  return { ...customer, activity, records: { orders, events } };
}

/** A customer who does not exist, with that profile and without any activity. @throws RecordError. */
export async function customerWith(engine: Engine, project: string, record: unknown, asOf: number) {
  const definition = await recentProject(engine, project);
  const profile = readProfile(record);
  const customer: CustomerDocument = {
    _id: customerId(project, profile.source_id),
    project,
    source_id: profile.source_id,
    sample: sampleNumber("", profile.source_id),
    profile,
    ...deriveFacts(profile, definition),
    activity: summarise(noRecords, asOf),
  };
  return { ...customer, records: { orders: [], events: [] } };
}

/** A summary is true from the latest record that it counts to just before the next that it does not. */
function isTrueOf({ latest_at, next_at }: Activity, asOf: number): boolean {
  return (
    (latest_at === undefined || latest_at.getTime() <= asOf) &&
    (next_at === undefined || next_at.getTime() > asOf)
  );
}
