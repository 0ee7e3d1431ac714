// How membership came to be, over GraphQL: a segment's population, what came and went, sizes.
import { afterAll, beforeAll, expect, it } from "vitest";
import { globalId, keyOf } from "../../../src/graphql/server/global-id.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { newMetrics } from "../../../src/metrics/metrics.js";
import { settle } from "../../membership/live-shop.js";
import { worldAsOf } from "../../support/conformance-world.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
let now = Date.parse(worldAsOf);
/** The ids of each read of what is known of live segments. */
const reads: (readonly string[])[] = [];

beforeAll(async () => {
  service = await runService(({ store, ...engine }) => ({
    ...engine,
    clock: () => now,
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

it("a segment is populated, and its history is read on from a cursor", async () => {
  const { segmentCreateAutoUpdate: created } = await data(
    'mutation { segmentCreateAutoUpdate(input: { name: "Away", query: "last order more than 30 days ago" }) { segment { id membersCount status progress { total } } } }',
  );
  const { id, membersCount, ...state } = created.segment;
  expect(membersCount).toBeGreaterThan(3);
  expect(state).toEqual({ status: null, progress: null });
  await settle(service.engine, "default");
  const asked = "query ($id: ID!) { segment(by: { id: $id }) { status progress { total done } computedAt } }";
  expect((await data(asked, { id })).segment).toEqual({
    status: "LIVE",
    progress: null,
    computedAt: worldAsOf,
  });
  const history = `query ($first: Int!, $after: String) { segmentTransitions(segmentIds: ["${id}"], first: $first, after: $after) {
    totalCount edges { cursor } nodes { id segmentId segment { name } customerId customer { id } kind at cause causedAt } pageInfo { endCursor hasNextPage } } }`;
  const first = (await data(history, { first: 3 })).segmentTransitions;
  expect(first.nodes).toHaveLength(3);
  expect(first.totalCount).toBe(membersCount);
  expect(first.edges[2].cursor).toBe(first.pageInfo.endCursor);
  expect(first.pageInfo.hasNextPage).toBe(true);
  expect(first.nodes[0]).toMatchObject({
    kind: "ENTERED",
    cause: "POPULATED",
    at: worldAsOf,
    segmentId: id,
    segment: { name: "Away" },
    customer: { id: first.nodes[0].customerId },
  });
  const rest = (await data(history, { first: 1_000, after: first.pageInfo.endCursor })).segmentTransitions;
  const seen = [...first.nodes, ...rest.nodes].map((node: { customerId: string }) => node.customerId);
  expect(new Set(seen).size).toBe(membersCount);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  const end = (await data(history, { first: 10, after: "now" })).segmentTransitions;
  expect(end).toMatchObject({ nodes: [], pageInfo: { endCursor: rest.pageInfo.endCursor } });
  const sizes = `{ segment(by: { id: "${id}" }) { sizes(at: ["2026-11-23T11:59:59Z", "${worldAsOf}"]) } }`;
  expect((await data(sizes)).segment.sizes).toEqual([0, membersCount]);
  const { body } = await service.ask(history, { first: 10, after: "x" });
  expect(body.errors[0].message).toContain("`after` is no cursor");
  const away = globalId("Segment", "Away");
  const unknown = `{ segmentTransitions(segmentIds: ["${away}"]) { totalCount } }`;
  expect((await service.ask(unknown)).body.errors[0].message).toContain('no segment of the id "Away"');
  const latest = `{ segment(by: { id: "${id}" }) { history(first: 2) { totalCount nodes { kind customerId } pageInfo { hasNextPage endCursor } } } }`;
  const page = (await data(latest)).segment.history;
  expect(page).toMatchObject({ totalCount: membersCount, pageInfo: { hasNextPage: true } });
  const back = `{ segment(by: { id: "${id}" }) { history(last: ${membersCount}) { nodes { customerId } pageInfo { hasPreviousPage } } } }`;
  const everyone = (await data(back)).segment.history;
  expect(everyone.pageInfo.hasPreviousPage).toBe(false);
  expect(everyone.nodes.slice(0, 2)).toEqual(
    page.nodes.map(({ customerId }: { customerId: string }) => ({ customerId })),
  );
});

it("a static segment has the same size at every instant", async () => {
  const create = `mutation { segmentCreateStatic(input: { name: "Chosen", members: { sourceIds: ["crm-000"] } }) { segment { id } } }`;
  const { id } = (await data(create)).segmentCreateStatic.segment;
  const sizes = `{ segment(by: { id: "${id}" }) { sizes(at: ["2026-11-23T11:59:59Z", "${worldAsOf}"]) } }`;
  expect((await data(sizes)).segment.sizes).toEqual([1, 1]);
});

it("members report their source, and segments are combined", async () => {
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
  const members = `query ($asOf: DateTime, $fresh: Boolean!) { segment(by: { id: "${id}" }) { members(asOf: $asOf, fresh: $fresh, first: 100) {
    source asOf totalCount nodes { sourceId } } membersCount(asOf: $asOf) } }`;
  const asked = await data(members, { fresh: false });
  expect(asked.segment.members).toMatchObject({ source: "COMPUTED", asOf: worldAsOf, totalCount: 16 });
  const maintainer = maintainProject(service.engine, "default");
  while (await maintainer.round());
  const kept = await data(members, { fresh: false });
  expect(kept.segment.members).toEqual({ ...asked.segment.members, source: "STORED" });
  expect(kept.segment.membersCount).toBe(16);
  expect((await data(members, { fresh: true })).segment.members.source).toBe("COMPUTED");
  const then = (await data(members, { fresh: false, asOf: worldAsOf })).segment.members;
  expect(then).toEqual({ ...asked.segment.members, source: "HISTORY" });
  const [{ sourceId }] = then.nodes;
  const one = `query ($sourceId: String!) {
    customer(by: { sourceId: $sourceId }) {
      memberships(segmentIds: ["${id}"]) { member source }
      segments { edges { node { name } source since cause } } } }`;
  const received = await data(one, { sourceId });
  expect(received.customer.memberships).toEqual([{ member: true, source: "STORED" }]);
  expect(received.customer.segments.edges).toContainEqual({
    node: { name: "Both" },
    source: "STORED",
    since: worldAsOf,
    cause: "POPULATED",
  });
  await maintainer.release();
});

it("the state of all segments of an answer is read once, and again for the next answer", async () => {
  const asked = "{ segments(first: 10) { nodes { id status progress { total done } computedAt } } }";
  const { nodes } = (await data(asked)).segments;
  expect(nodes.length).toBeGreaterThan(2);
  reads.length = 0;
  expect((await data(asked)).segments.nodes).toEqual(nodes);
  expect(reads.map((ids) => ids.toSorted())).toEqual([
    nodes
      .filter(({ computedAt }: { computedAt: string | null }) => computedAt !== null)
      .map(({ id }: { id: string }) => `default/${keyOf("Segment", id)}`)
      .toSorted(),
  ]);
});

it("readiness and metrics report partitions without a maintainer", async () => {
  const reported = async () => {
    const { status, body } = await service.send({ method: "GET", path: "/readyz" });
    const metrics = await newMetrics(service.engine, "default").text();
    return [status, body.warnings, /^segmentql_partitions_unowned\{[^}]*\} (\d+)$/m.exec(metrics)?.[1]];
  };
  const maintainer = maintainProject(service.engine, "default");
  while (await maintainer.round());
  expect(await reported()).toEqual([200, undefined, "0"]);
  await maintainer.release();
  expect(await reported()).toEqual([200, ["8 partitions have no maintainer"], "8"]);
});

it("a saved range that time turns upside down matches no one, with a warning", async () => {
  const { segmentCreateAutoUpdate: created } = await data(
    'mutation { segmentCreateAutoUpdate(input: { name: "Turning", query: "created between 2 days ago and 2026-11-24" }) { segment { id diagnostics { code } } } }',
  );
  const { id, diagnostics } = created.segment;
  expect(diagnostics).toEqual([]);
  await settle(service.engine, "default");
  now = Date.parse("2026-11-30T12:00:00Z");
  const maintainer = maintainProject(service.engine, "default");
  while (await maintainer.round());
  const asked = `{ segment(by: { id: "${id}" }) { status problem diagnostics { code severity } members(first: 1) { source totalCount } } }`;
  expect((await data(asked)).segment).toEqual({
    status: "LIVE",
    problem: null,
    diagnostics: [
      { code: "NEVER_TRUE", severity: "WARNING" },
      { code: "UPSIDE_DOWN", severity: "WARNING" },
    ],
    members: { source: "STORED", totalCount: 0 },
  });
  await maintainer.release();
});
