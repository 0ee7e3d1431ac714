// `segmentql why`: why a customer matches a query or does not, drawn as a tree.

import { findProject } from "../../projects/projects.js";
import type { Clause } from "../../why/clauses.js";
import { why } from "../../why/why.js";
import { definitionOfServer } from "../server/definition.js";
import { whyOnServer } from "../server/queries.js";
import { type GlobalOptions, withEither } from "../session.js";
import { hasColours, print, refuseWrongQuery } from "../terminal/output.js";
import { currentStreams } from "../terminal/streams.js";
import { printable } from "../terminal/terminal-text.js";
import { asOfOption } from "./query-command.js";
import { queryText } from "./query-input.js";
import type { ShownNearest } from "./shown-answers.js";

export interface WhyOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function whyCommand(argument: string, customer: string, options: WhyOptions): Promise<void> {
  const source = await queryText(argument);
  const { asOf, canonical, clause, nearest } = await withEither<Why>(options, false, {
    engine: async (engine) => {
      const project = await findProject(engine, options.project);
      const { answer, diagnostics, asOf } = await why(engine, options.project, {
        query: source,
        customer: { sourceId: customer },
        asOf: asOfOption(options.asOf, project),
      });
      refuseWrongQuery(source, diagnostics);
      return { asOf, ...answer!, nearest: await answer!.nearest?.() };
    },
    server: async (client) => {
      const moment =
        options.asOf === undefined ? undefined : asOfOption(options.asOf, await definitionOfServer(client));
      const { diagnostics, ...found } = await whyOnServer(client, source, customer, moment);
      refuseWrongQuery(source, diagnostics);
      return { ...found, canonical: found.canonical!, clause: found.clause! };
    },
  });
  if (options.json) {
    const moment = new Date(asOf).toISOString();
    print(JSON.stringify({ customer, asOf: moment, canonical, clause, nearest: nearest ?? null }, null, 2));
    return;
  }
  print(printable(`${customer} is ${clause.holds ? "in" : "out"}`));
  print();
  for (const line of clauseLines(clause, hasColours(currentStreams().stdout))) print(line);
  for (const line of nearestLines(nearest)) print(line);
}

interface Why {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  readonly canonical: string;
  readonly clause: Clause;
  readonly nearest?: ShownNearest | undefined;
}

const heads: Readonly<Record<Exclude<Clause["kind"], "condition">, string>> = {
  and: "all of these",
  all_of: "all of these",
  or: "one of these",
  any_of: "one of these",
  not: "not this",
  none_of: "none of these",
};

/** A clause and its parts, one indented line for each: whether it holds, its text, and the observed values. */
export function clauseLines(clause: Clause, coloured: boolean, depth = 0): readonly string[] {
  const { kind, holds, text, sentence, segment } = clause;
  const paint = coloured ? `\u001b[${holds ? 32 : 31}m` : "";
  const mark = `${paint}${holds ? "✓" : "✗"}${coloured ? "\u001b[39m" : ""}`;
  const indent = "  ".repeat(depth);
  const said = kind === "condition" ? [text, ...(segment === undefined ? [sentence] : [])] : [heads[kind]];
  const [first = "", ...rest] = said.map(printable);
  return [
    `${indent}${mark} ${first}`,
    ...rest.map((line) => `${indent}    ${line}`),
    ...clause.clauses.flatMap((part) => clauseLines(part, coloured, depth + 1)),
  ];
}

/**
 * After an empty line, the nearest changes that would make the customer match, or why there are none; empty if the customer
 * matches.
 */
export function nearestLines(nearest: ShownNearest | undefined): readonly string[] {
  if (nearest === undefined) return [];
  const lines =
    nearest.reason !== undefined
      ? [`No change was found that would let the customer in. ${nearest.reason}`]
      : ["What would let the customer in:", ...nearest.sentences.map((sentence) => `  - ${sentence}`)];
  return ["", ...lines.map(printable)];
}
