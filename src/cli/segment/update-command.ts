// `segmentql segment update`: renames or archives a segment, changes its query, or reports what another query would change.

import type { ProjectDocument } from "../../documents/documents.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { customerColumns } from "../query/customer-columns.js";
import { customerLines, customersText, firstCustomers } from "../query/customer-list.js";
import type { CustomerListing } from "../query/listed-customer.js";
import { queryText } from "../query/query-input.js";
import type { GlobalOptions } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";
import { printChanged } from "./segment-command.js";
import type { SegmentSummary, Segments } from "./segments.js";
import { withSegments } from "./with-segments.js";

export interface UpdateSegmentOptions extends GlobalOptions {
  readonly name?: string;
  readonly archive?: boolean;
  readonly restore?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export async function updateSegmentCommand(
  name: string,
  argument: string | undefined,
  options: UpdateSegmentOptions,
): Promise<void> {
  const { archive, restore, dryRun } = options;
  const changesElse = options.name !== undefined || archive !== undefined || restore !== undefined;
  if (archive && restore)
    throw new CommandFailure(
      exitCodes.usage,
      "Put it aside (--archive) or restore it from the archive (--restore): one of the two.",
    );
  if (dryRun && (argument === undefined || changesElse))
    throw new CommandFailure(
      exitCodes.usage,
      "--dry-run reports what another query would change: give it the query, and nothing else.",
    );
  if (argument === undefined && !changesElse)
    throw new CommandFailure(
      exitCodes.usage,
      "Say what is to change: a query, --name, --archive or --restore.",
    );
  const query = argument === undefined ? undefined : await queryText(argument);
  await withSegments(options, dryRun !== true, async (segments) => {
    const segment = await segments.named(name);
    if (dryRun) return printImpact(segments, segment, query!, options);
    const archived = archive ? true : restore ? false : undefined;
    printChanged(await segments.update(segment.id, { name: options.name, query, archived }), options);
  });
}

/** How many customers are shown that would enter, and that would leave. */
const maxShown = 5;

async function printImpact(
  segments: Segments,
  segment: SegmentSummary,
  query: string,
  options: UpdateSegmentOptions,
): Promise<void> {
  const definition = await segments.definition();
  const { diagnostics, asOf, answer } = await segments.impact(segment.id, query);
  refuseWrongQuery(query, answer === undefined ? diagnostics : await segments.checkQuery(query, undefined));
  const { canonical, before, after, entering, leaving } = answer!;
  if (options.json) {
    const [enter, leave] = [await entering.sourceIds(), await leaving.sourceIds()];
    print(JSON.stringify({ asOf: asOf.toISOString(), query: canonical, before, after, enter, leave }));
    return;
  }
  print(
    printable(
      `${segment.name}: ${customersText(before)} now, ${after.toLocaleString("en")} by this query. Nothing is saved.`,
    ),
  );
  await printGroup("would enter", entering, definition);
  await printGroup("would leave", leaving, definition);
}

async function printGroup(what: string, group: CustomerListing, definition: ProjectDocument): Promise<void> {
  const count = await group.count();
  print(
    `\n${count === 0 ? "No customer" : customersText(count)} ${what}${count > maxShown ? `, these and ${(count - maxShown).toLocaleString("en")} more` : ""}${count === 0 ? "." : ":"}`,
  );
  if (count === 0) return;
  const columns = customerColumns(definition, undefined, false);
  for (const line of customerLines(await firstCustomers(group, maxShown), columns)) print(line);
}
