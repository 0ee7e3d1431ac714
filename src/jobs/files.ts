// Files of jobs, in chunks in the store, so that every process can read them and backups include them.
import { randomBytes } from "node:crypto";
import type { JobDocument, JobFile } from "../documents/job-documents.js";
import type { Engine } from "../engine.js";

/** The bytes of a chunk. */
const chunkBytes = 384 * 1024;
/** The largest file, in bytes. */
export const maxFileBytes = 1024 * 1024 * 1024;
/** How many chunks are deleted in one transaction. */
const removedAtOnce = 20;

/** A file is larger than `maxFileBytes`. */
export class FileTooLargeError extends Error {
  override readonly name = "FileTooLargeError";
}

type Owner = Pick<JobDocument, "_id" | "project">;

/**
 * Stores a file, completely or not at all.
 * @throws FileTooLargeError; errors of reading `content`; StoreError.
 */
export async function storeFile(
  engine: Engine,
  job: Owner,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<JobFile> {
  const key = randomBytes(9).toString("base64url");
  let [chunks, bytes] = [0, 0];
  let waiting: Uint8Array[] = [];
  let waitingBytes = 0;
  const put = async (): Promise<void> => {
    if (waitingBytes === 0) return;
    const data = Buffer.concat(waiting).toString("base64");
    const document = { _id: chunkId(job, key, chunks), project: job.project, data };
    await engine.store.write((transaction) => transaction.put("job_chunks", [document]));
    chunks += 1;
    [waiting, waitingBytes] = [[], 0];
  };
  try {
    for await (const piece of content) {
      bytes += piece.length;
      if (bytes > maxFileBytes)
        throw new FileTooLargeError(
          `The file has more than ${maxFileBytes / 1024 / 1024} MB. Split it, or compress it with gzip.`,
        );
      waiting.push(piece);
      waitingBytes += piece.length;
      if (waitingBytes >= chunkBytes) await put();
    }
    await put();
  } catch (error) {
    // If that fails too, the first error is the one to throw.
    await removeFile(engine, job, { name, key, chunks: chunks + 1, bytes }).catch(() => undefined);
    throw error;
  }
  return { name, key, chunks, bytes };
}

/** The content of a stored file. */
export async function* readFile(engine: Engine, job: Owner, file: JobFile): AsyncGenerator<Buffer> {
  for (let number = 0; number < file.chunks; number += 1) {
    const [chunk] = await engine.store.getMany("job_chunks", [chunkId(job, file.key, number)]);
    if (chunk === undefined) throw new Error(`The file ${file.name} of the job ${job._id} has been deleted.`);
    yield Buffer.from(chunk.data, "base64");
  }
}

/** Deletes a file. */
export async function removeFile(engine: Engine, job: Owner, { key, chunks }: JobFile): Promise<void> {
  for (let start = 0; start < chunks; start += removedAtOnce) {
    const count = Math.min(removedAtOnce, chunks - start);
    const ids = Array.from({ length: count }, (_, index) => chunkId(job, key, start + index));
    await engine.store.write((transaction) => transaction.remove("job_chunks", ids));
  }
}

function chunkId(job: Owner, key: string, number: number): string {
  return `${job._id}/${key}/${number}`;
}
