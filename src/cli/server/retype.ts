// Changes the type of a key on a server: a job that the command follows to its end.
import { setTimeout as pause } from "node:timers/promises";
import type { RetypeOptions, RetypeResult, Retyping } from "../../definitions/retype.js";
import type { PropertyType } from "../../documents/documents.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";
import { typeNames } from "./definition.js";

/** How often a job's state is read, in milliseconds. */
const pollMs = 250;

interface Job {
  readonly id: string;
  readonly state: "UPLOADING" | "WAITING" | "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELED";
  readonly problem: string | null;
  readonly progress: { readonly done: number } | null;
  readonly retypeResult: {
    readonly converted: number;
    readonly unconverted: number;
    readonly keptAs: string;
    readonly examples: readonly { readonly sourceId: string; readonly value: unknown }[];
  } | null;
}

const jobFields =
  "id state problem progress { done } retypeResult { converted unconverted keptAs examples { sourceId value } }";

/**
 * The same as `retype`, on a server; when `signal` is aborted, the job is canceled.
 * @param from the type that the key has.
 * @throws ServerRefusal, CommandFailure if the server refuses it, or the job fails.
 */
export async function retypeOnServer(
  { ask }: ServerClient,
  { of, key, type }: Retyping,
  from: PropertyType,
  { dryRun = false, signal, onProgress }: RetypeOptions,
): Promise<RetypeResult> {
  const owner =
    of === "customers"
      ? { of: "CUSTOMER" }
      : of === "orders"
        ? { of: "ORDER" }
        : { of: "EVENT", event: of.event };
  const { keyRetype } = await ask<{
    keyRetype: { readonly job: Job | null; readonly userErrors: readonly UserError[] };
  }>(
    `mutation ($input: KeyRetypeInput!) { keyRetype(input: $input) { userErrors { code message } job { ${jobFields} } } }`,
    { input: { ...owner, key, type: typeNames[type], dryRun } },
  );
  refuseUserErrors(keyRetype.userErrors);
  const { id } = keyRetype.job!;
  try {
    for (let job: Job = keyRetype.job!; ; ) {
      if (job.state === "SUCCEEDED") {
        const { examples, ...counts } = job.retypeResult!;
        return {
          from,
          ...counts,
          examples: examples.map(({ sourceId, value }) => ({ customer: sourceId, value })),
        };
      }
      if (job.state === "FAILED" || job.state === "CANCELED") {
        throw new CommandFailure(
          exitCodes.failure,
          job.problem ?? `The server canceled the change of the type of ${key}. Run the command again.`,
        );
      }
      onProgress?.(job.progress?.done ?? 0);
      await pause(pollMs, undefined, { signal });
      const answer = await ask<{ job: Job | null }>(
        `query ($id: ID!) { job(id: $id) { ${jobFields} } }`,
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
