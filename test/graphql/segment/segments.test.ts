// Segments in GraphQL, over HTTP, on the conformance world.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { worldAsOf } from "../../support/conformance-world.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService((engine) => ({ ...engine, maxStaticMembers: 5 }));
});
afterAll(() => service.stop());

async function dataOf(query: string, variables: object = {}) {
  const { status, body } = await service.ask(query, variables);
  expect(body.errors).toBeUndefined();
  expect(status).toBe(200);
  return body.data;
}

async function errorOf(query: string, variables: object = {}) {
  const { body } = await service.ask(query, variables);
  return [body.errors[0].extensions.code, body.errors[0].message];
}

const payload = "segment { id name kind } userErrors { field code message } diagnostics { code }";
const createStatic = async ({ name, ...members }: { name: string; sourceIds?: string[]; query?: string }) =>
  (
    await dataOf(
      `mutation ($input: StaticSegmentInput!) { segmentCreateStatic(input: $input) { ${payload} } }`,
      { input: { name, members } },
    )
  ).segmentCreateStatic;
const createAutoUpdate = async (input: object) =>
  (
    await dataOf(
      `mutation ($input: AutoUpdateSegmentInput!) { segmentCreateAutoUpdate(input: $input) { ${payload} } }`,
      { input },
    )
  ).segmentCreateAutoUpdate;
const update = async (id: string, input: object) =>
  (
    await dataOf(`mutation ($input: SegmentUpdateInput!) { segmentUpdate(input: $input) { ${payload} } }`, {
      input: { id, ...input },
    })
  ).segmentUpdate;
const remove = async (id: string) =>
  (
    await dataOf(
      "mutation ($id: ID!) { segmentDelete(input: { id: $id }) { deletedId userErrors { field code } } }",
      {
        id,
      },
    )
  ).segmentDelete;
const members = async (id: string, asOf?: string) => {
  const {
    segment: { members: segmentMembers },
  } = await dataOf(
    "query ($id: ID!, $asOf: DateTime) { segment(by: { id: $id }) { members(asOf: $asOf, first: 100) { totalCount nodes { sourceId } } } }",
    { id, asOf },
  );
  expect(segmentMembers.totalCount).toBe(segmentMembers.nodes.length);
  return segmentMembers.nodes.map(({ sourceId }: { sourceId: string }) => sourceId);
};
const preview = async (query: string) =>
  (
    await dataOf(
      "query ($query: String!) { segmentPreview(query: $query) { customers(first: 100) { nodes { sourceId } } } }",
      {
        query,
      },
    )
  ).segmentPreview.customers.nodes.map(({ sourceId }: { sourceId: string }) => sourceId);

