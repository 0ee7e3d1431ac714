// `segmentql explain`: what a query costs, and how the store finds its customers.

import type { EventStrategy } from "../../pipeline/compile.js";
import { findProject } from "../../projects/projects.js";
import { previewSegment } from "../../query/preview.js";
import type { ExplainedStep } from "../../store/read-options.js";
import { definitionOfServer } from "../server/definition.js";
import { explainOnServer, previewOnServer } from "../server/queries.js";
import { type GlobalOptions, withEither } from "../session.js";
import { print, refuseWrongQuery } from "../terminal/output.js";
import { tableLines } from "../terminal/table.js";
import { printable } from "../terminal/terminal-text.js";
import { asOfOption } from "./query-command.js";
import { queryText } from "./query-input.js";
import type { ShownExplanation } from "./shown-answers.js";

export interface ExplainOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function explainCommand(argument: string | undefined, options: ExplainOptions): Promise<void> {
  const source = await queryText(argument);
  const explanation = await withEither<ShownExplanation>(options, false, {
    engine: async (engine) => {
      const project = await findProject(engine, options.project);
      const preview = await previewSegment(engine, options.project, {
        query: source,
        asOf: asOfOption(options.asOf, project),
      });
      refuseWrongQuery(source, await preview.withValues());
      return preview.answer!.explain();
    },
    server: async (client) => {
      const asOf =
        options.asOf === undefined ? undefined : asOfOption(options.asOf, await definitionOfServer(client));
      refuseWrongQuery(source, (await previewOnServer(client, source, asOf)).diagnostics);
      return explainOnServer(client, source, asOf);
    },
  });
  if (options.json) {
    print(JSON.stringify(explanation, null, 2));
    return;
  }
  for (const line of explanationLines(explanation)) print(line);
}

/** The lines of an explanation: a table of the steps, the estimates, and the indexes that were used. */
export function explanationLines(explanation: ShownExplanation): readonly string[] {
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
  return [
    ...steps,
    "",
    ...expectedLines(explanation),
    `Indexes used: ${explanation.indexes.join(", ") || "none"}`,
  ];
}

const whole = (value: number): string => Math.round(value).toLocaleString("en");

const strategyText: Readonly<Record<EventStrategy, string>> = {
  join: "each customer that the other conditions match is joined with its records",
  events_first: "the records come first, then the customers who have some",
  both_sides: "records and customers beside each other, one pass a collection",
};

function expectedLines(explanation: ShownExplanation): readonly string[] {
  const { canonical, customers, estimatedMembers, activity, events } = explanation;
  const lines = [
    `Query: ${printable(canonical.replace(/\s*\n\s*/g, " "))}`,
    `Expected: about ${whole(estimatedMembers)} of about ${whole(customers)} customers.`,
    `Figures of orders and the like are read from ${activity === "summary" ? "the summary on the customer" : "the records, for this moment"}.`,
  ];
  if (events === undefined) return lines;
  const { strategy, estimate, costs } = events;
  const compared = costs.map((each) => `${each.strategy} ${whole(each.cost / 1_000)} ms`).join(", ");
  return [
    ...lines,
    `Events: ${strategy}: ${strategyText[strategy]}.`,
    `  Estimated: ${whole(estimate.records)} records of ${whole(estimate.groups)} customers in the windows; ` +
      `${whole(estimate.customers)} customers to join, with ${whole(estimate.joined)} records.`,
    `  The cost of each strategy: ${compared}.`,
  ];
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
