// Segments in the interchange folder: one line for each; a static segment with many members has several lines.

import type { SegmentDocument } from "../documents/documents.js";
import type { Engine } from "../engine.js";
import { readSegments } from "../query/catalog.js";
import { holdersQuestion } from "../query/holders.js";
import { everySegment, queryOf } from "../segments/read.js";
import type { FolderWriter } from "./folder-writer.js";

/** How many members are on one line: even with the longest ids, the line is within the limit of a record. */
const membersOfLine = 500;

/**
 * Writes the project's segments; a segment comes after those that its query names.
 * @returns the number of segments; if there are none, no file is written.
 */
export async function exportSegments(
  engine: Engine,
  project: string,
  writer: FolderWriter,
  signal: AbortSignal | undefined,
): Promise<number> {
  const segments = (await readSegments(engine, project)).filter(({ state }) => state === "active");
  if (segments.length === 0) return 0;
  const names = await everySegment(engine, project);
  const file = writer.records("segments");
  for (const segment of inOrderOfUse(segments)) {
    signal?.throwIfAborted();
    const { name, archived } = segment;
    const common = { name, ...(archived ? { archived } : {}) };
    if (segment.members === undefined) {
      const query = (await queryOf(engine, segment, names))?.text;
      await file.write([{ ...common, kind: "auto_update", query }]);
      continue;
    }
    const { found_by, as_of } = segment.members;
    const described = {
      ...common,
      kind: "static",
      as_of: as_of.toISOString(),
      ...(found_by === undefined ? {} : { found_by }),
    };
    for await (const { members, more } of membersOf(engine, segment, signal))
      await file.write([{ ...described, members, ...(more ? { continues: true } : {}) }]);
  }
  return segments.length;
}

/** Orders segments after those that their queries name: a query can be saved only when these exist. */
function inOrderOfUse(segments: readonly SegmentDocument[]): readonly SegmentDocument[] {
  const byId = new Map(segments.map((segment) => [segment.segment_id, segment]));
  const ordered = new Set<SegmentDocument>();
  const add = (segment: SegmentDocument): void => {
    if (ordered.has(segment)) return;
    for (const id of segment.query?.uses ?? []) {
      const used = byId.get(id);
      if (used !== undefined) add(used);
    }
    ordered.add(segment);
  };
  for (const segment of segments) add(segment);
  return [...ordered];
}

/** The source ids of a static segment's members, in chunks of one line; at least one chunk. */
async function* membersOf(
  { store }: Engine,
  { project, segment_id }: SegmentDocument,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ readonly members: readonly string[]; readonly more: boolean }> {
  const question = holdersQuestion(project, segment_id);
  let members: readonly string[] | undefined;
  for await (const page of store.customers.sourceIds(question, { signal, size: membersOfLine })) {
    if (members !== undefined) yield { members, more: true };
    members = page;
  }
  yield { members: members ?? [], more: false };
}
