// Errors of requests about promotions.
import type { Diagnostic } from "../../grammar/diagnostic.js";

type PromotionErrorCode =
  | "INVALID_NAME"
  | "NAME_TAKEN"
  | "INVALID_INPUT"
  | "INVALID_QUERY"
  | "NOT_FOUND"
  | "IN_USE"
  | "UNKNOWN_SEGMENT"
  | "UNKNOWN_CUSTOMER"
  | "CODE_TAKEN"
  | "NO_FREE_CODES"
  | "KEY_USED"
  | "BUSY";

/** `message` names the mistake and the fix; `field` is the field of the request with the mistake. */
export class PromotionError extends Error {
  override readonly name = "PromotionError";
  constructor(
    readonly code: PromotionErrorCode,
    readonly field: string,
    message: string,
    /** What is wrong with the query, for `INVALID_QUERY`. */
    readonly diagnostics: readonly Diagnostic[] = [],
  ) {
    super(message);
  }
}

/** The error for what does not exist. @param what its kind, as `campaign`. */
export function unknownPromotion(what: string, written: string, field = what): PromotionError {
  return new PromotionError(
    "NOT_FOUND",
    field,
    `There is no ${what} "${shortened(written)}". Look at the list of them.`,
  );
}

/** The text, truncated for messages. */
export function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** @throws PromotionError `INVALID_INPUT` unless the value is a whole number within the bounds. */
export function checkWhole(value: number, field: string, least: number, most: number): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new PromotionError(
    "INVALID_INPUT",
    field,
    `\`${field}\` is ${value}; write a whole number from ${least} to ${most.toLocaleString("en")}.`,
  );
}

/** The error for an idempotency key of another request. */
export function keyUsed(message: string): PromotionError {
  return new PromotionError("KEY_USED", "idempotencyKey", message);
}

/** @throws PromotionError `INVALID_INPUT` for a text that can't be an idempotency key. */
export function checkKey(key: string): string {
  if (key.trim() !== "" && key.length <= 200 && !/[\p{Cc}\p{Cs}]/u.test(key)) return key;
  throw new PromotionError(
    "INVALID_INPUT",
    "idempotencyKey",
    "An idempotency key has 1 to 200 characters, and no control characters. Use a random id.",
  );
}

/** The error for a code that exists. */
export function codeTaken(code: string): PromotionError {
  return new PromotionError(
    "CODE_TAKEN",
    "code",
    `There is a code "${code}" already; case does not count. Choose another one.`,
  );
}
