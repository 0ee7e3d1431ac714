// The HTTP status of an answer with errors, as the GraphQL-over-HTTP specification has it.
// https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes
import type { ApolloServerPlugin } from "@apollo/server";

/**
 * A well-formed request whose document is wrong (it doesn't parse, isn't valid, has ill-typed variables or asks too much)
 * is answered with 200 where the answer is plain `application/json`, since clients that know no other type take any
 * other status for a failure of the network. Apollo answers 400 for both types.
 */
export const responseStatusPlugin: ApolloServerPlugin = {
  async requestDidStart({ request }) {
    return {
      async willSendResponse({ response, source }) {
        const accepted = request.http?.headers.get("accept") ?? "";
        const plainJson = !accepted.includes("application/graphql-response+json");
        // Without a source, the request itself was ill-formed, which is 400 in either type.
        if (plainJson && source !== undefined && response.http.status === 400) response.http.status = 200;
      },
    };
  },
};
