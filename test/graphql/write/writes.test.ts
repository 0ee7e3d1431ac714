// Writes in GraphQL, over HTTP: customers and what they did, one and many; definitions; erasing a person.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RunningService, runService } from "../running-service.js";

let service: RunningService;
beforeAll(async () => {
  service = await runService();
});
afterAll(() => service.stop());

const inShop = { "x-segmentql-project": "shop" };

async function dataOf(query: string, variables: object = {}) {
  const { body } = await service.ask(query, variables, inShop);
  expect(body.errors).toBeUndefined();
  return body.data;
}

async function found(query: string): Promise<string[]> {
  const { segmentPreview } = await dataOf(
    "query ($query: String!) { segmentPreview(query: $query) { diagnostics { severity message } customers(first: 100) { nodes { sourceId } } } }",
    { query },
  );
  const errors = segmentPreview.diagnostics.filter(
    ({ severity }: { severity: string }) => severity === "ERROR",
  );
  expect(errors).toEqual([]);
  return segmentPreview.customers.nodes.map(({ sourceId }: { sourceId: string }) => sourceId);
}

const errors = "userErrors { field code message }";

describe("definitions", () => {
  it("make a project, add to it, and are refused with the mend", async () => {
    expect((await service.ask("{ project { id } }", {}, inShop)).body.errors[0].extensions.code).toBe(
      "UNKNOWN_PROJECT",
    );
    const project =
      "project { id timezone currency customerMetadata { name type } orderMetadata { name type } events { name properties { name type } } consents }";
    await dataOf(`mutation { projectUpdate(timezone: "Europe/Warsaw") { ${errors} } }`);
    await dataOf(
      `mutation { metadataDefine(keys: [{ name: "age", type: NUMBER }, { name: "tags", type: STRINGS }]) { ${errors} } }`,
    );
    await dataOf(
      `mutation { metadataDefine(of: ORDER, keys: [{ name: "channel", type: STRING }]) { ${errors} } }`,
    );
    await dataOf(
      `mutation { eventDefine(name: "page viewed", properties: [{ name: "url", type: STRING }]) { ${errors} } }`,
    );
    const { consentDefine } = await dataOf(
      `mutation { consentDefine(names: ["newsletter", "sms"]) { ${project} ${errors} } }`,
    );
    expect(consentDefine).toEqual({
      project: {
        id: "shop",
        timezone: "Europe/Warsaw",
        currency: "USD",
        customerMetadata: [
          { name: "age", type: "NUMBER" },
          { name: "tags", type: "STRINGS" },
        ],
        orderMetadata: [{ name: "channel", type: "STRING" }],
        events: [{ name: "page viewed", properties: [{ name: "url", type: "STRING" }] }],
        consents: ["newsletter", "sms"],
      },
      userErrors: [],
    });
    expect((await dataOf(`{ ${project} }`)).project).toEqual(consentDefine.project);
    const { projectUpdate } = await dataOf(
      `mutation { projectUpdate(timezone: "Warsaw") { project { id } ${errors} } }`,
    );
    expect(projectUpdate).toEqual({
      project: null,
      userErrors: [
        {
          field: ["timezone"],
          code: "INVALID_DEFINITION",
          message: expect.stringContaining("no IANA time zone"),
        },
      ],
    });
    const wrong = async (mutation: string) => {
      const [told] = Object.values(await dataOf(`mutation { ${mutation} { ${errors} } }`)) as [
        { userErrors: unknown[] },
      ];
      return told.userErrors;
    };
    const told = (field: string, message: string) => [
      { field: [field], code: "INVALID_DEFINITION", message: expect.stringContaining(message) },
    ];
    const twice = 'keys: [{ name: "zip", type: STRING }, { name: "zip", type: NUMBER }]';
    expect(await wrong(`metadataDefine(${twice})`)).toEqual(
      told("keys", "`zip` is given twice, as string and as number"),
    );
    expect(await wrong('metadataDefine(keys: [{ name: " ", type: STRING }])')).toEqual(
      told("keys", "  metadataSchema: a name can't be blank"),
    );
    expect(await wrong(`eventDefine(name: "${"x".repeat(257)}")`)).toEqual(
      told("name", "  eventSchemas: a name has at most 256 characters"),
    );
    expect(await wrong(`consentDefine(names: ${JSON.stringify(Array(1_001).fill("sms"))})`)).toEqual(
      told("names", "  consents: at most 1000 names"),
    );
    const sameZone = 'mutation { projectUpdate(timezone: "europe/warsaw") { project { timezone } } }';
    expect((await dataOf(sameZone)).projectUpdate.project.timezone).toBe("Europe/Warsaw");
    const { eventDefine } = await dataOf(`mutation { eventDefine(name: "__proto__") { ${errors} } }`);
    expect(eventDefine.userErrors).toMatchObject([{ field: ["name"], code: "INVALID_DEFINITION" }]);
  });
});

