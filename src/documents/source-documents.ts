// The documents of sources: other systems that send customers and orders, and what they sent last.
import type { StoredDocument } from "./documents.js";

/** The systems that sources receive from. */
export const sourceKinds = ["SHOPIFY", "MAILCHIMP", "INTERCOM", "BIGCOMMERCE", "ACTIVECAMPAIGN"] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** A system that sends its changes. `_id` is random and unique across projects, since a delivery names nothing else. */
export interface SourceDocument extends StoredDocument {
  /** For people, as `Main shop`. */
  readonly name: string;
  readonly kind: SourceKind;
  /** What the sender signs deliveries with, or sends along. It is stored, since signatures are computed with it. */
  readonly secret: string;
  /** Replaced secrets, which are accepted until an instant. */
  readonly former_secrets?: readonly { readonly secret: string; readonly until: Date }[];
  /** False while deliveries are refused. */
  readonly enabled: boolean;
  /** True if fields that have no place in a profile or an order are kept as metadata. */
  readonly keep_unknown: boolean;
  /** The API from which records are fetched, of systems whose deliveries name a record only. */
  readonly api?: SourceApi;
  readonly received: SourceReceived;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface SourceApi {
  /** As `https://api.bigcommerce.com/stores/abc123`. */
  readonly url: string;
  readonly token: string;
}

/** What a source has received. */
interface SourceReceived {
  /** When the last delivery arrived that was not refused as forged; absent if none has. */
  readonly last_at?: Date;
  readonly accepted: number;
  /** Repeated deliveries, changes older than what is stored, and topics without a meaning here. */
  readonly ignored: number;
  readonly rejected: number;
  /** Why the last deliveries were rejected, or ignored although their topic has a meaning here; the latest first. */
  readonly problems: readonly SourceProblem[];
}

export interface SourceProblem {
  readonly at: Date;
  /** As `orders/create`. */
  readonly topic: string;
  readonly message: string;
}

export interface StatedConsent {
  readonly consent: string;
  readonly granted: boolean;
}

/**
 * The last change that was accepted of one record of a source. `_id` combines the source, the kind of record and a hash of the
 * sender's id.
 */
export interface SourceRecordDocument extends StoredDocument {
  readonly source: string;
  /** When the record last changed, by the sender's clock. */
  readonly at: Date;
  readonly kind: "customer" | "order";
  /** The `_id` of the customer that it is about; absent once the record was deleted. */
  readonly customer?: string;
  /** True from the beginning of the customer's erasure on, until a newer change. */
  readonly erased?: true;
  /** The consents that the sender last stated of a customer, of senders that state them with each change. */
  readonly stated?: readonly StatedConsent[];
}
