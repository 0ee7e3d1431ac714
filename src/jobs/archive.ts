// Interchange folders as zip archives: an export writes one, and an import accepts one.
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, open, readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { finished } from "node:stream/promises";
import { Unzip, UnzipInflate, Zip, ZipPassThrough } from "fflate";
import { ImportError } from "../import/import-error.js";

/** The name of a file of an interchange folder, in whatever folder of the archive. */
const interchangeName =
  /^(project\.json|(customers|orders|events|redemptions|gift_cards|loyalty|referrals|segments)\.(nd)?json(\.gz)?)$/;
/** The most bytes of an archive's unpacked content. */
const maxUnpackedBytes = 8 * 1024 * 1024 * 1024;
/** How many compressed bytes are unpacked at once: at most some 16 MB of content. */
const pieceBytes = 16 * 1024;

/**
 * Unpacks a zip archive of an interchange folder.
 * @returns the folder; undefined if the file is no zip archive, or contains something else.
 * @throws ImportError if the archive is damaged or too large.
 */
export async function unpackInterchange(
  path: string,
  parent: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!(await isZip(path))) return undefined;
  const folder = join(parent, "unpacked");
  await mkdir(folder);
  const written: WriteStream[] = [];
  let bytes = 0;
  let problem: Error | undefined;
  let others = 0;
  const unzip = new Unzip((file) => {
    const name = basename(file.name);
    if (file.name.endsWith("/") || file.name.startsWith("__MACOSX/")) return;
    if (!interchangeName.test(name)) {
      others += 1;
      return;
    }
    const target = createWriteStream(join(folder, name), { flags: "wx" });
    target.on("error", (error) => {
      problem ??= new ImportError(
        `The archive holds ${name} twice, or it can't be unpacked: ${error.message}.`,
      );
    });
    written.push(target);
    file.ondata = (error, data, final) => {
      if (error)
        problem ??= new ImportError("The archive is damaged; make or copy it again.", { cause: error });
      bytes += data?.length ?? 0;
      if (bytes > maxUnpackedBytes)
        problem ??= new ImportError("The archive holds more than 8 GB. Split it.");
      if (data !== undefined && data.length > 0) target.write(data);
      if (final) target.end();
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: pieceBytes })) {
      signal.throwIfAborted();
      unzip.push(Uint8Array.from(chunk as Buffer), false);
      if (problem !== undefined) throw problem;
      for (const target of written) if (target.writableNeedDrain) await drained(target);
    }
    unzip.push(new Uint8Array(0), true);
    if (problem !== undefined) throw problem;
  } catch (error) {
    for (const target of written) target.destroy();
    if (error === problem || signal.aborted) throw error;
    throw new ImportError("The archive is damaged; make or copy it again.", { cause: error });
  }
  for (const target of written) {
    if (!target.writableEnded) throw new ImportError("The archive stops short; make or copy it again.");
    await finished(target);
  }
  return written.length > 0 && others === 0 ? folder : undefined;
}

async function isZip(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, 0);
    return buffer.toString("hex") === "504b0304";
  } finally {
    await file.close();
  }
}

function drained(target: WriteStream): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      target.off("drain", done);
      target.off("close", done);
      resolve();
    };
    target.on("drain", done);
    target.on("close", done);
  });
}

/** A zip archive of the files of a folder, stored without further compression. */
export async function* packed(folder: string): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = [];
  let problem: Error | undefined;
  const zip = new Zip((error, data) => {
    if (error) problem ??= error;
    else ready.push(data);
  });
  for (const name of (await readdir(folder)).toSorted()) {
    const file = new ZipPassThrough(name);
    zip.add(file);
    for await (const chunk of createReadStream(join(folder, name))) {
      file.push(Uint8Array.from(chunk as Buffer), false);
      if (problem !== undefined) throw problem;
      yield* ready;
      ready = [];
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* ready;
}
