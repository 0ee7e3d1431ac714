// A delivery of a source: the request as it arrived, and what it says in terms of customers and orders.
import type { ProjectDocument, PropertyType } from "../documents/documents.js";
import type { SourceDocument } from "../documents/source-documents.js";
import type { CustomerPatch } from "../facts/profile-patch.js";
import type { OrderOfRows } from "../import/csv/given-rows.js";

/** A request to a source, not yet verified. */
export interface Delivery {
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The secret in the address, of systems that sign nothing. */
  readonly urlSecret: string | undefined;
  /** Exactly as it arrived. */
  readonly body: Buffer;
}

/** What is needed to read a delivery. */
export interface ReadingContext {
  readonly source: SourceDocument;
  readonly definition: ProjectDocument;
  /** In milliseconds since the epoch. */
  readonly now: number;
  readonly client: RecordClient;
}

/** Fetches records of systems whose deliveries name a record only. */
export interface RecordClient {
  /**
   * The JSON at an address.
   * @returns undefined if there is no record (any more).
   * @throws UnreachableError if it could not be fetched.
   */
  readonly get: (url: string, headers: Readonly<Record<string, string>>) => Promise<unknown>;
}

/**
 * A change that a delivery states. `id` is the sender's id of the record; `at` is when the record changed by the sender's clock, in
 * milliseconds since the epoch.
 */
export type DeliveredChange =
  | {
      readonly kind: "customer";
      readonly id: string;
      readonly at: number;
      /** Whose `source_id` is that of a customer who is not known by `id`. */
      readonly patch: CustomerPatch;
      /** The sender's id until now, if it changes. */
      readonly formerId?: string;
      /** Since when the customer exists, in ISO 8601, if nothing else says it. */
      readonly since?: string;
    }
  | {
      /** The customer is erased. */
      readonly kind: "erasure";
      readonly id: string;
      readonly at: number;
      /** The source id of the customer if none is known by `id`. */
      readonly sourceId?: string;
    }
  | {
      readonly kind: "order";
      readonly id: string;
      readonly at: number;
      readonly order: OrderOfRows;
      /** The sender's id of the customer. */
      readonly customer?: string;
    }
  | { readonly kind: "order removal"; readonly id: string; readonly at: number };

/** A delivery that was read. */
export interface ReadDelivery {
  /** As `orders/create`. */
  readonly topic: string;
  /** The same for each attempt to send it. */
  readonly id: string;
  /** None for a topic without a meaning here. */
  readonly changes: readonly DeliveredChange[];
}

/** What the records of a system need of a project's definition. */
interface NeededDefinition {
  readonly consents: readonly string[];
  readonly metadataSchema: Readonly<Record<string, PropertyType>>;
  readonly orderMetadataSchema: Readonly<Record<string, PropertyType>>;
}

/** A system that sends deliveries. */
export interface Vendor {
  /** Its name, as `Shopify`. */
  readonly title: string;
  /** The value of the attribute `source` of customers who are new. */
  readonly origin: "shopify" | "mailchimp" | "intercom" | "bigcommerce" | "activecampaign";
  readonly needs: NeededDefinition;
  /** True if each change of a customer states the consents, whether or not they changed. */
  readonly restatesConsents?: boolean;
  /** True if the delivery proves that its sender knows one of the secrets. */
  readonly verify: (delivery: Delivery, secrets: readonly string[]) => boolean;
  /** The topic and the id of a verified delivery. @throws DeliveryError. */
  readonly identify: (delivery: Delivery) => Omit<ReadDelivery, "changes">;
  /** What a verified delivery says. @throws DeliveryError; RecordError if a record in it is invalid. */
  readonly read: (delivery: Delivery, context: ReadingContext) => Promise<readonly DeliveredChange[]>;
}

/** A record could not be fetched for now; `message` says why. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** A verified delivery cannot be read; `message` says what is wrong with it. */
export class DeliveryError extends Error {
  override readonly name = "DeliveryError";
}
