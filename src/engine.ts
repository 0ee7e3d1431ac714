// What every part of the domain is handed: where the data is, what time it is, and the limits that are set.
import type { Clock } from "./clock.js";
import type { Store } from "./store/port.js";

export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
  /** The most customers of a static segment, where it is another number than the usual one. */
  readonly maxStaticMembers?: number;
  /** True where webhooks may go to addresses of this machine and of private networks, and without TLS. */
  readonly allowPrivateWebhooks?: boolean;
}
