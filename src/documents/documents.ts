// The documents of projects, customers, records, products and segments. Field names that are canonical names of the language are
// snake_case.
import type { Query } from "../../grammar/tree.js";

/** Every document has a string `_id` that is unique across projects, and names its project. */
export interface StoredDocument {
  readonly _id: string;
  readonly project: string;
}

/** The type of one value of a schema's key. */
export type SingleType = "string" | "number" | "boolean" | "date" | "datetime";
/** The type of a schema's key: one value, or a list of them. */
export type PropertyType = SingleType | `${SingleType}[]`;

/** A project's definition. `_id` equals `project`. */
export interface ProjectDocument extends StoredDocument {
  /** IANA time zone, as `Europe/Warsaw`. */
  readonly timezone: string;
  /** ISO 4217 code. */
  readonly currency: string;
  readonly metadataSchema: Readonly<Record<string, PropertyType>>;
  /** Keys of `metadataSchema` that the store keeps an index for; none if it is absent. */
  readonly metadataIndexes?: readonly string[];
  readonly orderMetadataSchema: Readonly<Record<string, PropertyType>>;
  readonly eventSchemas: Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;
  readonly consents: readonly string[];
  readonly campaigns: Readonly<Record<string, readonly string[]>>;
  /** Computed attributes: expressions of the language, by name; none if it is absent. */
  readonly computed?: Readonly<Record<string, string>>;
}

