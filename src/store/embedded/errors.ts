// Translates errors of SQLite into errors of the store, with the file's name and what to do.
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

/** True for a folder that exists and can be read but not written. */
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

/** What each result code of SQLite means to the operator. */
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
  // SQLite also reports this if it can't create the log.
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

/** A StoreError for an error of the driver; any other error unchanged. */
export function storeErrorOf(error: unknown, file: string): unknown {
  if (!isSqliteFailure(error)) return error;
  // Extended codes, as `SQLITE_IOERR_WRITE`, belong to `SQLITE_IOERR`.
  const kind = Object.keys(meanings).find((code) => error.code === code || error.code.startsWith(`${code}_`));
  const [code, message] = kind === undefined ? [] : meanings[kind]!(file);
  if (code === undefined || message === undefined)
    return new StoreError("UNAVAILABLE", `${file}: ${error.message} (${error.code}).`, { cause: error });
  return new StoreError(code, message, { cause: error });
}
