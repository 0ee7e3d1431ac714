// Jobs as pages follow them: sends a file, and reports the job until it has ended.
import { useEffect, useState } from "react";
import { refuse } from "../parts/useAction.js";
import { change, client } from "./client.js";
import {
  CreateExportDocument,
  ExportAudienceDocument,
  JobChangesDocument,
  type JobRowFragment,
} from "./generated.js";

export type Job = JobRowFragment;

/** True while a job has not ended. */
export function isInProgress({ state }: Pick<Job, "state">): boolean {
  return state === "UPLOADING" || state === "WAITING" || state === "RUNNING";
}

/** The job with its current progress; `job` until something newer is known. */
export function useJob(job: Job | undefined): Job | undefined {
  const [latest, setLatest] = useState<Job>();
  const id = job?.id;
  useEffect(() => {
    if (id === undefined) return;
    const { unsubscribe } = client
      .subscription<{ jobChanges: Job }, { id: string }>(JobChangesDocument.toString(), { id })
      .subscribe(({ data }) => {
        if (data !== undefined && data !== null) setLatest(data.jobChanges);
      });
    return unsubscribe;
  }, [id]);
  return latest !== undefined && latest.id === id ? latest : job;
}

/** Starts an export of the whole project. @throws Error if it is refused. */
export async function exportProject(): Promise<Job | undefined> {
  const { exportCreate } = await change(CreateExportDocument, {});
  refuse(exportCreate);
  return exportCreate.job ?? undefined;
}

/** Starts an export of a segment's members, as a CSV file. @throws Error if it is refused. */
export async function exportMembers(segmentId: string): Promise<Job | undefined> {
  const input = { audience: { segment: { id: segmentId } }, columns: null };
  const { audienceExport } = await change(ExportAudienceDocument, { input });
  refuse(audienceExport);
  return audienceExport.job ?? undefined;
}

/**
 * Sends a file to a signed address.
 * @param onProgress the share that has been sent, from 0 to 1.
 * @throws Error with the server's message if the file was not accepted; the signal's reason if it is stopped.
 */
export function sendFile(
  path: string,
  file: Blob,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<void> {
  // fetch() does not report how much of a body has been sent.
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("PUT", path);
    request.upload.addEventListener("progress", ({ loaded, total }) =>
      onProgress(total === 0 ? 0 : loaded / total),
    );
    request.addEventListener("load", () => (request.status < 300 ? resolve() : reject(refusalOf(request))));
    request.addEventListener("error", () => reject(new Error("The connection was lost.")));
    request.addEventListener("abort", () => reject(signal.reason));
    signal.addEventListener("abort", () => request.abort(), { once: true });
    request.send(file);
  });
}

function refusalOf({ responseText, status }: XMLHttpRequest): Error {
  try {
    const { errors } = JSON.parse(responseText) as {
      readonly errors?: readonly { readonly message: string }[];
    };
    return new Error(errors?.[0]?.message ?? `The server answered ${status}.`);
  } catch {
    return new Error(`The server answered ${status}.`);
  }
}

/** How much of the beginning of a file is read, in bytes. */
const headBytes = 65_536;

/** The beginning of a file, in base64. */
export async function headOf(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
