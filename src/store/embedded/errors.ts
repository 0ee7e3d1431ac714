// What SQLite says, as the store says it: with the file's name, and the way out.
import { accessSync, constants } from "node:fs";
import { dirname } from "node:path";
import { StoreError } from "../port.js";
import { isSqliteFailure } from "./adapter.js";

const damaged = "Restore a backup (segmentql restore), or see what is left with `segmentql doctor`.";

function readOnly(file: string): StoreErrorMeaning {
  return [
    "READ_ONLY",
    `${file} can't be written: it, or its folder, is read-only. Give this user the right to write there.`,
  ];
}

/** True of a folder that is there and may not be written. */
function isReadOnly(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK);
  } catch {
    return false;
  }
  try {
    accessSync(folder, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

/** What each result of SQLite means to whoever runs the product. */
const meanings: Readonly<Record<string, (file: string) => StoreErrorMeaning>> = {
  SQLITE_FULL: (file) => [
    "NO_SPACE",
    `The disk of ${file} is full: nothing of this write was kept. Make room on it.`,
  ],
  SQLITE_READONLY: readOnly,
  SQLITE_PERM: (file) => [
    "UNAVAILABLE",
    `${file} may not be opened. Give this user the right to read and write it.`,
  ],
  // Where the log can't be made, SQLite opens nothing.
  SQLITE_CANTOPEN: (file) =>
    isReadOnly(dirname(file))
      ? readOnly(file)
      : [
          "UNAVAILABLE",
          `${file} can't be opened. Look whether its folder is there, and whether this user may read and write it.`,
        ],
  SQLITE_NOTADB: (file) => [
    "DAMAGED",
    `${file} is no SQLite database, or its beginning is damaged. ${damaged}`,
  ],
  SQLITE_CORRUPT: (file) => ["DAMAGED", `${file} is damaged. ${damaged}`],
  SQLITE_IOERR: (file) => [
    "UNAVAILABLE",
    `${file} could not be read or written: its disk failed or was taken away. Nothing of this write was kept.`,
  ],
  SQLITE_BUSY: (file) => [
    "TIMEOUT",
    `${file} is being written by another process, which did not end in time: nothing of this write was kept. Try again.`,
  ],
};

type StoreErrorMeaning = readonly [code: StoreError["code"], message: string];

/** An error of the driver as a StoreError; any other as it is. */
export function storeErrorOf(error: unknown, file: string): unknown {
  if (!isSqliteFailure(error)) return error;
  // `SQLITE_IOERR_WRITE` is one of `SQLITE_IOERR`.
  const kind = Object.keys(meanings).find((code) => error.code === code || error.code.startsWith(`${code}_`));
  const [code, message] = kind === undefined ? [] : meanings[kind]!(file);
  if (code === undefined || message === undefined)
    return new StoreError("UNAVAILABLE", `${file}: ${error.message} (${error.code}).`, { cause: error });
  return new StoreError(code, message, { cause: error });
}
