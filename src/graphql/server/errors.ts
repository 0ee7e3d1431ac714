// What clients are told when something goes wrong: a stable code, a message with the mend, and nothing of the inside.
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { RecordError } from "../../facts/record-error.js";
import { PositionError } from "../../membership/reads/feed.js";
import { HistoryError } from "../../membership/reads/history.js";
import { WebhookError } from "../../outbox/webhook-error.js";
import { ProjectError, UnknownProjectError } from "../../projects/projects.js";
import { TooManyRecordsError } from "../../query/customer-records.js";
import { SampleError } from "../../query/samples.js";
import { CursorError } from "../../query/window.js";
import { SegmentError } from "../../segments/segment-error.js";
import { StoreError, type StoreErrorCode } from "../../store/port.js";
import { SuggestionError } from "../../suggest/suggestion.js";
import { UnknownCustomerError } from "../../why/why.js";
import { recordMessage } from "../write/record-message.js";

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

/** The filter has mistakes; they are in the extensions, in the shape of the type Diagnostic. */
export function invalidFilter(diagnostics: readonly Diagnostic[]): GraphQLError {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === "ERROR");
  const message = `The filter has ${errors.length === 1 ? "a mistake" : `${errors.length} mistakes`}: ${errors[0]?.message}`;
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT", diagnostics } });
}

/**
 * Makes Apollo's `formatError`: errors of the domain get their code; what nobody foresaw is handed to `report`, and the
 * client is told no more than that it happened.
 */
export function errorFormatter(report: (error: unknown) => void) {
  return (formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError => {
    const error = unwrapResolverError(thrown);
    const code = domainCode(error);
    if (code !== undefined && code !== "INTERNAL_SERVER_ERROR") {
      const message = error instanceof RecordError ? recordMessage(error.message) : formatted.message;
      return { ...formatted, message, extensions: { ...formatted.extensions, code } };
    }
    const foreseen = error instanceof GraphQLError && formatted.extensions?.code !== "INTERNAL_SERVER_ERROR";
    if (foreseen) return formatted;
    report(error);
    return {
      ...formatted,
      message:
        "Something went wrong in the service. The request may be right: try again, or tell whoever runs it.",
      extensions: { code: "INTERNAL_SERVER_ERROR" },
    };
  };
}

const badInput = [
  CursorError,
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
] as const;

function domainCode(error: unknown): string | undefined {
  if (error instanceof UnknownProjectError) return "UNKNOWN_PROJECT";
  if (badInput.some((kind) => error instanceof kind)) return "BAD_USER_INPUT";
  if (error instanceof StoreError) return storeCodes[error.code];
  return undefined;
}
