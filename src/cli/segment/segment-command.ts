// `segmentql segment …`: makes, lists, shows and takes away saved segments.
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { SegmentNames } from "../../catalog/segments.js";
import type { SegmentDocument } from "../../documents/documents.js";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import type { Engine } from "../../engine.js";
import { liveStateOf } from "../../membership/reads/history.js";
import { behindAt, type MembersSource, segmentMembers } from "../../membership/reads/members.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { createAutoUpdate } from "../../segments/auto-update.js";
import { deleteSegment } from "../../segments/change.js";
import {
  everySegment,
  listSegments,
  maxListSize,
  queryOf,
  segmentNamed,
  segmentsOf,
} from "../../segments/read.js";
import { SegmentError } from "../../segments/segment-error.js";
import { createStatic } from "../../segments/static.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { customersText, type ListOptions, printCustomers } from "../query/customer-list.js";
import { asOfOption } from "../query/query-command.js";
import { queryText } from "../query/query-input.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, printDiagnostics, refuseWrongQuery } from "../terminal/output.js";
import { currentStreams } from "../terminal/streams.js";
import { type Column, tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";

export interface CreateSegmentOptions extends GlobalOptions {
  readonly static?: boolean;
  readonly members?: string;
  readonly membersFile?: string;
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function createSegmentCommand(
  name: string,
  argument: string | undefined,
  options: CreateSegmentOptions,
): Promise<void> {
  const sourceIds = await chosenCustomers(argument, options);
  const query = sourceIds === undefined ? await queryText(argument) : undefined;
  if (options.asOf !== undefined && (options.static !== true || query === undefined)) {
    throw new CommandFailure(
      exitCodes.usage,
      "--as-of goes with --static and a query: an auto-update segment is of every moment.",
    );
  }
  await withEngine(options, true, async (engine) => {
    const project = await findProject(engine, options.project);
    const asOf = asOfOption(options.asOf, project);
    if (query !== undefined) {
      const preview = await previewSegment(engine, options.project, { query, asOf });
      refuseWrongQuery(query, await preview.withValues());
    }
    const made = await refusing(query ?? "", () =>
      query !== undefined && options.static !== true
        ? createAutoUpdate(engine, options.project, { name, query })
        : createStatic(engine, options.project, { name, query, sourceIds, asOf }),
    );
    if (options.json) {
      print(JSON.stringify(await described(engine, made), null, 2));
      return;
    }
    const count = await countOf(engine, made);
    print(printable(`${kindName(made)} segment "${made.name}": ${customersText(count)}.`));
  });
}

async function chosenCustomers(
  query: string | undefined,
  { members, membersFile }: CreateSegmentOptions,
): Promise<readonly string[] | undefined> {
  if (members === undefined && membersFile === undefined) return undefined;
  if (query !== undefined || (members !== undefined && membersFile !== undefined)) {
    throw new CommandFailure(
      exitCodes.usage,
      "Say who is in the segment by a query, by --members or by --members-file: one of the three.",
    );
  }
  const written =
    members?.split(",") ??
    (membersFile === "-" ? await text(currentStreams().stdin) : readFileSync(membersFile!, "utf8")).split(
      /\r?\n/,
    );
  return written.map((id) => id.trim()).filter((id) => id !== "");
}

/** Runs a change; the mistakes of its query are shown in its text. */
export async function refusing<Value>(source: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SegmentError) || error.code !== "INVALID_QUERY") throw error;
    printDiagnostics(source, error.diagnostics);
    throw new CommandFailure(exitCodes.wrongQuery, "", { cause: error });
  }
}

export interface ListSegmentsOptions extends GlobalOptions {
  readonly archived?: boolean;
  readonly json?: boolean;
}

const columns: readonly Column[] = [
  { title: "NAME", align: "left", widest: 40 },
  { title: "KIND", align: "left", widest: 12 },
  { title: "CUSTOMERS", align: "right", widest: 14 },
  { title: "STATUS", align: "left", widest: 12 },
  { title: "QUERY", align: "left", widest: 80 },
];

