// The context that every part of the domain receives: the store, the clock and the configured limits.
import type { Clock } from "./clock.js";
import type { Store } from "./store/port.js";

/** How many days messages of distributions are kept. */
export const defaultMessageDays = 400;

export interface Engine {
  readonly store: Store;
  readonly clock: Clock;
  /** The most customers of a static segment, if it is not the default. */
  readonly maxStaticMembers?: number;
  /** True if webhooks may be sent to addresses of this machine and of private networks, and without TLS. */
  readonly allowPrivateWebhooks?: boolean;
  /** How many days messages of distributions are kept after their last change of status, if it is not the default. */
  readonly messageDays?: number;
  /** How e-mail is sent; absent if it can't be. */
  readonly mail?: MailSettings | undefined;
}

export interface MailSettings {
  /** The address of the SMTP server, with its credentials: `smtps://user:password@host:465`. */
  readonly smtpUrl: string;
  /** The sender: `Shop <news@shop.example>`. */
  readonly from: string;
}
