// Plugs the product into the oracle: hand in a function that answers a query, get told where the two disagree.
import { evaluate } from "./evaluate.js";
import { printQuery, type Query } from "./tree.js";
import type { World } from "./world.js";

/** The product's answer: the source_ids of the members, in any order, at `asOf` (milliseconds since the epoch). */
export type Members = (query: string, asOf: number) => Promise<readonly string[]>;

/**
 * What the product says otherwise than the oracle, as text to read with the records that matter; undefined where they
 * agree. A query that the product refuses by throwing is a disagreement too: the oracle only draws what the page allows.
 */
export async function disagreement(
  members: Members,
  world: World,
  query: Query,
  asOf: number = Date.parse(world.project.asOf),
): Promise<string | undefined> {
  const expected = evaluate(world, query, asOf);
  const text = printQuery(query);
  const heading = `${text}\nas of ${new Date(asOf).toISOString()} in ${world.project.timezone}, ${world.project.currency}`;
  let given: readonly string[];
  try {
    given = [...(await members(text, asOf))].sort();
  } catch (reason) {
    return `${heading}\nrefused: ${reason instanceof Error ? reason.message : String(reason)}`;
  }
  if (JSON.stringify(given) === JSON.stringify(expected)) return undefined;
  const missing = expected.filter((id) => !given.includes(id));
  const surplus = given.filter((id) => !expected.includes(id));
  const doubled = given.filter((id, index) => given.indexOf(id) !== index);
  return [
    heading,
    `expected ${JSON.stringify(expected)}, given ${JSON.stringify(given)}`,
    ...missing.map((id) => `missing ${recordsOf(world, id)}`),
    ...surplus.map((id) => `surplus ${recordsOf(world, id)}`),
    ...doubled.map((id) => `given more than once: ${id}`),
  ].join("\n");
}

/** Throws an Error with the report of `disagreement` where there is one. For the body of a property. */
export async function expectAgreement(
  members: Members,
  world: World,
  query: Query,
  asOf?: number,
): Promise<void> {
  const report = await disagreement(members, world, query, asOf);
  if (report !== undefined) throw new Error(report);
}

/** The files of the world's interchange folder: name and JSON text. */
export function worldFiles(world: World): ReadonlyMap<string, string> {
  return new Map(Object.entries(world).map(([name, rows]) => [`${name}.json`, JSON.stringify(rows)]));
}

/** All that the world says about a customer, to be read by whoever looks for the mistake. */
function recordsOf(world: World, id: string): string {
  const of = (row: { readonly customer: string }): boolean => row.customer === id;
  const records = {
    customer: world.customers.find((customer) => customer.source_id === id),
    orders: world.orders.filter(of),
    redemptions: world.redemptions.filter(of),
    gift_cards: world.gift_cards.filter(of),
    loyalty: world.loyalty.filter(of),
    referrals: world.referrals.filter((referral) => referral.referrer === id),
  };
  const known = Object.entries(records).filter(([, rows]) => !Array.isArray(rows) || rows.length > 0);
  return `${id}: ${JSON.stringify(Object.fromEntries(known))}`;
}