export async function listSegmentsCommand(options: ListSegmentsOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    await findProject(engine, options.project);
    const segments = await allSegments(engine, options);
    const names = await everySegment(engine, options.project);
    const rows = [];
    for (const segment of segments) rows.push(await listed(engine, segment, names));
    const behind = rows.some(({ status }) => status === "live")
      ? await behindAt(engine, options.project)
      : undefined;
    if (options.json) {
      print(
        JSON.stringify(
          rows.map(({ segment, query, count, status }) => ({
            ...summary(segment, query),
            count,
            status,
            ...(behind !== undefined && status === "live"
              ? { behindAt: new Date(behind).toISOString() }
              : {}),
          })),
          null,
          2,
        ),
      );
      return;
    }
    if (rows.length === 0) {
      print(
        options.archived
          ? "No segment is archived."
          : 'There is no segment yet. Save one with segmentql segment create NAME "QUERY".',
      );
      return;
    }
    const lines = tableLines(
      columns,
      rows.map(({ segment, query, count, status }) => [
        segment.name,
        kindName(segment),
        count?.toLocaleString("en") ?? "—",
        status,
        query?.replace(/\s+/g, " ") ?? "",
      ]),
    );
    for (const line of lines) print(line);
    if (behind !== undefined)
      print(
        `\nTime is followed up to ${new Date(behind).toISOString()}: a server or maintainer catches up with the rest, and members are computed by the queries until then.`,
      );
  });
}

/** A segment as the list has it; `count` is null where its query has mistakes. */
async function listed(engine: Engine, segment: SegmentDocument, names: SegmentNames) {
  const query = await queryOf(engine, segment, names);
  const live = await liveStateOf(engine, segment.project, segment.segment_id);
  const isRight = isAnswerable(query?.diagnostics);
  return {
    segment,
    query: query?.text,
    count: isRight ? await countOf(engine, segment) : null,
    status: segment.kind === "static" ? "static" : isRight ? (live?.status ?? "on demand") : "mistaken",
  };
}

function isAnswerable(diagnostics: readonly Diagnostic[] = []): boolean {
  return !diagnostics.some(({ severity }) => severity === "ERROR");
}

async function allSegments(engine: Engine, { project, archived }: ListSegmentsOptions) {
  const segments: SegmentDocument[] = [];
  for (;;) {
    const after = segments.at(-1)?.name;
    const page = await listSegments(engine, project, { first: maxListSize, after, archived });
    segments.push(...page.nodes);
    if (!page.hasMore) return segments;
  }
}

export interface SegmentOptions extends GlobalOptions {
  readonly json?: boolean;
}

export async function showSegmentCommand(name: string, options: SegmentOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    const segment = await segmentCalled(engine, options.project, name);
    const shown = await described(engine, segment);
    if (options.json) {
      print(JSON.stringify(shown, null, 2));
      return;
    }
    print(printable(`${segment.name}${segment.archived ? " (archived)" : ""}`));
    const lines: readonly (readonly [string, string | undefined])[] = [
      ["id", shown.id],
      ["kind", kindName(segment)],
      ["customers", shown.count?.toLocaleString("en") ?? "unknown: its query has mistakes"],
      ["query", shown.query],
      ["found by", shown.foundBy],
      ["kept", shown.membership === null ? undefined : keptWords(shown.membership)],
      ["made", shown.createdAt],
      ["changed", shown.updatedAt],
      ["names", shown.uses.join(", ") || undefined],
      ["used in", shown.usedIn.join(", ") || undefined],
    ];
    for (const [label, value] of lines) {
      if (value !== undefined)
        print(
          `  ${label.padEnd(10)} ${value
            .split("\n")
            .map(printable)
            .join(`\n${" ".repeat(13)}`)}`,
        );
    }
    if (shown.query !== undefined) printDiagnostics(shown.query, shown.diagnostics);
  });
}

