// The HTTP status of an answer with errors, by the GraphQL-over-HTTP specification.
// https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
import type { ApolloServerPlugin } from "@apollo/server";

/**
 * A well-formed request whose document is refused (it doesn't parse, isn't valid, has ill-typed variables or costs too much) gets
 * status 200 if the answer is plain `application/json`, since clients that know only this type treat any other status as a
 * network failure. Apollo answers 400 for both types.
 */
export const responseStatusPlugin: ApolloServerPlugin = {
  async requestDidStart({ request }) {
    return {
      async willSendResponse({ response, source }) {
        const accepted = request.http?.headers.get("accept") ?? "";
        const plainJson = !accepted.includes("application/graphql-response+json");
        // Without a source, the request itself was malformed, which is 400 for both types.
        if (plainJson && source !== undefined && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
