// A websocket client for tests: the messages of graphql-ws as they are, so that nothing is hidden by a library that mends them.
import { once } from "node:events";
import { WebSocket } from "ws";

interface Answer {
  readonly id?: string;
  readonly type: string;
  readonly payload?: ReturnType<typeof JSON.parse>;
}

export interface Client {
  readonly socket: WebSocket;
  readonly send: (message: object) => void;
  /** Asks for a subscription, under a new id if none is given. */
  readonly subscribe: (query: string, variables?: object, id?: string) => void;
  /** The next message that has come, or comes. */
  readonly next: () => Promise<Answer>;
  /** Messages that have come and were not taken. */
  readonly waiting: readonly Answer[];
  /** The code and the reason of its close. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
  readonly close: () => Promise<void>;
}

export interface Connecting {
  readonly headers?: Record<string, string>;
  readonly path?: string;
  /** False to send no greeting. */
  readonly greet?: boolean;
  readonly parameters?: object;
}

/** Connects to a service at `http://…`, and greets it. @throws if the connection is refused. */
export async function connect(url: string, options: Connecting = {}): Promise<Client> {
  const { headers, path = "/graphql", greet = true, parameters } = options;
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, "graphql-transport-ws", { headers });
  const waiting: Answer[] = [];
  const takers: ((answer: Answer) => void)[] = [];
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.once("close", (code, reason) => resolve([code, String(reason)]));
  });
  socket.on("message", (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    const taker = takers.shift();
    if (taker === undefined) waiting.push(answer);
    else taker(answer);
  });
  await once(socket, "open");
  socket.on("error", () => undefined);
  const send = (message: object) => socket.send(JSON.stringify(message));
  const next = () =>
    new Promise<Answer>((resolve) => {
      const first = waiting.shift();
      if (first === undefined) takers.push(resolve);
      else resolve(first);
    });
  if (greet) {
    send({ type: "connection_init", payload: parameters });
    await next();
  }
  let subscriptions = 0;
  return {
    socket,
    send,
    next,
    waiting,
    closed,
    subscribe: (query, variables = {}, id) => {
      subscriptions += 1;
      send({ id: id ?? String(subscriptions), type: "subscribe", payload: { query, variables } });
    },
    close: async () => {
      socket.close();
      await closed;
    },
  };
}

/** Why a connection is refused, by status and code. */
export function refusal(url: string, options: Connecting): Promise<string> {
  const { headers, path = "/graphql" } = options;
  const socket = new WebSocket(`${url.replace("http", "ws")}${path}`, "graphql-transport-ws", { headers });
  return new Promise((resolve) => {
    socket.on("error", () => undefined);
    socket.on("open", () => resolve("open"));
    socket.on("unexpected-response", async (_request, response) => {
      let text = "";
      for await (const chunk of response) text += chunk;
      resolve(`${response.statusCode} ${JSON.parse(text).errors[0].extensions.code}`);
      socket.terminate();
    });
  });
}