describe("segments", () => {
  it("are created, read, changed and deleted", async () => {
    const poles = await createAutoUpdate({ name: "Poles", query: "the country is Poland" });
    expect(poles).toEqual({
      segment: { id: expect.any(String), name: "Poles", kind: "AUTO_UPDATE" },
      userErrors: [],
      diagnostics: [],
    });
    const { id } = poles.segment;
    const [someone, another] = await members(id);
    const chosen = await createStatic({ name: "Chosen", sourceIds: [someone, another] });
    expect(chosen.segment).toMatchObject({ name: "Chosen", kind: "STATIC" });
    expect(await members(chosen.segment.id)).toEqual([someone, another].sort());
    const both = await createAutoUpdate({
      name: "Rest",
      query: "in segment Poles and not in segment chosen",
    });
    expect(await members(both.segment.id)).toEqual(
      (await members(id)).filter((one: string) => one !== someone && one !== another),
    );

    const { segment } = await dataOf(
      `query ($id: ID!) { segment(by: { id: $id }) { name query writtenQuery languageVersion diagnostics { code } membersCount
        createdAt updatedAt archived foundBy uses { nodes { name } } usedIn { nodes { name } totalCount } } }`,
      { id: both.segment.id },
    );
    expect(segment).toEqual({
      name: "Rest",
      query: 'in segment "Poles" and not in segment "Chosen"',
      writtenQuery: "in segment Poles and not in segment chosen",
      languageVersion: 2,
      diagnostics: [],
      membersCount: (await members(both.segment.id)).length,
      createdAt: worldAsOf,
      updatedAt: worldAsOf,
      archived: false,
      foundBy: null,
      uses: { nodes: [{ name: "Chosen" }, { name: "Poles" }] },
      usedIn: { nodes: [], totalCount: 0 },
    });
    expect((await update(id, { name: "Polish" })).segment.name).toBe("Polish");
    const { segment: renamed } = await dataOf('{ segment(by: { name: "REST" }) { query } }');
    expect(renamed.query).toBe('in segment "Polish" and not in segment "Chosen"');
    expect(await remove(id)).toEqual({
      deletedId: null,
      userErrors: [{ field: ["input", "id"], code: "IN_USE" }],
    });
    for (const each of [both.segment.id, id, chosen.segment.id])
      expect(await remove(each)).toEqual({ deletedId: each, userErrors: [] });
    expect((await dataOf("query ($id: ID!) { segment(by: { id: $id }) { id } }", { id })).segment).toBeNull();
  });

  it("are refused with the field, the code and the fix", async () => {
    expect(await createStatic({ name: "All", query: "source_id has any value" })).toMatchObject({
      segment: null,
      userErrors: [
        {
          field: ["input", "query"],
          code: "TOO_MANY_MEMBERS",
          message: expect.stringContaining("a static segment has 5 at most. Make an auto-update segment"),
        },
      ],
    });
    expect(await createAutoUpdate({ name: "X", query: "emial is x and age contains 3" })).toMatchObject({
      segment: null,
      userErrors: [{ field: ["input", "query"], code: "INVALID_QUERY" }],
      diagnostics: [{ code: "UNKNOWN_ATTRIBUTE" }, { code: "NO_SUCH_OPERATOR" }],
    });
    const { segment } = await createAutoUpdate({ name: "Named", query: "email is unknown" });
    expect((await createAutoUpdate({ name: "named", query: "city is Paris" })).userErrors).toMatchObject([
      { field: ["input", "name"], code: "NAME_TAKEN" },
    ]);
    expect((await update(globalId("Segment", "nobody"), { name: "Y" })).userErrors).toMatchObject([
      { field: ["input", "id"], code: "NOT_FOUND" },
    ]);
    expect((await update(segment.id, { query: "in segment Named" })).diagnostics).toEqual([
      { code: "SEGMENT_CYCLE" },
    ]);
    expect(await errorOf('{ segment(by: { id: "nobody" }) { name } }')).toEqual([
      "BAD_USER_INPUT",
      '`id` "nobody" is not the id of a Segment. Use an `id` that the API returned.',
    ]);
    expect((await errorOf("{ segment(by: {}) { id } }"))[0]).toBe("GRAPHQL_VALIDATION_FAILED");
    const unknown = await service.ask(
      "{ segments { nodes { id } } }",
      {},
      { "x-segmentql-project": "elsewhere" },
    );
    expect(unknown.body.errors[0].extensions.code).toBe("UNKNOWN_PROJECT");
    await remove(segment.id);
  });

  it("are listed by name, searched, and paged through", async () => {
    for (const name of ["delta", "Alpha", "beta", "Gamma"])
      await createAutoUpdate({ name, query: `city is ${name}` });
    const list = async (args: string) => {
      const { segments } = await dataOf(
        `{ segments(${args}) { nodes { name } pageInfo { hasNextPage endCursor } } }`,
      );
      return [segments.nodes.map(({ name }: { name: string }) => name).join(), segments.pageInfo];
    };
    const [names, { hasNextPage, endCursor }] = await list("first: 3");
    expect([names, hasNextPage]).toEqual(["Alpha,beta,delta", true]);
    expect((await list(`first: 3, after: "${endCursor}"`))[0]).toBe("Gamma");
    expect((await list('first: 9, search: "ETA"'))[0]).toBe("beta");
    const { segment } = await dataOf('{ segment(by: { name: "beta" }) { id } }');
    await update(segment.id, { archived: true });
    expect((await list("first: 9"))[0]).toBe("Alpha,delta,Gamma");
    expect((await list("first: 9, archived: true"))[0]).toBe("beta");
    expect((await errorOf("{ segments(first: 1001) { nodes { id } } }"))[0]).toBe("BAD_USER_INPUT");
    for (const junk of ["", "junk", "@@@"]) {
      const [code, message] = await errorOf(`{ segments(after: "${junk}") { nodes { id } } }`);
      expect([code, message]).toEqual(["BAD_USER_INPUT", expect.stringContaining("`after` is not a cursor")]);
    }
  });

  it("the impact of another query, and how segments overlap", async () => {
    const { segment: poles } = await createAutoUpdate({ name: "Poles", query: "country is Poland" });
    const { segment: rich } = await createAutoUpdate({ name: "Rich", query: "total spent > $100" });
    const [inPoles, inRich] = [await members(poles.id), await members(rich.id)];
    const entering = inRich.filter((one: string) => !inPoles.includes(one));
    const leaving = inPoles.filter((one: string) => !inRich.includes(one));
    expect([entering.length > 0, leaving.length > 0]).toEqual([true, true]);
    const impact = `query ($id: ID!, $query: String!) { segmentImpact(segment: { id: $id }, query: $query) {
      valid canonical asOf diagnostics { code } before { count } after { count }
      entering { count customers(first: 1) { nodes { sourceId } } } leaving { count customers(first: 50) { nodes { sourceId } } } } }`;
    const { segmentImpact } = await dataOf(impact, { id: poles.id, query: "total spent more than 100" });
    expect(segmentImpact).toEqual({
      valid: true,
      canonical: "orders.total_amount is more than 100",
      asOf: worldAsOf,
      diagnostics: [],
      before: { count: inPoles.length },
      after: { count: inRich.length },
      entering: { count: entering.length, customers: { nodes: [{ sourceId: entering[0] }] } },
      leaving: {
        count: leaving.length,
        customers: { nodes: leaving.map((sourceId: string) => ({ sourceId })) },
      },
    });
    const wrong = (await dataOf(impact, { id: poles.id, query: "emial is x" })).segmentImpact;
    expect(wrong).toMatchObject({
      valid: false,
      entering: null,
      diagnostics: [{ code: "UNKNOWN_ATTRIBUTE" }],
    });

    const { segmentOverlap } = await dataOf(
      `query ($ids: [ID!]!) { segmentOverlap(segmentIds: $ids) {
        inAny inAll sizes { segment { name } count } regions { segments { name } count } } }`,
      { ids: [poles.id, rich.id] },
    );
    const inBoth = inPoles.length - leaving.length;
    expect(segmentOverlap).toEqual({
      inAny: inBoth + entering.length + leaving.length,
      inAll: inBoth,
      sizes: [
        { segment: { name: "Poles" }, count: inPoles.length },
        { segment: { name: "Rich" }, count: inRich.length },
      ],
      regions: [
        ...(inBoth === 0 ? [] : [{ segments: [{ name: "Poles" }, { name: "Rich" }], count: inBoth }]),
        { segments: [{ name: "Poles" }], count: leaving.length },
        { segments: [{ name: "Rich" }], count: entering.length },
      ],
    });
    expect(await preview("in segment Poles or in segment Rich")).toHaveLength(segmentOverlap.inAny);
    expect((await errorOf('{ segmentOverlap(segmentIds: ["x"]) { inAny } }'))[0]).toBe("BAD_USER_INPUT");
  });

  it("a customer's segments, and those of one who does not exist yet", async () => {
    const { segment: poles } = await dataOf('{ segment(by: { name: "Poles" }) { id } }');
    const { segment: rich } = await dataOf('{ segment(by: { name: "Rich" }) { id } }');
    const [pole] = await members(poles.id);
    const { customer } = await dataOf(
      "query ($sourceId: String!) { customer(by: { sourceId: $sourceId }) { segments { edges { source since cause node { name } why { holds } } } } }",
      { sourceId: pole },
    );
    expect(customer.segments.edges).toContainEqual({
      source: "COMPUTED",
      since: null,
      cause: null,
      node: { name: "Poles" },
      why: { holds: true },
    });
    const profile = { sourceId: "new", address: { country: "PL", city: "delta" }, metadata: { age: 20 } };
    const asked =
      "query ($profile: CustomerInput!) { profileSegments(profile: $profile) { asOf segments { name } unanswerable { name } } }";
    expect((await dataOf(asked, { profile })).profileSegments).toEqual({
      asOf: worldAsOf,
      segments: [{ name: "delta" }, { name: "Poles" }],
      unanswerable: [],
    });
    expect(await errorOf(asked, { profile: { sourceId: "new", sourceText: "nowhere" } })).toEqual([
      "BAD_USER_INPUT",
      expect.stringContaining("`source` is"),
    ]);
    const membership = `query ($sourceId: String!, $ids: [ID!]!) {
      customer(by: { sourceId: $sourceId }) { memberships(segmentIds: $ids) { segment { name } member } } }`;
    const ids = [rich.id, poles.id];
    const isRich = (await members(rich.id)).includes(pole);
    expect((await dataOf(membership, { sourceId: pole, ids })).customer.memberships).toEqual([
      { segment: { name: "Rich" }, member: isRich },
      { segment: { name: "Poles" }, member: true },
    ]);
    expect((await dataOf(membership, { sourceId: "nobody", ids })).customer).toBeNull();
    expect((await errorOf(membership, { sourceId: pole, ids: ["x"] }))[0]).toBe("BAD_USER_INPUT");
  });
});
