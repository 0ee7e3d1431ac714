// The context of a request, which every resolver receives.
import type { Caller } from "../../access/caller.js";
import type { Engine } from "../../engine.js";
import { type Loaders, newLoaders } from "./loaders.js";

export interface RequestContext {
  readonly engine: Engine;
  /** The project of the request; no answer contains data of another project. */
  readonly project: string;
  /** Aborted when the client goes away, which stops reads of the store. */
  readonly signal: AbortSignal;
  /** The caller, and its scopes. */
  readonly caller: Caller;
  /** Batched reads. */
  readonly loaders: Loaders;
  /** Discards the loaders' cached reads, because the data has changed. */
  readonly refresh: () => void;
}

/** The context of one request. */
export function requestContext(
  given: Pick<RequestContext, "engine" | "project" | "signal" | "caller">,
): RequestContext {
  const loaders = newLoaders(given);
  return { ...given, loaders, refresh: loaders.clear };
}
