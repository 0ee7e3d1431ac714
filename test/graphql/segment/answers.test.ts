// What GraphQL answers, over HTTP, on the conformance world.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
import { watchedStore } from "../../store/watched.js";
import { worldAsOf, worldFolder } from "../../support/conformance-world.js";
import { projectDocument } from "../../support/project.js";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

const cases = JSON.parse(readFileSync(join(worldFolder, "cases.json"), "utf8")) as {
  query: string;
  members: string[];
}[];
const sentences = [
  "The last purchased order more than 30 days ago",
  "The total amount of customer orders less than $500",
  "The email ends with .uk and the source is Mailchimp",
  "The country is Poland and the total amount of customer orders is more than $100",
  "The email has any value",
  "The order contains MacBookAir",
  "The creation date starts at 01.02",
];

async function dataOf(query: string, variables: object = {}) {
  const { status, body } = await service.ask(query, variables);
  expect(body.errors).toBeUndefined();
  expect(status).toBe(200);
  return body.data;
}

describe("a page of customers", () => {
  const overview =
    "id sourceId name email address { country countryCode } createdAt ordersCount ordersTotalAmount { amount currency } lastOrderAt";
  const fragments = `fragment Shown on Customer { ${overview} } fragment Whole on Customer { ...Shown consents metadata }`;

  it.each([
    ["nodes", "nodes { ...Shown }", "nodes { ...Whole }"],
    ["edges", "edges { cursor node { ...Shown } }", "edges { cursor node { ...Whole } }"],
    [
      "edges of a whole document",
      "edges { cursor node { ...Shown } }",
      "edges { cursor } nodes { ...Whole }",
    ],
  ])("has the same values by %s, whether or not more is selected", async (_, shown, whole) => {
    const page = async (selection: string) => {
      const query = `{ customers(first: 1000, sortBy: NAME) { ${selection} totalCount pageInfo { endCursor } } } ${fragments}`;
      const used = selection.includes("Whole") ? query : query.replace(/ fragment Whole.*/, "");
      const { edges = [], nodes = [], ...rest } = (await dataOf(used)).customers;
      const rows = nodes.length > 0 ? nodes : edges.map(({ node }: { node: object }) => node);
      const cursors = edges.map(({ cursor }: { cursor: string }) => cursor);
      return {
        rows: rows.map(({ consents, metadata, ...row }: Record<string, unknown>) => row),
        cursors,
        rest,
      };
    };
    const [short, long] = [await page(shown), await page(whole)];
    expect(short.rows.length).toBeGreaterThan(10);
    expect(short).toEqual(long);
  });
});

