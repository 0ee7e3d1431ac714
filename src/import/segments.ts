// Imports the segments of an interchange folder, after all its records. A segment is identified by its name.
import type { z } from "zod";
import { SegmentError } from "../segments/segment-error.js";
import type { InputFile } from "./files/input-file.js";
import { recordsByLine, recordsOfList } from "./files/json-records.js";
import type { Ledger } from "./records.js";
import { type SegmentLine, type StaticSegmentLine, segmentLine } from "./segment-line.js";
import type { ImportTarget } from "./target.js";

/** A static segment whose last line has not been read. */
interface Unfinished {
  readonly line: number;
  readonly record: StaticSegmentLine;
  readonly members: string[];
}

/** Writes the segments of one file; those that can't be saved are rejected with the reason. */
export async function writeSegments(
  target: ImportTarget,
  file: InputFile,
  { tally, rejects, options }: Pick<Ledger, "tally" | "rejects" | "options">,
): Promise<void> {
  const most = target.maxStaticMembers;
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
  const write = async (line: number, record: SegmentLine): Promise<void> => {
    try {
      const { status, warnings } = await target.writeSegment(record);
      tally.count("segments", status);
      tally.warnings.push(...warnings);
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
    const read = segmentLine.safeParse(record.value);
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
    // Members past the limit are not kept: the segment is rejected below.
    if (unfinished.members.length <= most) unfinished.members.push(...data.members);
    if (data.continues === true) continue;
    const { line, record: first, members } = unfinished;
    unfinished = undefined;
    await write(line, { ...first, members });
  }
  rejectUnfinished();
}

/** A segment as the rejects file shows it: without its members, of which there may be many. */
function named({ kind, name }: SegmentLine): object {
  return { kind, name };
}

function problemOf({ issues }: z.ZodError): string {
  const [issue] = issues;
  const where = issue === undefined || issue.path.length === 0 ? "" : `\`${issue.path.join(".")}\`: `;
  return `it is no segment: ${where}${issue?.message ?? ""}`;
}
