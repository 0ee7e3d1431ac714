// The rejects file: the records that an import has rejected, one on each line, with their place and the reason.
import { closeSync, openSync, writeSync } from "node:fs";
import { basename, resolve } from "node:path";
import { ImportError } from "../import-error.js";

export interface Reject {
  readonly file: string;
  /** The line of the file on which the record begins, from 1. */
  readonly line: number;
  readonly reason: string;
  /** The record as it was given; text if it could not be parsed. */
  readonly record: unknown;
}

export interface Rejects {
  add(reject: Reject): void;
  /** Closes the file and returns its absolute path; undefined if there were no rejects, and so no file. */
  close(): string | undefined;
}

/** Where rejects go: to a function, or to a file. */
export interface RejectsOptions {
  readonly rejectsFile?: string;
  readonly onReject?: (reject: Reject) => void;
}

/** Rejects of an import of `input`. The file is created, or an earlier one overwritten, with the first reject. */
export function rejectsOf(input: string, { rejectsFile, onReject }: RejectsOptions): Rejects {
  if (onReject !== undefined) return { add: onReject, close: () => undefined };
  const name = basename(resolve(input)).replace(/(\.csv)?(\.gz)?$/i, "");
  const path = resolve(rejectsFile ?? `${name}.rejects.ndjson`);
  let file: number | undefined;
  return {
    add(reject) {
      file ??= open(path);
      writeSync(file, `${JSON.stringify(reject)}\n`);
    },
    close() {
      if (file === undefined) return undefined;
      closeSync(file);
      file = undefined;
      return path;
    },
  };
}

function open(path: string): number {
  try {
    return openSync(path, "w");
  } catch (error) {
    throw new ImportError(
      `Rejected records can't be written to ${path}: ${(error as Error).message}. Name another file.`,
      {
        cause: error,
      },
    );
  }
}
