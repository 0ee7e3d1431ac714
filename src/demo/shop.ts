// Makes up a shop: customers and what they did, as records in the interchange folder's shape. The same number and the same
// day give the same shop, to the letter.

import type { Faker } from "@faker-js/faker";
import { faker as english } from "@faker-js/faker/locale/en";
import { sources } from "../catalog/enumerations.js";
import type { Profile } from "../store/documents.js";
import type { RecordCollection } from "../store/port.js";
import { countries, demoProject, products } from "./stock.js";

/** One customer and the customer's records. */
export interface DemoCustomer {
  readonly profile: Profile;
  readonly records: Readonly<Record<RecordCollection, readonly object[]>>;
}

/** The source id of the first customer, who has referred somebody. */
export const firstCustomer = "demo-00001";

const seed = 20_260_201;
const minute = 60_000;
const day = 24 * 60 * minute;

const urls = ["/home", "/pricing", "/pricing/teams", "/products/macbookair", "/blog", "/help"] as const;

/**
 * The shop, one customer after the other.
 * @param customers how many there are.
 * @param now milliseconds since the epoch. The shop is that of its day (in UTC): everything in it lies before that day's
 * start, and is as far from it as ever, so that whoever asks for the last 30 days finds people on any day.
 */
export function* demoCustomers(customers: number, now: number): Generator<DemoCustomer> {
  const today = Math.floor(now / day) * day;
  for (const { people } of countries) people.seed(seed);
  for (let number = 1; number <= customers; number += 1) yield demoCustomer(number, today);
}

function demoCustomer(number: number, today: number): DemoCustomer {
  const origin = pick(countries);
  const sourceId = `demo-${String(number).padStart(5, "0")}`;
  // A growing shop: more have come lately than long ago.
  const age = Math.floor(1_100 * english.number.float() ** 1.6 * day);
  const created = wholeMinute(today - age);
  return {
    profile: profile(sourceId, created, today, origin),
    records: {
      orders: orders(sourceId, created, today),
      events: events(sourceId, Math.max(created, today - 120 * day), today),
      redemptions: redemptions(sourceId, created, today),
      gift_cards: english.datatype.boolean(0.15) ? [giftCard(sourceId)] : [],
      loyalty: loyalty(sourceId),
      referrals: referrals(sourceId, created, today),
    },
  };
}

interface Origin {
  readonly country: string;
  readonly cities: readonly string[];
  readonly people: Faker;
  readonly mail: string;
  readonly call: string;
}

