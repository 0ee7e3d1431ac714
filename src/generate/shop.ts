// Makes up a shop: customers and their records, in the interchange folder's shape. The same seed and day give exactly the same
// shop, and a larger shop contains the smaller one.

import { sources } from "../catalog/enumerations.js";
import type { RecordCollection } from "../documents/collections.js";
import type { Profile } from "../documents/documents.js";
import { defaultEvents, events } from "./events.js";
import { type ActiveTime, between, day, inSeason, minute, wholeMinute } from "./moments.js";
import { namePools } from "./people.js";
import { type Random, randomOf, sometimes, times, weighted } from "./random.js";
import { countries, products, shopProject } from "./stock.js";

/** A customer and the customer's records. */
export interface MadeUpCustomer {
  readonly profile: Profile;
  readonly records: Readonly<Record<RecordCollection, readonly object[]>>;
}

export interface ShopPlan {
  /** The number of customers. */
  readonly customers: number;
  /** A whole number; each gives a different shop. */
  readonly seed: number;
  /** How many events a customer has on average; 10 by default. */
  readonly events?: number;
  /**
   * Milliseconds since the epoch. The shop is that of its UTC day: everything happens before the start of that day, at times
   * relative to it (apart from the seasons), so that a query for the last 30 days finds customers on any day.
   */
  readonly now: number;
}

/** The prefix of every made-up customer's id; a number follows. */
export const idPrefix = "demo-";

/**
 * The customer that is written last, and the customer's referral, which always exists: its presence means that the shop is
 * complete.
 */
export const lastWritten = { customer: customerIdOf(1), referral: `${customerIdOf(1)}-referral-1` } as const;

const plans = ["free", "free", "silver", "gold", "Platinum Plus"] as const;
const tags = ["beta", "b2b", "early adopter", "student"] as const;
// One order in sixteen is cancelled.
const statuses = [
  ...Array<string>(9).fill("FULFILLED"),
  ...Array<string>(4).fill("PAID"),
  "CREATED",
  "CREATED",
  "CANCELED",
];

const chooseOrigin = weighted(countries.map((country, index) => ({ ...country, index })));
const chooseProduct = weighted(products);
const chooseSource = weighted(
  sources.map((value) => ({ value, weight: value === "mailchimp" ? 6 : value === "shopify" ? 4 : 2 })),
);

/** The customers of the shop, one by one; customer 1 comes last. */
export function* madeUpCustomers(plan: ShopPlan): Generator<MadeUpCustomer> {
  const today = Math.floor(plan.now / day) * day;
  for (let number = 2; number <= plan.customers; number += 1) yield customer(number, plan, today);
  if (plan.customers > 0) yield customer(1, plan, today);
}

function customerIdOf(number: number): string {
  return `${idPrefix}${String(number).padStart(7, "0")}`;
}

function customer(number: number, plan: ShopPlan, today: number): MadeUpCustomer {
  const { seed, events: average = defaultEvents } = plan;
  const random = randomOf(seed, number);
  const id = customerIdOf(number);
  // A growing shop: more customers are recent.
  const age = 1_100 * random.float() ** 1.6 * day;
  const created = wholeMinute(today - age - minute);
  // Four in ten customers are still active; most others are lost within a year.
  const until = random.chance(0.4) ? today : Math.min(today, created + day + random.exponential(220 * day));
  const span: ActiveTime = { from: created, to: Math.max(created, until - minute) };
  return {
    profile: profile(random, id, created, today),
    records: {
      orders: orders(random, id, span),
      events: events(seed, number, id, span, average),
      redemptions: redemptions(random, id, span),
      gift_cards: random.chance(0.15) ? [giftCard(random, id)] : [],
      loyalty: loyalty(random, id),
      referrals: referrals(random, id, span, number === 1),
    },
  };
}

