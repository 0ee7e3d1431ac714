// A service over the conformance world, for the tests in this folder.
import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fixedClock } from "../../src/clock.js";
import type { Engine } from "../../src/engine.js";
import { startServer } from "../../src/http/server.js";
import type { Metrics } from "../../src/metrics/metrics.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { copyWorldTo, worldAsOf } from "../support/conformance-world.js";

export interface Answer {
  readonly status: number;
  readonly contentType: string;
  /** Parsed if it is JSON, else text; tests assert its content. */
  readonly body: ReturnType<typeof JSON.parse>;
}

export interface RunningService {
  readonly url: string;
  readonly engine: Engine;
  /** Unexpected errors of the service. */
  readonly reported: unknown[];
  /** Asks GraphQL. */
  readonly ask: (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;
  /** Sends anything; unlike fetch() it lets the Host header be set. */
  readonly send: (options: SendOptions) => Promise<Answer>;
  readonly stop: () => Promise<void>;
}

export interface SendOptions {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

export async function runService(
  changeEngine: (engine: Engine) => Engine = (engine) => engine,
  metricsOf: () => Metrics | undefined = () => undefined,
): Promise<RunningService> {
  const folder = mkdtempSync(join(tmpdir(), "segmentql-graphql-"));
  const data = join(folder, "data");
  await copyWorldTo(data);
  const store = await openEmbeddedStore(data);
  const engine = changeEngine({ store, clock: fixedClock(Date.parse(worldAsOf)) });
  const reported: unknown[] = [];
  const server = await startServer({
    engine,
    metrics: metricsOf(),
    host: "127.0.0.1",
    port: 0,
    report: (error) => reported.push(error),
  });
  const send = (options: SendOptions) => sendTo(new URL(server.url).port, options);
  return {
    url: server.url,
    engine,
    reported,
    send,
    ask: (query, variables = {}, headers = {}) =>
      send({
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    async stop() {
      await server.close();
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Sends a request to a port of this machine. */
export function sendTo(port: string, options: SendOptions): Promise<Answer> {
  const { method = "POST", path = "/graphql", headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, async (response) => {
      let text = "";
      for await (const chunk of response.setEncoding("utf8")) text += chunk;
      const contentType = response.headers["content-type"] ?? "";
      resolve({
        status: response.statusCode ?? 0,
        contentType,
        body: contentType.includes("json") ? JSON.parse(text) : text,
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
