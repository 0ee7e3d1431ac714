// Errors of requests about distributions.

type MessageErrorCode =
  | "NAME_TAKEN"
  | "INVALID_INPUT"
  | "INVALID_TEMPLATE"
  | "NOT_FOUND"
  | "IN_USE"
  | "BUSY"
  | "UNKNOWN_SEGMENT"
  | "UNKNOWN_CUSTOMER"
  | "DELIVERY_FAILED";

/** `message` names the mistake and the fix; `field` is the field of the request with the mistake. */
export class MessageError extends Error {
  override readonly name = "MessageError";
  constructor(
    readonly code: MessageErrorCode,
    readonly field: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The error for e-mail without a server to send it. */
export function noMail(): MessageError {
  return new MessageError(
    "INVALID_INPUT",
    "by",
    "No mail server is set up. Set SEGMENTQL_SMTP_URL and SEGMENTQL_MAIL_FROM, and start the service again.",
  );
}
