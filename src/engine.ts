// The two things that every part of the domain is handed: where the data is, and what time it is.
import type { Clock } from "./clock.js";
import type { Store } from "./store/port.js";

export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
}