describe("writes", () => {
  it("a customer, in every field", async () => {
    const input = {
      sourceId: "ann",
      name: "Ann Nowak",
      email: "ann@example.uk",
      phone: "+48 1",
      createdAt: "2026-02-01T10:00:00Z",
      birthdate: "1990-02-28",
      address: { city: "Warsaw", state: "Mazowieckie", postalCode: "00-001", country: "Poland" },
      source: "Web Widget",
      sourceMetadata: { webWidgetId: "w-1", mailchimpList: "News", intercomType: "lead" },
      consents: ["sms"],
      metadata: { age: 36, tags: ["b2b"], other: { kept: true } },
    };
    const upsert = `mutation ($input: CustomerInput!) { customerUpsert(input: $input) {
      status customer { sourceId name city postalCode countryCode createdAt birthdate source consents metadata ordersCount } ${errors} } }`;
    const { customerUpsert } = await dataOf(upsert, { input });
    expect(customerUpsert).toEqual({
      status: "WRITTEN",
      customer: {
        sourceId: "ann",
        name: "Ann Nowak",
        city: "Warsaw",
        postalCode: "00-001",
        countryCode: "PL",
        createdAt: "2026-02-01T10:00:00.000Z",
        birthdate: "1990-02-28",
        source: "web_widget",
        consents: ["sms"],
        metadata: input.metadata,
        ordersCount: 0,
      },
      userErrors: [],
    });
    const everyField = [
      "postal code is 00-001",
      "state is mazowieckie",
      'phone is "+48 1"',
      "source.web_widget.id is w-1",
      "mailchimp list is news",
      "intercom type is lead",
      "age is 36",
      "tags contains b2b",
      "consents contains sms",
      "birthday is 1990-02-28",
    ];
    expect(await found(everyField.join(" and "))).toEqual(["ann"]);
    expect((await dataOf(upsert, { input })).customerUpsert.status).toBe("UNCHANGED");
    const wrong = await dataOf(upsert, { input: { ...input, birthdate: "soon" } });
    expect(wrong.customerUpsert).toEqual({
      status: "REJECTED",
      customer: null,
      userErrors: [
        {
          field: ["input", "birthdate"],
          code: "INVALID_RECORD",
          message: '`birthdate` is "soon", which is no day; write one as 1990-02-28.',
        },
      ],
    });
  });

  it.each([
    ["createdAt", { createdAt: "yesterday" }],
    ["address.postalCode", { address: { postalCode: "1".repeat(1_025) } }],
    ["sourceMetadata.intercomType", { sourceMetadata: { intercomType: "x" } }],
    ["sourceMetadata.webWidgetId", { sourceMetadata: { webWidgetId: "1".repeat(1_025) } }],
    ["consents", { consents: ["fax"] }],
    ["metadata.tags", { metadata: { tags: 1 } }],
  ])("tells what is amiss as the input spells it: %s", async (part, amiss) => {
    const upsert = `mutation ($input: CustomerInput!) { customerUpsert(input: $input) { status ${errors} } }`;
    const { customerUpsert } = await dataOf(upsert, { input: { sourceId: "amiss", ...amiss } });
    expect(customerUpsert).toEqual({
      status: "REJECTED",
      userErrors: [
        {
          field: ["input", ...part.split(".")],
          code: "INVALID_RECORD",
          message: expect.stringContaining(`\`${part}\` `),
        },
      ],
    });
  });

  it("tells of a record as a whole where no part of it is amiss", async () => {
    const upsert = `mutation ($input: CustomerInput!) { customerUpsert(input: $input) { ${errors} } }`;
    const { customerUpsert } = await dataOf(upsert, { input: { sourceId: "x", name: "x".repeat(70_000) } });
    expect(customerUpsert.userErrors).toMatchObject([{ field: ["input"], code: "INVALID_RECORD" }]);
  });

  it("many customers, orders, events and consents, each with its own result", async () => {
    const { customersUpsert } = await dataOf(
      `mutation ($inputs: [CustomerInput!]!) { customersUpsert(inputs: $inputs) {
        results { index sourceId status customer { name } userErrors { code } } ${errors} } }`,
      { inputs: [{ sourceId: "bob", name: "Bob" }, { sourceId: " " }, { sourceId: "eve", source: "api" }] },
    );
    expect(customersUpsert).toEqual({
      results: [
        { index: 0, sourceId: "bob", status: "WRITTEN", customer: { name: "Bob" }, userErrors: [] },
        {
          index: 1,
          sourceId: " ",
          status: "REJECTED",
          customer: null,
          userErrors: [{ code: "INVALID_RECORD" }],
        },
        { index: 2, sourceId: "eve", status: "WRITTEN", customer: { name: null }, userErrors: [] },
      ],
      userErrors: [
        { field: ["inputs", "1", "sourceId"], code: "INVALID_RECORD", message: "`sourceId` is blank." },
      ],
    });
    const { ordersUpsert } = await dataOf(
      `mutation ($inputs: [OrderInput!]!) { ordersUpsert(inputs: $inputs) { results {
        sourceId status
        order { id sourceId customerId createdAt status amount { formatted } metadata
          items { productId sku name quantity price { minorAmount } } }
        customer { sourceId ordersCount }
      } ${errors} } }`,
      {
        inputs: [
          {
            sourceId: "o-1",
            customer: "bob",
            createdAt: "2026-11-01T00:00:00Z",
            status: "PAID",
            items: [{ productId: "p-1", sku: "MUG", name: "Mug", quantity: 2, price: 1_250 }],
            metadata: { channel: "web" },
          },
          { sourceId: "o-2", customer: "nobody", createdAt: "2026-11-01T00:00:00Z", amount: 1 },
          { sourceId: "o-3", customer: "eve", createdAt: "2026-11-01T00:00:00Z", amount: 100.5 },
        ],
      },
    );
    const [mug, ...rejected] = ordersUpsert.results;
    expect(mug).toEqual({
      sourceId: "o-1",
      status: "WRITTEN",
      order: {
        id: "shop/o-1",
        sourceId: "o-1",
        customerId: "shop/bob",
        createdAt: "2026-11-01T00:00:00.000Z",
        status: "PAID",
        amount: { formatted: "$25.00" },
        metadata: { channel: "web" },
        items: [{ productId: "p-1", sku: "MUG", name: "Mug", quantity: 2, price: { minorAmount: 1_250 } }],
      },
      customer: { sourceId: "bob", ordersCount: 1 },
    });
    expect(rejected).toEqual([
      { sourceId: "o-2", status: "REJECTED", order: null, customer: null },
      { sourceId: "o-3", status: "REJECTED", order: null, customer: null },
    ]);
    expect(ordersUpsert.userErrors.map(({ message }: { message: string }) => message)).toEqual([
      '`customer` names "nobody", who is not there; add the customer first.',
      "`amount` must be a whole number of the currency's minor unit, as 1250 for 12.50.",
    ]);
    expect(await found("total spent is $25 and order contains mug")).toEqual(["bob"]);
    expect(await found("placed order where metadata.channel is web")).toEqual(["bob"]);

    const track = `mutation ($inputs: [EventInput!]!) { eventsTrack(inputs: $inputs) { results {
      status event { sourceId customerId type at properties } customer { sourceId } } } }`;
    const viewed = {
      customer: "eve",
      type: "page viewed",
      at: "2026-11-22T00:00:00Z",
      properties: { url: "/pricing" },
    };
    const inputs = [
      { ...viewed, id: "v-1" },
      { ...viewed, id: "v-2" },
      { ...viewed, id: "v-1" },
    ];
    const told = (status: string, id: string | null) => ({
      status,
      event: {
        sourceId: id,
        customerId: "shop/eve",
        type: "page viewed",
        at: "2026-11-22T00:00:00.000Z",
        properties: { url: "/pricing" },
      },
      customer: { sourceId: "eve" },
    });
    expect((await dataOf(track, { inputs })).eventsTrack.results).toEqual([
      told("WRITTEN", "v-1"),
      told("WRITTEN", "v-2"),
      told("WRITTEN", "v-1"),
    ]);
    expect((await dataOf(track, { inputs })).eventsTrack.results[0]).toEqual(told("UNCHANGED", "v-1"));
    expect(await found('performed "page viewed" exactly 2 times where url contains "/pricing"')).toEqual([
      "eve",
    ]);

    const { consentsSet } = await dataOf(
      `mutation ($inputs: [ConsentsInput!]!) { consentsSet(inputs: $inputs) { results { sourceId status customer { consents } } ${errors} } }`,
      {
        inputs: [
          { customer: "ann", consents: ["newsletter"] },
          { customer: "bob", consents: [] },
          { customer: "bob", consents: ["fax"] },
          { customer: "nobody", consents: [] },
        ],
      },
    );
    expect(consentsSet.results).toEqual([
      { sourceId: "ann", status: "WRITTEN", customer: { consents: ["newsletter"] } },
      { sourceId: "bob", status: "WRITTEN", customer: { consents: [] } },
      { sourceId: "bob", status: "REJECTED", customer: null },
      { sourceId: "nobody", status: "REJECTED", customer: null },
    ]);
    expect(consentsSet.userErrors).toMatchObject([
      { field: ["inputs", "2", "consents"], code: "INVALID_RECORD" },
      { field: ["inputs", "3", "customer"], code: "INVALID_RECORD" },
    ]);
    expect(
      await found("consents contains newsletter and not (consents contains sms) and city is Warsaw"),
    ).toEqual(["ann"]);
  });

  it("no more at once than has a bound", async () => {
    const inputs = Array.from({ length: 1_001 }, (_, index) => ({ sourceId: `x-${index}` }));
    const mutation =
      "mutation ($inputs: [CustomerInput!]!) { customersUpsert(inputs: $inputs) { results { status } } }";
    const { body } = await service.ask(mutation, { inputs }, inShop);
    expect(body.errors[0]).toMatchObject({
      message: "These are 1,001 records, and 1,000 is the most at once. Send them in several requests.",
      extensions: { code: "BAD_USER_INPUT" },
    });
    const results = (await dataOf(mutation, { inputs: inputs.slice(1) })).customersUpsert.results;
    expect(results).toHaveLength(1_000);
    expect(results.every(({ status }: { status: string }) => status === "WRITTEN")).toBe(true);
  });

  it("erase a person, and say what was erased", async () => {
    await dataOf(
      `mutation { segmentCreateStatic(input: { name: "Pair", sourceIds: ["bob", "eve"] }) { ${errors} } }`,
    );
    const erase = `mutation ($id: ID, $sourceId: String) { customerDelete(id: $id, sourceId: $sourceId) { erased {
      id sourceId profile orders events redemptions giftCards loyaltyCards referrals namedInReferrals staticSegments { name } } ${errors} } }`;
    expect((await dataOf(erase, { sourceId: "eve" })).customerDelete).toEqual({
      erased: {
        id: "shop/eve",
        sourceId: "eve",
        profile: true,
        orders: 0,
        events: 2,
        redemptions: 0,
        giftCards: 0,
        loyaltyCards: 0,
        referrals: 0,
        namedInReferrals: 0,
        staticSegments: [{ name: "Pair" }],
      },
      userErrors: [],
    });
    expect(await found("in segment Pair")).toEqual(["bob"]);
    expect((await dataOf(erase, { id: "shop/bob" })).customerDelete.erased).toMatchObject({ orders: 1 });
    for (const again of [{ sourceId: "eve" }, { id: "shop/bob" }, { id: "default/crm-000" }]) {
      expect((await dataOf(erase, again)).customerDelete).toMatchObject({
        erased: null,
        userErrors: [{ code: "NOT_FOUND" }],
      });
    }
    expect(
      (await service.ask('{ customer(sourceId: "crm-000") { sourceId } }')).body.data.customer,
    ).not.toBeNull();
  });
});