function profile(sourceId: string, created: number, today: number, origin: Origin): Profile {
  const { country, cities, people, mail, call } = origin;
  const years = english.number.int({ min: 18, max: 80 });
  const [first, last] = [people.person.firstName(), people.person.lastName()];
  const source = english.helpers.weightedArrayElement(
    sources.map((value) => ({ value, weight: value === "mailchimp" ? 6 : 2 })),
  );
  return {
    source_id: sourceId,
    name: `${first} ${last}`,
    ...sometimes(0.92, () => ({
      email: people.internet.email({ firstName: first, lastName: last, provider: mail }),
    })),
    ...sometimes(0.7, () => ({ phone: call.replace(/#/g, () => String(english.number.int(9))) })),
    created_at: new Date(created).toISOString(),
    ...sometimes(0.75, () => ({
      birthdate: dayOf(today - Math.round((years + english.number.float()) * 365.25) * day),
    })),
    address: {
      ...sometimes(0.9, () => ({
        city: english.helpers.arrayElement(cities),
        postal_code: people.location.zipCode(),
      })),
      country,
    },
    source,
    ...sourceMetadata(source),
    consents: demoProject.consents.filter(() => english.datatype.boolean(0.4)),
    metadata: {
      ...sometimes(0.8, () => ({
        plan: english.helpers.arrayElement(["free", "silver", "gold", "Platinum Plus"]),
      })),
      ...sometimes(0.7, () => ({ age: years })),
      ...sometimes(0.9, () => ({ vip: english.datatype.boolean(0.08) })),
      ...sometimes(0.5, () => ({
        renewal: dayOf(today + english.number.int({ min: -180, max: 365 }) * day),
      })),
      ...sometimes(0.6, () => ({
        tags: english.helpers.arrayElements(["beta", "b2b", "early adopter", "student"], { min: 0, max: 2 }),
      })),
      ...sometimes(0.5, () => ({ score: english.number.int({ min: -20, max: 80 }) / 8 })),
    },
  };
}

function sourceMetadata(source: string): Pick<Profile, "source_metadata"> {
  if (source === "mailchimp") {
    return {
      source_metadata: { mailchimp: { list: english.helpers.arrayElement(["Newsletter", "Product news"]) } },
    };
  }
  if (source === "intercom") {
    return { source_metadata: { intercom: { type: english.helpers.arrayElement(["lead", "user"]) } } };
  }
  return source === "web_widget"
    ? { source_metadata: { web_widget: { id: `widget-${english.number.int(9)}` } } }
    : {};
}

function orders(customer: string, created: number, today: number): object[] {
  // Most buy once or twice or never, a few buy often.
  const count = english.datatype.boolean(0.25)
    ? 0
    : Math.min(25, Math.floor(1 / (1 - english.number.float() * 0.98) ** 0.8));
  return times(count, (number) => {
    const items = times(english.helpers.arrayElement([1, 1, 1, 2, 2, 3]), () => {
      const { product_id, sku, name, price } = pick(products);
      return { product_id, sku, name, quantity: english.helpers.arrayElement([1, 1, 1, 1, 2, 3]), price };
    });
    return {
      source_id: `${customer}-order-${number}`,
      customer,
      created_at: between(created, today),
      status: english.helpers.arrayElement(statuses),
      amount: items.reduce((total, item) => total + item.quantity * item.price, 0),
      items,
    };
  });
}

// One order in sixteen is cancelled.
const statuses = [
  ...Array<string>(9).fill("FULFILLED"),
  ...Array<string>(4).fill("PAID"),
  "CREATED",
  "CREATED",
  "CANCELED",
];

function events(customer: string, from: number, today: number): object[] {
  const count = Math.floor(9 * english.number.float() ** 2);
  return times(count, (number) => ({
    id: `${customer}-event-${number}`,
    customer,
    type: english.helpers.arrayElement([
      "page viewed",
      "page viewed",
      "page viewed",
      "login",
      "login",
      "checkout",
    ]),
    at: between(from, today),
    properties: {
      url: english.helpers.arrayElement(urls),
      value: english.number.int(300),
      mobile: english.datatype.boolean(),
    },
  }));
}

function redemptions(customer: string, created: number, today: number): object[] {
  const count = english.helpers.arrayElement([0, 0, 0, 1, 1, 2, 3]);
  return times(count, (number) => ({
    id: `${customer}-redemption-${number}`,
    customer,
    at: between(created, today),
    campaign: english.helpers.arrayElement(demoProject.campaigns.discounts),
    result: english.datatype.boolean(0.85) ? "SUCCESS" : "FAILURE",
  }));
}

function giftCard(customer: string): object {
  const amount = english.helpers.arrayElement([2_500, 5_000, 10_000]);
  return {
    id: `${customer}-gift-card`,
    customer,
    campaign: english.helpers.arrayElement(demoProject.campaigns.gift_cards),
    amount,
    spent: english.number.int({ min: 0, max: amount / 100 }) * 100,
  };
}

function loyalty(customer: string): object[] {
  return demoProject.campaigns.loyalty
    .filter((campaign) => english.datatype.boolean(campaign === "Club" ? 0.35 : 0.1))
    .map((campaign) => {
      const points = english.number.int(200) * 10;
      const spent = english.number.int(points);
      const expired = english.number.int(points - spent);
      return { id: `${customer}-${campaign}`, customer, campaign, points, spent, expired };
    });
}

function referrals(customer: string, created: number, today: number): object[] {
  const count =
    english.datatype.boolean(0.12) || customer === firstCustomer ? english.number.int({ min: 1, max: 4 }) : 0;
  return times(count, (number) => ({
    id: `${customer}-referral-${number}`,
    referrer: customer,
    referee: `${customer}-friend-${number}`,
    campaign: english.helpers.arrayElement(demoProject.campaigns.referrals),
    at: between(created, today),
  }));
}

function pick<Choice extends { readonly weight: number }>(choices: readonly Choice[]): Choice {
  return english.helpers.weightedArrayElement(choices.map((value) => ({ value, weight: value.weight })));
}

/** Missing fields are the rule in any real list of customers. */
function sometimes<Fields extends object>(share: number, make: () => Fields): Fields | Record<string, never> {
  return english.datatype.boolean(share) ? make() : {};
}

function times<Item>(count: number, make: (number: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index + 1));
}

function between(from: number, to: number): string {
  return new Date(wholeMinute(from + english.number.float() * (to - from))).toISOString();
}

function wholeMinute(instant: number): number {
  return Math.floor(instant / minute) * minute;
}

function dayOf(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
