// The errors that clients see: a stable code, a message with the fix, and no internals.
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { KeyError } from "../../access/key-error.js";
import { RecordError } from "../../facts/record-error.js";
import { SourceError } from "../../integrations/source-error.js";
import { PositionError } from "../../membership/reads/feed.js";
import { HistoryError } from "../../membership/reads/history.js";
import { MessageError } from "../../messaging/message-error.js";
import { WebhookError } from "../../outbox/webhook-error.js";
import { ProjectError, UnknownProjectError } from "../../projects/projects.js";
import { PromotionError } from "../../promotions/promotion-error.js";
import { UnknownComputedError } from "../../query/computed-values.js";
import { TooManyRecordsError } from "../../query/customer-records.js";
import { CursorError } from "../../query/pages/window.js";
import { SampleError } from "../../query/samples.js";
import { SegmentError } from "../../segments/segment-error.js";
import { isStoreError, StoreError, type StoreErrorCode } from "../../store/port.js";
import { SuggestionError } from "../../suggest/suggestion.js";
import { UnknownCustomerError } from "../../why/why.js";
import { recordMessage } from "../write/record-message.js";
import { isLostConnection } from "./client-gone.js";

const storeCodes: Readonly<Record<StoreErrorCode, string>> = {
  TIMEOUT: "TIMEOUT",
  UNAVAILABLE: "UNAVAILABLE",
  LOCKED: "UNAVAILABLE",
  NEWER_FORMAT: "UNAVAILABLE",
  OLDER_FORMAT: "UNAVAILABLE",
  DAMAGED: "UNAVAILABLE",
  READ_ONLY: "UNAVAILABLE",
  NO_SPACE: "UNAVAILABLE",
  BUSY: "UNAVAILABLE",
  UNSCOPED: "INTERNAL_SERVER_ERROR",
  TOO_MANY_INDEXES: "BAD_USER_INPUT",
};

/** The filter is not valid; its diagnostics are in the extensions, in the shape of the type Diagnostic. */
export function invalidFilter(diagnostics: readonly Diagnostic[]): GraphQLError {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "ERROR");
  const message = `The filter has ${errors.length === 1 ? "a mistake" : `${errors.length} mistakes`}: ${errors[0]?.message}`;
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", diagnostics } });
}

/** The message for clients if the store can't be reached: its own message may name hosts and folders. */
const unavailable = "The store cannot be reached at this moment. Try again.";
/** The message for clients if too many requests wait for the store. */
const busy = "The server has too much to do at this moment. Try again in a few seconds.";

/**
 * Makes Apollo's `formatError`: errors of the domain get their code. Unexpected errors are passed to `report`, and the client
 * learns only that one happened.
 */
export function errorFormatter(report: (error: unknown) => void) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(thrown);
    // `unwrapResolverError` does not unwrap what a plugin threw, as one that waited for a turn.
    const cause = thrown instanceof GraphQLError ? thrown.originalError : undefined;
    if (isLostConnection(error) || isLostConnection(cause))
      return { ...formatted, message: unavailable, extensions: { code: "UNAVAILABLE" } };
    const code = domainCode(error);
    if (code !== undefined && code !== "INTERNAL_SERVER_ERROR") {
      if (code === "UNAVAILABLE") report(error);
      const message =
        code === "UNAVAILABLE" ? unavailableMessage(error) : messageOf(error, formatted.message);
      return { ...formatted, message, extensions: { ...formatted.extensions, code } };
    }
    const expected = error instanceof GraphQLError && formatted.extensions?.code !== "INTERNAL_SERVER_ERROR";
    if (expected) return formatted;
    report(error);
    return {
      ...formatted,
      message:
        "Something went wrong in the server. The request may be valid: try again, or tell its operator.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    };
  };
}

function unavailableMessage(error: unknown): string {
  return isStoreError(error, "BUSY") ? busy : unavailable;
}

function messageOf(error: unknown, message: string): string {
  return error instanceof RecordError ? recordMessage(error.message) : message;
}

const badInput = [
  CursorError,
  UnknownComputedError,
  ProjectError,
  SampleError,
  SegmentError,
  RecordError,
  UnknownCustomerError,
  TooManyRecordsError,
  SuggestionError,
  WebhookError,
  PositionError,
  HistoryError,
  KeyError,
  PromotionError,
  MessageError,
  SourceError,
] as const;

function domainCode(error: unknown): string | undefined {
  if (error instanceof UnknownProjectError) return "UNKNOWN_PROJECT";
  if (badInput.some((kind) => error instanceof kind)) return "BAD_USER_INPUT";
  if (error instanceof StoreError) return storeCodes[error.code];
  return undefined;
}
