// Writes customers: whole profiles, or patches of them. Their `activity` does not change.
import { isDeepStrictEqual } from "node:util";
import type { CustomerDocument, Profile, ProjectDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { deriveFacts } from "../facts/customer-facts.js";
import { customerId } from "../facts/identity.js";
import { readProfile } from "../facts/profile.js";
import { type CustomerPatch, patched, readPatch } from "../facts/profile-patch.js";
import { attempt, RecordError, type Rejection } from "../facts/record-error.js";
import { noSuchCustomer } from "../facts/record-shape.js";
import { sampleNumber } from "../facts/sample.js";
import { noRecords, summarise } from "../facts/summarise.js";
import { findProject, isRedefined } from "../projects/projects.js";
import { inChunks } from "../store/batches.js";
import { type DirtyMark, markDirty } from "./dirty-marks.js";
import { customerEvent, wantedTypes } from "./outgoing-events.js";
import { rederiveWritten } from "./rederive.js";
import { type Companion, idsOf, type WriteCondition, type WriteResult } from "./write-result.js";

const batchSize = 1_000;

/**
 * Inserts customers, or replaces the profiles of those whose `source_id` exists; their activity does not change. A batch of 1,000
 * is one transaction. Of several profiles with the same `source_id`, the last one wins.
 * @returns the result for each profile, in the same order.
 * @throws UnknownProjectError, ProjectError.
 */
export function upsertCustomers(
  engine: Engine,
  project: string,
  profiles: readonly unknown[],
): Promise<readonly WriteResult[]> {
  return writeCustomers(engine, project, profiles, (record) => {
    const profile = readProfile(record);
    return { sourceId: profile.source_id, profileAfter: () => profile };
  });
}

export interface MergeOptions {
  /**
   * Evaluated first, in the transaction of each batch: if it resolves to false, nothing of the batch is written, and its results
   * are `unchanged`. It may run again after a conflict.
   */
  readonly condition?: WriteCondition;
  readonly companion?: Companion;
  /** Values for the fields that a customer lacks; existing values do not change. */
  readonly defaults?: Omit<Profile, "source_id" | "consents">;
}

/**
 * Changes customers by patches (`CustomerPatch`): fields that a patch omits do not change; an unknown customer is inserted. A
 * batch of 1,000 is one transaction; several patches of one customer are applied one after the other.
 * @returns the result for each patch, in the same order.
 * @throws UnknownProjectError, ProjectError.
 */
export function mergeCustomers(
  engine: Engine,
  project: string,
  patches: readonly unknown[],
  { condition, companion, defaults = {} }: MergeOptions = {},
): Promise<readonly WriteResult[]> {
  const read = (record: unknown): Change => {
    const patch = readPatch(record);
    return {
      sourceId: patch.source_id,
      profileAfter: (before) => {
        const after = patched(before, patch);
        return patched({ ...defaults, source_id: after.source_id }, after as CustomerPatch);
      },
    };
  };
  return writeCustomers(engine, project, patches, read, { condition, companion });
}

export interface UpdateOptions {
  /** Values for the fields that a customer lacks; existing values do not change. */
  readonly defaults?: MergeOptions["defaults"];
  /** True to add customers that do not exist; otherwise they are rejected. */
  readonly create?: boolean;
  /** The part of a patch that the caller may apply to a profile; all of it by default. @throws RecordError. */
  readonly allowed?: (before: Profile | undefined, patch: CustomerPatch) => CustomerPatch;
}

/**
 * Changes customers by patches as `mergeCustomers` does, and rejects a patch after which the whole profile would be invalid.
 * @returns the result for each patch, in the same order.
 * @throws UnknownProjectError, ProjectError.
 */
export function updateCustomers(
  engine: Engine,
  project: string,
  patches: readonly CustomerPatch[],
  { create = false, defaults, allowed = (_, patch) => patch }: UpdateOptions = {},
): Promise<readonly WriteResult[]> {
  return writeCustomers(engine, project, patches, (patch) => ({
    sourceId: patch.source_id,
    profileAfter: (before) => {
      if (before === undefined && !create)
        throw new RecordError(noSuchCustomer("source_id", patch.source_id));
      const after = patched(before, allowed(before, patch));
      if (defaults === undefined) return readProfile(after);
      return readProfile(patched({ ...defaults, source_id: after.source_id }, after as CustomerPatch));
    },
  }));
}

/** The change of a profile by a record. */
interface Change {
  readonly sourceId: string;
  readonly profileAfter: (before: Profile | undefined) => Profile;
}

async function writeCustomers<Given>(
  engine: Engine,
  project: string,
  records: readonly Given[],
  read: (record: Given) => Change,
  conditions: Pick<MergeOptions, "condition" | "companion"> = {},
): Promise<readonly WriteResult[]> {
  const definition = await findProject(engine, project);
  const results: WriteResult[] = [];
  for (const batch of inChunks(records, batchSize)) {
    const changes = batch.map((record) => attempt(() => read(record)));
    const written = await writeBatch(engine, definition, changes, conditions);
    if (await isRedefined(engine, definition))
      await rederiveWritten(engine, "customers", project, idsOf(written));
    results.push(...written);
  }
  return results;
}

async function writeBatch(
  engine: Engine,
  definition: ProjectDocument,
  changes: readonly ({ readonly value: Change } | Rejection)[],
  { condition, companion }: Pick<MergeOptions, "condition" | "companion">,
): Promise<readonly WriteResult[]> {
  const { project } = definition;
  const ids = [
    ...new Set(
      changes.flatMap((each) => ("value" in each ? [customerId(project, each.value.sourceId)] : [])),
    ),
  ];
  const wanted = await wantedTypes(engine, project);
  return engine.store.write(async (transaction) => {
    if (condition !== undefined && !(await condition(transaction)))
      return changes.map((each): WriteResult => unwritten(each, project));
    const stored = await transaction.getMany("customers", ids);
    const before = new Map(ids.map((id, index) => [id, stored[index]]));
    const after = new Map(before);
    const at = engine.clock();
    const results = changes.map((each): WriteResult => {
      if ("reason" in each) return { status: "rejected", ...each };
      const { sourceId, profileAfter } = each.value;
      const id = customerId(project, sourceId);
      const known = after.get(id);
      const made = attempt(() => {
        const profile = profileAfter(known?.profile);
        return {
          ...known,
          _id: id,
          project,
          source_id: sourceId,
          sample: sampleNumber("", sourceId),
          profile,
          ...deriveFacts(profile, definition),
          activity: known?.activity ?? summarise(noRecords, at),
        };
      });
      if ("reason" in made) return { status: "rejected", ...made };
      after.set(id, made.value);
      return { status: "written", id };
    });
    const changed: CustomerDocument[] = [];
    const marks: DirtyMark[] = [];
    for (const [id, customer] of after) {
      const earlier = before.get(id);
      if (customer === undefined || isDeepStrictEqual(earlier, customer)) continue;
      changed.push(customer);
      const type = earlier === undefined ? "customer.created" : "customer.updated";
      marks.push({
        customer,
        change: { kind: "PROFILE", at, before: earlier },
        outgoing: wanted.has(type) ? [customerEvent(type, customer, at)] : [],
      });
    }
    if (changed.length > 0) await transaction.put("customers", changed);
    await markDirty(transaction, marks);
    if (results.every(({ status }) => status !== "rejected")) await companion?.(transaction);
    const written = new Set(changed.map((customer) => customer._id));
    return results.map((result) =>
      "id" in result && !written.has(result.id) ? { status: "unchanged", id: result.id } : result,
    );
  });
}

/** The result of a change that the condition of its batch excludes. */
function unwritten(change: { readonly value: Change } | Rejection, project: string): WriteResult {
  if ("reason" in change) return { status: "rejected", ...change };
  return { status: "unchanged", id: customerId(project, change.value.sourceId) };
}
