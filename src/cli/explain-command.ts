// `segmentql explain`: how the store finds a query's customers.
import { findProject } from "../projects/projects.js";
import { previewSegment } from "../segments/preview.js";
import type { ExplainedStep, Explanation } from "../store/port.js";
import { print, refuseWrongQuery } from "./output.js";
import { asOfOption } from "./query-command.js";
import { queryText } from "./query-input.js";
import { type GlobalOptions, withEngine } from "./session.js";
import { tableLines } from "./table.js";

export interface ExplainOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function explainCommand(argument: string | undefined, options: ExplainOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const preview = await previewSegment(engine, options.project, {
      query: source,
      asOf: asOfOption(options.asOf, project),
    });
    refuseWrongQuery(source, preview.diagnostics);
    const explanation = await preview.answer!.explain();
    if (options.json) {
      print(JSON.stringify(explanation, null, 2));
      return;
    }
    for (const line of explanationLines(explanation)) print(line);
  });
}

/** What an explanation comes to: a table of its steps, and the indexes that were used. */
export function explanationLines(explanation: Explanation): readonly string[] {
  const steps = tableLines(
    [
      { title: "STEP", align: "left", widest: 30 },
      { title: "COLLECTION", align: "left", widest: 20 },
      { title: "INDEX", align: "left", widest: 60 },
      { title: "READ", align: "right", widest: 12 },
      { title: "RETURNED", align: "right", widest: 12 },
    ],
    explanation.steps.map(row),
  );
  return [...steps, "", `Indexes used: ${explanation.indexes.join(", ") || "none"}`];
}

function row({ name, collection, index, rowsRead, rowsReturned }: ExplainedStep): readonly string[] {
  return [
    name,
    collection ?? "",
    index ?? "",
    rowsRead?.toLocaleString("en") ?? "",
    rowsReturned?.toLocaleString("en") ?? "",
  ];
}
