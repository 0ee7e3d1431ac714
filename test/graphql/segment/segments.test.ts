// Segments in GraphQL, over HTTP, on the conformance world.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningService, runService, worldAsOf } from "../running-service.js";

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
const createStatic = async (input: object) =>
  (
    await dataOf(
      `mutation ($input: StaticSegmentInput!) { segmentCreateStatic(input: $input) { ${payload} } }`,
      { input },
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
    await dataOf(
      `mutation ($id: ID!, $input: SegmentUpdateInput!) { segmentUpdate(id: $id, input: $input) { ${payload} } }`,
      { id, input },
    )
  ).segmentUpdate;
const remove = async (id: string) =>
  (
    await dataOf("mutation ($id: ID!) { segmentDelete(id: $id) { deletedId userErrors { field code } } }", {
      id,
    })
  ).segmentDelete;
const members = async (id: string, asOf?: string) => {
  const { segmentMembers } = await dataOf(
    "query ($id: ID!, $asOf: DateTime) { segmentMembers(id: $id, asOf: $asOf, first: 100) { totalCount nodes { sourceId } } }",
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
  it("are made, asked, changed and taken away", async () => {
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
      `query ($id: ID!) { segment(id: $id) { name query writtenQuery languageVersion diagnostics { code } membersCount
        createdAt updatedAt archived foundBy uses { name } usedIn { name } } }`,
      { id: both.segment.id },
    );
    expect(segment).toEqual({
      name: "Rest",
      query: 'in segment "Poles" and not in segment "Chosen"',
      writtenQuery: "in segment Poles and not in segment chosen",
      languageVersion: 1,
      diagnostics: [],
      membersCount: (await members(both.segment.id)).length,
      createdAt: worldAsOf,
      updatedAt: worldAsOf,
      archived: false,
      foundBy: null,
      uses: expect.arrayContaining([{ name: "Poles" }, { name: "Chosen" }]),
      usedIn: [],
    });
    expect((await update(id, { name: "Polish" })).segment.name).toBe("Polish");
    const { segment: renamed } = await dataOf('{ segment(name: "REST") { query } }');
    expect(renamed.query).toBe('in segment "Polish" and not in segment "Chosen"');
    expect(await remove(id)).toEqual({ deletedId: null, userErrors: [{ field: ["id"], code: "IN_USE" }] });
    for (const each of [both.segment.id, id, chosen.segment.id])
      expect(await remove(each)).toEqual({ deletedId: each, userErrors: [] });
    expect((await dataOf("query ($id: ID!) { segment(id: $id) { id } }", { id })).segment).toBeNull();
  });

  it("are refused with the field, the code and the mend", async () => {
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
    expect((await update("nobody", { name: "Y" })).userErrors).toMatchObject([
      { field: ["id"], code: "NOT_FOUND" },
    ]);
    expect((await update(segment.id, { query: "in segment Named" })).diagnostics).toEqual([
      { code: "SEGMENT_CYCLE" },
    ]);
    expect(await errorOf('{ segmentMembers(id: "nobody") { totalCount } }')).toEqual([
      "BAD_USER_INPUT",
      'There is no segment of the id "nobody". List the segments.',
    ]);
    expect((await errorOf("{ segment { id } }"))[0]).toBe("BAD_USER_INPUT");
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
    const { segment } = await dataOf('{ segment(name: "beta") { id } }');
    await update(segment.id, { archived: true });
    expect((await list("first: 9"))[0]).toBe("Alpha,delta,Gamma");
    expect((await list("first: 9, archived: true"))[0]).toBe("beta");
    expect((await errorOf("{ segments(first: 1001) { nodes { id } } }"))[0]).toBe("BAD_USER_INPUT");
    for (const junk of ["", "junk", "@@@"]) {
      const [code, message] = await errorOf(`{ segments(after: "${junk}") { nodes { id } } }`);
      expect([code, message]).toEqual(["BAD_USER_INPUT", expect.stringContaining("`after` is no cursor")]);
    }
  });

  it("the impact of another query, and how segments overlap", async () => {
    const { segment: poles } = await createAutoUpdate({ name: "Poles", query: "country is Poland" });
    const { segment: rich } = await createAutoUpdate({ name: "Rich", query: "total spent > $100" });
    const [inPoles, inRich] = [await members(poles.id), await members(rich.id)];
    const entering = inRich.filter((one: string) => !inPoles.includes(one));
    const leaving = inPoles.filter((one: string) => !inRich.includes(one));
    expect([entering.length > 0, leaving.length > 0]).toEqual([true, true]);
    const impact = `query ($id: ID!, $query: String!) { segmentImpact(id: $id, query: $query) {
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
      `query ($ids: [ID!]!) { segmentOverlap(ids: $ids) {
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
    expect((await errorOf('{ segmentOverlap(ids: ["x"]) { inAny } }'))[0]).toBe("BAD_USER_INPUT");
  });

  it("a customer's segments, and those of one who does not exist yet", async () => {
    const { segment: poles } = await dataOf('{ segment(name: "Poles") { id } }');
    const { segment: rich } = await dataOf('{ segment(name: "Rich") { id } }');
    const [pole] = await members(poles.id);
    const { customerSegments } = await dataOf(
      "query ($sourceId: String) { customerSegments(sourceId: $sourceId) { asOf segments { name } unanswerable { name } } }",
      { sourceId: pole },
    );
    expect(customerSegments).toMatchObject({ asOf: worldAsOf, unanswerable: [] });
    expect(customerSegments.segments).toContainEqual({ name: "Poles" });
    const profile = { sourceId: "new", address: { country: "PL", city: "delta" }, metadata: { age: 20 } };
    const asked =
      "query ($profile: CustomerInput) { customerSegments(profile: $profile) { segments { name } } }";
    expect((await dataOf(asked, { profile })).customerSegments.segments).toEqual([
      { name: "delta" },
      { name: "Poles" },
    ]);
    expect(await errorOf(asked, { profile: { sourceId: "new", source: "nowhere" } })).toEqual([
      "BAD_USER_INPUT",
      expect.stringContaining("`source` is"),
    ]);
    const membership = `query ($sourceId: String, $ids: [ID!]!) {
      segmentMembership(sourceId: $sourceId, segmentIds: $ids) { segment { name } member } }`;
    const ids = [rich.id, poles.id];
    const isRich = (await members(rich.id)).includes(pole);
    expect((await dataOf(membership, { sourceId: pole, ids })).segmentMembership).toEqual([
      { segment: { name: "Rich" }, member: isRich },
      { segment: { name: "Poles" }, member: true },
    ]);
    expect((await errorOf(membership, { sourceId: "nobody", ids }))[0]).toBe("BAD_USER_INPUT");
    expect((await errorOf(membership, { ids }))[0]).toBe("BAD_USER_INPUT");
  });
});
