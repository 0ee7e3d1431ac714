// What every resolver receives with a request.
import type { Caller } from "../../access/caller.js";
import type { Engine } from "../../engine.js";
import { type Loaders, newLoaders } from "./loaders.js";

export interface RequestContext {
  readonly engine: Engine;
  /** The project that the request is about; no answer contains anything of another. */
  readonly project: string;
  /** Aborted when the client goes away, which stops reads of the store. */
  readonly signal: AbortSignal;
  /** Who asks, and what they may do. */
  readonly caller: Caller;
  /** Batched reads. */
  readonly loaders: Loaders;
  /** Discards what the loaders hold, because the data has changed. */
  readonly refresh: () => void;
}

/** The context of one request. */
export function requestContext(
  given: Pick<RequestContext, "engine" | "project" | "signal" | "caller">,
): RequestContext {
  const loaders = newLoaders(given);
  return { ...given, loaders, refresh: loaders.clear };
}
