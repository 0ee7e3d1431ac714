// The store as the target of an import.

import { defineProject, hasAny } from "../definitions/define.js";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";
import { mergeCustomers, upsertCustomers } from "../ingest/customers.js";
import { upsertRecords } from "../ingest/records.js";
import { findDefinedProject, findProject } from "../projects/projects.js";
import { previewSegment } from "../query/preview.js";
import { createAutoUpdate } from "../segments/auto-update.js";
import { updateSegment } from "../segments/change.js";
import { membersHash } from "../segments/members-hash.js";
import { everySegment, queryOf, segmentNamed } from "../segments/read.js";
import { queryToSave } from "../segments/saved-query.js";
import { otherKind, otherMembers, SegmentError } from "../segments/segment-error.js";
import { createStatic, defaultMaxMembers } from "../segments/static.js";
import { inChunks } from "../store/batches.js";
import type { AutoUpdateSegmentLine, StaticSegmentLine } from "./segment-line.js";
import type { ImportWarning } from "./summary.js";
import type { ImportTarget, SegmentWritten } from "./target.js";

type Status = SegmentWritten["status"];

/** A project of an engine's store. */
export function engineTarget(engine: Engine, project: string): ImportTarget {
  return {
    project,
    now: engine.clock,
    concurrentWrites: engine.store.capabilities.concurrentWrites,
    maxStaticMembers: engine.maxStaticMembers ?? defaultMaxMembers,
    definition: () => findDefinedProject(engine, project),
    async define(definition) {
      await defineProject(engine, project, definition);
    },
    hasAny: (collection) => hasAny(engine, project, collection),
    existing: async (sourceIds) => new Set(await present(engine, project, sourceIds)),
    upsertCustomers: (profiles) => upsertCustomers(engine, project, profiles),
    mergeCustomers: (patches, options) => mergeCustomers(engine, project, patches, options),
    upsertRecords: (collection, records, options) =>
      upsertRecords(engine, project, collection, records, options),
    async writeSegment(line) {
      if (line.kind === "static") return { status: await writeStatic(engine, project, line), warnings: [] };
      const status = await writeAutoUpdate(engine, project, line);
      return { status, warnings: await warningsOf(engine, project, line) };
    },
  };
}

/** The warnings about the query of an imported segment, as every interface reports them. */
async function warningsOf(
  engine: Engine,
  project: string,
  { name, query }: AutoUpdateSegmentLine,
): Promise<readonly ImportWarning[]> {
  const preview = await previewSegment(engine, project, { query });
  return (await preview.withValues()).map(({ message }) => ({
    code: "SEGMENT_QUERY",
    message: `The query of segment "${name}": ${message}`,
  }));
}

async function writeAutoUpdate(
  engine: Engine,
  project: string,
  { name, query, archived = false }: AutoUpdateSegmentLine,
): Promise<Status> {
  const known = await segmentNamed(engine, project, name);
  if (known === undefined) {
    const made = await createAutoUpdate(engine, project, { name, query });
    if (archived) await updateSegment(engine, project, made.segment_id, { archived });
    return "written";
  }
  if (known.query === undefined) throw otherKind(known);
  const names = await everySegment(engine, project);
  const definition = await findProject(engine, project);
  const { canonical } = queryToSave(query, definition, names, engine.clock(), known.segment_id);
  const isSame = (await queryOf(engine, known, names))?.text === canonical;
  return sync(engine, known, { name, archived, ...(isSame ? {} : { query }) });
}

async function writeStatic(
  engine: Engine,
  project: string,
  { name, members, archived = false, as_of, found_by }: StaticSegmentLine,
): Promise<Status> {
  const sourceIds = await present(engine, project, members);
  const known = await segmentNamed(engine, project, name);
  if (known === undefined) {
    if (sourceIds.length === 0) {
      throw new SegmentError("NO_MEMBERS", "members", "None of its customers are there. Import them first.");
    }
    const origin = { foundBy: found_by, asOf: as_of === undefined ? undefined : Date.parse(as_of) };
    const made = await createStatic(engine, project, { name, sourceIds, origin });
    if (archived) await updateSegment(engine, project, made.segment_id, { archived });
    return "written";
  }
  if (known.members === undefined) throw otherKind(known);
  const ids = new Set(sourceIds.map((sourceId) => customerId(project, sourceId)));
  if (membersHash(ids) !== known.members.hash) throw otherMembers(known.name);
  return sync(engine, known, { name, archived });
}

/** Updates a segment to what its record says, if anything differs. */
async function sync(
  engine: Engine,
  known: SegmentDocument,
  wanted: { readonly name: string; readonly archived: boolean; readonly query?: string },
): Promise<Status> {
  const { project, segment_id } = known;
  const isSame =
    wanted.query === undefined && wanted.name.trim() === known.name && wanted.archived === known.archived;
  if (isSame) return "unchanged";
  await updateSegment(engine, project, segment_id, wanted);
  return "written";
}

const batchSize = 1_000;

/** The members that exist: erased customers are left out. */
async function present(
  { store }: Engine,
  project: string,
  members: readonly string[],
): Promise<readonly string[]> {
  const distinct = [...new Set(members)];
  const found: string[] = [];
  for (const batch of inChunks(distinct, batchSize)) {
    const customers = await store.getMany(
      "customers",
      batch.map((sourceId) => customerId(project, sourceId)),
    );
    found.push(...batch.filter((_, index) => customers[index] !== undefined));
  }
  return found;
}
