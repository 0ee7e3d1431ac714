// How membership came to be, over GraphQL: a segment's population, what came and went, sizes.
import { afterAll, beforeAll, expect, test } from "vitest";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { settle } from "../../membership/live-shop.js";
import { type RunningService, runService, worldAsOf } from "../running-service.js";

let service: RunningService;
/** The ids of each read of what is known of live segments. */
const reads: (readonly string[])[] = [];

beforeAll(async () => {
  service = await runService(({ store, ...engine }) => ({
    ...engine,
    store: {
      ...store,
      getMany: (collection, ids) => {
        if (collection === "live_segments") reads.push(ids);
        return store.getMany(collection, ids);
      },
    },
  }));
});
afterAll(() => service.stop());

async function data(query: string, variables: object = {}) {
  const { body } = await service.ask(query, variables);
  expect(body.errors).toBeUndefined();
  return body.data;
}

test("a segment is populated, and its history is read on from where it was", async () => {
  const { segmentCreateAutoUpdate: created } = await data(
    'mutation { segmentCreateAutoUpdate(input: { name: "Away", query: "last order more than 30 days ago" }) { segment { id membersCount status total } } }',
  );
  const { id, membersCount, ...state } = created.segment;
  expect(membersCount).toBeGreaterThan(3);
  expect(state).toEqual({ status: null, total: null });
  await settle(service.engine, "default");
  const asked = "query ($id: ID!) { segment(id: $id) { status total populated computedAt } }";
  expect((await data(asked, { id })).segment).toEqual({
    status: "LIVE",
    total: membersCount,
    populated: membersCount,
    computedAt: worldAsOf,
  });
  const history = `query ($first: Int!, $after: String) { segmentHistory(segmentIds: ["${id}"], first: $first, after: $after) {
    nodes { id segmentId customerId kind at cause causedAt } endCursor hasNextPage } }`;
  const first = (await data(history, { first: 3 })).segmentHistory;
  expect(first.nodes).toHaveLength(3);
  expect(first.hasNextPage).toBe(true);
  expect(first.nodes[0]).toMatchObject({ kind: "ENTERED", cause: "POPULATED", at: worldAsOf, segmentId: id });
  const rest = (await data(history, { first: 1_000, after: first.endCursor })).segmentHistory;
  const seen = [...first.nodes, ...rest.nodes].map((node: { customerId: string }) => node.customerId);
  expect(new Set(seen).size).toBe(membersCount);
  expect(rest.hasNextPage).toBe(false);
  const end = (await data(history, { first: 10, after: "now" })).segmentHistory;
  expect(end).toMatchObject({ nodes: [], endCursor: rest.endCursor });
  const sizes = `{ segmentSizes(id: "${id}", at: ["2026-11-23T11:59:59Z", "${worldAsOf}"]) }`;
  expect((await data(sizes)).segmentSizes).toEqual([0, membersCount]);
  const { body } = await service.ask(history, { first: 10, after: "x" });
  expect(body.errors[0].message).toContain("`after` is no cursor");
  for (const unknown of [
    '{ segmentHistory(segmentIds: ["Away"]) { endCursor } }',
    `{ segmentSizes(id: "Away", at: ["${worldAsOf}"]) }`,
  ])
    expect((await service.ask(unknown)).body.errors[0].message).toContain('no segment of the id "Away"');
});

test("a static segment is as large at every instant", async () => {
  const create = `mutation { segmentCreateStatic(input: { name: "Chosen", sourceIds: ["crm-000"] }) { segment { id } } }`;
  const { id } = (await data(create)).segmentCreateStatic.segment;
  const sizes = `{ segmentSizes(id: "${id}", at: ["2026-11-23T11:59:59Z", "${worldAsOf}"]) }`;
  expect((await data(sizes)).segmentSizes).toEqual([1, 1]);
});

test("members say from where they are known, and segments are put together", async () => {
  const create = `mutation ($name: String!, $query: String!) {
    segmentCreateAutoUpdate(input: { name: $name, query: $query }) { segment { id } } }`;
  const made = async (name: string, query: string) =>
    (await data(create, { name, query })).segmentCreateAutoUpdate.segment.id as string;
  const [poles, buyers] = [
    await made("Poles", "country is PL"),
    await made("Buyers", "number of orders is at least 1"),
  ];
  const combine = `mutation ($ids: [ID!]!) {
    segmentCombine(input: { name: "Both", combination: INTERSECTION, segmentIds: $ids }) {
      segment { id kind query } userErrors { field code } } }`;
  const combined = (await data(combine, { ids: [poles, buyers] })).segmentCombine;
  expect(combined).toMatchObject({
    segment: { kind: "AUTO_UPDATE", query: 'in segment "Poles" and in segment "Buyers"' },
    userErrors: [],
  });
  expect((await data(combine, { ids: [poles] })).segmentCombine).toEqual({
    segment: null,
    userErrors: [{ field: ["input", "segmentIds"], code: "INVALID_INPUT" }],
  });
  const { id } = combined.segment;
  const members = `query ($asOf: DateTime, $fresh: Boolean!) { segmentMembers(id: "${id}", asOf: $asOf, fresh: $fresh, first: 100) {
    source asOf totalCount nodes { sourceId } } segment(id: "${id}") { membersCount(asOf: $asOf) } }`;
  const asked = await data(members, { fresh: false });
  expect(asked.segmentMembers).toMatchObject({ source: "COMPUTED", asOf: worldAsOf, totalCount: 16 });
  const maintainer = maintainProject(service.engine, "default");
  while (await maintainer.round());
  const kept = await data(members, { fresh: false });
  expect(kept.segmentMembers).toEqual({ ...asked.segmentMembers, source: "STORED" });
  expect(kept.segment).toEqual({ membersCount: 16 });
  expect((await data(members, { fresh: true })).segmentMembers.source).toBe("COMPUTED");
  const then = (await data(members, { fresh: false, asOf: worldAsOf })).segmentMembers;
  expect(then).toEqual({ ...asked.segmentMembers, source: "HISTORY" });
  const [{ sourceId }] = then.nodes;
  const one = `query ($sourceId: String!) {
    segmentMembership(sourceId: $sourceId, segmentIds: ["${id}"]) { member source }
    customerSegments(sourceId: $sourceId) { segments { name } computed { name } } }`;
  const told = await data(one, { sourceId });
  expect(told.segmentMembership).toEqual([{ member: true, source: "STORED" }]);
  expect(told.customerSegments.segments).toContainEqual({ name: "Both" });
  expect(told.customerSegments.computed).toEqual([]);
  await maintainer.release();
});

test("what is known of all segments of an answer is read at once, and anew for the next", async () => {
  const asked = "{ segments(first: 10) { nodes { id status total populated } } }";
  const { nodes } = (await data(asked)).segments;
  expect(nodes.length).toBeGreaterThan(2);
  reads.length = 0;
  expect((await data(asked)).segments.nodes).toEqual(nodes);
  expect(reads.map((ids) => ids.toSorted())).toEqual([
    nodes.map(({ id }: { id: string }) => `default/${id}`).toSorted(),
  ]);
});
