// Executes a request once, however often it is sent: the first answer is stored, replayed for a day, and then deleted.

import { createHash } from "node:crypto";
import { type BackgroundWork, runInBackground } from "../background.js";
import { dayMs } from "../clock.js";
import type { AnswerDocument } from "../documents/access-documents.js";
import type { Engine } from "../engine.js";
import { listedProjects } from "../projects/directory.js";
import { inBatches } from "../store/batches.js";

/** How long answers are replayed, in milliseconds. */
const keptMs = dayMs;
/** A request without an answer after this time, in milliseconds, is considered interrupted. */
const runningMs = 120_000;
/** How often a repeated request polls for the first request's answer, in milliseconds. */
const pollMs = 50;
/** How often expired answers are looked for, in milliseconds. */
const deletedEveryMs = 60_000;
/** The most characters of a key. */
export const maxKeyLength = 255;
/** How many expired answers are deleted in one transaction. */
const deletedAtOnce = 500;

export interface IdempotentRequest {
  readonly project: string;
  /** Keys of different callers are different. */
  readonly caller: { readonly kind: string; readonly id: string };
  /** The client's name for the request. */
  readonly key: string;
  /** The content of the request, so that a different one under the same key is refused. */
  readonly request: string;
}

/** `execute`: run the request, then call `answered` or `abandoned`. `replay`: this is the answer. */
export type RequestClaim =
  | {
      readonly kind: "execute";
      readonly answered: (body: string) => Promise<void>;
      readonly abandoned: () => Promise<void>;
    }
  | { readonly kind: "replay"; readonly body: string }
  | { readonly kind: "conflict" };

/** Claims a key for a request, or waits for the answer of the request that holds it. */
export async function claim(
  engine: Engine,
  { project, caller, key, request }: IdempotentRequest,
  signal: AbortSignal,
): Promise<RequestClaim> {
  const _id = `${project}/${hashOf(JSON.stringify([caller.kind, caller.id, key]))}`;
  const fingerprint = hashOf(request);
  for (;;) {
    const now = engine.clock();
    const found = await engine.store.write(async (transaction): Promise<AnswerDocument | undefined> => {
      const [known] = await transaction.getMany("answers", [_id]);
      if (known !== undefined && known.expires_at.getTime() > now) return known;
      await transaction.put("answers", [
        { _id, project, request: fingerprint, expires_at: new Date(now + runningMs) },
      ]);
      return undefined;
    });
    if (found === undefined) {
      const put = async (body: string): Promise<void> => {
        const expires_at = new Date(engine.clock() + keptMs);
        await engine.store.write((transaction) =>
          transaction.put("answers", [{ _id, project, request: fingerprint, body, expires_at }]),
        );
      };
      const remove = () => engine.store.write((transaction) => transaction.remove("answers", [_id]));
      return { kind: "execute", answered: put, abandoned: remove };
    }
    if (found.request !== fingerprint) return { kind: "conflict" };
    if (found.body !== undefined) return { kind: "replay", body: found.body };
    signal.throwIfAborted();
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Deletes a project's expired answers, which may hold personal data. @returns how many were deleted. */
export async function deleteExpiredAnswers({ store, clock }: Engine, project: string): Promise<number> {
  const now = new Date(clock());
  return inBatches(
    () => store.reads.access.expiredAnswers(project, now, deletedAtOnce),
    (ids) =>
      store.write(async (transaction) => {
        const found = await transaction.getMany("answers", ids);
        // The key may have been claimed again meanwhile.
        const expired = found.flatMap((answer) =>
          answer !== undefined && answer.expires_at < now ? [answer._id] : [],
        );
        await transaction.remove("answers", expired);
      }),
  );
}

/** Deletes expired answers of all projects once a minute, in the background, until it is stopped. */
export function runAnswerExpiry(
  engine: Engine,
  report: (error: unknown) => void,
  everyMs: number = deletedEveryMs,
): Pick<BackgroundWork, "stop"> {
  return runInBackground(
    async (stopping) => {
      for (const project of await listedProjects(engine)) {
        if (stopping.aborted) break;
        await deleteExpiredAnswers(engine, project).catch(report);
      }
      return everyMs;
    },
    { report, afterErrorMs: everyMs },
  );
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("base64url");
}
