// `segmentql query`: the customers that a query finds, and their number.
import type { ProjectDocument } from "../../documents/documents.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { parseAsOf } from "../instant.js";
import { definitionOfServer } from "../server/definition.js";
import { previewOnServer } from "../server/queries.js";
import { type GlobalOptions, withEither } from "../session.js";
import { refuseWrongQuery } from "../terminal/output.js";
import { headline, type ListOptions, printCustomers, roundedStopwatch } from "./customer-list.js";
import { listOfEngine } from "./engine-list.js";
import type { CustomerListing } from "./listed-customer.js";
import { queryText } from "./query-input.js";

export interface QueryOptions extends GlobalOptions, ListOptions {}

export async function queryCommand(argument: string | undefined, options: QueryOptions): Promise<void> {
  const source = await queryText(argument);
  const elapsed = roundedStopwatch();
  await withEither(options, false, {
    engine: async (engine) => {
      const project = await findProject(engine, options.project);
      const preview = await previewSegment(engine, options.project, {
        query: source,
        asOf: asOfOption(options.asOf, project),
      });
      refuseWrongQuery(source, await preview.withValues());
      const answer = listOfEngine(engine, options.project, preview.answer!);
      await printAnswer(answer, new Date(preview.asOf), project, elapsed, options);
    },
    server: async (client) => {
      const project = await definitionOfServer(client);
      const preview = await previewOnServer(client, source, asOfOption(options.asOf, project));
      refuseWrongQuery(source, preview.diagnostics);
      await printAnswer(preview.answer, preview.asOf, project, elapsed, options);
    },
  });
}

async function printAnswer(
  answer: CustomerListing,
  asOf: Date,
  project: ProjectDocument,
  elapsed: () => number,
  options: QueryOptions,
): Promise<void> {
  await printCustomers(
    {
      answer,
      headline: (count) => headline(count, asOf, project.timezone, elapsed()),
      about: () => ({ asOf: asOf.toISOString(), tookMs: elapsed() }),
    },
    project,
    options,
  );
}

/** `--as-of` as an instant; undefined if it wasn't given. */
export function asOfOption(written: string | undefined, project: ProjectDocument): number | undefined {
  if (written === undefined) return undefined;
  return parseAsOf(written, project.timezone);
}
