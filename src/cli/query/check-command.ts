// `segmentql check`: whether a query is right, and if not, what is wrong with it.
import { checkQuery } from "../../check/check.js";
import { findProject } from "../../projects/projects.js";
import { catalogFor } from "../../query/catalog.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { queryText } from "./query-input.js";

export interface CheckOptions extends GlobalOptions {
  readonly json?: boolean;
}

export async function checkCommand(argument: string | undefined, options: CheckOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const { diagnostics, canonical } = checkQuery(
      source,
      await catalogFor(engine, project, source),
      engine.clock(),
    );
    const valid = canonical !== undefined;
    if (!options.json) {
      refuseWrongQuery(source, diagnostics);
      print(canonical);
      return;
    }
    print(JSON.stringify({ valid, canonical: canonical ?? null, diagnostics }, null, 2));
    if (!valid) throw new CommandFailure(exitCodes.wrongQuery, "");
  });
}
