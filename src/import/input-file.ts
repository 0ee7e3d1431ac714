// Reads a file from its first byte to its last, unpacking it where its name ends with `.gz`.
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { ImportError } from "./import-error.js";

export interface InputFile {
  readonly path: string;
  /** Size on disk, in bytes. */
  readonly size: number;
  /** Bytes read so far, as they lie on disk. */
  bytesRead(): number;
  /** The content, unpacked. @throws ImportError where it can't be read or unpacked. */
  chunks(): AsyncGenerator<Buffer>;
}

/** @throws ImportError where there is no such file. */
export async function openInputFile(path: string): Promise<InputFile> {
  const found = await stat(path).catch((error: unknown) => {
    throw new ImportError(`${path} can't be read: ${(error as Error).message}`, { cause: error });
  });
  if (!found.isFile()) throw new ImportError(`${path} is no file.`);
  let bytes = 0;
  return {
    path,
    size: found.size,
    bytesRead: () => bytes,
    async *chunks() {
      const raw = createReadStream(path, { highWaterMark: 256 * 1024 });
      raw.on("data", (chunk) => {
        bytes += chunk.length;
      });
      // pipeline() hands an error of the one on to the other, which is where it is caught.
      const content = /\.gz$/i.test(path) ? pipeline(raw, createGunzip(), () => {}) : raw;
      try {
        for await (const chunk of content) yield chunk as Buffer;
      } catch (error) {
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
