// What is wrong with a request about API keys.

export type KeyErrorCode = "INVALID_INPUT" | "NOT_FOUND" | "TOO_MANY_KEYS" | "KEY_IN_USE";

/** `message` names the mistake and the fix; `field` is the part of the request with the mistake. */
export class KeyError extends Error {
  override readonly name = "KeyError";
  constructor(
    readonly code: KeyErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}
