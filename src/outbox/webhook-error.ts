// Why a webhook can't be created, changed, replayed or deleted as requested.

export type WebhookErrorCode =
  | "INVALID_URL"
  | "INVALID_SECRET"
  | "INVALID_SEGMENTS"
  | "UNKNOWN_SEGMENT"
  | "TOO_MANY_WEBHOOKS"
  | "NOT_FOUND"
  | "INVALID_INPUT";

/** `message` names the mistake and the fix; `field` is the part of the request with the mistake. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
  constructor(
    readonly code: WebhookErrorCode,
    readonly field: string,
    message: string,
  ) {
    super(message);
  }
}

/** The error for an id without a webhook. */
export function noSuchWebhook(id: string): WebhookError {
  const shown = id.length > 80 ? `${id.slice(0, 80)}…` : id;
  return new WebhookError("NOT_FOUND", "id", `There is no webhook of the id "${shown}". List the webhooks.`);
}
