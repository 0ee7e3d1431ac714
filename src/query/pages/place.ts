// Places in lists that are ordered by time and id, and their cursors.
import { z } from "zod";
import { CursorError } from "./window.js";

export interface PagePlace {
  readonly at: Date;
  readonly id: string;
}

const placeShape = z.tuple([z.int(), z.string().max(1_000)]);

/** The cursor of a document with a time. */
export function writePlace({ _id, at }: { readonly _id: string; readonly at: Date }): string {
  return Buffer.from(JSON.stringify([at.getTime(), _id]), "utf8").toString("base64url");
}

/** The place of a cursor. @param argument the argument that it was given in. @throws CursorError. */
export function readPlace(cursor: string, argument: string): PagePlace {
  const read = placeShape.safeParse(parsed(cursor));
  if (read.success) return { at: new Date(read.data[0]), id: read.data[1] };
  throw new CursorError(`\`${argument}\` is not a cursor of this list. Use a cursor of an earlier page.`);
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
