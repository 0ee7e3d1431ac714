// Ctrl+C during a long command: the first one stops it gracefully, a second one ends it at once.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";

/**
 * Runs `work`, whose signal is aborted by Ctrl+C.
 * @param message the message if it was stopped so.
 */
export async function stoppable<Result>(
  message: string,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const interruption = new AbortController();
  const interrupt = () => {
    if (interruption.signal.aborted) process.exit(exitCodes.interrupted);
    interruption.abort();
  };
  process.on("SIGINT", interrupt);
  try {
    return await work(interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    throw new CommandFailure(exitCodes.interrupted, message, { cause: error });
  } finally {
    process.off("SIGINT", interrupt);
  }
}

/** Resolves to the name of the first signal that requests a stop; a second one ends the process at once. */
export function stopRequested(): Promise<string> {
  return new Promise((resolve) => {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => resolve(name));
  });
}
