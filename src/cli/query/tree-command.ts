// `segmentql tree`: converts a query to its syntax tree, and a tree to its query.
import { createReadStream } from "node:fs";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { checkText, checkTree } from "../../query/tree.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { complain, print, refuseWrongQuery } from "../terminal/output.js";
import { currentStreams } from "../terminal/streams.js";
import { printable } from "../terminal/terminal-text.js";
import { queryText } from "./query-input.js";

export interface TreeOptions extends GlobalOptions {
  readonly from?: string;
}

// Larger than any tree within the limits of a query.
const maxTreeSize = 4 * 1024 * 1024;

export async function treeCommand(argument: string | undefined, options: TreeOptions): Promise<void> {
  if (options.from !== undefined) {
    if (argument !== undefined) {
      throw new CommandFailure(exitCodes.usage, "Write a query or --from with a tree's file, not both.");
    }
    await printQuery(await readTree(options.from), options);
    return;
  }
  const source = await queryText(argument);
  await withEngine(options, false, async (engine) => {
    const { tree, diagnostics } = await checkText(engine, options.project, source);
    refuseWrongQuery(source, diagnostics);
    print(JSON.stringify(tree, null, 2));
  });
}

async function printQuery(json: unknown, options: GlobalOptions): Promise<void> {
  await withEngine(options, false, async (engine) => {
    const { text, canonical, diagnostics } = await checkTree(engine, options.project, json);
    for (const diagnostic of diagnostics) complain(placedInTree(diagnostic));
    if (canonical === undefined) throw new CommandFailure(exitCodes.wrongQuery, "");
    print(text);
  });
}

function placedInTree({ severity, code, message, path }: Diagnostic): string {
  return `${severity.toLowerCase()}: ${printable(message)} [${code}, ${printable(path || "the whole tree")}]`;
}

/** @throws CommandFailure if the file is no JSON, or too large. */
async function readTree(file: string): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file === "-" ? currentStreams().stdin : createReadStream(file)) {
    bytes += chunk.length;
    if (bytes > maxTreeSize) {
      throw new CommandFailure(exitCodes.wrongQuery, "The tree is larger than any query's is.");
    }
    chunks.push(Buffer.from(chunk));
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(
      exitCodes.wrongQuery,
      `${file === "-" ? "Standard input" : file} is no JSON: ${printable(why)}`,
    );
  }
}