/** A customer as given, in the format of the interchange folder. */
export interface Profile {
  readonly source_id: string;
  readonly name?: string | null;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly created_at?: string | null;
  readonly birthdate?: string | null;
  readonly address?: {
    readonly city?: string | null;
    readonly state?: string | null;
    readonly postal_code?: string | null;
    readonly country?: string | null;
  } | null;
  readonly source?: string | null;
  readonly source_metadata?: {
    readonly mailchimp?: { readonly list?: string | null } | null;
    readonly intercom?: { readonly type?: string | null } | null;
    readonly web_widget?: { readonly id?: string | null } | null;
  } | null;
  readonly consents?: readonly string[] | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

/**
 * The values that queries read of the profile, normalised by `plan/text.ts`, `catalog/countries.ts` and
 * `catalog/enumerations.ts`. An unknown value (missing, null, blank text) has no field. Sets always have one, possibly empty, and
 * have no duplicates. Metadata is stored under `metadataSlot(key, type)` of `documents/metadata-slot.ts`. Dates are `YYYY-MM-DD`,
 * datetimes are Date.
 */
export interface Facts {
  readonly source_id: string; // exact
  readonly name?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postal_code?: string;
  readonly country?: string; // countryValue()
  readonly created_at?: Date;
  readonly birthdate?: string;
  readonly source?: string; // one of catalog/enumerations.ts sources
  readonly mailchimp_list?: string;
  readonly intercom_type?: string;
  readonly web_widget_id?: string;
  readonly consents: readonly string[]; // normalised
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** Amounts are integers of the project currency's minor unit; `average_amount` is total_amount / count, not rounded. */
export interface OrderFigures {
  readonly count: number;
  readonly total_amount: number;
  readonly average_amount?: number; // absent without orders, like the next three
  readonly first_at?: Date;
  readonly last_at?: Date;
  readonly last_amount?: number;
  /** Item keys (`itemKey`) of all order lines, sorted, without duplicates. */
  readonly items: readonly string[];
  /** Number of different products, by `productKey`. */
  readonly product_count: number;
}

/** The summary of a customer's records as of now: without canceled orders, and without anything in the future. */
export interface Activity {
  readonly orders: OrderFigures;
  readonly redemptions: { readonly count: number };
  readonly referrals: {
    readonly count: number;
    readonly campaigns: readonly { readonly campaign: string; readonly count: number }[];
  };
  readonly gift_cards: {
    readonly spent: number;
    readonly balance: number;
    readonly campaigns: readonly {
      readonly campaign: string;
      readonly spent: number;
      readonly balance: number;
    }[];
  };
  readonly loyalty: {
    readonly points: number;
    readonly balance: number;
    readonly campaigns: readonly {
      readonly campaign: string;
      readonly points: number;
      readonly balance: number;
    }[];
  };
  /** The latest time of a dated record counted above; absent if there is none. */
  readonly latest_at?: Date;
  /** The earliest time of a dated record that is still in the future; absent if there is none. */
  readonly next_at?: Date;
}

/** `_id` is `customerId(project, source_id)` of `facts/identity.ts`. */
export interface CustomerDocument extends StoredDocument {
  readonly source_id: string;
  /** `sampleNumber("", source_id)` of `facts/sample.ts`: evenly distributed, so a range of it is a fair sample. */
  readonly sample: number;
  readonly profile: Profile;
  readonly facts: Facts;
  /** The text fields of `facts` (not enumerations) reversed, under the same names; metadata strings under `metadata`. */
  readonly reversed: Readonly<Record<string, unknown>>;
  /** `MM-DD` of the date fields of `facts`, under the same names; metadata dates under `metadata`. */
  readonly yearly: Readonly<Record<string, unknown>>;
  readonly activity: Activity;
  /** Ids of the static and live segments that the customer is in; absent if there was never one. */
  readonly segments?: readonly string[];
  /** The instant as of which the customer's last change of membership was evaluated. */
  readonly moved_at?: Date;
  /**
   * Evaluations, as of `at`, of changes of what has no instant of its own, such as the profile, if time was not scanned up to them:
   * the segments, by `segment_id`, whose queries read what changed and can't be evaluated as of earlier instants; none are
   * named where it is every one. A segment is in its latest one.
   */
  readonly undated_changes?: readonly { readonly at: Date; readonly segments?: readonly string[] }[];
}

/** What a write of a customer or of a customer's records changes. */
export type ChangeKind =
  | "PROFILE"
  | "ORDER"
  | "EVENT"
  | "REDEMPTION"
  | "GIFT_CARD"
  | "LOYALTY"
  | "REFERRAL"
  | "ERASED";

export interface OrderItem {
  readonly product_id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
  /** Minor units. */
  readonly price?: number;
}

/** `customer` is the `_id` of a customer document, as in every record below. */
export interface OrderDocument extends StoredDocument {
  readonly source_id: string;
  readonly customer: string;
  readonly at: Date;
  /** A `CANCELED` order is never counted. */
  readonly status: string;
  readonly amount: number;
  readonly items: readonly OrderItem[];
  /** `itemKey` of each line, sorted, without duplicates. */
  readonly item_keys: readonly string[];
  /** `productKey` of each line (which identifies the product), sorted, without duplicates. */
  readonly product_keys: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly facts: OrderFacts;
  /** `MM-DD` of the date fields of `facts.metadata`, under the same names. */
  readonly yearly: Readonly<Record<string, unknown>>;
}

/** The values that queries read of an order besides its amount, in comparable form. */
export interface OrderFacts {
  readonly status?: string;
  /** The units of all lines. */
  readonly quantity: number;
  /** Number of different products, by `productKey`. */
  readonly product_count: number;
  readonly lines: readonly OrderLine[];
  /** Under `metadataSlot(key, type)` of the project's order schema. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** A line of an order as queries read it: its names normalised like a product's. */
export interface OrderLine {
  readonly product_id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
  /** Minor units, of one unit and of the whole line; absent if the price is unknown. */
  readonly price?: number;
  readonly amount?: number;
}

export interface EventDocument extends StoredDocument {
  readonly customer: string;
  readonly type: string;
  readonly at: Date;
  /** As given. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The properties that queries read: normalised, under `metadataSlot(key, type)` of the type's schema. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** `MM-DD` of the date fields of `facts`, under the same names. */
  readonly yearly: Readonly<Record<string, unknown>>;
  /** The given id; absent if the event is identified by its content. */
  readonly event_id?: string;
}

export interface RedemptionDocument extends StoredDocument {
  readonly customer: string;
  readonly at: Date;
  readonly campaign: string;
  /** Only `SUCCESS` counts. */
  readonly result: string;
}

export interface GiftCardDocument extends StoredDocument {
  readonly customer: string;
  readonly campaign: string;
  readonly amount: number;
  readonly spent: number;
}

export interface LoyaltyDocument extends StoredDocument {
  readonly customer: string;
  readonly campaign: string;
  readonly points: number;
  readonly spent: number;
  readonly expired: number;
}

/** `customer` is the referrer. */
export interface ReferralDocument extends StoredDocument {
  readonly customer: string;
  readonly referee: string;
  readonly campaign: string;
  readonly at: Date;
}

/** One spelling of a product: a distinct (id, SKU, name). `_id` is `project/key`; `text` holds the normalised forms. */
export interface ProductDocument extends StoredDocument {
  readonly key: string; // itemKey
  readonly product_id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly text: { readonly product_id?: string; readonly sku?: string; readonly name?: string };
}

/** `_id` is `segmentKey(project, segment_id)` of `segments/identity.ts`. */
export interface SegmentDocument extends StoredDocument {
  /** Random, and unique across projects: customers and saved trees hold it. */
  readonly segment_id: string;
  readonly name: string;
  /** `nameKey` of `segments/identity.ts`: names with the same key count as one name. */
  readonly name_key: string;
  readonly kind: "static" | "auto_update";
  /** `building`: members are being written; `removing`: they are being removed. Only an `active` segment is visible. */
  readonly state: "building" | "active" | "removing";
  /** An archived segment keeps its name and members, but no query can name it. */
  readonly archived: boolean;
  readonly created_at: Date;
  readonly updated_at: Date;
  /**
   * What names this segment: auto-update segments, by `segment_id`, and validation rules and distributions, as `ruleUser` and
   * `distributionUser` of `segments/identity.ts`.
   */
  readonly used_by: readonly string[];
  /** Of a static segment. */
  readonly members?: StaticMembers;
  /** Of an auto-update segment. */
  readonly query?: SavedQuery;
}

export interface StaticMembers {
  readonly size: number;
  /** `membersHash` of `segments/members-hash.ts`. */
  readonly hash: string;
  /** The query that found the members, in its canonical form; absent if they were chosen one by one. */
  readonly found_by?: string;
  /** The instant as of which they were found, or at which they were chosen. */
  readonly as_of: Date;
  /** While the segment is being built: the process that builds it, and its last sign of life. */
  readonly builder?: { readonly process: string; readonly seen_at: Date };
}

export interface SavedQuery {
  /** As written. */
  readonly written: string;
  /** In canonical form, with names as they were when it was saved; `tree` is the tree of this text. */
  readonly canonical: string;
  readonly language_version: number;
  /** The canonical tree, which identifies segments by id. */
  readonly tree: Query;
  /** The segments that the query names, by `segment_id`. */
  readonly uses: readonly string[];
}

/**
 * Claims something that only one segment of a project may have: a name or a set of members. `_id` is `PROJECT/name/KEY` or
 * `PROJECT/members/HASH`, so that the index on `_id` refuses a second claim, even a concurrent one.
 */
export interface SegmentKeyDocument extends StoredDocument {
  /** The segment that has it, by `segment_id`. */
  readonly segment: string;
}
