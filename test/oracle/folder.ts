// The shape of the interchange folder: a project, its customers and their records.

export type PropertyType =
  | "string"
  | "number"
  | "boolean"
  | "date"
  | "datetime"
  | "string[]"
  | "number[]"
  | "boolean[]"
  | "date[]"
  | "datetime[]";

export interface Project {
  readonly timezone: string;
  readonly currency: string;
  /** ISO 8601 instant. */
  readonly asOf: string;
  readonly metadataSchema: Readonly<Record<string, PropertyType>>;
  readonly orderMetadataSchema: Readonly<Record<string, PropertyType>>;
  readonly eventSchemas: Readonly<Record<string, Readonly<Record<string, PropertyType>>>>;
  readonly consents: readonly string[];
  readonly campaigns: Readonly<Record<CampaignKind, readonly string[]>>;
  /** Computed attributes: name to expression. */
  readonly computed?: Readonly<Record<string, string>>;
}

export type CampaignKind = "gift_cards" | "loyalty" | "referrals" | "discounts";

/** A text that may not be known. */
export type Text = string | null;

export interface Customer {
  readonly source_id: string;
  readonly name?: Text;
  readonly email?: Text;
  readonly phone?: Text;
  readonly created_at?: Text;
  readonly birthdate?: Text;
  readonly address?: {
    readonly city?: Text;
    readonly state?: Text;
    readonly postal_code?: Text;
    readonly country?: Text;
  } | null;
  readonly source?: Text;
  readonly source_metadata?: {
    readonly mailchimp?: { readonly list?: Text } | null;
    readonly intercom?: { readonly type?: Text } | null;
    readonly web_widget?: { readonly id?: Text } | null;
  } | null;
  readonly consents?: readonly string[] | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}

export interface OrderItem {
  readonly product_id: string;
  readonly sku?: Text;
  readonly name?: Text;
  readonly quantity: number;
  readonly price: number;
}

/** Amounts and prices are in the currency's minor unit, here and below. */
export interface Order {
  readonly source_id: string;
  readonly customer: string;
  readonly created_at: string;
  readonly status: string;
  readonly amount: number;
  readonly items: readonly OrderItem[];
  readonly metadata?: Readonly<Record<string, unknown>>;
}

interface Redemption {
  readonly customer: string;
  readonly at: string;
  readonly campaign: string;
  readonly result: string;
}

interface GiftCard {
  readonly customer: string;
  readonly campaign: string;
  readonly amount: number;
  readonly spent: number;
}

interface Loyalty {
  readonly customer: string;
  readonly campaign: string;
  readonly points: number;
  readonly spent?: number;
  readonly expired?: number;
}

interface Referral {
  readonly referrer: string;
  readonly referee: string;
  readonly campaign: string;
  readonly at: string;
}

export interface ShopEvent {
  /** Left out for an event that is known by its content. */
  readonly id?: string;
  readonly customer: string;
  readonly type: string;
  readonly at: string;
  readonly properties?: Readonly<Record<string, unknown>> | null;
}

export interface World {
  readonly project: Project;
  readonly customers: readonly Customer[];
  readonly orders: readonly Order[];
  readonly redemptions: readonly Redemption[];
  readonly gift_cards: readonly GiftCard[];
  readonly loyalty: readonly Loyalty[];
  readonly referrals: readonly Referral[];
  readonly events: readonly ShopEvent[];
}