function profile(random: Random, id: string, created: number, today: number): Profile {
  const origin = chooseOrigin(random);
  const names = namePools()[origin.index]!;
  const [first, last] = [random.pick(names.first), random.pick(names.last)];
  const age = random.int(18, 80);
  const source = chooseSource(random).value;
  return {
    source_id: id,
    name: `${first.written} ${last.written}`,
    ...sometimes(random, 0.92, () => ({
      email: `${first.ascii}.${last.ascii}${random.int(1, 999)}@${origin.mail}`,
    })),
    ...sometimes(random, 0.7, () => ({ phone: withDigits(random, origin.call) })),
    created_at: new Date(created).toISOString(),
    ...sometimes(random, 0.75, () => ({ birthdate: dayOf(today - (age + random.float()) * 365.25 * day) })),
    address: {
      ...sometimes(random, 0.9, () => ({
        city: random.pick<string>(origin.cities),
        postal_code: withDigits(random, origin.postalCode),
      })),
      country: origin.country,
    },
    source,
    ...sourceMetadata(random, source),
    consents: shopProject.consents.filter(() => random.chance(0.4)),
    metadata: {
      ...sometimes(random, 0.8, () => ({ plan: random.pick(plans) })),
      ...sometimes(random, 0.7, () => ({ age })),
      ...sometimes(random, 0.9, () => ({ vip: random.chance(0.08) })),
      ...sometimes(random, 0.5, () => ({ renewal: dayOf(today + random.int(-180, 365) * day) })),
      ...sometimes(random, 0.6, () => ({ tags: tags.filter(() => random.chance(0.3)) })),
      ...sometimes(random, 0.5, () => ({ score: random.int(-20, 80) / 8 })),
    },
  };
}

function sourceMetadata(random: Random, source: string): Pick<Profile, "source_metadata"> {
  if (source === "mailchimp") {
    return { source_metadata: { mailchimp: { list: random.pick(["Newsletter", "Product news"]) } } };
  }
  if (source === "intercom") {
    return { source_metadata: { intercom: { type: random.pick(["lead", "user"]) } } };
  }
  return source === "web_widget"
    ? { source_metadata: { web_widget: { id: `widget-${random.int(0, 9)}` } } }
    : {};
}

function orders(random: Random, customer: string, span: ActiveTime): object[] {
  // A quarter never buys, most of the others once or twice, and a few by the dozen.
  const count = random.chance(0.25) ? 0 : Math.min(120, Math.ceil(Math.exp(random.normal() * 1.1)));
  // The size of a customer's orders is consistent.
  const largest = 1 + Math.min(8, Math.floor(random.exponential(1.2)));
  return times(count, (number) => {
    const items = times(random.int(1, largest), () => {
      const { product_id, sku, name, price } = chooseProduct(random);
      return { product_id, sku, name, quantity: random.chance(0.75) ? 1 : random.int(2, 4), price };
    });
    return {
      source_id: `${customer}-order-${number}`,
      customer,
      created_at: inSeason(random, span),
      status: random.pick(statuses),
      amount: items.reduce((total, item) => total + item.quantity * item.price, 0),
      items,
    };
  });
}

function redemptions(random: Random, customer: string, span: ActiveTime): object[] {
  return times(random.pick([0, 0, 0, 1, 1, 2, 3]), (number) => ({
    id: `${customer}-redemption-${number}`,
    customer,
    at: inSeason(random, span),
    campaign: random.pick(shopProject.campaigns.discounts),
    result: random.chance(0.85) ? "SUCCESS" : "FAILURE",
  }));
}

function giftCard(random: Random, customer: string): object {
  const amount = random.pick([2_500, 5_000, 10_000]);
  return {
    id: `${customer}-gift-card`,
    customer,
    campaign: random.pick(shopProject.campaigns.gift_cards),
    amount,
    spent: random.int(0, amount / 100) * 100,
  };
}

function loyalty(random: Random, customer: string): object[] {
  return shopProject.campaigns.loyalty
    .filter((campaign) => random.chance(campaign === "Club" ? 0.35 : 0.1))
    .map((campaign) => {
      const points = random.int(0, 200) * 10;
      const spent = random.int(0, points);
      const expired = random.int(0, points - spent);
      return { id: `${customer}-${campaign}`, customer, campaign, points, spent, expired };
    });
}

function referrals(random: Random, customer: string, span: ActiveTime, always: boolean): object[] {
  const count = random.chance(0.12) || always ? random.int(1, 4) : 0;
  return times(count, (number) => ({
    id: `${customer}-referral-${number}`,
    referrer: customer,
    referee: `${customer}-friend-${number}`,
    campaign: random.pick(shopProject.campaigns.referrals),
    at: between(random, span),
  }));
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}

function withDigits(random: Random, pattern: string): string {
  return pattern.replace(/#/g, () => String(random.int(0, 9)));
}
