// The error for a client that closed its connection before the answer.

export class ClientGoneError extends Error {
  override readonly name = "ClientGoneError";
  constructor() {
    super("The client went away.");
  }
}

const brokenConnection: ReadonlySet<string> = new Set([
  "ECONNRESET",
  "EPIPE",
  "ECONNABORTED",
  "ERR_STREAM_PREMATURE_CLOSE",
  "ERR_STREAM_DESTROYED",
]);

/** True of errors that a lost connection causes, which are no fault of the server. */
export function isLostConnection(error: unknown): boolean {
  if (error instanceof ClientGoneError) return true;
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  return typeof code === "string" && brokenConnection.has(code);
}
