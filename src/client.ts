// Whose work this is: what a process does for its clients takes turns between them, however deep inside it happens.
import { AsyncLocalStorage } from "node:async_hooks";

const current = new AsyncLocalStorage<string>();

/** Runs work on behalf of a client: a key, or a connection of somebody without one. */
export function onBehalfOf<Result>(client: string, work: () => Result): Result {
  return current.run(client, work);
}

/** The client that this work is for; empty for what the process does by itself. */
export function currentClient(): string {
  return current.getStore() ?? "";
}
