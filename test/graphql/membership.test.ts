// How membership came to be, over GraphQL: a segment's population, what came and went, sizes.
import { afterAll, beforeAll, expect, test } from "vitest";
import { settle } from "../membership/live-shop.js";
import { type RunningService, runService, worldAsOf } from "./running-service.js";

let service: RunningService;

beforeAll(async () => {
  service = await runService();
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
});
