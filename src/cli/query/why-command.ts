// `segmentql why`: why a customer is in or out of what a query means, drawn as a tree.

import { findProject } from "../../projects/projects.js";
import type { Clause } from "../../why/clauses.js";
import { type ToldNearest, why } from "../../why/why.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { hasColours, print, refuseWrongQuery } from "../terminal/output.js";
import { currentStreams } from "../terminal/streams.js";
import { printable } from "../terminal/terminal-text.js";
import { asOfOption } from "./query-command.js";
import { queryText } from "./query-input.js";

export interface WhyOptions extends GlobalOptions {
  readonly asOf?: string;
  readonly json?: boolean;
}

export async function whyCommand(argument: string, customer: string, options: WhyOptions): Promise<void> {
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const project = await findProject(engine, options.project);
    const request = {
      query: source,
      customer: { sourceId: customer },
      asOf: asOfOption(options.asOf, project),
    };
    const { answer, diagnostics, asOf } = await why(engine, options.project, request);
    refuseWrongQuery(source, diagnostics);
    const { clause, canonical } = answer!;
    const nearest = await answer!.nearest?.();
    if (options.json) {
      const report = {
        customer,
        asOf: new Date(asOf).toISOString(),
        canonical,
        clause,
        nearest: nearest ?? null,
      };
      print(JSON.stringify(report, null, 2));
      return;
    }
    print(printable(`${customer} is ${clause.holds ? "in" : "out"}`));
    print();
    for (const line of clauseLines(clause, hasColours(currentStreams().stdout))) print(line);
    for (const line of nearestLines(nearest)) print(line);
  });
}

const heads: Readonly<Record<Exclude<Clause["kind"], "condition">, string>> = {
  and: "all of these",
  all_of: "all of these",
  or: "one of these",
  any_of: "one of these",
  not: "not this",
  none_of: "none of these",
};

/** A clause and its parts, a line each, indented: whether it holds, what it says, and what it saw. */
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

/** What would let the customer in, a line each behind an empty one, or why nothing would; none of who is in. */
export function nearestLines(nearest: ToldNearest | undefined): readonly string[] {
  if (nearest === undefined) return [];
  const lines =
    "reason" in nearest
      ? [`No change was found that would let the customer in. ${nearest.reason}`]
      : ["What would let the customer in:", ...nearest.sentences.map((sentence) => `  - ${sentence}`)];
  return ["", ...lines.map(printable)];
}
