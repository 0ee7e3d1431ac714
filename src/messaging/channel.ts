// How a message leaves: every channel has this interface.
import type { CustomerDocument } from "../documents/documents.js";
import type { DistributionDocument, SkipReason } from "../documents/message-documents.js";
import type { Rendered } from "./templates/template.js";

/** A message that is ready to be sent. */
export interface Outgoing {
  readonly distribution: DistributionDocument;
  readonly messageId: string;
  readonly customer: CustomerDocument;
  readonly rendered: Rendered;
  readonly code?: string | undefined;
  /** True of a message that shows a person how it looks: it is no message to the customer. */
  readonly isTest?: boolean;
  /** An address to use instead of the customer's, of a test. */
  readonly to?: string | undefined;
}

/**
 * `sent`: the receiver has accepted it. `refused`: it did not, and would not at another attempt. `unavailable`: it was not received, and
 * may be at another attempt. `uncertain`: the receiver may have accepted it. `misconfigured`: nothing can be sent until somebody mends
 * something.
 */
export type Outcome =
  | { readonly kind: "sent" }
  | {
      readonly kind: "refused" | "unavailable" | "uncertain" | "misconfigured";
      readonly problem: string;
    };

export interface Channel {
  /** Why a customer can't be reached by it; undefined for one who can be. */
  readonly obstacle: (customer: CustomerDocument) => SkipReason | undefined;
  /** Never rejects: a failure is an outcome. */
  readonly send: (message: Outgoing, signal?: AbortSignal) => Promise<Outcome>;
  /** Closes connections. */
  readonly close: () => void;
}
