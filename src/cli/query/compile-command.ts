// `segmentql compile`: the MongoDB aggregation pipeline that a query comes to.

import { extendedJson } from "../../graphql/segment/extended-json.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { mongoshCommand } from "./mongosh.js";
import { asOfOption } from "./query-command.js";
import { queryText } from "./query-input.js";

export interface CompileOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function compileCommand(argument: string | undefined, options: CompileOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const asOf = asOfOption(options.asOf, project);
    const preview = await previewSegment(engine, options.project, { query: source, asOf });
    refuseWrongQuery(source, preview.diagnostics);
    const pipeline = await preview.answer!.pipeline();
    print(
      options.json ? JSON.stringify(extendedJson(pipeline), null, 2) : mongoshCommand("customers", pipeline),
    );
  });
}
