// `segmentql segment …`: creates, lists, shows and deletes saved segments.
import { readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import type { MembersSource } from "../../membership/reads/members.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { customersText, type ListOptions, printCustomers } from "../query/customer-list.js";
import { asOfOption } from "../query/query-command.js";
import { queryText } from "../query/query-input.js";
import type { GlobalOptions } from "../session.js";
import { print, printDiagnostics, refuseWrongQuery } from "../terminal/output.js";
import { currentStreams } from "../terminal/streams.js";
import { type Column, tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";
import type { SegmentSummary, ShownMembership, ShownSegment } from "./segments.js";
import { withSegments } from "./with-segments.js";

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
  await withSegments(options, true, async (segments) => {
    const asOf = asOfOption(options.asOf, await segments.definition());
    if (query !== undefined) refuseWrongQuery(query, await segments.checkQuery(query, asOf));
    const isStatic = options.static === true;
    printChanged(await segments.create({ name, isStatic, query, sourceIds, asOf }), options);
  });
}

/** Prints a segment that was created or changed. */
export function printChanged(segment: ShownSegment, { json }: { readonly json?: boolean }): void {
  if (json) {
    print(JSON.stringify(segment, null, 2));
    return;
  }
  const aside = segment.archived ? ", put aside" : "";
  print(printable(`${kindName(segment)} segment "${segment.name}"${aside}: ${sizeText(segment.count)}.`));
}

function sizeText(count: number | null): string {
  return count === null ? "its query has mistakes" : customersText(count);
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
  const rows = await withSegments(options, false, (segments) => segments.list(options.archived === true));
  if (options.json) {
    print(JSON.stringify(rows, null, 2));
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
    rows.map((row) => [
      row.name,
      kindName(row),
      row.count?.toLocaleString("en") ?? "—",
      row.status,
      row.query?.replace(/\s+/g, " ") ?? "",
    ]),
  );
  for (const line of lines) print(line);
  const behindAt = rows.find((row) => row.behindAt !== undefined)?.behindAt;
  if (behindAt !== undefined)
    print(
      `\nTime is followed up to ${behindAt}: a server or maintainer catches up with the rest, and members are computed by the queries until then.`,
    );
}

export interface SegmentOptions extends GlobalOptions {
  readonly json?: boolean;
}

export async function showSegmentCommand(name: string, options: SegmentOptions): Promise<void> {
  await withSegments(options, false, async (segments) => {
    const shown = await segments.show((await segments.named(name)).id);
    if (options.json) {
      print(JSON.stringify(shown, null, 2));
      return;
    }
    print(printable(`${shown.name}${shown.archived ? " (archived)" : ""}`));
    const lines: readonly (readonly [string, string | undefined])[] = [
      ["id", shown.id],
      ["kind", kindName(shown)],
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
  await withSegments(options, false, async (segments) => {
    const project = await segments.definition();
    const segment = await segments.named(name);
    const request = { asOf: asOfOption(options.asOf, project), fresh: options.fresh === true };
    const { answer, source, asOf } = await segments.members(segment.id, request);
    await printCustomers(
      {
        answer,
        headline: (count) => printable(`${segment.name}: ${customersText(count)}${sourceWords[source]}`),
        about: () => ({ asOf: asOf.toISOString(), source }),
      },
      project,
      options,
    );
  });
}

export async function deleteSegmentCommand(name: string, options: GlobalOptions): Promise<void> {
  await withSegments(options, true, async (segments) => {
    const segment = await segments.named(name);
    await segments.remove(segment.id);
    print(printable(`Segment "${segment.name}" is deleted. Its customers are not touched.`));
  });
}

function keptWords({ status, total, populated, liveSince, problem }: ShownMembership): string {
  if (problem !== undefined) return problem;
  if (status === "removing") return "being removed";
  if (status === "live") return `live since ${liveSince}`;
  if (total === undefined || populated === undefined) return "being populated: its customers are being found";
  return `being populated: ${populated.toLocaleString("en")} of ${customersText(total)} looked at`;
}

function kindName({ kind }: Pick<SegmentSummary, "kind">): string {
  return kind === "static" ? "static" : "auto-update";
}
