// Clients that send requests to a server without pause until their time is over, and how long the answers took.
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { stopwatch } from "../../src/clock.js";

/** What is asked: a GraphQL operation, or a path. */
export interface Asked {
  readonly query?: string;
  readonly variables?: object;
  readonly path?: string;
  /** How often, in milliseconds; without pause if it is left out. */
  readonly everyMs?: number;
}

export interface Client {
  /** Sends one request. @returns the status and the body. */
  readonly ask: (asked: Asked) => Promise<{ readonly status: number; readonly text: string }>;
  readonly next: (number: number) => Asked;
  readonly close: () => void;
}

export interface Load {
  /** How long each right answer took, in milliseconds. */
  readonly answers: readonly number[];
  /** How long every request took, including those that still waited at the end. */
  readonly times: readonly number[];
  /** Requests that the server refused because too many waited. */
  readonly refused: number;
  readonly failed: number;
}

/** A client that keeps its connection; one that requests a path opens a new connection each time. */
export function newClient(url: string, next: (number: number) => Asked): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask: Client["ask"] = ({ query, variables, path = "/graphql" }) =>
    new Promise((resolve, reject) => {
      const body = query === undefined ? undefined : JSON.stringify({ query, variables });
      const options = {
        method: body === undefined ? "GET" : "POST",
        agent: body === undefined ? false : agent,
        headers: { "content-type": "application/json" },
      } as const;
      const sent = request(new URL(path, url), options, async (response) => {
        let text = "";
        try {
          for await (const chunk of response.setEncoding("utf8")) text += chunk;
          resolve({ status: response.statusCode ?? 0, text });
        } catch (error) {
          reject(error);
        }
      });
      sent.on("error", reject);
      sent.end(body);
    });
  return { ask, next, close: () => agent.destroy() };
}

/** Runs all clients at once, for a duration. A request that is not answered by then counts with its waiting time so far. */
export async function runFor(durationMs: number, clients: readonly Client[]): Promise<Load> {
  const answers: number[] = [];
  const times: number[] = [];
  let [refused, failed] = [0, 0];
  const run = stopwatch();
  const over = wait(durationMs, "late" as const);
  const runOne = async ({ ask, next, close }: Client): Promise<void> => {
    for (let number = 0; run() < durationMs; number += 1) {
      const asked = next(number);
      const elapsed = stopwatch();
      const result = await Promise.race([ask(asked).catch(() => undefined), over]);
      times.push(elapsed());
      if (result === "late") break;
      if (result?.status === 200 && !result.text.includes('"errors"')) answers.push(elapsed());
      else if (result?.status === 503 || result?.status === 429) {
        refused += 1;
        await wait(Math.min(1_000, Math.max(0, durationMs - run())));
      } else failed += 1;
      if (asked.everyMs !== undefined) await wait(Math.max(0, asked.everyMs - elapsed()));
    }
    close();
  };
  await Promise.all(clients.map(runOne));
  return { answers, times, refused, failed };
}

/** The value below which the given part of the values lies. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
