// Errors of a request that its author can fix.
import { GraphQLError } from "graphql";

/** The request can't be answered; `message` says what to request instead. */
export function userError(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });
}
