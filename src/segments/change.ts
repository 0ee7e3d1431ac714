// Changes that apply to any segment: renaming, archiving and deleting.

import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { segmentsChanged } from "../query/catalog.js";
import type { Transaction } from "../store/port.js";
import { activeSegment, changeQuery, changeUses } from "./auto-update.js";
import { nameClaim, nameKey, readUser, segmentKey } from "./identity.js";
import { giveBack, keysOf, readName, takeName } from "./keys.js";
import { clearLeftovers, removeStatic } from "./removal.js";
import { SegmentError } from "./segment-error.js";

export interface SegmentChanges {
  readonly name?: string;
  /** Only for an auto-update segment. */
  readonly query?: string;
  readonly archived?: boolean;
}

/**
 * Renames a segment, changes its query, archives or unarchives it. Omitted parts do not change. If one change is refused, nothing
 * changes.
 * @throws SegmentError.
 */
export async function updateSegment(
  engine: Engine,
  project: string,
  segmentId: string,
  changes: SegmentChanges,
): Promise<SegmentDocument> {
  const name = changes.name === undefined ? undefined : readName(changes.name);
  const change = async (transaction: Transaction, before: SegmentDocument): Promise<SegmentDocument> => {
    const archived = changes.archived ?? before.archived;
    if (archived && !before.archived) await refuseUsed(transaction, before, "archived");
    if (name === undefined || name === before.name) return { ...before, archived };
    await takeName(transaction, project, name, segmentId);
    if (nameKey(name) !== before.name_key)
      await giveBack(transaction, [nameClaim(project, before.name)], segmentId);
    return { ...before, archived, name, name_key: nameKey(name) };
  };
  try {
    if (changes.query !== undefined)
      return await changeQuery(engine, project, segmentId, changes.query, change);
    return await engine.store.write(async (transaction) => {
      const before = await activeSegment(transaction, project, segmentId);
      const after = await change(transaction, before);
      if (after.name === before.name && after.archived === before.archived) return before;
      const changed = { ...after, updated_at: new Date(engine.clock()) };
      await transaction.put("segments", [changed]);
      return changed;
    });
  } finally {
    segmentsChanged(engine, project);
  }
}

/**
 * Deletes a segment.
 * @returns the deleted segment.
 * @throws SegmentError `IN_USE`, naming the segments and the validation rules that name it; `NOT_FOUND`.
 */
export async function deleteSegment(
  engine: Engine,
  project: string,
  segmentId: string,
): Promise<SegmentDocument> {
  try {
    const segment = await engine.store.write(async (transaction) => {
      const found = await activeSegment(transaction, project, segmentId);
      await refuseUsed(transaction, found, "deleted");
      await giveBack(transaction, keysOf(found), segmentId);
      if (found.query === undefined) {
        await transaction.put("segments", [{ ...found, state: "removing" }]);
        return found;
      }
      await changeUses(transaction, project, segmentId, found.query.uses, []);
      await transaction.remove("segments", [segmentKey(project, segmentId)]);
      return found;
    });
    if (segment.kind === "static") await removeStatic(engine, project, segmentId);
    await clearLeftovers(engine, project);
    return segment;
  } finally {
    segmentsChanged(engine, project);
  }
}

async function refuseUsed(
  transaction: Transaction,
  { project, name, used_by }: SegmentDocument,
  what: "archived" | "deleted",
): Promise<void> {
  if (used_by.length === 0) return;
  const named = await namesOfUsers(transaction, project, used_by.slice(0, 5));
  const rest = used_by.length > 5 ? ` and ${(used_by.length - 5).toLocaleString("en")} more` : "";
  throw new SegmentError(
    "IN_USE",
    "id",
    `"${name}" can't be ${what}: ${named.join(", ")}${rest} names it. Change that first.`,
  );
}

async function namesOfUsers(
  transaction: Transaction,
  project: string,
  users: readonly string[],
): Promise<readonly string[]> {
  const read = users.map(readUser);
  const keysOfKind = (kind: string) =>
    read.flatMap((user) => (user.kind === kind ? [segmentKey(project, user.key)] : []));
  const found = [
    ...(await transaction.getMany("segments", keysOfKind("segment"))).map((each) => [
      "the query of",
      each?.name,
    ]),
    ...(await transaction.getMany("validation_rules", keysOfKind("rule"))).map((each) => [
      "the validation rule",
      each?.name,
    ]),
    ...(await transaction.getMany("distributions", keysOfKind("distribution"))).map((each) => [
      "the distribution",
      each?.name,
    ]),
  ];
  return found.flatMap(([kind, name]) => (name === undefined ? [] : [`${kind} "${name}"`]));
}
