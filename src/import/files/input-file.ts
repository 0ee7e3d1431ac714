// Reads a file, or a stream such as standard input, once from beginning to end, decompressing gzip and zip.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "../import-error.js";
import { unzipped, workbook } from "./zip.js";

export interface InputFile {
  /** Names the input in messages. */
  readonly path: string;
  /** The size on disk, in bytes; absent if unknown. */
  readonly size?: number;
  /** How many bytes have been read so far, before decompression. */
  bytesRead(): number;
  /** The decompressed content. Can be read once. @throws ImportError if it can't be read or decompressed. */
  chunks(): AsyncGenerator<Buffer>;
}

const chunkSize = 256 * 1024;

/**
 * Opens a file, and decompresses it if its name ends with `.gz` or it begins as gzip or zip does. @throws ImportError if it does
 * not exist.
 */
export async function openInputFile(path: string): Promise<InputFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw new ImportError(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  });
  if (!found.isFile()) throw new ImportError(`${path} is no file.`);
  const open = () => createReadStream(path, { highWaterMark: chunkSize });
  return inputOf(path, open, found.size);
}

/**
 * Reads a stream, and decompresses it if it begins as gzip or zip does.
 * @param label names the stream in messages.
 * @param signal stops reading, also while it waits for data.
 */
export function inputFromStream(stream: Readable, label: string, signal?: AbortSignal): InputFile {
  return inputOf(label, () => {
    if (signal !== undefined) stopWith(stream, signal);
    return stream;
  });
}

function stopWith(stream: Readable, signal: AbortSignal): void {
  const stop = () => stream.destroy(signal.reason as Error);
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop, { once: true });
}

const maxMarkLength = 4;

/** The first bytes of an input, and its whole content, including these. */
async function withFirstBytes(
  chunks: AsyncIterable<Buffer>,
): Promise<{ readonly first: Buffer; readonly whole: () => AsyncGenerator<Buffer> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  let first: Buffer = Buffer.alloc(0);
  while (first.length < maxMarkLength) {
    const next = await iterator.next();
    if (next.done) break;
    first = Buffer.concat([first, next.value]);
  }
  return {
    first: first.subarray(0, maxMarkLength),
    async *whole() {
      if (first.length > 0) yield first;
      yield* { [Symbol.asyncIterator]: () => iterator };
    },
  };
}

type Packing = "gzip" | "zip" | "none";

/** The compression by an input's first bytes. @throws ImportError if they are those of a spreadsheet's own format. */
function packingOf(first: Buffer, path: string): Packing {
  if ((first[0] === 0x1f && first[1] === 0x8b) || /\.gz$/i.test(path)) return "gzip";
  // The second signature is that of an empty archive.
  if (["504b0304", "504b0506"].includes(first.toString("hex"))) return "zip";
  if (first.equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) throw workbook(path);
  return "none";
}

function inputOf(path: string, open: () => Readable, size?: number): InputFile {
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
        const { first, whole } = await withFirstBytes(counted());
        const packing = packingOf(first, path);
        if (packing === "zip") yield* unzipped(whole(), path);
        else {
          // pipeline() passes an error of the source on to the gunzip stream, where it is caught.
          const content = packing === "gzip" ? pipeline(whole, createGunzip(), () => {}) : whole();
          for await (const chunk of content) yield chunk as Buffer;
        }
      } catch (error) {
        if (error instanceof ImportError || (error instanceof Error && error.name === "AbortError"))
          throw error;
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
