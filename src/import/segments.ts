// Imports the segments of an interchange folder, when all its records are in. A segment is known by its name.
import { z } from "zod";
import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { customerId } from "../facts/identity.js";
import type { WriteResult } from "../ingest/write-result.js";
import { findProject } from "../projects/projects.js";
import { previewSegment } from "../query/preview.js";
import { createAutoUpdate } from "../segments/auto-update.js";
import { updateSegment } from "../segments/change.js";
import { membersHash } from "../segments/members-hash.js";
import { everySegment, queryOf, segmentNamed } from "../segments/read.js";
import { queryToSave } from "../segments/saved-query.js";
import { SegmentError } from "../segments/segment-error.js";
import { createStatic, defaultMaxMembers } from "../segments/static.js";
import { inChunks } from "../store/batches.js";
import type { InputFile } from "./files/input-file.js";
import { recordsByLine, recordsOfList } from "./files/json-records.js";
import type { Ledger } from "./records.js";
import type { ImportWarning } from "./summary.js";

const lineShape = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("auto_update"),
    name: z.string(),
    query: z.string(),
    archived: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal("static"),
    name: z.string(),
    members: z.array(z.string()),
    /** More of the members are on the next line, of the same name. */
    continues: z.boolean().optional(),
    as_of: z.iso.datetime({ offset: true }).optional(),
    found_by: z.string().optional(),
    archived: z.boolean().optional(),
  }),
]);

type Line = z.infer<typeof lineShape>;
type StaticLine = Extract<Line, { kind: "static" }>;
type Status = Exclude<WriteResult["status"], "rejected">;

/** A static segment whose lines have yet to come to their end. */
interface Unfinished {
  readonly line: number;
  readonly record: StaticLine;
  readonly members: string[];
}

/** Writes the segments of one file; those that can't be made are rejected with the reason. */
export async function writeSegments(
  engine: Engine,
  project: string,
  file: InputFile,
  { tally, rejects, options }: Pick<Ledger, "tally" | "rejects" | "options">,
): Promise<void> {
  const most = engine.maxStaticMembers ?? defaultMaxMembers;
  const isList = /\.json(\.gz)?$/i.test(file.path);
  const records = isList ? recordsOfList(file.chunks(), file.path) : recordsByLine(file.chunks());
  let done = 0;
  let unfinished: Unfinished | undefined;
  const reject = (line: number, reason: string, record: unknown): void => {
    tally.count("segments", "rejected");
    rejects.add({ file: file.path, line, reason, record });
  };
  const rejectUnfinished = (): void => {
    if (unfinished === undefined) return;
    const { line, record } = unfinished;
    reject(line, "its last line says that more members follow, and none do", named(record));
    unfinished = undefined;
  };
  const write = async (line: number, record: Line): Promise<void> => {
    try {
      const status =
        record.kind === "static"
          ? await writeStatic(engine, project, record)
          : await writeAutoUpdate(engine, project, record);
      tally.count("segments", status);
      if (record.kind === "auto_update") tally.warnings.push(...(await warningsOf(engine, project, record)));
    } catch (error) {
      if (!(error instanceof SegmentError)) throw error;
      const [mistake] = error.diagnostics;
      reject(line, mistake === undefined ? error.message : `its query: ${mistake.message}`, named(record));
    }
    done += 1;
    const totalBytes = file.size;
    options.onProgress?.({ phase: "segments", done, bytes: file.bytesRead(), totalBytes });
  };
  for await (const record of records) {
    options.signal?.throwIfAborted();
    if ("problem" in record) {
      reject(record.line, record.problem, record.text);
      continue;
    }
    const read = lineShape.safeParse(record.value);
    if (!read.success) {
      rejectUnfinished();
      reject(record.line, problemOf(read.error), record.value);
      continue;
    }
    const { data } = read;
    if (unfinished !== undefined && unfinished.record.name !== data.name) rejectUnfinished();
    if (data.kind === "auto_update") {
      await write(record.line, data);
      continue;
    }
    unfinished ??= { line: record.line, record: data, members: [] };
    // More than the most are refused below, whatever their number: they need not be held.
    if (unfinished.members.length <= most) unfinished.members.push(...data.members);
    if (data.continues === true) continue;
    const { line, record: first, members } = unfinished;
    unfinished = undefined;
    await write(line, { ...first, members });
  }
  rejectUnfinished();
}

/** What every door warns of a query, of an imported segment's. */
async function warningsOf(
  engine: Engine,
  project: string,
  { name, query }: Extract<Line, { kind: "auto_update" }>,
): Promise<readonly ImportWarning[]> {
  const preview = await previewSegment(engine, project, { query });
  return (await preview.withValues()).map(({ message }) => ({
    code: "SEGMENT_QUERY",
    message: `The query of segment "${name}": ${message}`,
  }));
}

/** A record as the rejects file shows it: without its members, of which there may be many. */
function named({ kind, name }: Line): object {
  return { kind, name };
}

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `\`${issue.path.join(".")}\`: `;
  return `it is no segment: ${where}${issue?.message ?? ""}`;
}

async function writeAutoUpdate(
  engine: Engine,
  project: string,
  { name, query, archived = false }: Extract<Line, { kind: "auto_update" }>,
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
  { name, members, archived = false, as_of, found_by }: StaticLine,
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
  if (membersHash(ids) !== known.members.hash) {
    throw new SegmentError(
      "STATIC",
      "members",
      `There is a static segment "${known.name}" with other members, and static segments never change. Rename one of the two.`,
    );
  }
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

function otherKind({ name, kind }: SegmentDocument): SegmentError {
  const found = kind === "static" ? "a static" : "an auto-update";
  return new SegmentError("NAME_TAKEN", "name", `"${name}" is ${found} segment here. Rename one of the two.`);
}

const batchSize = 1_000;

/** The members who are there: who was erased stays out. */
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
