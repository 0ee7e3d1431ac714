// Checks the data folder before a service starts.
import { resolve } from "node:path";
import type { Logger } from "pino";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { dataPlace, type GlobalOptions } from "../session.js";

/** The longest that the check may delay the start, in milliseconds. */
const maxMs = 2_000;

/**
 * Checks the structure of the embedded store's file, as far as possible within the time limit. MongoDB checks its own files.
 * @throws CommandFailure if it is damaged.
 */
export async function checkFolder(options: GlobalOptions, log: Logger): Promise<void> {
  const { uri, folder } = dataPlace(options);
  if (uri !== undefined || folder === undefined) return;
  const { quickCheck } = await import("../../store/embedded/care/care.js");
  const problems = await quickCheck(resolve(folder), maxMs);
  if (problems === "unfinished") {
    log.info(
      { folder, maxMs },
      "the data folder is large: its check was ended. segmentql doctor looks through all of it",
    );
    return;
  }
  if (problems.length === 0) return;
  throw new CommandFailure(
    exitCodes.failure,
    `The data folder ${folder} is damaged: ${problems[0]}. Restore a backup (segmentql restore), or see what is left with segmentql doctor.`,
  );
}
