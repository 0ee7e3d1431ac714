// Writes customers. What they did (`activity`) is not touched here.
import { isDeepStrictEqual } from "node:util";
import type { CustomerDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { readProfile } from "../facts/profile.js";
import { attempt } from "../facts/record-error.js";
import { sampleNumber } from "../facts/sample.js";
import { noRecords, summarise } from "../facts/summarise.js";
import { findProject, isRedefined } from "../projects/projects.js";
import { type DirtyMark, markDirty } from "./dirty-marks.js";
import { rederiveWritten } from "./rederive.js";
import { idsOf, type WriteResult } from "./write-result.js";

const batchSize = 1_000;

/**
 * Inserts customers, or replaces the profiles of those whose `source_id` is known; their activity stays. A batch of 1,000
 * is one transaction. Of several with one `source_id`, the last stays.
 * @returns for each profile, in their order, what became of it.
 * @throws UnknownProjectError, ProjectError.
 */
export async function upsertCustomers(
  engine: Engine,
  project: string,
  profiles: readonly unknown[],
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const results: WriteResult[] = [];
  for (let start = 0; start < profiles.length; start += batchSize) {
    const prepared = profiles.slice(start, start + batchSize).map((record) =>
      attempt(() => {
        const profile = readProfile(record);
        const _id = customerId(project, profile.source_id);
        const sample = sampleNumber("", profile.source_id);
        return {
          _id,
          project,
          source_id: profile.source_id,
          sample,
          profile,
          ...deriveFacts(profile, definition),
        };
      }),
    );
    const written = await writeBatch(engine, prepared);
    if (await isRedefined(engine, definition))
      await rederiveWritten(engine, "customers", project, idsOf(written));
    results.push(...written);
  }
  return results;
}

type Prepared = { readonly value: Omit<CustomerDocument, "activity"> } | { readonly reason: string };

async function writeBatch(engine: Engine, prepared: readonly Prepared[]): Promise<readonly WriteResult[]> {
  const last = new Map<string, Omit<CustomerDocument, "activity">>();
  for (const each of prepared) if ("value" in each) last.set(each.value._id, each.value);
  const ids = [...last.keys()];
  const written = await engine.store.write(async (transaction) => {
    const stored = await transaction.getMany("customers", ids);
    const changed: CustomerDocument[] = [];
    const marks: DirtyMark[] = [];
    const at = engine.clock();
    for (const [index, id] of ids.entries()) {
      const before = stored[index];
      const activity = before?.activity ?? summarise(noRecords, at);
      const after: CustomerDocument = { ...before, ...last.get(id)!, activity };
      if (isDeepStrictEqual(before, after)) continue;
      changed.push(after);
      marks.push({ customer: after, change: { kind: "PROFILE", at, before } });
    }
    if (changed.length > 0) await transaction.put("customers", changed);
    await markDirty(transaction, marks);
    return new Set(changed.map((customer) => customer._id));
  });
  return prepared.map((each) => {
    if ("reason" in each) return { status: "rejected", reason: each.reason };
    const { _id: id } = each.value;
    return { status: written.has(id) ? "written" : "unchanged", id };
  });
}
