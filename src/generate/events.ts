// Generates the events of made-up customers. Random draws come from a separate stream, so that the number of events changes
// nothing else of the shop.
import { type ActiveTime, day, inSeason } from "./moments.js";
import { type Random, randomOf, sometimes, times, weighted } from "./random.js";
import { coupons, products, type shopProject } from "./stock.js";

type EventName = keyof typeof shopProject.eventSchemas;

/** How many events a customer has on average, by default. */
export const defaultEvents = 10;

/** The most events of one customer. */
const maxOfOne = 5_000;

/** Events are of the last 400 days before the customer left, or before today. */
const kept = 400 * day;

/** The share of customers with events: one in eight has none, buying by telephone or never coming back. */
const seen = 0.875;
/**
 * The standard deviation of the logarithm of a customer's number of events; at 1, 10 % of the customers have 40 % of all events.
 */
const spread = 1;

/** See `inSeason`: most events are in the last weeks of a customer. */
const lateness = 2;

const pages = [
  ["/home", 20],
  ["/pricing", 9],
  ["/pricing/teams", 4],
  ["/products/macbookair", 12],
  ["/products/iphone", 8],
  ["/products/accessories", 14],
  ["/blog", 7],
  ["/blog/how-we-pack", 3],
  ["/help", 5],
  ["/help/returns", 3],
] as const;

const choosePage = weighted(pages.map(([url, weight]) => ({ url, weight })));
const chooseWords = weighted(products);
const chooseMethod = weighted([
  { method: "password", weight: 6 },
  { method: "google", weight: 3 },
  { method: "magic link", weight: 1 },
]);
const chooseStars = weighted(
  [1, 2, 3, 4, 5].map((stars) => ({ stars, weight: [2, 1, 2, 6, 9][stars - 1]! })),
);
const topics = ["delivery", "quality", "price", "support"] as const;

interface Kind {
  readonly type: EventName;
  readonly weight: number;
  readonly properties: (random: Random, mobile: boolean) => object;
}

// Real data is incomplete, as scripts are blocked and apps are outdated; so are these events.
const chooseKind = weighted<Kind>([
  {
    type: "page viewed",
    weight: 56,
    properties: (random, mobile) => ({
      url: choosePage(random).url,
      ...sometimes(random, 0.85, () => ({ seconds: Math.min(1_800, Math.ceil(random.exponential(45))) })),
      ...sometimes(random, 0.95, () => ({ mobile })),
    }),
  },
  {
    type: "search",
    weight: 16,
    properties: (random) => ({
      words: chooseWords(random).name.toLowerCase(),
      ...sometimes(random, 0.9, () => ({ results: random.chance(0.1) ? 0 : random.int(1, 40) })),
    }),
  },
  {
    type: "login",
    weight: 16,
    properties: (random, mobile) => ({
      ...sometimes(random, 0.9, () => ({ method: chooseMethod(random).method })),
      ...sometimes(random, 0.95, () => ({ mobile })),
    }),
  },
  {
    type: "checkout",
    weight: 9,
    properties: (random, mobile) => ({
      value: chooseWords(random).price / 100,
      ...sometimes(random, 0.3, () => ({ coupon: random.pick(coupons) })),
      ...sometimes(random, 0.95, () => ({ mobile })),
    }),
  },
  {
    type: "review written",
    weight: 3,
    properties: (random) => ({
      stars: chooseStars(random).stars,
      ...sometimes(random, 0.6, () => ({ topics: topics.filter(() => random.chance(0.4)) })),
    }),
  },
]);

/**
 * The events of customer `number` of the shop of a seed, within `span`.
 * @param average the average number of events of a customer, over all customers.
 */
export function events(
  seed: number,
  number: number,
  customer: string,
  { from, to }: ActiveTime,
  average: number,
): object[] {
  const random = randomOf(seed ^ 0x65766e74, number);
  const within: ActiveTime = { from: Math.max(from, to - kept), to };
  // The mean of a log-normal distribution is exp(spread² / 2) times its median.
  const median = average / seen / Math.exp(spread ** 2 / 2);
  const many = median * Math.exp(spread * random.normal());
  const count = random.chance(seen) ? Math.min(maxOfOne, Math.floor(many + random.float())) : 0;
  // A customer mostly uses either a telephone or a computer.
  const mobileShare = random.chance(0.6) ? 0.85 : 0.1;
  return times(count, (each) => {
    const { type, properties } = chooseKind(random);
    return {
      id: `${customer}-event-${each}`,
      customer,
      type,
      at: inSeason(random, within, lateness),
      properties: properties(random, random.chance(mobileShare)),
    };
  });
}
