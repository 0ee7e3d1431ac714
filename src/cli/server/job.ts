// Follows a job on a server to its end.
import { setTimeout as pause } from "node:timers/promises";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { ServerClient } from "./client.js";

/** How often a job's state is read, in milliseconds. */
const pollMs = 250;

export interface ServerJob {
  readonly id: string;
  readonly state: "UPLOADING" | "WAITING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";
  readonly problem: string | null;
  readonly progress: { readonly done: number } | null;
}

/** The fields of a `ServerJob`. */
export const jobFields = "id state problem progress { done }";

export interface FollowJobOptions {
  /** What the job does, as `the change of the type of shoe`. */
  readonly work: string;
  /** When it is aborted, the job is canceled. */
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number) => void) | undefined;
}

/**
 * Waits until a job has succeeded. @param fields what is read of the job: `jobFields`, and more.
 * @returns the job as it ended.
 * @throws CommandFailure if the job fails or is canceled; ServerRefusal.
 */
export async function followJob<Job extends ServerJob>(
  ask: ServerClient["ask"],
  started: Job,
  fields: string,
  { work, signal, onProgress }: FollowJobOptions,
): Promise<Job> {
  const { id } = started;
  try {
    for (let job = started; ; ) {
      if (job.state === "SUCCEEDED") return job;
      if (job.state === "FAILED" || job.state === "CANCELED")
        throw new CommandFailure(
          exitCodes.failure,
          job.problem ?? `The server canceled ${work}. Run the command again.`,
        );
      onProgress?.(job.progress?.done ?? 0);
      await pause(pollMs, undefined, { signal });
      const answer = await ask<{ readonly job: Job | null }>(
        `query ($id: ID!) { job(id: $id) { ${fields} } }`,
        { id },
        signal,
      );
      if (answer.job === null)
        throw new CommandFailure(exitCodes.failure, "The server has lost the job. Run the command again.");
      job = answer.job;
    }
  } catch (error) {
    if (signal?.aborted === true)
      await ask("mutation ($id: ID!) { jobCancel(input: { id: $id }) { userErrors { code } } }", { id });
    throw error;
  }
}
