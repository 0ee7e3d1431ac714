// Where a command's query comes from: its argument, or standard input.
import { text } from "node:stream/consumers";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { currentStreams } from "../terminal/streams.js";

/**
 * The query written as the argument or, where that is `-` or left out, all of standard input.
 * @throws CommandFailure where standard input is a terminal and nothing was written.
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
  // The line break that ends a file is no part of the query.
  return (await text(stdin)).replace(/\r?\n$/, "");
}
