// `segmentql query`: how many customers a query finds, and who they are.
import type { ProjectDocument } from "../../documents/documents.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { parseAsOf } from "../instant.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { refuseWrongQuery } from "../terminal/output.js";
import { headline, type ListOptions, printCustomers, roundedStopwatch } from "./customer-list.js";
import { queryText } from "./query-input.js";

export interface QueryOptions extends GlobalOptions, ListOptions {}

export async function queryCommand(argument: string | undefined, options: QueryOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const elapsed = roundedStopwatch();
    const project = await findProject(engine, options.project);
    const preview = await previewSegment(engine, options.project, {
      query: source,
      asOf: asOfOption(options.asOf, project),
    });
    refuseWrongQuery(source, await preview.withValues());
    const asOf = new Date(preview.asOf);
    await printCustomers(
      {
        answer: preview.answer!,
        headline: (count) => headline(count, asOf, project.timezone, elapsed()),
        about: () => ({ asOf: asOf.toISOString(), tookMs: elapsed() }),
      },
      project,
      options,
    );
  });
}

/** `--as-of` as an instant; undefined where it wasn't given. */
export function asOfOption(written: string | undefined, project: ProjectDocument): number | undefined {
  if (written === undefined) return undefined;
  return parseAsOf(written, project.timezone);
}
