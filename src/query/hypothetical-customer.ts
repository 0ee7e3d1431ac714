// A hypothetical customer, for questions about a profile that is not stored.

import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { readProfile } from "../facts/profile.js";
import { sampleNumber } from "../facts/sample.js";
import { noRecords, summarise } from "../facts/summarise.js";
import type { WithRecords } from "../predicate/compile.js";
import { recentProject } from "../projects/projects.js";

/** A customer with the given profile and no activity, who is not stored. @throws RecordError. */
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
