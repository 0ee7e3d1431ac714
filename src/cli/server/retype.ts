// Changes the type of a key on a server: a job that the command follows to its end.
import type { RetypeOptions, RetypeResult, Retyping } from "../../definitions/retype.js";
import type { PropertyType } from "../../documents/documents.js";
import { refuseUserErrors, type ServerClient, type UserError } from "./client.js";
import { typeNames } from "./definition.js";
import { followJob, jobFields, type ServerJob } from "./job.js";

interface Job extends ServerJob {
  readonly retypeResult: {
    readonly converted: number;
    readonly unconverted: number;
    readonly keptAs: string;
    readonly examples: readonly { readonly sourceId: string; readonly value: unknown }[];
  } | null;
}

const fields = `${jobFields} retypeResult { converted unconverted keptAs examples { sourceId value } }`;

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
    `mutation ($input: KeyRetypeInput!) { keyRetype(input: $input) { userErrors { code message } job { ${fields} } } }`,
    { input: { ...owner, key, type: typeNames[type], dryRun } },
  );
  refuseUserErrors(keyRetype.userErrors);
  const work = `the change of the type of ${key}`;
  const job = await followJob(ask, keyRetype.job!, fields, { work, signal, onProgress });
  const { examples, ...counts } = job.retypeResult!;
  return {
    from,
    ...counts,
    examples: examples.map(({ sourceId, value }) => ({ customer: sourceId, value })),
  };
}
