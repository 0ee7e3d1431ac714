// Plugs the product into the oracle: takes something that evaluates queries, and returns where it disagrees.
import { evaluate } from "./evaluate.js";
import type { World } from "./folder.js";
import { printQuery } from "./printing.js";
import type { Query } from "./tree.js";

/** Something that answers queries. */
export interface Evaluator {
  readonly name: string;
  /**
   * The source_ids of the members, in any order, at `asOf` (milliseconds since the epoch); undefined if this is no query
   * for it.
   */
  readonly members: (query: string, asOf: number) => Promise<readonly string[] | undefined>;
}

/** Called for every answer that was compared. */
export type Report = (evaluator: string) => void;

/**
 * What one of the evaluators says otherwise than the oracle, as text to read with the records that matter; undefined if all
 * agree. A query that is refused by throwing is a disagreement too: the oracle only draws what the page allows.
 */
export async function disagreement(
  evaluators: readonly Evaluator[],
  world: World,
  query: Query,
  asOf: number = Date.parse(world.project.asOf),
  report: Report = () => undefined,
): Promise<string | undefined> {
  const expected = evaluate(world, query, asOf);
  const text = printQuery(query);
  const { timezone, currency } = world.project;
  for (const { name, members } of evaluators) {
    const heading = `${text}\nas of ${new Date(asOf).toISOString()} in ${timezone}, ${currency}, by ${name}`;
    let given: readonly string[] | undefined;
    try {
      given = (await members(text, asOf))?.toSorted();
    } catch (reason) {
      return `${heading}\nrefused: ${reason instanceof Error ? reason.message : String(reason)}`;
    }
    if (given === undefined) continue;
    report(name);
    if (JSON.stringify(given) !== JSON.stringify(expected))
      return [heading, ...differences(world, expected, given)].join("\n");
  }
  return undefined;
}

function differences(world: World, expected: readonly string[], given: readonly string[]): string[] {
  const missing = expected.filter((id) => !given.includes(id));
  const surplus = given.filter((id) => !expected.includes(id));
  const doubled = given.filter((id, index) => given.indexOf(id) !== index);
  return [
    `expected ${JSON.stringify(expected)}, given ${JSON.stringify(given)}`,
    ...missing.map((id) => `missing ${recordsOf(world, id)}`),
    ...surplus.map((id) => `surplus ${recordsOf(world, id)}`),
    ...doubled.map((id) => `given more than once: ${id}`),
  ];
}

/** The files of the world's interchange folder: name and JSON text. */
export function worldFiles(world: World): ReadonlyMap<string, string> {
  return new Map(Object.entries(world).map(([name, rows]) => [`${name}.json`, JSON.stringify(rows)]));
}

/** All that the world says about a customer, for whoever debugs the disagreement. */
function recordsOf(world: World, id: string): string {
  const of = (row: { readonly customer: string }): boolean => row.customer === id;
  const records = {
    customer: world.customers.find((customer) => customer.source_id === id),
    orders: world.orders.filter(of),
    events: world.events.filter(of),
    redemptions: world.redemptions.filter(of),
    gift_cards: world.gift_cards.filter(of),
    loyalty: world.loyalty.filter(of),
    referrals: world.referrals.filter((referral) => referral.referrer === id),
  };
  const known = Object.entries(records).filter(([, rows]) => !Array.isArray(rows) || rows.length > 0);
  return `${id}: ${JSON.stringify(Object.fromEntries(known))}`;
}
