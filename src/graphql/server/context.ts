// What every resolver is handed with a request.
import type { Engine } from "../../engine.js";

export interface RequestContext {
  readonly engine: Engine;
  /** The project that the request is about; no answer holds anything of another. */
  readonly project: string;
  /** Aborted when the client goes away, so that nobody works for an answer that no one reads. */
  readonly signal: AbortSignal;
}
