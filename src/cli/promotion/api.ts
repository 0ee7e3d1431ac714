// The API that the commands about promotions ask: a server's, or the same schema in this process on the data.
import type { ExecutionResult } from "graphql";
import type { Engine } from "../../engine.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { refuseUserErrors, type ServerClient, type UserError } from "../server/client.js";
import { type GlobalOptions, withEither } from "../session.js";

export type Ask = ServerClient["ask"];

/** Runs `work` with the API. @param writes as for `withEngine`. */
export function withApi<Result>(
  options: GlobalOptions,
  writes: boolean,
  work: (ask: Ask) => Promise<Result>,
): Promise<Result> {
  return withEither(options, writes, {
    engine: async (engine) => work(await askHere(engine, options.project)),
    server: ({ ask }) => work(ask),
  });
}

async function askHere(engine: Engine, project: string): Promise<Ask> {
  const [{ GraphQLError, graphql }, { graphqlSchema }, { requestContext }, { openCaller }] =
    await Promise.all([
      import("graphql"),
      import("../../graphql/schema.js"),
      import("../../graphql/server/context.js"),
      import("../../access/caller.js"),
    ]);
  const schema = graphqlSchema();
  return async <Data>(source: string, variableValues: object = {}): Promise<Data> => {
    const { signal } = new AbortController();
    const contextValue = requestContext({ engine, project, signal, caller: openCaller("command line") });
    const answer: ExecutionResult = await graphql({
      schema,
      source,
      contextValue,
      variableValues: variableValues as Record<string, unknown>,
    });
    const [error] = answer.errors ?? [];
    if (error === undefined) return answer.data as Data;
    const { originalError, message } = error;
    // Errors of the domain have their own exit codes and messages. Those of GraphQL are mistakes in the input.
    if (originalError !== undefined && !(originalError instanceof GraphQLError)) throw originalError;
    throw new CommandFailure(exitCodes.failure, message);
  };
}

/** The payload of a mutation without user errors. @throws ServerRefusal if there are some. */
export async function payloadOf<Payload extends { readonly userErrors: readonly UserError[] }>(
  ask: Ask,
  mutation: string,
  variables: object,
): Promise<Payload> {
  const answer = await ask<Record<string, Payload>>(mutation, variables);
  const [payload] = Object.values(answer);
  refuseUserErrors(payload!.userErrors);
  return payload!;
}

/** A page of a connection. */
export interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** How many objects of a list are asked for at once. */
const pageSize = 100;

/** All nodes of a connection of the API, page by page. */
export async function wholeList<Node>(ask: Ask, field: string, fields: string): Promise<readonly Node[]> {
  const all: Node[] = [];
  for (let after: string | null = null; ; ) {
    const answer: Readonly<Record<string, Page<Node>>> = await ask(
      `query ($after: String) { ${field}(first: ${pageSize}, after: $after) {
        nodes { ${fields} } pageInfo { hasNextPage endCursor } } }`,
      { after },
    );
    const { nodes, pageInfo } = answer[field]!;
    all.push(...nodes);
    if (!pageInfo.hasNextPage) return all;
    after = pageInfo.endCursor;
  }
}
