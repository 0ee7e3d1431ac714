// The client on whose behalf work runs, available anywhere inside that work, so that clients can take turns.
import { AsyncLocalStorage } from "node:async_hooks";

const current = new AsyncLocalStorage<string>();

/** Runs work on behalf of a client: an API key, or a connection without one. */
export function onBehalfOf<Result>(client: string, work: () => Result): Result {
  return current.run(client, work);
}

/** The client that the current work runs for; empty for the process's own work. */
export function currentClient(): string {
  return current.getStore() ?? "";
}
