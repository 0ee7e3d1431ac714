// The context that every part of the domain receives: the store, the clock and the configured limits.
import type { Clock } from "./clock.js";
import type { Store } from "./store/port.js";

export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
  /** The most customers of a static segment, if it is not the default. */
  readonly maxStaticMembers?: number;
  /** True if webhooks may be sent to addresses of this machine and of private networks, and without TLS. */
  readonly allowPrivateWebhooks?: boolean;
}
