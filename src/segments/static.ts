// Static segments: of chosen customers, or of those that a query finds at one instant. Only erasure changes their members. The
// customers' documents list the segment's id; the segment becomes visible when all of them do.

import type { SegmentDocument, StaticMembers } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";
import { segmentsChanged } from "../query/catalog.js";
import { previewSegment } from "../query/preview.js";
import { inChunks } from "../store/batches.js";
import { membersClaim, nameKey, newSegmentId, segmentKey } from "./identity.js";
import { giveBack, readName, takeMembers, takeName } from "./keys.js";
import { membersHash, withoutMembers } from "./members-hash.js";
import { building, clearLeftovers, membersBatch, removeStatic, thisProcess } from "./removal.js";
import { invalidQuery, SegmentError } from "./segment-error.js";

/** The most customers of a static segment, by default. */
export const defaultMaxMembers = 20_000;

export interface StaticRequest {
  readonly name: string;
  /** The customers' source ids. Give either these or a query. */
  readonly sourceIds?: readonly string[];
  /** A query that finds the members. */
  readonly query?: string;
  /** The instant as of which the query is answered, in milliseconds since the epoch; by default now. */
  readonly asOf?: number;
  /** For members given by `sourceIds` that a query found earlier, elsewhere: that query and its instant. */
  readonly origin?: { readonly foundBy?: string; readonly asOf?: number };
}

interface Chosen {
  /** By `_id`, ascending, each once. */
  readonly members: readonly string[];
  readonly asOf: number;
  readonly foundBy?: string | undefined;
}

/**
 * Creates a static segment, completely or not at all.
 * @throws SegmentError, with the mistake and the fix; UnknownProjectError.
 */
export async function createStatic(
  engine: Engine,
  project: string,
  request: StaticRequest,
): Promise<SegmentDocument> {
  const name = readName(request.name);
  const chosen = await choose(engine, project, request, engine.maxStaticMembers ?? defaultMaxMembers);
  await clearLeftovers(engine, project);
  const segmentId = newSegmentId();
  building.add(segmentId);
  try {
    await begin(engine, project, segmentId, name, chosen);
    try {
      const vanished = await markMembers(engine, project, segmentId, chosen.members);
      return await activate(engine, project, segmentId, vanished);
    } catch (error) {
      // If this fails, too, the next creation of a segment removes the leftovers.
      await removeStatic(engine, project, segmentId).catch(() => undefined);
      throw error;
    }
  } finally {
    building.delete(segmentId);
    segmentsChanged(engine, project);
  }
}

async function choose(
  engine: Engine,
  project: string,
  { sourceIds, query, asOf, origin }: StaticRequest,
  maxMembers: number,
): Promise<Chosen> {
  if ((sourceIds === undefined) === (query === undefined)) {
    throw new SegmentError(
      "INVALID_INPUT",
      "sourceIds",
      "Say who is in the segment by `sourceIds` or by `query`: one of the two.",
    );
  }
  if (query !== undefined) return chooseByQuery(engine, project, query, asOf, maxMembers);
  if (asOf !== undefined) {
    throw new SegmentError(
      "INVALID_INPUT",
      "asOf",
      "Customers chosen by `sourceIds` are in the segment whatever the moment: `asOf` goes with a query. Leave it out.",
    );
  }
  const members = [...new Set(sourceIds!.map((sourceId) => customerId(project, sourceId)))].sort();
  refuseTooMany(members.length, maxMembers, "sourceIds");
  refuseNone(members.length, "sourceIds", "Choose at least one customer.");
  const unknown: string[] = [];
  for (const batch of inChunks(members, membersBatch)) {
    const found = await engine.store.getMany("customers", batch);
    unknown.push(...batch.filter((_, index) => found[index] === undefined));
  }
  if (unknown.length > 0) {
    const named = unknown.slice(0, 5).map((id) => `"${id.slice(project.length + 1, project.length + 81)}"`);
    const rest = unknown.length > 5 ? ` and ${(unknown.length - 5).toLocaleString("en")} more` : "";
    throw new SegmentError(
      "UNKNOWN_CUSTOMER",
      "sourceIds",
      `There is no customer ${named.join(", ")}${rest}. Leave them out, or add them first.`,
    );
  }
  return { members, asOf: origin?.asOf ?? engine.clock(), foundBy: origin?.foundBy };
}

