// Writes in GraphQL, over HTTP: customers and what they did, one and many; definitions; erasing a person.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { globalId } from "../../../src/graphql/server/global-id.js";
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
  it("create a project, add to it, and are refused with a fix", async () => {
    expect((await service.ask("{ project { id } }", {}, inShop)).body.errors[0].extensions.code).toBe(
      "UNKNOWN_PROJECT",
    );
    const project =
      "project { name timezone currency customerMetadata { name type } orderMetadata { name type } events { name properties { name type } } consents }";
    await dataOf(`mutation { projectUpdate(input: { timezone: "Europe/Warsaw" }) { ${errors} } }`);
    await dataOf(
      `mutation { metadataDefine(input: { keys: [{ name: "age", type: NUMBER }, { name: "tags", type: STRINGS }] }) { ${errors} } }`,
    );
    await dataOf(
      `mutation { metadataDefine(input: { of: ORDER, keys: [{ name: "channel", type: STRING }] }) { ${errors} } }`,
    );
    await dataOf(
      `mutation { eventDefine(input: { name: "page viewed", properties: [{ name: "url", type: STRING }] }) { ${errors} } }`,
    );
    const { consentDefine } = await dataOf(
      `mutation { consentDefine(input: { names: ["newsletter", "sms"] }) { ${project} ${errors} } }`,
    );
    expect(consentDefine).toEqual({
      project: {
        name: "shop",
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
      `mutation { projectUpdate(input: { timezone: "Warsaw" }) { project { id } ${errors} } }`,
    );
    expect(projectUpdate).toEqual({
      project: null,
      userErrors: [
        {
          field: ["input", "timezone"],
          code: "INVALID_DEFINITION",
          message: expect.stringContaining("no IANA time zone"),
        },
      ],
    });
    const wrong = async (mutation: string) => {
      const [errorsOf] = Object.values(await dataOf(`mutation { ${mutation} { ${errors} } }`)) as [
        { userErrors: unknown[] },
      ];
      return errorsOf.userErrors;
    };
    const errorsOf = (field: readonly string[], message: string) => [
      { field, code: "INVALID_DEFINITION", message: expect.stringContaining(message) },
    ];
    const twice = 'keys: [{ name: "zip", type: STRING }, { name: "zip", type: NUMBER }]';
    expect(await wrong(`metadataDefine(input: { ${twice} })`)).toEqual(
      errorsOf(["input", "keys"], "`zip` is given twice, as string and as number"),
    );
    expect(await wrong('metadataDefine(input: { keys: [{ name: " ", type: STRING }] })')).toEqual(
      errorsOf(["input", "keys"], "  metadataSchema: a name can't be blank"),
    );
    expect(await wrong(`eventDefine(input: { name: "${"x".repeat(257)}" })`)).toEqual(
      errorsOf(["input"], "  eventSchemas: a name has at most 256 characters"),
    );
    expect(
      await wrong(`consentDefine(input: { names: ${JSON.stringify(Array(1_001).fill("sms"))} })`),
    ).toEqual(errorsOf(["input", "names"], "  consents: at most 1000 names"));
    const sameZone =
      'mutation { projectUpdate(input: { timezone: "europe/warsaw" }) { project { timezone } } }';
    expect((await dataOf(sameZone)).projectUpdate.project.timezone).toBe("Europe/Warsaw");
    const { eventDefine } = await dataOf(
      `mutation { eventDefine(input: { name: "__proto__" }) { ${errors} } }`,
    );
    expect(eventDefine.userErrors).toMatchObject([{ field: ["input"], code: "INVALID_DEFINITION" }]);
  });

  it("attributes are defined by expressions, renamed and removed", async () => {
    const payload = `project { computed { name expression } } ${errors}`;
    const define = (name: string, expression: string) =>
      dataOf(
        `mutation { attributeDefine(input: { name: "${name}", expression: "${expression}" }) { ${payload} } }`,
      );
    const sum = "sum of amount of order";
    expect((await define("lifetime value", sum)).attributeDefine).toEqual({
      project: { computed: [{ name: "lifetime value", expression: sum }] },
      userErrors: [],
    });
    expect((await define("email", sum)).attributeDefine).toMatchObject({
      project: null,
      userErrors: [{ field: ["input"], code: "INVALID_DEFINITION" }],
    });
    const impact = await dataOf(
      '{ attributeImpact(name: "lifetime value", expression: "orders.count") { before after } }',
    );
    expect(impact.attributeImpact).toEqual([]);
    const { attributeRename } = await dataOf(
      `mutation { attributeRename(input: { name: "Lifetime value", newName: "worth" }) { ${payload} } }`,
    );
    expect(attributeRename.project.computed).toEqual([{ name: "worth", expression: sum }]);
    const remove = `mutation { attributeRemove(input: { name: "worth" }) { ${payload} } }`;
    expect((await dataOf(remove)).attributeRemove).toEqual({ project: { computed: [] }, userErrors: [] });
    expect((await dataOf(remove)).attributeRemove.userErrors).toEqual([
      {
        field: ["input", "name"],
        code: "INVALID_DEFINITION",
        message: 'The project defines no attribute "worth".',
      },
    ]);
  });
});

