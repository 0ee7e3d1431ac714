// Merges changes into the profiles of customers: fields that are given are set, all others stay.
import { isDeepStrictEqual } from "node:util";
import type { CustomerDocument, Profile } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { readProfile } from "../facts/profile.js";
import { attempt, RecordError } from "../facts/record-error.js";
import { noSuchCustomer } from "../facts/record-shape.js";
import { sampleNumber } from "../facts/sample.js";
import { noRecords, summarise } from "../facts/summarise.js";
import { findProject, isRedefined } from "../projects/projects.js";
import { type DirtyMark, markDirty } from "./dirty-marks.js";
import { rederiveWritten } from "./rederive.js";
import { idsOf, type WriteResult } from "./write-result.js";

const batchSize = 1_000;

/** A part of a profile, in the interchange folder's shape; null takes a field away. Objects are merged key by key. */
export type ProfilePatch = Readonly<Record<string, unknown>> & { readonly source_id: string };

export interface UpdateCustomersOptions {
  /** True to add customers that do not exist; otherwise they are rejected. */
  readonly create?: boolean;
}

/**
 * Merges patches into the profiles of customers. A batch of 1,000 is one transaction; several patches of one customer apply in
 * their order.
 * @returns for each patch, in their order, what became of it.
 * @throws UnknownProjectError, ProjectError.
 */
export async function updateCustomers(
  engine: Engine,
  project: string,
  patches: readonly ProfilePatch[],
  { create = false }: UpdateCustomersOptions = {},
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const results: WriteResult[] = [];
  for (let start = 0; start < patches.length; start += batchSize) {
    const batch = patches.slice(start, start + batchSize);
    const ids = [...new Set(batch.map(({ source_id }) => customerId(project, source_id)))];
    const written = await engine.store.write(async (transaction): Promise<readonly WriteResult[]> => {
      const stored = await transaction.getMany("customers", ids);
      const customers = new Map(ids.map((id, index) => [id, stored[index]]));
      const changed = new Map<string, CustomerDocument>();
      const marks: DirtyMark[] = [];
      const at = engine.clock();
      const outcomes = batch.map((patch): WriteResult => {
        const id = customerId(project, patch.source_id);
        const before = customers.get(id);
        const merged = attempt((): CustomerDocument => {
          if (before === undefined && !create)
            throw new RecordError(noSuchCustomer("source_id", patch.source_id));
          const profile = readProfile(
            mergedProfile(before?.profile ?? { source_id: patch.source_id }, patch),
          );
          return {
            ...before,
            _id: id,
            project,
            source_id: profile.source_id,
            sample: sampleNumber("", profile.source_id),
            profile,
            ...deriveFacts(profile, definition),
            activity: before?.activity ?? summarise(noRecords, at),
          };
        });
        if ("reason" in merged) return { status: "rejected", ...merged };
        if (isDeepStrictEqual(before, merged.value)) return { status: "unchanged", id };
        customers.set(id, merged.value);
        changed.set(id, merged.value);
        marks.push({ customer: merged.value, change: { kind: "PROFILE", at, before } });
        return { status: "written", id };
      });
      await transaction.put("customers", [...changed.values()]);
      await markDirty(transaction, marks);
      return outcomes;
    });
    if (await isRedefined(engine, definition))
      await rederiveWritten(engine, "customers", project, idsOf(written));
    results.push(...written);
  }
  return results;
}

/** The profile with a patch merged into it; null takes a key away. */
function mergedProfile(profile: Profile, patch: ProfilePatch): unknown {
  return merged(profile as unknown as Readonly<Record<string, unknown>>, patch);
}

function merged(
  before: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const after = new Map(Object.entries(before));
  for (const [key, value] of Object.entries(patch)) {
    const known = after.get(key);
    if (value === null) after.delete(key);
    else if (isObject(value)) after.set(key, merged(isObject(known) ? known : {}, value));
    else if (value !== undefined) after.set(key, value);
  }
  return Object.fromEntries(after);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
