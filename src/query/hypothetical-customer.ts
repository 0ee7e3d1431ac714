// A customer who does not exist, as they would be.

import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { readProfile } from "../facts/profile.js";
import { sampleNumber } from "../facts/sample.js";
import { noRecords, summarise } from "../facts/summarise.js";
import type { WithRecords } from "../predicate/compile.js";
import { recentProject } from "../projects/projects.js";

/** A customer who does not exist, with that profile and without any activity. @throws RecordError. */
export async function hypotheticalCustomer(
  engine: Engine,
  project: string,
  record: unknown,
  asOf: number,
): Promise<CustomerDocument & WithRecords> {
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
  return { ...customer, records: { orders: [], events: [], redemptions: [], referrals: [] } };
}
