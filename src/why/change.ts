// Changes of facts, as data that can be applied, and in words.
import { type Locale, spokenInstant, spokenList, spokenMoney, spokenText } from "./wording.js";

/** A value as in a written profile or record; null removes it. */
export type GivenValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** A record in the shape of the interchange folder. */
export type GivenRecord = Readonly<Record<string, unknown>>;

/** The collections that a change may add to. */
export type GrowingCollection = "orders" | "events" | "redemptions" | "gift_cards" | "loyalty" | "referrals";

/** One change of a customer's facts. Several are applied in order. */
export type ProfileChange =
  /** A field of the profile is set; `path` is where the interchange folder has it. */
  | {
      readonly kind: "set_field";
      readonly name: string;
      readonly path: readonly string[];
      readonly value: GivenValue;
    }
  | { readonly kind: "grant_consent"; readonly consent: string }
  | { readonly kind: "withdraw_consent"; readonly consent: string }
  | {
      readonly kind: "add_records";
      readonly collection: GrowingCollection;
      readonly records: readonly GivenRecord[];
    }
  | { readonly kind: "cancel_orders"; readonly sourceIds: readonly string[] }
  /** Nothing but time passes, to this instant in milliseconds since the epoch. */
  | { readonly kind: "wait_until"; readonly instant: number };

/** The instant at which all changes have been made. */
export function instantAfter(changes: readonly ProfileChange[], asOf: number): number {
  return changes.reduce((at, change) => (change.kind === "wait_until" ? change.instant : at), asOf);
}

// If waiting suffices, no date has to change.
const datedPattern = /^\d{4}-\d\d-\d\d/;

/** The weight of a change, for choosing among several; only the order matters. */
export function weightOf(change: ProfileChange): number {
  switch (change.kind) {
    case "set_field":
      if (typeof change.value === "string" && datedPattern.test(change.value)) return 2;
      return change.value === null ? 1.2 : 1;
    case "grant_consent":
    case "withdraw_consent":
      return 1;
    case "add_records":
      return 1 + change.records.length / 100;
    case "wait_until":
      return 1.5;
    case "cancel_orders":
      return 2 + change.sourceIds.length;
    default:
      return change satisfies never;
  }
}

/** A change in the words of a sentence: `one more order of $100.00 dated 2026-11-23`. */
export function spokenChange(change: ProfileChange, locale: Locale): string {
  switch (change.kind) {
    case "set_field":
      return change.value === null
        ? `${change.name} becomes unknown`
        : Array.isArray(change.value) && change.value.length === 0
          ? `make ${change.name} empty`
          : `set ${change.name} to ${spokenGiven(change.value)}`;
    case "grant_consent":
      return `consent ${change.consent} granted`;
    case "withdraw_consent":
      return `consent ${change.consent} withdrawn`;
    case "wait_until":
      return `wait until ${spokenInstant(change.instant, locale, true)}`;
    case "cancel_orders":
      return change.sourceIds.length === 1
        ? `cancel the order ${change.sourceIds[0]}`
        : `cancel ${change.sourceIds.length} orders: ${spokenList(change.sourceIds)}`;
    case "add_records":
      return spokenRecords(change.collection, change.records, locale);
    default:
      return change satisfies never;
  }
}

function spokenGiven(value: GivenValue): string {
  if (typeof value === "string") return `"${spokenText(value)}"`;
  if (typeof value !== "object" || value === null) return String(value);
  return spokenList(value.map((each) => spokenGiven(each)));
}

function spokenRecords(
  collection: GrowingCollection,
  records: readonly GivenRecord[],
  locale: Locale,
): string {
  const [first = {}] = records;
  const more = records.length === 1 ? "one more" : `${records.length} more`;
  const several = records.length > 1;
  const money = (value: unknown): string => spokenMoney(Number(value ?? 0), locale);
  const day = (): string => spokenInstant(Date.parse(String(first.at ?? first.created_at)), locale);
  const campaign = `in campaign "${String(first.campaign)}"`;
  switch (collection) {
    case "orders":
      return `${more} order${several ? "s" : ""}${orderWords(first, several, locale)} dated ${day()}`;
    case "events": {
      const properties = Object.entries((first.properties ?? {}) as Readonly<Record<string, GivenValue>>);
      const said = properties.map(([key, value]) => `${key} ${spokenGiven(value)}`);
      const with_ = said.length === 0 ? "" : ` with ${spokenList(said)}`;
      return `${more} ${String(first.type)} event${several ? "s" : ""}${with_} dated ${day()}`;
    }
    case "redemptions":
      return `${more} successful redemption${several ? "s" : ""}`;
    case "referrals":
      return `${more} referred customer${several ? "s" : ""} ${campaign}`;
    case "gift_cards": {
      const spent = Number(first.spent ?? 0);
      const card = Number(first.amount ?? 0);
      if (spent === 0) return `a gift card of ${money(card)} ${campaign}`;
      return `${money(spent)} spent from ${card === 0 ? "gift cards" : "another gift card"} ${campaign}`;
    }
    case "loyalty": {
      const points = Number(first.points ?? 0);
      const spent = Number(first.spent ?? 0);
      const parts = [
        ...(points === 0 ? [] : [`${points} more loyalty points`]),
        ...(spent === 0 ? [] : [`${spent} loyalty points spent`]),
      ];
      return `${spokenList(parts)} ${campaign}`;
    }
    default:
      return collection satisfies never;
  }
}

function orderWords(order: GivenRecord, several: boolean, locale: Locale): string {
  const items = (order.items ?? []) as readonly GivenRecord[];
  const metadata = Object.entries((order.metadata ?? {}) as Readonly<Record<string, GivenValue>>);
  const said = [
    ...items.map((item) => spokenLine(item, locale)),
    ...metadata.map(([key, value]) => `${key} ${spokenGiven(value)}`),
    ...(order.status === undefined ? [] : [`status ${String(order.status)}`]),
  ];
  const amount = spokenMoney(Number(order.amount ?? 0), locale);
  return ` of ${amount}${several ? " each" : ""}${said.length === 0 ? "" : ` with ${spokenList(said)}`}`;
}

/** `2 of Mug at $10.25 each`. */
function spokenLine({ name, sku, product_id: id, quantity, price }: GivenRecord, locale: Locale): string {
  const product = spokenText(String(name ?? sku ?? id ?? "another product"));
  const several = quantity === undefined || quantity === 1 ? product : `${String(quantity)} of ${product}`;
  return price === undefined ? several : `${several} at ${spokenMoney(Number(price), locale)} each`;
}