export interface SegmentMembersOptions extends GlobalOptions, ListOptions {
  readonly fresh?: boolean;
}

const sourceWords = {
  stored: "",
  history: ", from the history kept of that moment",
  computed: ", by its query",
} as const satisfies Readonly<Record<MembersSource, string>>;

export async function segmentMembersCommand(name: string, options: SegmentMembersOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const segment = await segmentCalled(engine, options.project, name);
    const request = { asOf: asOfOption(options.asOf, project), fresh: options.fresh };
    const answer = await segmentMembers(engine, options.project, segment.segment_id, request);
    const { source } = answer;
    await printCustomers(
      {
        answer,
        headline: (count) => printable(`${segment.name}: ${customersText(count)}${sourceWords[source]}`),
        about: () => ({ asOf: new Date(answer.asOf).toISOString(), source }),
      },
      project,
      options,
    );
  });
}

export async function deleteSegmentCommand(name: string, options: GlobalOptions): Promise<void> {
  await withEngine(options, true, async (engine) => {
    const segment = await segmentCalled(engine, options.project, name);
    await deleteSegment(engine, options.project, segment.segment_id);
    print(printable(`Segment "${segment.name}" is deleted. Its customers are not touched.`));
  });
}

/** The segment of a name or, where none has it, of an id. @throws SegmentError `NOT_FOUND`. */
export async function segmentCalled(engine: Engine, project: string, name: string): Promise<SegmentDocument> {
  await findProject(engine, project);
  const found = (await segmentNamed(engine, project, name)) ?? (await segmentsOf(engine, project, [name]))[0];
  if (found !== undefined) return found;
  throw new SegmentError(
    "NOT_FOUND",
    "id",
    `There is no segment "${printable(name.slice(0, 80))}". segmentql segment list names those there are.`,
  );
}

export async function countOf(engine: Engine, { project, segment_id }: SegmentDocument): Promise<number> {
  return (await segmentMembers(engine, project, segment_id)).count();
}

export async function described(engine: Engine, segment: SegmentDocument) {
  const { project } = segment;
  const query = await queryOf(engine, segment, await everySegment(engine, project));
  const names = async (ids: readonly string[]) =>
    (await segmentsOf(engine, project, ids)).map((other) => other.name);
  const live = await liveStateOf(engine, project, segment.segment_id);
  return {
    ...summary(segment, query?.text),
    count: isAnswerable(query?.diagnostics) ? await countOf(engine, segment) : null,
    membership: live === undefined ? null : membershipOf(live),
    diagnostics: query?.diagnostics ?? [],
    uses: await names(segment.query?.uses ?? []),
    usedIn: await names(segment.used_by),
  };
}

/** How far the stored membership of an auto-update segment is. */
function membershipOf({ status, total, populated, computed_at, live_since, problem }: LiveSegmentDocument) {
  return {
    status,
    total,
    populated,
    computedAt: computed_at?.toISOString(),
    liveSince: live_since?.toISOString(),
    problem,
  };
}

function keptWords({
  status,
  total,
  populated,
  liveSince,
  problem,
}: ReturnType<typeof membershipOf>): string {
  if (problem !== undefined) return problem;
  if (status === "removing") return "being removed";
  if (status === "live") return `live since ${liveSince}`;
  if (total === undefined || populated === undefined) return "being populated: its customers are being found";
  return `being populated: ${populated.toLocaleString("en")} of ${customersText(total)} looked at`;
}

function summary(segment: SegmentDocument, query: string | undefined) {
  return {
    id: segment.segment_id,
    name: segment.name,
    kind: segment.kind,
    archived: segment.archived,
    query,
    foundBy: segment.members?.found_by,
    createdAt: segment.created_at.toISOString(),
    updatedAt: segment.updated_at.toISOString(),
  };
}

export function kindName({ kind }: SegmentDocument): string {
  return kind === "static" ? "static" : "auto-update";
}
