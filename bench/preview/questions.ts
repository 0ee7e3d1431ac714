// Twelve questions, each with the best pipeline that we can write by hand on the same documents.
import type { Document } from "mongodb";

export interface Question {
  readonly text: string;
  /** By hand; `now` is the instant of the question, `keys` the keys of the products that MacBookAir names. */
  readonly byHand: (now: Date, keys: readonly string[]) => Document;
}

const day = 24 * 60 * 60 * 1000;

export const questions: readonly Question[] = [
  { text: "country is Poland", byHand: () => ({ "facts.country": "PL" }) },
  {
    text: "email starts with an",
    byHand: () => ({ "facts.email": { $regex: "^an" } }),
  },
  {
    text: "The email ends with .uk",
    byHand: () => ({ "reversed.email": { $regex: "^ku\\." } }),
  },
  {
    text: "The email ends with .uk and the source is Mailchimp",
    byHand: () => ({ "facts.source": "mailchimp", "reversed.email": { $regex: "^ku\\." } }),
  },
  {
    text: "total spent is more than $5,000",
    byHand: () => ({ "activity.orders.total_amount": { $gt: 500_000 } }),
  },
  {
    text: "number of orders is between 10 and 20",
    byHand: () => ({ "activity.orders.count": { $gte: 10, $lte: 20 } }),
  },
  {
    text: "last order in the last 168 hours",
    byHand: (now) => ({ "activity.orders.last_at": { $gte: new Date(now.getTime() - 7 * day), $lte: now } }),
  },
  {
    text: "created less than 720 hours ago",
    byHand: (now) => ({ "facts.created_at": { $gt: new Date(now.getTime() - 30 * day), $lte: now } }),
  },
  {
    text: "order contains MacBookAir and country is Germany",
    byHand: (_, keys) => ({ "facts.country": "DE", "activity.orders.items": { $in: keys } }),
  },
  {
    text: "The order contains MacBookAir",
    byHand: (_, keys) => ({ "activity.orders.items": { $in: keys } }),
  },
  {
    text: "consents contains all of (newsletter, sms, profiling)",
    byHand: () => ({ "facts.consents": { $all: ["newsletter", "sms", "profiling"] } }),
  },
  {
    text: "The country is Poland and the total amount of customer orders is more than $2,000 and not city is Warsaw",
    byHand: () => ({
      "facts.country": "PL",
      "activity.orders.total_amount": { $gt: 200_000 },
      "facts.city": { $ne: "warsaw" },
    }),
  },
];
