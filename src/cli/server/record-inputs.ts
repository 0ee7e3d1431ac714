// Converts customers and records in the interchange folder's shape to inputs of the API's mutations.

import type { RecordCollection } from "../../documents/collections.js";
import type { Profile } from "../../documents/documents.js";
import { readInstant } from "../../facts/instants.js";
import type { CustomerPatch } from "../../facts/profile-patch.js";
import { isYearlessDay } from "../../facts/yearless-day.js";

type Values = Readonly<Record<string, unknown>>;

/** A profile as `CustomerInput`. @param zone the project's, for a time without an offset. */
export function customerInput({ source_id, ...profile }: Profile, zone: string): object {
  return { sourceId: source_id, ...profileInput(profile, zone) };
}

/** Changes of a profile as `CustomerUpdateInput`. */
export function customerUpdateInput({ source_id, ...patch }: CustomerPatch, zone: string): object {
  return { by: { sourceId: source_id }, ...profileInput(patch, zone) };
}

function profileInput(profile: Omit<CustomerPatch, "source_id">, zone: string): object {
  const { name, email, phone, created_at, birthdate, address, source } = profile;
  const { source_metadata, consents, metadata } = profile;
  const instant = typeof created_at === "string" ? readInstant(created_at.trim(), zone) : undefined;
  return {
    name,
    email,
    phone,
    // A value that is no instant is blank or null: the server removes it.
    createdAt: instant === undefined ? nullIfBlank(created_at) : new Date(instant).toISOString(),
    ...birthdayInput(nullIfBlank(birthdate)),
    address: address && {
      city: address.city,
      state: address.state,
      postalCode: address.postal_code,
      country: address.country,
    },
    sourceText: source,
    sourceMetadata: source_metadata && {
      mailchimpList: source_metadata.mailchimp?.list,
      intercomType: source_metadata.intercom?.type,
      webWidgetId: source_metadata.web_widget?.id,
    },
    consents,
    metadata,
  };
}

function birthdayInput(birthdate: string | null | undefined): object {
  const isYearless = typeof birthdate === "string" && isYearlessDay(birthdate);
  return isYearless ? { birthday: birthdate.slice(2) } : { birthdate };
}

function nullIfBlank(text: string | null | undefined): string | null | undefined {
  return text?.trim() === "" ? null : (text?.trim() ?? text);
}

const money = (minorAmount: unknown): object | undefined =>
  minorAmount === undefined || minorAmount === null ? undefined : { minorAmount };

interface RecordKind {
  /** The mutation that upserts many records. */
  readonly mutation: string;
  readonly type: string;
  /** A record of an import, as the mutation's input. */
  readonly input: (record: Values) => object;
}

/** How records of each collection are written over a server. */
export const recordKinds: { readonly [Name in RecordCollection]: RecordKind } = {
  orders: {
    mutation: "ordersUpsert",
    type: "OrderInput",
    input: ({ source_id, customer, created_at, status, amount, items, metadata }) => ({
      sourceId: source_id,
      customer: { sourceId: customer },
      createdAt: created_at,
      statusText: status,
      amount: money(amount),
      items: (items as readonly Values[]).map(({ product_id, price, ...line }) => ({
        ...line,
        productId: product_id,
        price: money(price),
      })),
      metadata,
    }),
  },
  events: {
    mutation: "eventsUpsert",
    type: "EventInput",
    input: ({ id, customer, type, at, properties }) => ({
      ...ofCustomer(id, customer),
      type,
      at,
      properties,
    }),
  },
  redemptions: {
    mutation: "redemptionsUpsert",
    type: "RedemptionInput",
    input: ({ id, customer, at, campaign, result }) => ({
      ...ofCustomer(id, customer),
      at,
      campaign,
      result,
    }),
  },
  gift_cards: {
    mutation: "giftCardsUpsert",
    type: "GiftCardInput",
    input: ({ id, customer, campaign, amount, spent }) => ({
      ...ofCustomer(id, customer),
      campaign,
      amount: money(amount),
      spent: money(spent),
    }),
  },
  loyalty: {
    mutation: "loyaltyCardsUpsert",
    type: "LoyaltyCardInput",
    input: ({ id, customer, campaign, points, spent, expired }) => ({
      ...ofCustomer(id, customer),
      campaign,
      points,
      spent,
      expired,
    }),
  },
  referrals: {
    mutation: "referralsUpsert",
    type: "ReferralInput",
    input: ({ id, referrer, referee, campaign, at }) => ({
      sourceId: id,
      referrer: { sourceId: referrer },
      refereeSourceId: referee,
      campaign,
      at,
    }),
  },
};

function ofCustomer(id: unknown, customer: unknown): object {
  return { sourceId: id, customer: { sourceId: customer } };
}
