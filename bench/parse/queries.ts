// The texts that are measured: sentences that users gave us, typical queries, and one about as long as they get.

/** The seven sentences of the language page. */
const sentences = [
  "The last purchased order more than 30 days ago",
  "The total amount of customer orders less than $500",
  "The email ends with .uk and the source is Mailchimp",
  "The country is Poland and the total amount of customer orders is more than $100",
  "The email has any value",
  "The order contains MacBookAir",
  "The creation date starts at 01.02",
];

/** Twenty typical queries, of kinds that the checker and the pipeline know. */
export const checkedQueries: readonly string[] = [
  "city is any of (Warsaw, 'New York', paris) and not phone ends with 0",
  "country in (PL, France, DEU) and total spent is at least $1,000",
  "last order in the last 30 days and number of orders is at least 3",
  "created between 01.01.2026 and 31.01.2026 or created is after start of month",
  "birthday anniversary is in the next 7 days and email exists",
  "(city is Paris or city is London) and source is api",
  "none of (country is PL, country is US, email is unknown)",
  'loyalty points in campaign "Club" is at least 500',
  "gift card balance is more than $60 and redemptions is more than 1",
  "consents contains all of (newsletter, sms) and email does not contain example",
  "average order amount is at most $100 and last order amount is more than 1,000.50",
  "source is Web Widget or source is BigCommerce or source is Shopify",
  "order has at least 3 and order is not empty and phone starts with +48",
  "name is not unknown and city is not Warsaw and state is known",
  "any of (orders.count = 0, total spent < 50, last order is unknown)",
  "email starts with info@ and email ends with .com and email contains shop",
  "created is not between 2026-01-01 and 2026-02-28 and created on or before today",
  "not (country is Poland or city is Berlin) and consents is not empty",
  "last order more than 90 days ago and total spent is between $100 and $5,000",
  "first order before 2025-06-01 -- old customers\nand last order in the last week",
];

const otherQueries = [
  "order contains HEART and order does not contain SKU-MUG",
  'performed "page viewed" at least 3 times in the last 7 days where url contains "/pricing"',
  "has not performed checkout in the last 30 days",
  "last performed login more than 90 days ago",
  "placed order at least twice in the last 90 days where amount is more than $100",
  "sum of amount of order in the last 365 days where product contains HEART is at least 1000",
  'in segment "VIP" and not in sample 10% of "spring-test"',
];

export const queries: readonly string[] = [...sentences, ...checkedQueries, ...otherQueries];

const clauses = queries.map((query) => `(${query.replace(/--.*/, "")})`);

/** Nearly as many conditions as a query may have, with comments and line breaks. */
export const longQuery = `-- everybody worth a letter\n${clauses.join("\nor ")} # the end`;
