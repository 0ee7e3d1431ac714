// `segmentql mcp`: tools for AI assistants, by the Model Context Protocol, over stdin and stdout or over HTTP.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import { AccessError, authenticator } from "../../access/authenticate.js";
import type { Engine } from "../../engine.js";
import { namesThisMachine } from "../../http/host-check.js";
import { listen } from "../../http/listen.js";
import { isLoopback } from "../../http/loopback.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { stopRequested } from "../terminal/interruption.js";
import { complain } from "../terminal/output.js";
import { mcpServer } from "./tools.js";

export interface McpOptions extends GlobalOptions {
  /** True if segments may be saved over stdin and stdout; over HTTP, the key's scope decides. */
  readonly write?: boolean;
  /** Serves HTTP on this port instead of stdin and stdout. */
  readonly port?: number;
  readonly host: string;
}

export async function mcpCommand(options: McpOptions, version: string): Promise<void> {
  const stopped = stopRequested();
  await withEngine(options, options.write === true, async (engine) => {
    if (options.port === undefined) {
      const server = mcpServer({ engine, project: options.project, writes: options.write === true, version });
      const transport = new StdioServerTransport();
      const ended = new Promise<void>((resolve) => {
        process.stdin.once("end", resolve);
      });
      await server.connect(transport);
      await Promise.race([ended, stopped]);
      await server.close();
      return;
    }
    const { url, close } = await serveMcp(engine, { ...options, port: options.port }, version);
    complain(`Tools for assistants at ${url}/mcp. Ctrl+C stops it.`);
    await stopped;
    await close();
  });
}

export interface McpServerOptions {
  readonly project: string;
  readonly host: string;
  readonly port: number;
  readonly write?: boolean;
}

/** Serves the tools over HTTP. Each request has its own MCP server: no state is kept between requests. */
export async function serveMcp(engine: Engine, options: McpServerOptions, version: string) {
  const { host, port, project } = options;
  const onlyThisMachine = isLoopback(host);
  const identify = authenticator(engine, { onlyThisMachine, project });
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (onlyThisMachine && !namesThisMachine(request.headers))
      return refuse(response, 403, "Ask as localhost.");
    if (request.url?.split("?")[0] !== "/mcp") return refuse(response, 404, "The tools are at /mcp.");
    const { caller, project: own } = await identify({
      authorization: request.headers.authorization,
      project: undefined,
      address: request.socket.remoteAddress ?? "",
    });
    if (!caller.scopes.has("read")) return refuse(response, 403, "This needs a key with the scope `read`.");
    const writes = caller.kind === "open" ? options.write === true : caller.scopes.has("write");
    const server = mcpServer({ engine, project: own, writes, version });
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
    response.once("close", () => void server.close());
    await server.connect(transport);
    await transport.handleRequest(request, response);
  };
  const http = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      if (!(error instanceof AccessError))
        return refuse(response, 500, "Something went wrong in the server.");
      refuse(response, error.code === "UNAUTHENTICATED" ? 401 : 403, error.message);
    });
  });
  const url = await listen(http, host, port);
  return {
    url,
    close: () =>
      new Promise<void>((resolve) => {
        http.close(() => resolve());
        http.closeAllConnections();
      }),
  };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify({ error: message }));
}
