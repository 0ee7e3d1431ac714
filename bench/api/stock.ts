// Stock Apollo Server 5: the same schema, over the same store, behind Express as its documentation shows.
import { createServer } from "node:http";
import { ApolloServer } from "@apollo/server";
import { ApolloServerPluginLandingPageDisabled } from "@apollo/server/plugin/disabled";
import { expressMiddleware } from "@as-integrations/express5";
import express from "express";
import { openCaller } from "../../src/access/caller.js";
import type { Engine } from "../../src/engine.js";
import { graphqlSchema } from "../../src/graphql/schema.js";
import { type RequestContext, requestContext } from "../../src/graphql/server/context.js";

export interface StockServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

export async function startStockServer(engine: Engine, project: string): Promise<StockServer> {
  const apollo = new ApolloServer<RequestContext>({
    schema: graphqlSchema(),
    stopOnTerminationSignals: false,
    plugins: [ApolloServerPluginLandingPageDisabled()],
  });
  await apollo.start();
  const app = express();
  const context = async () =>
    requestContext({
      engine,
      project,
      signal: new AbortController().signal,
      caller: openCaller("127.0.0.1"),
    });
  app.use("/graphql", express.json({ limit: "1mb" }), expressMiddleware(apollo, { context }));
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no address.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await apollo.stop();
    },
  };
}
