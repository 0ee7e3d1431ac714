// Trusted documents (persisted operations): the list that a client's build writes. A server with such a list executes no other
// document.
import type { RequestHandler } from "express";
import { documentHash, type TrustedDocuments } from "../../trusted-documents.js";
import { refuse } from "../failures.js";

/** The document of a request: its text, or the id of a persisted one. */
export interface DocumentRequest {
  readonly query?: unknown;
  readonly documentId?: unknown;
  readonly extensions?: unknown;
}

export const untrusted =
  "This server executes the documents of its list only, and this one is not in it. Add it to the file that SEGMENTQL_TRUSTED_DOCUMENTS names.";

/** The text of the requested trusted document, given by its id, its hash or its text; undefined if it is not in the list. */
export function trustedText(
  documents: TrustedDocuments,
  { query, documentId, extensions }: DocumentRequest,
): string | undefined {
  if (typeof documentId === "string") return documents.get(documentId.replace(/^sha256:/, ""));
  if (typeof query === "string" && query !== "")
    return documents.get(documentHash(query)) === undefined ? undefined : query;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } };
  return typeof persistedQuery?.sha256Hash === "string"
    ? documents.get(persistedQuery.sha256Hash)
    : undefined;
}

/** Refuses requests for documents that are not trusted, and replaces an id by the text. */
export function onlyTrusted(documents: TrustedDocuments): RequestHandler {
  return (request, response, next) => {
    if (request.method === "OPTIONS") return next();
    if (request.method !== "POST")
      return refuse(
        response,
        405,
        "BAD_REQUEST",
        "With a list of trusted documents, requests are sent by POST.",
      );
    const body: unknown = request.body;
    const given = typeof body === "object" && body !== null ? (body as DocumentRequest) : {};
    const query = trustedText(documents, given);
    if (query === undefined) return refuse(response, 400, "PERSISTED_QUERY_NOT_IN_LIST", untrusted);
    // With the text, the id and the hash are not needed any more.
    const { documentId: _id, extensions: _extensions, ...others } = given;
    request.body = { ...others, query };
    next();
  };
}

/** Refuses a persisted query whose hash is malformed, or is not the hash of the text sent with it. */
export const refuseWrongHashes: RequestHandler = (request, response, next) => {
  const given = (request.method === "GET" ? request.query : (request.body ?? {})) as DocumentRequest;
  const { persistedQuery } = (parsedExtensions(given.extensions) ?? {}) as {
    persistedQuery?: { version?: unknown; sha256Hash?: unknown };
  };
  if (persistedQuery === undefined || persistedQuery === null) return next();
  const { version, sha256Hash } = persistedQuery;
  const isHash = version === 1 && typeof sha256Hash === "string" && /^[0-9a-f]{64}$/.test(sha256Hash);
  if (!isHash) {
    const message =
      "`persistedQuery` has `version` 1 and `sha256Hash`, the SHA-256 of the document in hexadecimal.";
    return refuse(response, 400, "BAD_REQUEST", message);
  }
  if (typeof given.query === "string" && given.query !== "" && documentHash(given.query) !== sha256Hash)
    return refuse(response, 400, "BAD_REQUEST", "`sha256Hash` is the hash of another document than `query`.");
  next();
};

/** The extensions; in a URL, they are JSON text. */
function parsedExtensions(extensions: unknown): unknown {
  if (typeof extensions !== "string") return extensions;
  try {
    return JSON.parse(extensions);
  } catch {
    return undefined;
  }
}
