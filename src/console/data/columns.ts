// What a list of customers can show: one column for each attribute, and how its value is read from a customer.
import type { CustomerRowFragment } from "./generated.js";

export type CustomerRow = CustomerRowFragment;

/** A value as a column shows it. */
export type Cell =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "count"; readonly count: number }
  | { readonly kind: "money"; readonly amount: string; readonly currency: string }
  | { readonly kind: "moment"; readonly moment: string }
  | { readonly kind: "day"; readonly day: string }
  | { readonly kind: "truth"; readonly truth: boolean }
  | { readonly kind: "set"; readonly elements: readonly string[] };

let countryNames: Intl.DisplayNames | undefined;

/** A country as the reader's language calls it. */
function countryName(code: string): string {
  countryNames ??= new Intl.DisplayNames(undefined, { type: "region" });
  return countryNames.of(code) ?? code;
}

type Read = (customer: CustomerRow) => Cell | undefined;

const text =
  (read: (customer: CustomerRow) => string | null): Read =>
  (customer) => {
    const value = read(customer);
    return value === null ? undefined : { kind: "text", text: value };
  };
const count =
  (read: (customer: CustomerRow) => number): Read =>
  (customer) => ({ kind: "count", count: read(customer) });
const money =
  (read: (customer: CustomerRow) => { readonly amount: string; readonly currency: string } | null): Read =>
  (customer) => {
    const value = read(customer);
    return value === null ? undefined : { kind: "money", amount: value.amount, currency: value.currency };
  };
const moment =
  (read: (customer: CustomerRow) => string | null): Read =>
  (customer) => {
    const value = read(customer);
    return value === null ? undefined : { kind: "moment", moment: value };
  };

const columns: Readonly<Record<string, Read>> = {
  name: text(({ name }) => name),
  email: text(({ email }) => email),
  phone: text(({ phone }) => phone),
  city: text(({ address }) => address?.city ?? null),
  state: text(({ address }) => address?.state ?? null),
  postal_code: text(({ address }) => address?.postalCode ?? null),
  country: text(({ address }) => {
    const code = address?.countryCode ?? null;
    return code === null ? (address?.country ?? null) : countryName(code);
  }),
  source_id: text(({ sourceId }) => sourceId),
  source: text(({ sourceText }) => sourceText),
  created_at: moment(({ createdAt }) => createdAt),
  birthdate: ({ birthdate }) => (birthdate === null ? undefined : { kind: "day", day: birthdate }),
  consents: ({ consents }) => ({ kind: "set", elements: consents }),
  "orders.count": count(({ ordersCount }) => ordersCount),
  "orders.total_amount": money(({ ordersTotalAmount }) => ordersTotalAmount),
  "orders.average_amount": money(({ ordersAverageAmount }) => ordersAverageAmount),
  "orders.first_at": moment(({ firstOrderAt }) => firstOrderAt),
  "orders.last_at": moment(({ lastOrderAt }) => lastOrderAt),
  "orders.last_amount": money(({ lastOrderAmount }) => lastOrderAmount),
  order: count(({ productsCount }) => productsCount),
  "redemptions.count": count(({ redemptionsCount }) => redemptionsCount),
  "referrals.count": count(({ referralsCount }) => referralsCount),
  "gift_cards.spent": money(({ giftCardsSpent }) => giftCardsSpent),
  "gift_cards.balance": money(({ giftCardsBalance }) => giftCardsBalance),
  "loyalty.points": count(({ loyaltyPoints }) => loyaltyPoints),
  "loyalty.balance": count(({ loyaltyBalance }) => loyaltyBalance),
};

/** Shown for every question. */
export const defaultColumns: readonly string[] = ["country", "orders.last_at", "orders.total_amount"];

/** True of an attribute that a list can show. */
export function isColumn(attribute: string): boolean {
  return attribute in columns || metadataKey(attribute) !== undefined;
}

/** Every attribute that a list can show, those of the project's metadata included. */
export function allColumns(metadataKeys: readonly string[]): readonly string[] {
  return [...Object.keys(columns), ...metadataKeys.map((key) => `metadata.${key}`)];
}

/** The customer's value of an attribute; undefined if it is unknown. */
export function cellOf(attribute: string, customer: CustomerRow): Cell | undefined {
  const key = metadataKey(attribute);
  if (key !== undefined) return cellOfJson((customer.metadata as Record<string, unknown> | null)?.[key]);
  return columns[attribute]?.(customer);
}

/** The key of `metadata.KEY`, without the backticks that one of several words has. */
export function metadataKey(attribute: string): string | undefined {
  if (!attribute.startsWith("metadata.")) return undefined;
  const key = attribute.slice("metadata.".length);
  return key.startsWith("`") ? key.slice(1, -1).replaceAll("``", "`") : key;
}

function cellOfJson(value: unknown): Cell | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "boolean") return { kind: "truth", truth: value };
  if (typeof value === "number") return { kind: "count", count: value };
  if (Array.isArray(value)) return { kind: "set", elements: value.map(String) };
  return { kind: "text", text: typeof value === "string" ? value : JSON.stringify(value) };
}
