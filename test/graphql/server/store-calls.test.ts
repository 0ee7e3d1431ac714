// How many calls of the store deep queries take: as many for one customer as for many.
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { maintainProject, type ProjectMaintainer } from "../../../src/membership/maintain/maintainer.js";
import { createCampaign } from "../../../src/promotions/campaigns.js";
import { createRule } from "../../../src/promotions/rules.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { wrappedReads } from "../../store/watched.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
let maintainer: ProjectMaintainer;
const calls: string[] = [];

beforeAll(async () => {
  service = await runService(({ store, ...engine }) => {
    const watched = wrappedReads(store, (name, call) => (...parameters) => {
      calls.push(name);
      return call(...parameters);
    });
    return {
      ...engine,
      store: {
        ...watched,
        getMany: (collection, ids) => {
          calls.push(`get ${collection}`);
          return store.getMany(collection, ids);
        },
      },
    };
  });
  const { engine } = service;
  await createAutoUpdate(engine, "default", { name: "Poles", query: "country is PL" });
  await createAutoUpdate(engine, "default", { name: "Buyers", query: "number of orders is at least 1" });
  maintainer = maintainProject(engine, "default");
});
afterAll(async () => {
  await maintainer.release();
  await service.stop();
});
beforeEach(async () => {
  // Stored members are those of now while a maintainer holds its leases, which it renews with each round.
  while (await maintainer.round());
  // What is kept for a second is read beforehand.
  await ask("{ customers(first: 1) { nodes { id } } }");
  calls.length = 0;
});

async function ask(query: string) {
  const { body } = await service.ask(query);
  expect(body.errors).toBeUndefined();
  return body.data;
}

/**
 * The calls, by name. The definition of the project, and whether there are keys, are kept for a second, which may end in between:
 * each is read once at most.
 */
const counted = (): Readonly<Record<string, number>> => {
  const {
    "get projects": definitions = 0,
    "get api_keys": keys = 0,
    ...counts
  } = Object.fromEntries(
    [...new Set(calls)].map((name) => [name, calls.filter((call) => call === name).length]),
  );
  expect(Math.max(definitions, keys)).toBeLessThanOrEqual(1);
  return counts;
};

it.each([1, 5, 50])("customers with their records, %i of them", async (first) => {
  const { customers } = await ask(`{ customers(first: ${first}, descending: true) { nodes {
    orders(first: 3) { totalCount nodes { amount { amount } customer { name } items { name } } }
    events(first: 2) { nodes { type customer { email } } }
    redemptions { totalCount } giftCards { nodes { balance { amount } } } loyaltyCards { totalCount } referrals { nodes { referee { name } } }
  } } }`);
  expect(customers.nodes).toHaveLength(first);
  const { "get customers": owners = 0, ...others } = counted();
  expect(others).toEqual({
    "questions.page": 1,
    "records.pagesOfCustomers": 6,
    "records.countsOfCustomers": 3,
  });
  // The owners of orders and of events, and those who were referred, whenever there are some.
  expect(owners).toBeLessThanOrEqual(3);
});

it.each([3, 10])("customers → segments → members → orders, from %i customers", async (first) => {
  const { customers } =
    await ask(`{ customers(first: ${first}) { nodes { segments(first: 2) { totalCount edges { since cause node {
    name membersCount members(first: 3) { nodes { sourceId orders(first: 2) { nodes { amount { amount } customer { sourceId } } } } }
  } } } } } }`);
  const found = new Set(
    customers.nodes.flatMap((customer: { segments: { edges: { node: { name: string } }[] } }) =>
      customer.segments.edges.map(({ node }) => node.name),
    ),
  );
  expect(found).toEqual(new Set(["Poles", "Buyers"]));
  const { "records.pagesOfCustomers": orders = 0, "get customers": owners = 0, ...others } = counted();
  // The members of the two segments are read at the same time. What the nodes load is put together in one call if both reads end
  // in the same turn of the event loop, and else in one call a segment. Which of the two is up to the threads that run the reads,
  // so the bound is the number of segments, and never that of customers.
  for (const calls of [orders, owners]) expect([1, 2]).toContain(calls);
  expect(others).toEqual({
    // The customers; of each of the two segments, its members.
    "questions.page": 3,
    "questions.count": 2,
    // The segments of all customers.
    "segments.all": 1,
    "maintenance.liveSegments": 1,
    "intervals.openOfCustomers": 1,
    "get segments": 3,
    "get live_segments": 2,
    // Whether a maintainer is at work, and since when: once for all customers, once for each segment. Work and its lease are two
    // documents, of which the second is read after the first.
    "get maintenance": 12,
  });
});

it.each([5, 50])("timelines of %i customers", async (first) => {
  await ask(`{ customers(first: ${first}) { nodes { timeline(first: 5) { nodes { __typename
    ... on Order { customer { name } } ... on Event { customer { name } } ... on SegmentTransition { segment { name } customer { name } } } } } } }`);
  expect(counted()).toEqual({
    "questions.page": 1,
    "records.pagesOfCustomers": 4,
    "transitions.latestOfCustomers": 1,
    "get customers": 1,
    "get segments": 1,
  });
});

it("an audience is explained once, however many campaigns are subject to its rule", async () => {
  const { engine } = service;
  const explain = async () => {
    calls.length = 0;
    const { promotionsFor } = await ask(`{ promotionsFor(redeemer: { customer: { sourceId: "crm-001" } }) {
      obstacles { kind why { holds nearest { sentences } } } } }`);
    // The segments are kept for a second, as the definition is.
    const { "get redemption_counts": counters, "segments.all": segments = 0, ...others } = counted();
    expect(segments).toBeLessThanOrEqual(1);
    return { promotionsFor, counters, others };
  };
  const offer = (name: string) =>
    createCampaign(engine, "default", { name, discount: { amount: 100 }, rules: ["Rich"] });
  await createRule(engine, "default", { name: "Rich", query: "total spent is more than $1000000" });
  await offer("One");
  const one = await explain();
  expect(one.promotionsFor).toMatchObject([{ obstacles: [{ kind: "AUDIENCE", why: { holds: false } }] }]);
  for (const name of ["Two", "Three", "Four"]) await offer(name);
  const four = await explain();
  expect(four.promotionsFor).toEqual(Array(4).fill(one.promotionsFor[0]));
  expect([one.counters, four.counters]).toEqual([1, 4]);
  expect(four.others).toEqual(one.others);
});
