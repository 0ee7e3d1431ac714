// Reads a command's query from its argument or from standard input.
import { text } from "node:stream/consumers";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { currentStreams } from "../terminal/streams.js";

/**
 * The query of the argument or, if that is `-` or omitted, of standard input.
 * @throws CommandFailure if there is no query and standard input is a terminal.
 */
export async function queryText(argument: string | undefined): Promise<string> {
  if (argument !== undefined && argument !== "-") return argument;
  const { stdin } = currentStreams();
  if (argument === undefined && stdin.isTTY) {
    throw new CommandFailure(
      exitCodes.usage,
      'Write the query in quotes, as segmentql query "country is Poland", or hand it in through standard input.',
    );
  }
  // The line break at the end of a file is no part of the query.
  return (await text(stdin)).replace(/\r?\n$/, "");
}
