// Reads the only text file of a zip archive, whatever the archive's name. Several files, or a spreadsheet, are an error that
// names the fix.
import { Unzip, UnzipInflate } from "fflate";
import { shorten } from "../../facts/record-shape.js";
import { ImportError } from "../import-error.js";

/** A chunk of this size unpacks to at most some 16 MB. */
const chunkSize = 16 * 1024;

/** The error for a spreadsheet's own format. */
export function workbook(path: string): ImportError {
  return new ImportError(
    `${path} is a spreadsheet. Open it, save the sheet as "CSV UTF-8 (comma delimited)", and import that file.`,
  );
}

/**
 * The content of the only text file in an archive.
 * @throws ImportError if the archive is damaged, or contains no file or several (after the content of the first).
 */
export async function* unzipped(chunks: AsyncIterable<Buffer>, path: string): AsyncGenerator<Buffer> {
  const names: string[] = [];
  let ready: Buffer[] = [];
  let problem: unknown;
  let isOpen = false;
  const unzip = new Unzip((file) => {
    if (file.name.startsWith("xl/") || file.name === "[Content_Types].xml") problem ??= workbook(path);
    // Folders, and the metadata files of macOS.
    if (file.name.endsWith("/") || file.name.startsWith("__MACOSX/") || /(^|\/)\./.test(file.name)) return;
    names.push(file.name);
    if (names.length > 1) {
      const all = names.map((name) => shorten(name)).join(", ");
      problem ??= new ImportError(
        `${path} holds several files (${all}, …). Unpack it, and import each of them.`,
      );
      return;
    }
    isOpen = true;
    file.ondata = (error, data, final) => {
      if (error) problem ??= error;
      else ready.push(Buffer.from(data));
      if (final) isOpen = false;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  const push = (bytes: Uint8Array, final: boolean): void => {
    try {
      unzip.push(bytes, final);
    } catch (error) {
      problem ??= error;
    }
    if (problem instanceof ImportError) throw problem;
    if (problem !== undefined) throw damaged(path, problem);
  };
  for await (const chunk of chunks) {
    for (let start = 0; start < chunk.length; start += chunkSize) {
      // Copied, since the unpacker keeps the chunk.
      push(Uint8Array.from(chunk.subarray(start, start + chunkSize)), false);
      yield* ready;
      ready = [];
    }
  }
  push(new Uint8Array(0), true);
  yield* ready;
  if (isOpen) throw damaged(path, undefined);
  if (names.length === 0) throw new ImportError(`${path} is an archive without any file in it.`);
}

function damaged(path: string, cause: unknown): ImportError {
  return new ImportError(`${path} is a damaged archive, or stops short; copy or download it again.`, {
    cause,
  });
}
