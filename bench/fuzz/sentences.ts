// The sentences to mutate: they cover the whole language, so that mutations reach each of its parts.
export const sentences: readonly string[] = [
  "The email ends with .uk and the source is Mailchimp",
  'city is any of (Warsaw, "New York, NY", paris) or country is not Poland',
  "none of (country is PL, email is unknown, not (vip or plan is gold))",
  "age is not between 18 and 30 and total spent is more than $1,000.50",
  "created starts at 01.02 or last order more than 30 days ago -- recent\nand birthday month is May",
  "birthday anniversary is in the next 7 days or renewal is on or before start of month",
  "consents contains all of (newsletter, sms) and tags does not have at least 2",
  'loyalty points in campaign "Club" is at least 500 # members',
  'performed "page viewed" at least 3 times in the last 7 days where url contains "/pricing" and mobile',
  "has not performed login since 2026-01-01 or (placed order twice where product contains HEART) and vip",
  "last performed login more than 90 days ago or first placed order is before yesterday",
  "sum of amount of order in the last 365 days where status is PAID is at least 1000",
  "average of seconds of login between 01.01 and 31.01 where url starts with /a < 30",
  'not in segment "VIP" and in sample 12.5% of "spring test"',
  "order contains MacBookAir and email starts with ann and email does not end with .com",
];