describe("segmentPreview", () => {
  it.each(sentences)("finds the customers of: %s", async (sentence) => {
    const expected = cases.find((each) => each.query === sentence)!.members;
    const query = `query($query: String!, $asOf: DateTime) {
      segmentPreview(query: $query, asOf: $asOf) { valid count asOf customers(first: 1000) { nodes { sourceId } } }
    }`;
    for (const asOf of [undefined, "2026-11-23T13:00:00+01:00"]) {
      const { segmentPreview } = await dataOf(query, { query: sentence, asOf });
      expect(segmentPreview).toEqual({
        valid: true,
        count: expected.length,
        asOf: worldAsOf,
        customers: { nodes: expected.map((sourceId) => ({ sourceId })) },
      });
    }
  });

  it("answers as of another instant", async () => {
    const query = `query($asOf: DateTime) { segmentPreview(query: "created is today", asOf: $asOf) { count asOf } }`;
    expect((await dataOf(query)).segmentPreview.count).toBe(2);
    const { segmentPreview } = await dataOf(query, { asOf: "2020-01-01T00:00:00Z" });
    expect(segmentPreview).toEqual({ count: 0, asOf: "2020-01-01T00:00:00.000Z" });
  });

  it("returns the canonical form, the pipeline as Extended JSON, and the time that it took", async () => {
    const { segmentPreview } = await dataOf(
      `{ segmentPreview(query: "The Creation Date is before 2026-02-01") { canonical pipeline tookMs count } }`,
    );
    expect(segmentPreview.canonical).toBe("created_at is before 2026-02-01");
    // Midnight in Warsaw, the project's zone.
    expect(JSON.stringify(segmentPreview.pipeline)).toContain('{"$date":"2026-01-31T23:00:00.000Z"}');
    expect(
      segmentPreview.pipeline[0].$match.project ?? segmentPreview.pipeline[0].$match.$and[0].project,
    ).toBe("default");
    expect(segmentPreview.tookMs).toBeGreaterThan(0);
  });

  it("answers a query with mistakes with its diagnostics, as data", async () => {
    const { segmentPreview } = await dataOf(`{
      segmentPreview(query: "city is Paris and\\nemial is x") {
        valid canonical count pipeline asOf
        customers { totalCount nodes { id } edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
        diagnostics { code severity span { start end line column } fix { replacement span { start end } } message expected }
      }
    }`);
    expect(segmentPreview).toEqual({
      valid: false,
      canonical: null,
      count: null,
      pipeline: null,
      asOf: worldAsOf,
      customers: {
        totalCount: null,
        nodes: [],
        edges: [],
        pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
      diagnostics: [
        {
          code: "UNKNOWN_ATTRIBUTE",
          severity: "ERROR",
          span: { start: 18, end: 23, line: 2, column: 1 },
          fix: { replacement: "email", span: { start: 18, end: 23 } },
          message: expect.stringContaining("emial"),
          expected: expect.any(Array),
        },
      ],
    });
  });

  it("computes only what is selected", async () => {
    const asked: string[] = [];
    const watched = await runService(({ store, clock }) => ({
      clock,
      store: watchedStore(store, (read) => {
        asked.push(read.startsWith("questions.count") ? "count" : "rows");
      }),
    }));
    try {
      const selecting = async (fields: string) => {
        // Once beforehand: the first preview may look at the world's activity, its diagnostics at a sample of customers.
        await watched.ask(`{ segmentPreview(query: "country is Poland") { valid diagnostics { code } } }`);
        asked.length = 0;
        await watched.ask(`{ segmentPreview(query: "country is Poland") { valid } }`);
        const always = asked.length;
        asked.length = 0;
        await watched.ask(`{ segmentPreview(query: "country is Poland") { ${fields} } }`);
        return asked.slice(always).sort();
      };
      expect(await selecting("valid canonical pipeline tookMs diagnostics { code }")).toEqual([]);
      expect(await selecting("count")).toEqual(["count"]);
      expect(await selecting("customers { nodes { id } }")).toEqual(["rows"]);
      expect(await selecting("count customers { totalCount nodes { id } }")).toEqual(["count", "rows"]);
    } finally {
      await watched.stop();
    }
  });

  it("refuses an instant without an offset", async () => {
    const { body } = await service.ask(
      `query($asOf: DateTime) { segmentPreview(query: "vip", asOf: $asOf) { count } }`,
      {
        asOf: "2026-11-23T12:00:00",
      },
    );
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });
});

describe("customers", () => {
  it("pages through everyone, by source id, none twice and none left out", async () => {
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 100; page += 1) {
      const { customers } = await dataOf(
        `query($after: String) {
          customers(first: 7, after: $after) {
            totalCount nodes { sourceId } edges { cursor node { sourceId } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
          }
        }`,
        { after },
      );
      expect(customers.totalCount).toBe(60);
      expect(customers.edges.map((edge: { node: unknown }) => edge.node)).toEqual(customers.nodes);
      expect(customers.pageInfo.hasPreviousPage).toBe(page > 0);
      expect(customers.pageInfo.startCursor).toBe(customers.edges[0].cursor);
      expect(customers.pageInfo.endCursor).toBe(customers.edges.at(-1).cursor);
      seen.push(...customers.nodes.map((node: { sourceId: string }) => node.sourceId));
      after = customers.pageInfo.endCursor;
      if (!customers.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(Array.from({ length: 60 }, (_, n) => `crm-${String(n).padStart(3, "0")}`));
  });

  it("lists by any sort key, either way", async () => {
    const { customers } = await dataOf(
      "{ customers(first: 3, sortBy: ORDERS_TOTAL_AMOUNT, descending: true) { totalCountIsEstimate nodes { ordersTotalAmount { minorAmount } } } }",
    );
    const amounts = customers.nodes.map(
      (node: { ordersTotalAmount: { minorAmount: number } }) => node.ordersTotalAmount.minorAmount,
    );
    expect(amounts).toEqual([...amounts].sort((one, other) => other - one));
    expect(amounts[0]).toBeGreaterThan(amounts[2]);
    expect(customers.totalCountIsEstimate).toBe(false);
  });

  it("explains how a query's customers are found", async () => {
    const { segmentExplain } = await dataOf(
      '{ segmentExplain(query: "country is Poland") { steps { name rowsRead rowsReturned } rowsReturned } }',
    );
    expect(segmentExplain.rowsReturned).toBe(24);
    expect(segmentExplain.steps.length).toBeGreaterThan(0);
    const asked = await dataOf(
      `{ segmentExplain(query: "Country is Poland and performed login") {
        canonical pipeline activity customers estimatedMembers
        events { strategy costs { strategy cost } customers records groups joined }
      } }`,
    );
    expect(asked.segmentExplain).toMatchObject({
      canonical: "country is Poland and performed login",
      activity: "SUMMARY",
      customers: 60,
      // The sample holds everybody here, so that the estimate is the count.
      estimatedMembers: 15,
      events: { strategy: "BOTH_SIDES", customers: 24 },
    });
    expect(asked.segmentExplain.pipeline[0]).toHaveProperty("$match");
    const costs: { strategy: string; cost: number }[] = asked.segmentExplain.events.costs;
    expect(costs.map(({ strategy }) => strategy)).toEqual(["JOIN", "EVENTS_FIRST", "BOTH_SIDES"]);
    expect(Math.min(...costs.map(({ cost }) => cost))).toBe(
      costs.find(({ strategy }) => strategy === asked.segmentExplain.events.strategy)?.cost,
    );
    const { body } = await service.ask('{ segmentExplain(query: "countri is Poland") { rowsRead } }');
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("explains why a customer is in or out", async () => {
    const query = `query($query: String!, $sourceId: String!) {
      segmentWhy(query: $query, customer: { sourceId: $sourceId }) {
        valid holds canonical diagnostics { code } customer { sourceId }
        nearest { sentences changes { __typename ... on FieldChange { attribute path value } } asOf reason }
        clause { clauses { text holds clauses { text } } }
        clauses { index parent depth kind holds text actual expected sentence span { start end } }
      }
    }`;
    const asked = { query: "city is Paris and age > 30", sourceId: "crm-004" };
    const { segmentWhy } = await dataOf(query, asked);
    expect(segmentWhy).toMatchObject({
      valid: true,
      holds: false,
      canonical: "city is Paris and metadata.age is more than 30",
      customer: { sourceId: "crm-004" },
      nearest: {
        sentences: ["set age to 31"],
        changes: [{ __typename: "FieldChange", attribute: "age", path: ["metadata", "age"], value: 31 }],
        asOf: worldAsOf,
        reason: null,
      },
      clause: {
        clauses: [
          { text: "city is Paris", holds: true, clauses: [] },
          { text: "metadata.age is more than 30", holds: false, clauses: [] },
        ],
      },
      clauses: [
        { index: 0, parent: null, depth: 0, kind: "AND", sentence: "1 of these 2 is so; asked for all" },
        {
          index: 1,
          parent: 0,
          depth: 1,
          kind: "CONDITION",
          holds: true,
          sentence: "city is Paris; asked for Paris",
        },
        {
          index: 2,
          parent: 0,
          depth: 1,
          kind: "CONDITION",
          holds: false,
          actual: "age is unknown",
          expected: "more than 30",
          text: "metadata.age is more than 30",
          span: { start: 18, end: 26 },
        },
      ],
    });
    const wrong = await dataOf(query, { ...asked, query: "citi is Paris" });
    expect(wrong.segmentWhy).toMatchObject({ valid: false, holds: null, clauses: [], customer: null });
    const unknown = await service.ask(query, { ...asked, sourceId: "nobody" });
    expect(unknown.body.errors[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT" } });
    expect(unknown.body.errors[0].message).toContain('source id "nobody"');
    const both = await service.ask(
      '{ segmentWhy(query: "vip", customer: { sourceId: "crm-004", id: "x" }) { holds } }',
    );
    expect(both.body.errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });

  it("returns 20 customers by default", async () => {
    for (const written of ["", "(first: null)", "(after: null, query: null)"]) {
      expect((await dataOf(`{ customers${written} { nodes { id } } }`)).customers.nodes).toHaveLength(20);
    }
  });

  it("takes a query", async () => {
    const { customers } = await dataOf(
      `{ customers(query: "The email ends with .uk and the source is Mailchimp") { totalCount nodes { sourceId } } }`,
    );
    expect(customers).toEqual({
      totalCount: 3,
      nodes: [{ sourceId: "crm-014" }, { sourceId: "crm-021" }, { sourceId: "crm-056" }],
    });
  });

  it("answers a query with mistakes with an error, and its diagnostics", async () => {
    const { body } = await service.ask(`{ customers(query: "emial is x") { nodes { id } } }`);
    expect(body.data).toBeNull();
    expect(body.errors).toHaveLength(1);
    expect(body.errors[0].message).toContain("emial");
    expect(body.errors[0].extensions).toEqual({
      code: "BAD_USER_INPUT",
      diagnostics: [
        expect.objectContaining({
          code: "UNKNOWN_ATTRIBUTE",
          severity: "ERROR",
          span: { start: 0, end: 5, line: 1, column: 1 },
        }),
      ],
    });
  });

  it.each([
    ["first: 1001", "first"],
    ["first: -1", "first"],
    ['after: "crm-001"', "after"],
  ])("refuses %s", async (written, named) => {
    const { body } = await service.ask(`{ customers(${written}) { nodes { id } } }`);
    expect(body.errors[0].extensions).toEqual({ code: "BAD_USER_INPUT" });
    expect(body.errors[0].message).toContain(`\`${named}\``);
  });
});

describe("customer", () => {
  it("is found by either id, with all known data", async () => {
    const { customer } = await dataOf(`{
      customer(by: { sourceId: "crm-002" }) {
        id sourceId name email phone address { city state postalCode country countryCode } createdAt birthdate birthday source sourceText consents metadata
        ordersCount ordersTotalAmount { amount minorAmount currency formatted } ordersAverageAmount { minorAmount }
        firstOrderAt lastOrderAt lastOrderAmount { minorAmount } productsCount
        redemptionsCount referralsCount giftCardsSpent { amount } giftCardsBalance { amount } loyaltyPoints loyaltyBalance
      }
    }`);
    expect(customer).toMatchObject({
      sourceId: "crm-002",
      name: "Cédric Okafor",
      email: "Cédric.2@shop.pl",
      phone: null,
      address: { city: "Łódź", state: "Łódzkie", postalCode: "90-001", country: "PL", countryCode: "PL" },
      createdAt: "2026-11-05T09:46:00.000Z",
      birthdate: "1962-11-15",
      birthday: "11-15",
      source: "WEB_WIDGET",
      consents: ["sms"],
      metadata: { plan: "Gold", vip: false, renewal: "2026-11-03", tags: ["b2b"] },
    });
    expect(customer).toMatchObject({
      ordersCount: 2,
      ordersTotalAmount: { minorAmount: 489600, amount: "4896.00", currency: "USD", formatted: "$4,896.00" },
      ordersAverageAmount: { minorAmount: 244800 },
      firstOrderAt: "2025-09-12T23:08:00.000Z",
      lastOrderAt: "2025-12-24T02:44:00.000Z",
      lastOrderAmount: { minorAmount: 259800 },
      productsCount: 2,
    });
    const again = await dataOf(`query($id: ID!) { customer(by: { id: $id }) { sourceId } }`, {
      id: customer.id,
    });
    expect(again.customer).toEqual({ sourceId: "crm-002" });
  });

  it("is null if there is none", async () => {
    expect(
      await dataOf(
        `{ a: customer(by: { sourceId: "CRM-002" }) { id } b: customer(by: { id: "${globalId("Customer", "default/nobody")}" }) { id } }`,
      ),
    ).toEqual({
      a: null,
      b: null,
    });
  });

  it.each(["", '(by: { id: "a", sourceId: "b" })', "(by: { id: null })", "(by: {})"])(
    "is asked for by one id: not by %j",
    async (written) => {
      const { body } = await service.ask(`{ customer${written} { id } }`);
      expect(body.data).toBeUndefined();
      expect(body.errors[0].extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
    },
  );
});

describe("attributes", () => {
  it("lists what queries of the project may name, including its metadata", async () => {
    const { attributes } = await dataOf(
      "{ attributes { name label phrases type operators { operator words negatedWords operand operandType } } }",
    );
    const byName = new Map(attributes.map((attribute: { name: string }) => [attribute.name, attribute]));
    expect(byName.get("orders.total_amount")).toMatchObject({
      type: "MONEY",
      phrases: expect.arrayContaining(["total spent"]),
    });
    expect(byName.get("email")).toMatchObject({
      type: "TEXT",
      label: "Email",
      operators: expect.arrayContaining([
        {
          operator: "ENDS_WITH",
          words: "ends with",
          negatedWords: "does not end with",
          operand: "VALUE",
          operandType: "TEXT",
        },
      ]),
    });
    expect([...byName.keys()]).toEqual(
      expect.arrayContaining(["source_id", "metadata.plan", "metadata.`is vip`"]),
    );
  });
});

describe("projects", () => {
  it("are separate: the header chooses the project", async () => {
    await service.engine.store.write((transaction) =>
      transaction.put("projects", [projectDocument({ currency: "JPY" }, "other")]),
    );
    const { data } = (await service.ask('{ customer(by: { sourceId: "crm-001" }) { id } }')).body;
    const query = `query($id: ID!) { customers { totalCount } customer(by: { id: $id }) { id } node(id: $id) { id } }`;
    const { body } = await service.ask(query, { id: data.customer.id }, { "x-segmentql-project": "other" });
    expect(body).toEqual({ data: { customers: { totalCount: 0 }, customer: null, node: null } });
  });

  it.each([
    ["nobodys", "UNKNOWN_PROJECT"],
    ["No Such!", "BAD_USER_INPUT"],
    ["", "BAD_USER_INPUT"],
  ])("that are none (%j) are an error of code %s", async (project, code) => {
    const { body } = await service.ask(
      "{ customers { totalCount } }",
      {},
      { "x-segmentql-project": project },
    );
    expect(body.errors[0].extensions).toEqual({ code });
    expect(body.data).toBeNull();
  });
});

describe("queries for editors", () => {
  const fields = "text valid canonical tree diagnostics { code path span { start end } }";

  it("checks a query at an instant, without finding its members", async () => {
    const query = `query($query: String!, $asOf: DateTime) { segmentQuery(query: $query, asOf: $asOf) { valid canonical asOf diagnostics { code path } } }`;
    expect((await dataOf(query, { query: "The E-Mail exists" })).segmentQuery).toEqual({
      valid: true,
      canonical: "email has any value",
      asOf: worldAsOf,
      diagnostics: [],
    });
    const wrong = { query: "vip and age between today and 3", asOf: "2020-01-01T00:00:00Z" };
    expect((await dataOf(query, wrong)).segmentQuery).toEqual({
      valid: false,
      canonical: null,
      asOf: "2020-01-01T00:00:00.000Z",
      diagnostics: [{ code: "NOT_A_NUMBER", path: "/expression/operands/1/operands/0" }],
    });
  });

  it("formats a query, with its comments", async () => {
    const { segmentQuery } = await dataOf(
      `{ segmentQuery(values: false, query: "THE email = 'x' and -- why\\n vip") { canonical diagnostics { code } } }`,
    );
    expect(segmentQuery).toEqual({
      canonical: "email is x\n-- why\nand metadata.vip",
      diagnostics: [],
    });
    const { segmentQuery: wrong } = await dataOf(
      `{ segmentQuery(query: "emial is x") { canonical diagnostics { code } } }`,
    );
    expect(wrong).toEqual({ canonical: null, diagnostics: [{ code: "UNKNOWN_ATTRIBUTE" }] });
  });

  it("returns a query's tree, and accepts it", async () => {
    const ask = `query($query: String!) { segmentQuery(query: $query) { ${fields} } }`;
    const { segmentQuery } = await dataOf(ask, { query: "the email is x or vip" });
    expect(segmentQuery).toMatchObject({ valid: true, canonical: "email is x or metadata.vip" });
    expect(segmentQuery.tree).toEqual({
      kind: "Query",
      version: 2,
      expression: {
        kind: "Or",
        operands: [
          {
            kind: "Comparison",
            attribute: { kind: "Name", text: "the email" },
            operator: { kind: "Operator", name: "is", negated: false },
            operands: [{ kind: "Value", text: "x" }],
          },
          { kind: "Flag", attribute: { kind: "Name", text: "vip" } },
        ],
      },
    });
    const back = `query($tree: JSON!) { segmentQueryFromTree(tree: $tree) { ${fields} } }`;
    const { segmentQueryFromTree } = await dataOf(back, { tree: segmentQuery.tree });
    expect(segmentQueryFromTree).toEqual({ ...segmentQuery, text: "the email is x or vip" });
    const literal = await dataOf(
      `{ segmentQueryFromTree(tree: { kind: "Query", version: 1, expression: { kind: "Flag", attribute: { kind: "Name", text: "vip" } } }) { canonical } }`,
    );
    expect(literal.segmentQueryFromTree).toEqual({ canonical: "metadata.vip" });
  });

  it("has a tree if names are unknown, and none if it can't be parsed", async () => {
    const ask = `query($query: String!) { segmentQuery(query: $query) { ${fields} } }`;
    const { segmentQuery: unknown } = await dataOf(ask, { query: "vip or emial is x" });
    expect(unknown).toMatchObject({
      valid: false,
      tree: { expression: { kind: "Or" } },
      diagnostics: [{ code: "UNKNOWN_ATTRIBUTE", path: "/expression/operands/1/attribute" }],
    });
    const { segmentQuery: broken } = await dataOf(ask, { query: "vip or email starts" });
    expect(broken).toMatchObject({
      valid: false,
      tree: null,
      diagnostics: [{ code: "INCOMPLETE_OPERATOR", path: null }],
    });
  });

  it("refuses an invalid tree, with the place of the mistake", async () => {
    const back = `query($tree: JSON!) { segmentQueryFromTree(tree: $tree) { ${fields} } }`;
    const flag = { kind: "Flag", attribute: { kind: "Name", text: "emial" } };
    const unknown = { kind: "Query", version: 1, expression: { kind: "Not", operand: flag } };
    const { segmentQueryFromTree } = await dataOf(back, { tree: unknown });
    expect(segmentQueryFromTree).toMatchObject({
      text: "not emial",
      valid: false,
      canonical: null,
      diagnostics: [
        { code: "UNKNOWN_ATTRIBUTE", path: "/expression/operand/attribute", span: { start: 4, end: 9 } },
      ],
    });
    const smuggled = { ...unknown, expression: { ...flag, attribute: { kind: "Name", text: "vip or vip" } } };
    const { segmentQueryFromTree: refused } = await dataOf(back, { tree: smuggled });
    expect(refused).toMatchObject({
      text: "vip or vip",
      valid: false,
      tree: null,
      diagnostics: [{ code: "READS_OTHERWISE", path: "/expression" }],
    });
    let deep: object = flag;
    for (let level = 0; level < 3_000; level += 1) deep = { kind: "Not", operand: deep };
    const { segmentQueryFromTree: tooDeep } = await dataOf(back, { tree: { ...unknown, expression: deep } });
    expect(tooDeep).toMatchObject({ text: null, diagnostics: [{ code: "TREE_TOO_LARGE", path: "" }] });
  });
});

describe("Customer.computed", () => {
  const query = `query($names: [String!]) {
    customer(by: { sourceId: "crm-003" }) { computed(names: $names) { name value money { amount currency } } }
  }`;

  it("returns the values of the attributes that are named", async () => {
    const names = ["lifetime value", "Home Town", "pages seen"];
    const { customer } = await dataOf(query, { names });
    expect(customer.computed).toEqual([
      { name: "lifetime value", value: 4421.98, money: { amount: "4421.98", currency: "USD" } },
      { name: "home town", value: "Kraków", money: null },
      { name: "pages seen", value: 2, money: null },
    ]);
  });

  it("refuses a name that is none", async () => {
    const { body } = await service.ask(query, { names: ["city"] });
    expect(body.errors).toMatchObject([
      {
        message: expect.stringContaining(
          "The project has no computed attribute `city`. It has lifetime value",
        ),
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  });
});

describe("segmentPreview.clauses", () => {
  const query = `query($query: String!) { segmentPreview(query: $query) {
    count clauses { text count countWithout clauses { text count countWithout } } } }`;

  async function countOf(sentence: string): Promise<number> {
    return (
      await dataOf("query($query: String!) { segmentPreview(query: $query) { count } }", { query: sentence })
    ).segmentPreview.count;
  }

  it("counts each clause by itself, and the query without it", async () => {
    const [country, sequence] = [
      "country is Poland",
      "performed login then performed checkout within 6 weeks",
    ];
    const [spent, many] = ["orders.total_amount this year is more than $500", "orders.count is at least 3"];
    const { segmentPreview } = await dataOf(query, {
      query: `${country} and ${sequence} and (${spent} or ${many})`,
    });
    const either = `${spent} or ${many}`;
    expect(segmentPreview.count).toBe(await countOf(`${country} and ${sequence} and (${either})`));
    const inside = (text: string, other: string) => async () => ({
      text,
      count: await countOf(text),
      countWithout: await countOf(`${country} and ${sequence} and ${other}`),
    });
    expect(segmentPreview.clauses).toEqual([
      {
        text: country,
        count: await countOf(country),
        countWithout: await countOf(`${sequence} and (${either})`),
        clauses: [],
      },
      {
        text: sequence,
        count: await countOf(sequence),
        countWithout: await countOf(`${country} and (${either})`),
        clauses: [],
      },
      {
        text: either,
        count: await countOf(either),
        countWithout: await countOf(`${country} and ${sequence}`),
        clauses: [await inside(spent, many)(), await inside(many, spent)()],
      },
    ]);
    const counts = segmentPreview.clauses.map(({ count }: { count: number }) => count);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it("of one condition alone are that condition, without which everyone matches", async () => {
    const { segmentPreview } = await dataOf(query, { query: "lifetime value is more than $5000" });
    expect(segmentPreview.clauses).toEqual([
      { text: "computed.`lifetime value` is more than $5000", count: 12, countWithout: 60, clauses: [] },
    ]);
    expect((await dataOf(query, { query: "nothing at all is" })).segmentPreview.clauses).toEqual([]);
  });

  it("are refused where there are too many", async () => {
    const many = Array.from({ length: 41 }, (_, index) => `name is ${index}`).join(" or ");
    const { body } = await service.ask(query, { query: many });
    expect(body.errors[0].message).toBe(
      "The query has 41 clauses, and at most 40 are counted. Split it into segments.",
    );
  });
});
