// The shop that the benchmark queries, in the embedded store, and a client that keeps its connections open.
import { Agent, request } from "node:http";
import type { EmbeddedStore } from "../../src/store/embedded/store.js";
import { definition, type StoredCustomer, storedCustomers } from "../embedded/world.js";

export { project } from "../embedded/world.js";

/** Writes a number of customers with their orders. `now` in milliseconds since the epoch. */
export async function loadShop(store: EmbeddedStore, customers: number, now: number): Promise<void> {
  await store.writeDefinition(definition);
  let batch: StoredCustomer[] = [];
  const write = () =>
    store.write(async (transaction) => {
      await transaction.put(
        "customers",
        batch.map(({ customer }) => customer),
      );
      await transaction.put(
        "products",
        batch.flatMap(({ products }) => products),
      );
      await transaction.put(
        "orders",
        batch.flatMap(({ records }) => records.orders),
      );
    });
  for (const stored of storedCustomers(customers, now)) {
    batch.push(stored);
    if (batch.length < 500) continue;
    await write();
    batch = [];
  }
  if (batch.length > 0) await write();
}

export interface Client {
  /** Sends an operation, and resolves with the body of the answer. */
  readonly ask: (query: string, variables?: object) => Promise<string>;
  readonly close: () => void;
}

/** A client of the service at `url`, as `http://127.0.0.1:4000`, with a number of connections. */
export function newClient(url: string, project: string, connections = 1): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { hostname, port } = new URL(url);
  return {
    ask: (query, variables = {}) =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify({ query, variables });
        const headers = {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "x-segmentql-project": project,
        };
        const sent = request(
          { agent, hostname, port, path: "/graphql", method: "POST", headers },
          (response) => {
            const parts: Buffer[] = [];
            response.on("data", (part: Buffer) => parts.push(part));
            response.on("end", () => {
              const text = Buffer.concat(parts).toString("utf8");
              if (response.statusCode === 200) resolve(text);
              else reject(new Error(`${response.statusCode}: ${text.slice(0, 300)}`));
            });
            response.on("error", reject);
          },
        );
        sent.on("error", reject);
        sent.end(body);
      }),
    close: () => agent.destroy(),
  };
}
