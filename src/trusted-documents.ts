// The file of trusted documents: every operation that the clients of a server send.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** Texts of GraphQL documents by their ids, and by their SHA-256 in hexadecimal. */
export type TrustedDocuments = ReadonlyMap<string, string>;

const shapes = z.union([
  // Of Apollo's and Relay's tools: https://www.apollographql.com/docs/kotlin/advanced/persisted-queries
  z.object({ operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })) }),
  // Of graphql-codegen's client preset: ids and texts.
  z.record(z.string().min(1), z.string().min(1)),
]);

/** What is wrong with the file; `message` says it for the one who configures the server. */
export class TrustedDocumentsError extends Error {
  override readonly name = "TrustedDocumentsError";
}

export function documentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** @throws TrustedDocumentsError if the file cannot be read, or is none. */
export function readTrustedDocuments(path: string): TrustedDocuments {
  let read: z.infer<typeof shapes>;
  try {
    read = shapes.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? "is not a list of documents" : "cannot be read as JSON";
    throw new TrustedDocumentsError(
      `names ${path}, which ${why}: write {"id": "document"}, or {"operations": [{"id": …, "body": …}]}`,
      { cause },
    );
  }
  const listed = "operations" in read && Array.isArray(read.operations) ? read.operations : undefined;
  const pairs: readonly (readonly [string, string])[] =
    listed?.map(({ id, body }) => [id, body] as const) ?? Object.entries(read as Record<string, string>);
  return new Map(pairs.flatMap(([id, text]) => [[id, text] as const, [documentHash(text), text] as const]));
}
