// Makes a counterexample small, by leaving out parts of the query and records of the world for as long as there is still a
// disagreement. It knows the tree, so it gets further than shrinking the random choices that made it.

import type { World } from "../oracle/folder.js";
import type { Clause, Query } from "../oracle/tree.js";

export interface Counterexample {
  readonly world: World;
  readonly query: Query;
  /** What was said of it. */
  readonly report: string;
}

const maxTries = 400;

/** The smallest counterexample that was found in a bounded number of tries; `disagrees` says whether one still is one. */
export async function smallest(
  found: Counterexample,
  disagrees: (world: World, query: Query) => Promise<string | undefined>,
): Promise<Counterexample> {
  let best = found;
  let tries = 0;
  const improve = async (candidates: Iterable<readonly [World, Query]>): Promise<boolean> => {
    for (const [world, query] of candidates) {
      tries += 1;
      if (tries > maxTries) return false;
      const report = await disagrees(world, query);
      if (report === undefined) continue;
      best = { world, query, report };
      return true;
    }
    return false;
  };
  let goesOn = true;
  while (goesOn) {
    const { world, query } = best;
    goesOn =
      (await improve(simplerQueries(query).map((simpler) => [world, simpler] as const))) ||
      (await improve([...smallerWorlds(world)].map((smaller) => [smaller, query] as const)));
  }
  return best;
}

/** The query with one part left out, in every way; the most is left out first. */
function simplerQueries(query: Query): Query[] {
  switch (query.kind) {
    case "not":
    case "parenthesis":
      return [
        query.operand,
        ...simplerQueries(query.operand).map((operand): Query => ({ ...query, operand })),
      ];
    case "and":
    case "or":
    case "group":
      return [
        ...query.operands,
        ...query.operands.flatMap((operand, index) => [
          ...(query.operands.length > 2 ? [{ ...query, operands: query.operands.toSpliced(index, 1) }] : []),
          ...simplerQueries(operand).map((simpler) => ({
            ...query,
            operands: query.operands.with(index, simpler),
          })),
        ]),
      ];
    case "event":
    case "measure":
      return query.clauses.flatMap((clause, index) => [
        { ...query, clauses: query.clauses.toSpliced(index, 1) },
        ...simplerClauses(clause).map((simpler) => ({
          ...query,
          clauses: query.clauses.with(index, simpler),
        })),
      ]);
    case "reading":
      return [...(query.simpler?.() ?? [])];
    default:
      return [];
  }
}

function simplerClauses(clause: Clause): Clause[] {
  return clause.kind === "where" ? simplerQueries(clause.query).map((query) => ({ ...clause, query })) : [];
}

const collections = [
  "customers",
  "orders",
  "events",
  "redemptions",
  "gift_cards",
  "loyalty",
  "referrals",
] as const;

/** The world without a whole collection, half of one, or one record. */
function* smallerWorlds(world: World): Iterable<World> {
  for (const name of collections) {
    const rows: readonly unknown[] = world[name];
    const { length } = rows;
    for (const size of new Set([length, Math.ceil(length / 2), 1])) {
      if (size === 0) continue;
      for (let from = 0; from < length; from += size)
        yield withoutStrangers({ ...world, [name]: rows.toSpliced(from, size) });
    }
  }
}

/** Records belong to customers who exist. */
function withoutStrangers(world: World): World {
  const ids = new Set(world.customers.map((customer) => customer.source_id));
  const own = (row: { readonly customer: string }): boolean => ids.has(row.customer);
  return {
    ...world,
    orders: world.orders.filter(own),
    events: world.events.filter(own),
    redemptions: world.redemptions.filter(own),
    gift_cards: world.gift_cards.filter(own),
    loyalty: world.loyalty.filter(own),
    referrals: world.referrals.filter((referral) => ids.has(referral.referrer)),
  };
}