async function chooseByQuery(
  engine: Engine,
  project: string,
  query: string,
  asOf: number | undefined,
  maxMembers: number,
): Promise<Chosen> {
  const preview = await previewSegment(engine, project, { query, asOf });
  if (preview.answer === undefined) throw invalidQuery(preview.diagnostics);
  const sourceIds = await preview.answer.sourceIds(maxMembers + 1);
  if (sourceIds.length > maxMembers) refuseTooMany(await preview.answer.count(), maxMembers, "query");
  refuseNone(sourceIds.length, "query", "The query finds nobody at that moment. Ask for others.");
  const members = sourceIds.map((sourceId) => customerId(project, sourceId)).sort();
  return { members, asOf: preview.asOf, foundBy: preview.answer.canonical };
}

/** The field of the request that chose the members. */
function chosenBy(foundBy: string | undefined): string {
  return foundBy === undefined ? "sourceIds" : "query";
}

function refuseTooMany(count: number, most: number, field: string): void {
  if (count <= most) return;
  throw new SegmentError(
    "TOO_MANY_MEMBERS",
    field,
    `These are ${count.toLocaleString("en")} customers, and a static segment has ${most.toLocaleString("en")} at most. ` +
      "Make an auto-update segment of the query: that has no limit.",
  );
}

function refuseNone(count: number, field: string, message: string): void {
  if (count === 0) throw new SegmentError("NO_MEMBERS", field, message);
}

async function begin(
  engine: Engine,
  project: string,
  segmentId: string,
  name: string,
  { members, asOf, foundBy }: Chosen,
): Promise<void> {
  const now = new Date(engine.clock());
  const hash = membersHash(members);
  await engine.store.write(async (transaction) => {
    await takeName(transaction, project, name, segmentId);
    await takeMembers(transaction, project, hash, segmentId, chosenBy(foundBy));
    await transaction.put("segments", [
      {
        _id: segmentKey(project, segmentId),
        project,
        segment_id: segmentId,
        name,
        name_key: nameKey(name),
        kind: "static",
        state: "building",
        archived: false,
        created_at: now,
        updated_at: now,
        used_by: [],
        members: {
          size: members.length,
          hash,
          ...(foundBy === undefined ? {} : { found_by: foundBy }),
          as_of: new Date(asOf),
          builder: { process: thisProcess, seen_at: now },
        },
      },
    ]);
  });
}

/** Adds the segment's id to the customers. Returns those who were erased meanwhile. */
async function markMembers(
  engine: Engine,
  project: string,
  segmentId: string,
  members: readonly string[],
): Promise<readonly string[]> {
  const vanished: string[] = [];
  for (const batch of inChunks(members, membersBatch)) {
    const missing = await engine.store.write(async (transaction) => {
      const [segment] = await transaction.getMany("segments", [segmentKey(project, segmentId)]);
      const building = stillBuilding(segment);
      const builder = { process: thisProcess, seen_at: new Date(engine.clock()) };
      await transaction.put("segments", [{ ...building, members: { ...building.members, builder } }]);
      const customers = await transaction.getMany("customers", batch);
      await transaction.put(
        "customers",
        customers.flatMap((customer) =>
          customer === undefined || customer.segments?.includes(segmentId) === true
            ? []
            : [{ ...customer, segments: [...(customer.segments ?? []), segmentId] }],
        ),
      );
      return batch.filter((_, index) => customers[index] === undefined);
    });
    vanished.push(...missing);
  }
  return vanished;
}

function stillBuilding(segment: SegmentDocument | undefined): SegmentDocument & { members: StaticMembers } {
  if (segment?.state === "building" && segment.members?.builder?.process === thisProcess)
    return { ...segment, members: segment.members };
  throw new SegmentError(
    "BUSY",
    "name",
    "The making of this segment was taken for dead and cleared away. Make it again.",
  );
}

/** Makes the segment visible, in one step. */
async function activate(
  engine: Engine,
  project: string,
  segmentId: string,
  vanished: readonly string[],
): Promise<SegmentDocument> {
  return engine.store.write(async (transaction) => {
    const [found] = await transaction.getMany("segments", [segmentKey(project, segmentId)]);
    const segment = stillBuilding(found);
    const { builder: _done, ...members } = segment.members;
    const size = members.size - vanished.length;
    const hash = withoutMembers(members.hash, vanished);
    refuseNone(
      size,
      chosenBy(members.found_by),
      "All of these customers were erased meanwhile. Choose others.",
    );
    if (hash !== members.hash) {
      await takeMembers(transaction, project, hash, segmentId, chosenBy(members.found_by));
      await giveBack(transaction, [membersClaim(project, members.hash)], segmentId);
    }
    const active: SegmentDocument = { ...segment, state: "active", members: { ...members, size, hash } };
    await transaction.put("segments", [active]);
    return active;
  });
}
