// `segmentql segment update`: renames a segment, gives it another query, puts it aside; or reports what another query would change.

import type { ProjectDocument, SegmentDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import { findProject } from "../../projects/projects.js";
import type { PreviewAnswer } from "../../query/preview.js";
import { updateSegment } from "../../segments/change.js";
import { segmentImpact } from "../../segments/impact.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { customerColumns } from "../query/customer-columns.js";
import { customerLines, customersText, firstCustomers } from "../query/customer-list.js";
import { queryText } from "../query/query-input.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { printable } from "../terminal/terminal-text.js";
import { countOf, described, kindName, refusing, segmentCalled } from "./segment-command.js";

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
  const { archive, restore, dryRun, project } = options;
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
  await withEngine(options, dryRun !== true, async (engine) => {
    const definition = await findProject(engine, project);
    const segment = await segmentCalled(engine, project, name);
    if (dryRun) return tellImpact(engine, definition, segment, query!, options);
    const changed = await refusing(query ?? "", () =>
      updateSegment(engine, project, segment.segment_id, {
        name: options.name,
        query,
        archived: archive ? true : restore ? false : undefined,
      }),
    );
    if (options.json) print(JSON.stringify(await described(engine, changed), null, 2));
    else {
      const aside = changed.archived ? ", put aside" : "";
      print(
        printable(
          `${kindName(changed)} segment "${changed.name}"${aside}: ${customersText(await countOf(engine, changed))}.`,
        ),
      );
    }
  });
}

/** How many are shown of those who would enter, and of those who would leave. */
const maxShown = 5;

async function tellImpact(
  engine: Engine,
  definition: ProjectDocument,
  segment: SegmentDocument,
  query: string,
  options: UpdateSegmentOptions,
): Promise<void> {
  const { diagnostics, asOf, answer } = await segmentImpact(
    engine,
    options.project,
    segment.segment_id,
    query,
  );
  refuseWrongQuery(query, diagnostics);
  const { canonical, before, after, entering, leaving } = answer!;
  const [was, is] = [await before.count(), await after.count()];
  if (options.json) {
    const [enter, leave] = [await entering.sourceIds(), await leaving.sourceIds()];
    const impact = {
      asOf: new Date(asOf).toISOString(),
      query: canonical,
      before: was,
      after: is,
      enter,
      leave,
    };
    print(JSON.stringify(impact));
    return;
  }
  print(
    printable(
      `${segment.name}: ${customersText(was)} now, ${is.toLocaleString("en")} by this query. Nothing is saved.`,
    ),
  );
  await printGroup("would enter", entering, definition);
  await printGroup("would leave", leaving, definition);
}

async function printGroup(what: string, group: PreviewAnswer, definition: ProjectDocument): Promise<void> {
  const count = await group.count();
  print(
    `\n${count === 0 ? "No customer" : customersText(count)} ${what}${count > maxShown ? `, these and ${(count - maxShown).toLocaleString("en")} more` : ""}${count === 0 ? "." : ":"}`,
  );
  if (count === 0) return;
  const columns = customerColumns(definition, undefined, false);
  for (const line of customerLines(await firstCustomers(group, maxShown), columns)) print(line);
}
