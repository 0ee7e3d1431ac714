// A receiver of webhooks in this process: keeps what it was sent, and answers as the test says.
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly headers: IncomingMessage["headers"];
  readonly body: ReturnType<typeof JSON.parse>;
  readonly text: string;
}

export type Reply = (response: ServerResponse, received: Received) => void;

export const taken: Reply = (response) => response.writeHead(204).end();
export const refusing =
  (status: number, headers: Record<string, string> = {}): Reply =>
  (response) =>
    response.writeHead(status, headers).end("no");

export async function runReceiver() {
  const received: Received[] = [];
  let reply = taken;
  const server = createServer(async (request, response) => {
    let text = "";
    try {
      for await (const chunk of request.setEncoding("utf8")) text += chunk;
    } catch {
      // Its sender is gone before it was all said.
      return;
    }
    const one = { headers: request.headers, body: text === "" ? undefined : JSON.parse(text), text };
    received.push(one);
    reply(response, one);
  });
  // One that is closed for being idle just when it is used again would be a delivery that failed.
  server.keepAliveTimeout = 0;
  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    received,
    answer: (with_: Reply): void => {
      reply = with_;
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