describe("writes", () => {
  it("a customer is written in every field", async () => {
    const input = {
      sourceId: "ann",
      name: "Ann Nowak",
      email: "ann@example.uk",
      phone: "+48 1",
      createdAt: "2026-02-01T10:00:00Z",
      birthdate: "1990-02-28",
      address: { city: "Warsaw", state: "Mazowieckie", postalCode: "00-001", country: "Poland" },
      source: "WEB_WIDGET",
      sourceMetadata: { webWidgetId: "w-1", mailchimpList: "News", intercomType: "lead" },
      consents: ["sms"],
      metadata: { age: 36, tags: ["b2b"], other: { kept: true } },
    };
    const upsert = `mutation ($input: CustomerInput!) { customerUpsert(input: $input) {
      status customer { sourceId name address { city postalCode countryCode } createdAt birthdate source consents metadata ordersCount } ${errors} } }`;
    const { customerUpsert } = await dataOf(upsert, { input });
    expect(customerUpsert).toEqual({
      status: "WRITTEN",
      customer: {
        sourceId: "ann",
        name: "Ann Nowak",
        address: { city: "Warsaw", postalCode: "00-001", countryCode: "PL" },
        createdAt: "2026-02-01T10:00:00.000Z",
        birthdate: "1990-02-28",
        source: "WEB_WIDGET",
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
    const wrong = await service.ask(upsert, { input: { ...input, birthdate: "soon" } }, inShop);
    expect(wrong.body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
  });

  it("changes of a customer are merged: what is omitted is kept, null makes unknown", async () => {
    const update = `mutation ($input: CustomerUpdateInput!) { customerUpdate(input: $input) {
      status customer { name email phone address { city postalCode } source metadata } ${errors} } }`;
    const { customerUpdate } = await dataOf(update, {
      input: {
        by: { sourceId: "ann" },
        name: "Ann Kowalska",
        phone: null,
        address: { city: "Gdańsk" },
        metadata: { age: 37 },
      },
    });
    expect(customerUpdate).toEqual({
      status: "WRITTEN",
      customer: {
        name: "Ann Kowalska",
        email: "ann@example.uk",
        phone: null,
        address: { city: "Gdańsk", postalCode: "00-001" },
        source: "WEB_WIDGET",
        metadata: { age: 37, tags: ["b2b"], other: { kept: true } },
      },
      userErrors: [],
    });
    const back = { by: { sourceId: "ann" }, address: { city: "Warsaw" }, metadata: { age: 36 } };
    expect((await dataOf(update, { input: { ...back, phone: "+48 1" } })).customerUpdate.status).toBe(
      "WRITTEN",
    );
    expect((await dataOf(update, { input: back })).customerUpdate.status).toBe("UNCHANGED");
    expect((await dataOf(update, { input: { by: { sourceId: "nobody" } } })).customerUpdate).toMatchObject({
      status: "REJECTED",
      customer: null,
      userErrors: [{ code: "INVALID_RECORD", message: expect.stringContaining('"nobody"') }],
    });
  });

  it("all mistakes of a record are reported at once", async () => {
    const { customerUpsert } = await dataOf(
      `mutation ($input: CustomerInput!) { customerUpsert(input: $input) { status ${errors} } }`,
      {
        input: {
          sourceId: " ",
          name: "x".repeat(2_000),
          phone: "1".repeat(2_000),
          email: "e".repeat(2_000),
          address: { city: "c".repeat(2_000) },
        },
      },
    );
    expect(customerUpsert.userErrors.map(({ field }: { field: string[] }) => field.join("."))).toEqual([
      "input.sourceId",
      "input.name",
      "input.email",
      "input.phone",
      "input.address.city",
    ]);
  });

  it.each([
    ["source", { sourceText: "nowhere" }],
    ["address.postalCode", { address: { postalCode: "1".repeat(1_025) } }],
    ["sourceMetadata.intercomType", { sourceMetadata: { intercomType: "x" } }],
    ["sourceMetadata.webWidgetId", { sourceMetadata: { webWidgetId: "1".repeat(1_025) } }],
    ["consents", { consents: ["fax"] }],
    ["metadata.tags", { metadata: { tags: 1 } }],
  ])("a mistake is reported by the input's own names: %s", async (part, amiss) => {
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

  it("reports the whole record if no part of it is at fault", async () => {
    const upsert = `mutation ($input: CustomerInput!) { customerUpsert(input: $input) { ${errors} } }`;
    const { customerUpsert } = await dataOf(upsert, { input: { sourceId: "x", name: "x".repeat(70_000) } });
    expect(customerUpsert.userErrors).toMatchObject([{ field: ["input"], code: "INVALID_RECORD" }]);
  });

  it("many customers, orders, events and consents are written, each with its own result", async () => {
    const { customersUpsert } = await dataOf(
      `mutation ($input: [CustomerInput!]!) { customersUpsert(input: $input) {
        results { index status customer { name } userErrors { code } } ${errors} } }`,
      { input: [{ sourceId: "bob", name: "Bob" }, { sourceId: " " }, { sourceId: "eve", source: "API" }] },
    );
    expect(customersUpsert).toEqual({
      results: [
        { index: 0, status: "WRITTEN", customer: { name: "Bob" }, userErrors: [] },
        { index: 1, status: "REJECTED", customer: null, userErrors: [{ code: "INVALID_RECORD" }] },
        { index: 2, status: "WRITTEN", customer: { name: null }, userErrors: [] },
      ],
      userErrors: [
        { field: ["input", "1", "sourceId"], code: "INVALID_RECORD", message: "`sourceId` is blank." },
      ],
    });
    const { ordersUpsert } = await dataOf(
      `mutation ($input: [OrderInput!]!) { ordersUpsert(input: $input) { results {
        status
        order { id sourceId createdAt status statusText amount { formatted } metadata
          items { productId sku name quantity price { minorAmount } } customer { sourceId ordersCount } }
      } ${errors} } }`,
      {
        input: [
          {
            sourceId: "o-1",
            customer: { sourceId: "bob" },
            createdAt: "2026-11-01T00:00:00Z",
            status: "PAID",
            items: [
              { productId: "p-1", sku: "MUG", name: "Mug", quantity: 2, price: { minorAmount: 1_250 } },
            ],
            metadata: { channel: "web" },
          },
          {
            sourceId: "o-2",
            customer: { id: globalId("Customer", "shop/nobody") },
            createdAt: "2026-11-01T00:00:00Z",
            amount: { minorAmount: 1 },
          },
          {
            sourceId: "o-3",
            customer: { sourceId: "eve" },
            createdAt: "2026-11-01T00:00:00Z",
            amount: { amount: "100.505" },
          },
          { sourceId: "o-4" },
        ],
      },
    );
    const [mug, ...rejected] = ordersUpsert.results;
    expect(mug).toEqual({
      status: "WRITTEN",
      order: {
        id: globalId("Order", "shop/o-1"),
        sourceId: "o-1",
        createdAt: "2026-11-01T00:00:00.000Z",
        status: "PAID",
        statusText: "PAID",
        amount: { formatted: "$25.00" },
        metadata: { channel: "web" },
        items: [{ productId: "p-1", sku: "MUG", name: "Mug", quantity: 2, price: { minorAmount: 1_250 } }],
        customer: { sourceId: "bob", ordersCount: 1 },
      },
    });
    expect(rejected).toEqual(Array(3).fill({ status: "REJECTED", order: null }));
    expect(
      ordersUpsert.userErrors.map(({ field, message }: { field: string[]; message: string }) => [
        field.join("."),
        message,
      ]),
    ).toEqual([
      ["input.1.customer", '`customer` names "nobody", who is not there; add the customer first.'],
      ["input.2.amount", '`amount` is "100.505", which is not an amount of USD; write one as 1234.50.'],
      ["input.3.customer", "`customer` is missing: it must be text."],
      ["input.3.createdAt", "`createdAt` is missing: it must be text."],
    ]);
    expect(await found("total spent is $25 and order contains mug")).toEqual(["bob"]);
    expect(await found("placed order where metadata.channel is web")).toEqual(["bob"]);

    const upsert = `mutation ($input: [EventInput!]!) { eventsUpsert(input: $input) { results {
      status event { sourceId type at properties customer { sourceId } } } } }`;
    const viewed = {
      customer: { sourceId: "eve" },
      type: "page viewed",
      at: "2026-11-22T00:00:00Z",
      properties: { url: "/pricing" },
    };
    const input = [
      { ...viewed, sourceId: "v-1" },
      { ...viewed, sourceId: "v-2" },
      { ...viewed, sourceId: "v-1" },
    ];
    const result = (status: string, id: string | null) => ({
      status,
      event: {
        sourceId: id,
        type: "page viewed",
        at: "2026-11-22T00:00:00.000Z",
        properties: { url: "/pricing" },
        customer: { sourceId: "eve" },
      },
    });
    expect((await dataOf(upsert, { input })).eventsUpsert.results).toEqual([
      result("WRITTEN", "v-1"),
      result("WRITTEN", "v-2"),
      result("WRITTEN", "v-1"),
    ]);
    expect((await dataOf(upsert, { input })).eventsUpsert.results[0]).toEqual(result("UNCHANGED", "v-1"));
    expect(await found('performed "page viewed" exactly 2 times where url contains "/pricing"')).toEqual([
      "eve",
    ]);

    const { consentsSet } = await dataOf(
      `mutation ($input: [ConsentsInput!]!) { consentsSet(input: $input) { results { status customer { consents } } ${errors} } }`,
      {
        input: [
          { customer: { sourceId: "ann" }, consents: ["newsletter"] },
          { customer: { sourceId: "bob" }, consents: [] },
          { customer: { sourceId: "bob" }, consents: ["fax"] },
          { customer: { sourceId: "nobody" }, consents: [] },
        ],
      },
    );
    expect(consentsSet.results).toEqual([
      { status: "WRITTEN", customer: { consents: ["newsletter"] } },
      { status: "WRITTEN", customer: { consents: [] } },
      { status: "REJECTED", customer: null },
      { status: "REJECTED", customer: null },
    ]);
    expect(consentsSet.userErrors).toMatchObject([
      { field: ["input", "2", "consents"], code: "INVALID_RECORD" },
      { field: ["input", "3", "customer"], code: "INVALID_RECORD" },
    ]);
    expect(
      await found("consents contains newsletter and not (consents contains sms) and city is Warsaw"),
    ).toEqual(["ann"]);
  });

  it.each([
    [
      "order",
      { createdAt: "2026-10-01T00:00:00Z", amount: { amount: "10.00" } },
      { status: "CANCELED" },
      "statusText amount { minorAmount }",
      { statusText: "CANCELED", amount: { minorAmount: 1_000 } },
    ],
    [
      "event",
      { type: "login", at: "2026-10-01T00:00:00Z", properties: { a: 1 } },
      { properties: { b: 2 } },
      "type properties",
      { type: "login", properties: { b: 2 } },
    ],
    [
      "redemption",
      { campaign: "Spring", at: "2026-10-01T00:00:00Z", result: "SUCCESS" },
      { result: "FAILURE" },
      "campaign result",
      { campaign: "Spring", result: "FAILURE" },
    ],
    [
      "giftCard",
      { campaign: "Gift", amount: { amount: "50" } },
      { spent: { minorAmount: 2_000 } },
      "amount { amount } balance { amount }",
      { amount: { amount: "50.00" }, balance: { amount: "30.00" } },
    ],
    [
      "loyaltyCard",
      { campaign: "Club", points: 10.5 },
      { spent: 0.5 },
      "points balance",
      { points: 10.5, balance: 10 },
    ],
    [
      "referral",
      { refereeSourceId: "bob", campaign: "Friends", at: "2026-10-01T00:00:00Z" },
      { campaign: "Family" },
      "campaign refereeSourceId referee { sourceId }",
      { campaign: "Family", refereeSourceId: "bob", referee: { sourceId: "bob" } },
    ],
  ])(
    "one %s: upserted, updated, deleted, alone and with others",
    async (one, whole, change, fields, changed) => {
      const Type = `${one.charAt(0).toUpperCase()}${one.slice(1)}`;
      const owner =
        one === "referral" ? { referrer: { sourceId: "ann" } } : { customer: { sourceId: "ann" } };
      const call = async (name: string, list: boolean, input: unknown, selection: string) => {
        const type = name.includes("Delete") ? "RecordByInput" : `${Type}Input`;
        const data = await dataOf(
          `mutation ($input: ${list ? `[${type}!]!` : `${type}!`}) { ${name}(input: $input) { ${selection} ${errors} } }`,
          { input },
        );
        return data[name];
      };
      const first = { sourceId: "r-1", ...owner, ...whole };
      const written = await call(`${one}Upsert`, false, first, `status ${one} { id sourceId }`);
      expect(written).toMatchObject({ status: "WRITTEN", [one]: { sourceId: "r-1" }, userErrors: [] });
      expect((await call(`${one}Upsert`, false, first, "status")).status).toBe("UNCHANGED");
      const updated = await call(
        `${one}Update`,
        false,
        { sourceId: "r-1", ...change },
        `status ${one} { ${fields} }`,
      );
      expect(updated).toEqual({ status: "WRITTEN", [one]: changed, userErrors: [] });
      const unknown = await call(
        `${one}sUpdate`,
        true,
        [{ sourceId: "r-1" }, { sourceId: "r-0" }],
        "results { status }",
      );
      expect(unknown).toMatchObject({
        results: [{ status: "UNCHANGED" }, { status: "REJECTED" }],
        userErrors: [{ field: ["input", "1", "sourceId"], code: "INVALID_RECORD" }],
      });
      const many = await call(
        `${one}sUpsert`,
        true,
        [{ ...first, sourceId: "r-2" }, { sourceId: "r-3" }],
        "results { status }",
      );
      expect(many.results).toEqual([{ status: "WRITTEN" }, { status: "REJECTED" }]);
      const { id } = written[one];
      const { node } = await dataOf(`query ($id: ID!) { node(id: $id) { __typename id } }`, { id });
      expect(node).toEqual({ __typename: Type, id });
      expect(await call(`${one}Delete`, false, { id }, "deletedId")).toEqual({
        deletedId: id,
        userErrors: [],
      });
      const rest = await call(
        `${one}sDelete`,
        true,
        [{ sourceId: "r-1" }, { sourceId: "r-2" }],
        "deletedIds",
      );
      expect(rest.deletedIds).toHaveLength(1);
      expect(rest.userErrors).toMatchObject([{ field: ["input", "0"], code: "NOT_FOUND" }]);
      // What the records came to is gone with them.
      const { customer } = await dataOf(
        '{ customer(by: { sourceId: "ann" }) { ordersCount redemptionsCount referralsCount loyaltyPoints giftCardsBalance { minorAmount } events { totalCount } } }',
      );
      expect(customer).toEqual({
        ordersCount: 0,
        redemptionsCount: 0,
        referralsCount: 0,
        loyaltyPoints: 0,
        giftCardsBalance: { minorAmount: 0 },
        events: { totalCount: 0 },
      });
    },
  );

  it("the number of records in a request is bounded", async () => {
    const input = Array.from({ length: 1_001 }, (_, index) => ({ sourceId: `x-${index}` }));
    const mutation =
      "mutation ($input: [CustomerInput!]!) { customersUpsert(input: $input) { results { status } } }";
    const { body } = await service.ask(mutation, { input }, inShop);
    expect(body.errors[0]).toMatchObject({
      message: "There are 1,001 records; 1,000 at once is the maximum. Send them in several requests.",
      extensions: { code: "BAD_USER_INPUT" },
    });
    const results = (await dataOf(mutation, { input: input.slice(1) })).customersUpsert.results;
    expect(results).toHaveLength(1_000);
    expect(results.every(({ status }: { status: string }) => status === "WRITTEN")).toBe(true);
  });

  it("a person is erased, and the answer says what was erased", async () => {
    await dataOf(
      `mutation { segmentCreateStatic(input: { name: "Pair", members: { sourceIds: ["bob", "eve"] } }) { ${errors} } }`,
    );
    const erase = `mutation ($input: CustomerByInput!) { customerDelete(input: $input) { erased {
      customerId sourceId profile orders events redemptions giftCards loyaltyCards referrals namedInReferrals staticSegments { name } } ${errors} } }`;
    expect((await dataOf(erase, { input: { sourceId: "eve" } })).customerDelete).toEqual({
      erased: {
        customerId: globalId("Customer", "shop/eve"),
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
    expect(
      (await dataOf(erase, { input: { id: globalId("Customer", "shop/bob") } })).customerDelete.erased,
    ).toMatchObject({ orders: 1 });
    for (const again of [
      { sourceId: "eve" },
      { id: globalId("Customer", "shop/bob") },
      { id: globalId("Customer", "default/crm-000") },
    ]) {
      expect((await dataOf(erase, { input: again })).customerDelete).toMatchObject({
        erased: null,
        userErrors: [{ code: "NOT_FOUND" }],
      });
    }
    expect(
      (await service.ask('{ customer(by: { sourceId: "crm-000" }) { sourceId } }')).body.data.customer,
    ).not.toBeNull();
  });
});
