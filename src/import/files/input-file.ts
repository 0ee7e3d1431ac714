// Reads a file, or a stream such as standard input, from its first byte to its last, unpacking what gzip has packed.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "../import-error.js";

export interface InputFile {
  /** Names it in messages. */
  readonly path: string;
  /** Size on disk, in bytes; absent where nobody knows it. */
  readonly size?: number;
  /** Bytes read so far, as they lie on disk. */
  bytesRead(): number;
  /** The content, unpacked. To be read once. @throws ImportError where it can't be read or unpacked. */
  chunks(): AsyncGenerator<Buffer>;
}

const chunkSize = 256 * 1024;

/** Opens a file, which is unpacked where its name ends with `.gz`. @throws ImportError where there is no such file. */
export async function openInputFile(path: string): Promise<InputFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw new ImportError(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  });
  if (!found.isFile()) throw new ImportError(`${path} is no file.`);
  const open = () => createReadStream(path, { highWaterMark: chunkSize });
  return inputOf(path, open, async () => /\.gz$/i.test(path), found.size);
}

/**
 * Reads a stream, which is unpacked where it begins as gzip does.
 * @param label names it in messages.
 * @param signal stops the reading, also while nothing comes.
 */
export function inputFromStream(stream: Readable, label: string, signal?: AbortSignal): InputFile {
  return inputOf(
    label,
    () => {
      if (signal !== undefined) stopWith(stream, signal);
      return stream;
    },
    beginsAsGzip,
  );
}

function stopWith(stream: Readable, signal: AbortSignal): void {
  const stop = () => stream.destroy(signal.reason as Error);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
}

/** Looks at the first two bytes and puts them back. */
async function beginsAsGzip(stream: Readable): Promise<boolean> {
  let first = Buffer.alloc(0);
  while (first.length < 2) {
    const chunk = (stream.read() as Buffer | null) ?? (await readable(stream));
    if (chunk === undefined) break;
    first = Buffer.concat([first, chunk]);
  }
  if (first.length > 0) stream.unshift(first);
  return first.length >= 2 && first[0] === 0x1f && first[1] === 0x8b;
}

/** An empty chunk when there is something to read, undefined at the end. */
function readable(stream: Readable): Promise<Buffer | undefined> {
  if (stream.readableEnded) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const settle = (work: () => void) => () => {
      stream.off("readable", onReadable).off("end", onEnd).off("error", onError);
      work();
    };
    const onReadable = settle(() => resolve(Buffer.alloc(0)));
    const onEnd = settle(() => resolve(undefined));
    const onError = (error: Error) => settle(() => reject(error))();
    stream.on("readable", onReadable).on("end", onEnd).on("error", onError);
  });
}

function inputOf(
  path: string,
  open: () => Readable,
  isPacked: (stream: Readable) => Promise<boolean>,
  size?: number,
): InputFile {
  let bytes = 0;
  return {
    path,
    ...(size === undefined ? {} : { size }),
    bytesRead: () => bytes,
    async *chunks() {
      const raw = open();
      const counted = async function* () {
        for await (const chunk of raw) {
          bytes += (chunk as Buffer).length;
          yield chunk as Buffer;
        }
      };
      try {
        // pipeline() hands an error of the one on to the other, which is where it is caught.
        const content = (await isPacked(raw)) ? pipeline(counted, createGunzip(), () => {}) : counted();
        for await (const chunk of content) yield chunk as Buffer;
      } catch (error) {
        if (error instanceof Error && error.name === "AbortError") throw error;
        throw new ImportError(`${path} can't be read to its end: ${explain(error)}`, { cause: error });
      } finally {
        raw.destroy();
      }
    },
  };
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === "Z_BUF_ERROR") return "the compressed data stops short; copy or download the file again.";
  if (code?.startsWith("Z_")) return `it is damaged or not compressed with gzip (${message}).`;
  return message;
}
