// The file of trusted documents: every operation that a server's clients may send.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";

/** The texts of GraphQL documents, by id and by SHA-256 in hexadecimal. */
export type TrustedDocuments = ReadonlyMap<string, string>;

const shapes = z.union([
  // The format of Apollo's and Relay's tools: https://www.apollographql.com/docs/kotlin/advanced/persisted-queries
  z.object({ operations: z.array(z.object({ id: z.string().min(1), body: z.string().min(1) })) }),
  // The format of graphql-codegen's client preset: texts by id.
  z.record(z.string().min(1), z.string().min(1)),
]);

/** The file is invalid; `message` explains the mistake to the server's administrator. */
export class TrustedDocumentsError extends Error {
  override readonly name = "TrustedDocumentsError";
}

export function documentHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** @throws TrustedDocumentsError if the file cannot be read, or is not a list of documents. */
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
