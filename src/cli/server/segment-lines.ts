// Writes segments of an interchange folder over a server. A segment is identified by its name.

import { keyOf } from "../../graphql/server/global-id.js";
import type { AutoUpdateSegmentLine, SegmentLine, StaticSegmentLine } from "../../import/segment-line.js";
import type { ImportTarget, SegmentWritten } from "../../import/target.js";
import {
  invalidQuery,
  otherKind,
  otherMembers,
  SegmentError,
  type SegmentErrorCode,
} from "../../segments/segment-error.js";
import type { SegmentSummary, Segments, SegmentUpdate } from "../segment/segments.js";
import { type ServerClient, ServerRefusal } from "./client.js";
import { checkOnServer } from "./queries.js";
import { serverSegments } from "./segments.js";

/** Creates a segment, or updates the one with its name. @throws SegmentError if it can't be saved. */
export async function writeSegmentOver(
  client: ServerClient,
  line: SegmentLine,
  existing: ImportTarget["existing"],
): Promise<SegmentWritten> {
  const segments = serverSegments(client);
  try {
    const known = await segmentNamed(client, segments, line.name);
    return line.kind === "static"
      ? { status: await writeStatic(segments, known, line, existing), warnings: [] }
      : await writeAutoUpdate(client, segments, known, line);
  } catch (error) {
    if (error instanceof ServerRefusal && error.code !== undefined)
      throw new SegmentError(error.code as SegmentErrorCode, "name", error.message);
    throw error;
  }
}

async function segmentNamed(
  { ask }: ServerClient,
  segments: Segments,
  name: string,
): Promise<SegmentSummary | undefined> {
  const { segment } = await ask<{ segment: { readonly id: string } | null }>(
    "query ($name: String!) { segment(by: { name: $name }) { id } }",
    { name },
  );
  return segment === null ? undefined : segments.show(keyOf("Segment", segment.id));
}

async function writeAutoUpdate(
  client: ServerClient,
  segments: Segments,
  known: SegmentSummary | undefined,
  { name, query, archived = false }: AutoUpdateSegmentLine,
): Promise<SegmentWritten> {
  const { canonical, diagnostics } = await checkOnServer(client, query, { values: true });
  if (canonical === undefined) throw invalidQuery(diagnostics);
  const warnings = diagnostics.map(({ message }) => ({
    code: "SEGMENT_QUERY" as const,
    message: `The query of segment "${name}": ${message}`,
  }));
  if (known === undefined) {
    const made = await segments.create({
      name,
      isStatic: false,
      query,
      sourceIds: undefined,
      asOf: undefined,
    });
    if (archived) await segments.update(made.id, { archived });
    return { status: "written", warnings };
  }
  if (known.kind === "static") throw otherKind(known);
  const isSame = known.query === canonical;
  return { status: await sync(segments, known, { name, archived, ...(isSame ? {} : { query }) }), warnings };
}

async function writeStatic(
  segments: Segments,
  known: SegmentSummary | undefined,
  { name, members, archived = false }: StaticSegmentLine,
  existing: ImportTarget["existing"],
): Promise<SegmentWritten["status"]> {
  const present = await existing(members);
  if (known === undefined) {
    if (present.size === 0)
      throw new SegmentError("NO_MEMBERS", "members", "None of its customers are there. Import them first.");
    const made = await segments.create({
      name,
      isStatic: true,
      query: undefined,
      sourceIds: [...present],
      asOf: undefined,
    });
    if (archived) await segments.update(made.id, { archived });
    return "written";
  }
  if (known.kind !== "static") throw otherKind(known);
  const { answer } = await segments.members(known.id, { asOf: undefined, fresh: false });
  const stored = await answer.sourceIds();
  if (stored.length !== present.size || stored.some((sourceId) => !present.has(sourceId)))
    throw otherMembers(known.name);
  return sync(segments, known, { name, archived });
}

/** Updates a segment to what its line says, if anything differs. */
async function sync(
  segments: Segments,
  known: SegmentSummary,
  wanted: SegmentUpdate & { readonly name: string; readonly archived: boolean },
): Promise<SegmentWritten["status"]> {
  const isSame =
    wanted.query === undefined && wanted.name.trim() === known.name && wanted.archived === known.archived;
  if (isSame) return "unchanged";
  await segments.update(known.id, wanted);
  return "written";
}
