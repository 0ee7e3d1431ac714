// Runs the command line: from its arguments to its exit code.
import { CommanderError } from "commander";
import { exitCodes } from "./exit-codes.js";
import { outcomeOf } from "./outcome.js";
import { createProgram } from "./program.js";
import { type Streams, withStreams } from "./terminal/streams.js";

/**
 * Runs a command, and returns its exit code. Never throws.
 * @param words the arguments after `segmentql`.
 * @param version the version that `--version` prints.
 */
export function run(words: readonly string[], streams: Streams, version: string): Promise<number> {
  return withStreams(streams, async () => {
    try {
      await createProgram(version).parseAsync(words, { from: "user" });
      return exitCodes.fine;
    } catch (error) {
      const { exitCode, message } =
        error instanceof CommanderError ? misunderstood(error, words) : outcomeOf(error);
      if (message !== "") streams.stderr.write(`${message}\n`);
      return exitCode;
    }
  });
}

/** Adds hints that commander's own message lacks. */
function misunderstood({ code, exitCode }: CommanderError, words: readonly string[]) {
  const message = hints[code]?.(words) ?? "";
  return { exitCode: exitCode === 0 ? exitCodes.fine : exitCodes.usage, message };
}

const hints: Readonly<Record<string, (words: readonly string[]) => string>> = {
  "commander.excessArguments": () => "A query of several words goes in quotes.",
  // A word with a space is a query: no command has a space, and hardly any query has none.
  "commander.unknownCommand": (words) =>
    words.some((word) => /\s/.test(word))
      ? 'A query goes behind a command, as segmentql query "country is Poland".'
      : "",
};
