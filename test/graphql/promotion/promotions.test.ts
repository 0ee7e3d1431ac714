// Promotions over GraphQL: rules, campaigns, codes, validation with its reasons, redemption and rollback; mistakes are answers.
import { afterAll, beforeAll, expect, it } from "vitest";
import { globalId, readGlobalId } from "../../../src/graphql/server/global-id.js";
import { runJobs } from "../../../src/jobs/run.js";
import { type RunningService, runService } from "../running-service.js";

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

const errors = "userErrors { field code message }";
const createRule = `mutation ($input: ValidationRuleInput!) { validationRuleCreate(input: $input) { rule {
  id name allOf { name } anyOf { name } noneOf { name } query audience from until minimumOrder { amount }
  limits { total perCustomer perDay } } ${errors} } }`;
const createCampaign = `mutation ($input: CampaignCreateInput!) { campaignCreate(input: $input) { campaign {
  id name requiresCode active redemptionsCount rules { name }
  discount { percent maximum { amount } amount { amount } text } } ${errors} } }`;
const redeem = `mutation ($input: RedemptionRedeemInput!) { redemptionRedeem(input: $input) {
  redemption { id status code orderSourceId at orderAmount { amount } discountAmount { formatted } campaign { name } customer { sourceId } }
  obstacles { kind rule { name } why { valid holds clauses { text } nearest { sentences } } } ${errors} } }`;

const customer = { sourceId: "crm-004" };

it("a rule, a campaign and its codes are created, listed, found by id, and deleted", async () => {
  const { segmentCreateAutoUpdate } = await data(
    'mutation { segmentCreateAutoUpdate(input: { name: "Poles", query: "country is Poland" }) { segment { id } } }',
  );
  const noneOf = [segmentCreateAutoUpdate.segment.id];
  const given = {
    name: "Abroad",
    audience: { noneOf, query: "name is known" },
    limits: { perCustomer: 2 },
    until: "2027-01-01T00:00:00.000Z",
    minimumOrder: { amount: "10.50" },
  };
  const { validationRuleCreate: made } = await data(createRule, { input: given });
  expect(made).toEqual({
    rule: {
      id: globalId("ValidationRule", "abroad"),
      name: "Abroad",
      allOf: [],
      anyOf: [],
      noneOf: [{ name: "Poles" }],
      query: "name is known",
      audience: 'not in segment "Poles" and (name has any value\n)',
      from: null,
      until: given.until,
      minimumOrder: { amount: "10.50" },
      limits: { total: null, perCustomer: 2, perDay: null },
    },
    userErrors: [],
  });
  const discount = { percent: { percent: "12.5", maximum: { minorAmount: 500 } } };
  const rules = [{ id: made.rule.id }];
  const created = await data(createCampaign, { input: { name: "Spring", discount, rules } });
  expect(created.campaignCreate).toEqual({
    campaign: {
      id: globalId("Campaign", "spring"),
      name: "Spring",
      requiresCode: true,
      active: true,
      redemptionsCount: 0,
      rules: [{ name: "Abroad" }],
      discount: {
        percent: "12.5",
        maximum: { amount: "5.00" },
        amount: null,
        text: expect.stringMatching(/^12\.5 %, at most .*5\.00$/),
      },
    },
    userErrors: [],
  });
  const used = await data(
    `mutation { validationRuleDelete(input: { name: "abroad" }) { deletedId ${errors} } }`,
  );
  expect(used.validationRuleDelete).toMatchObject({
    deletedId: null,
    userErrors: [{ field: ["input", "name"], code: "IN_USE" }],
  });
  const changed = await data(
    `mutation { campaignUpdate(input: { by: { name: "SPRING" }, discount: { amount: { amount: "3" } }, rules: [], active: false }) {
      campaign { active rules { name } discount { percent amount { amount } } } ${errors} } }`,
  );
  expect(changed.campaignUpdate).toEqual({
    campaign: { active: false, rules: [], discount: { percent: null, amount: { amount: "3.00" } } },
    userErrors: [],
  });
  const points = "campaign { pointValue { amount } pointsDays }";
  const cleared = await data(`mutation {
    campaignCreate(input: { name: "Club", kind: LOYALTY, pointValue: { amount: "0.10" }, pointsDays: 30 }) { ${points} }
    days: campaignUpdate(input: { by: { name: "Club" }, pointsDays: null, active: null }) { ${points} ${errors} }
    value: campaignUpdate(input: { by: { name: "Club" }, pointValue: null }) { ${points} ${errors} }
    campaignDelete(input: { name: "Club" }) { ${errors} } }`);
  const tenth = { amount: "0.10" };
  expect(cleared).toEqual({
    campaignCreate: { campaign: { pointValue: tenth, pointsDays: 30 } },
    days: { campaign: { pointValue: tenth, pointsDays: null }, userErrors: [] },
    value: { campaign: { pointValue: null, pointsDays: null }, userErrors: [] },
    campaignDelete: { userErrors: [] },
  });
  const listed = await data(`{
    validationRules { totalCount nodes { name } } campaigns { totalCount nodes { name } }
    validationRule(by: { name: "ABROAD" }) { name } none: campaign(by: { name: "Summer" }) { name }
    node(id: "${made.rule.id}") { ... on ValidationRule { name } } }`);
  expect(listed).toEqual({
    validationRules: { totalCount: 1, nodes: [{ name: "Abroad" }] },
    campaigns: { totalCount: 1, nodes: [{ name: "Spring" }] },
    validationRule: { name: "Abroad" },
    none: null,
    node: { name: "Abroad" },
  });
  const gone = await data(`mutation {
    campaignDelete(input: { name: "Spring" }) { deletedId ${errors} }
    validationRuleDelete(input: { id: "${made.rule.id}" }) { deletedId ${errors} } }`);
  expect(gone).toEqual({
    campaignDelete: { deletedId: globalId("Campaign", "spring"), userErrors: [] },
    validationRuleDelete: { deletedId: made.rule.id, userErrors: [] },
  });
});

it("a redemption is validated, redeemed once, explained when it is refused, and rolled back", async () => {
  const limits = { perCustomer: 1 };
  await data(createRule, { input: { name: "From Kyoto", audience: { query: "city is Kyoto" } } });
  await data(createRule, { input: { name: "Once", limits } });
  await data(createCampaign, {
    input: { name: "Winter", discount: { percent: { percent: "10" } }, rules: [{ name: "Once" }] },
  });
  const codeOf = async (code: string) =>
    (
      await data(
        `mutation { promotionCodeCreate(input: { campaign: { name: "Winter" }, code: "${code}", limit: 5 }) {
          code { code limit active published publishedAt campaign { name } customer { sourceId } } ${errors} } }`,
      )
    ).promotionCodeCreate;
  expect(await codeOf("Snow")).toEqual({
    code: {
      code: "Snow",
      limit: 5,
      active: true,
      published: false,
      publishedAt: null,
      campaign: { name: "Winter" },
      customer: null,
    },
    userErrors: [],
  });
  expect((await codeOf("SNOW")).userErrors).toMatchObject([{ field: ["input", "code"], code: "CODE_TAKEN" }]);
  const input = {
    target: { code: "snow" },
    customer,
    order: { amount: { amount: "80.00" }, sourceId: "o-77" },
    idempotencyKey: "k-1",
  };
  const { redemptionRedeem: first } = await data(redeem, { input });
  expect(first).toMatchObject({
    redemption: {
      id: globalId("CodeRedemption", "k-1"),
      status: "REDEEMED",
      code: "Snow",
      orderSourceId: "o-77",
      orderAmount: { amount: "80.00" },
      discountAmount: { formatted: expect.stringContaining("8.00") },
      campaign: { name: "Winter" },
      customer,
    },
    obstacles: [],
    userErrors: [],
  });
  expect((await data(redeem, { input })).redemptionRedeem).toEqual(first);
  await data(
    `mutation { campaignUpdate(input: { by: { name: "Winter" }, rules: [{ name: "Once" }, { name: "From Kyoto" }] }) { ${errors} } }`,
  );
  const { redemptionRedeem: second } = await data(redeem, { input: { ...input, idempotencyKey: "k-2" } });
  expect(second).toMatchObject({
    redemption: null,
    obstacles: [
      { kind: "CUSTOMER_LIMIT", rule: { name: "Once" }, why: null },
      {
        kind: "AUDIENCE",
        rule: { name: "From Kyoto" },
        why: { valid: true, holds: false, clauses: [{ text: "city is Kyoto" }] },
      },
    ],
    userErrors: [
      { field: ["input", "target"], code: "NOT_REDEEMABLE" },
      { field: ["input", "target"], code: "NOT_REDEEMABLE" },
    ],
  });
  expect(second.obstacles[1].why.nearest.sentences[0]).toContain("Kyoto");
  const validated = await data(
    `query ($redeemer: RedeemerInput!) {
      redemptionValidate(target: { code: "SNOW" }, redeemer: $redeemer) { valid code { code redemptionsCount } obstacles { kind } }
      promotionsFor(redeemer: $redeemer, order: { amount: { amount: "20" } }) { valid campaign { name } discountAmount { amount } } }`,
    { redeemer: { profile: { sourceId: "new", address: { city: "Kyoto" } } } },
  );
  expect(validated).toEqual({
    redemptionValidate: { valid: true, code: { code: "Snow", redemptionsCount: 1 }, obstacles: [] },
    promotionsFor: [{ valid: true, campaign: { name: "Winter" }, discountAmount: { amount: "2.00" } }],
  });
  const rollback = `mutation ($id: ID!) { redemptionRollback(input: { id: $id }) {
    redemption { status rolledBackAt } ${errors} } }`;
  const { redemptionRollback } = await data(rollback, { id: first.redemption.id });
  expect(redemptionRollback).toEqual({
    redemption: { status: "ROLLED_BACK", rolledBackAt: expect.any(String) },
    userErrors: [],
  });
  const none = await data(rollback, { id: globalId("CodeRedemption", "none") });
  expect(none.redemptionRollback.userErrors).toMatchObject([{ field: ["input", "id"], code: "NOT_FOUND" }]);
  const after = await data(
    `{ campaign(by: { name: "winter" }) { redemptionsCount redemptions { totalCount nodes { status } } }
      customer(by: { sourceId: "crm-004" }) { redemptions { nodes { campaign result sourceId } } } }`,
  );
  expect(after.campaign).toEqual({
    redemptionsCount: 0,
    redemptions: { totalCount: null, nodes: [{ status: "ROLLED_BACK" }] },
  });
  expect(after.customer.redemptions.nodes).toContainEqual({
    campaign: "Winter",
    result: "ROLLED_BACK",
    sourceId: "redemption:k-1",
  });
});

it("codes are generated at once, many by a job, and published", async () => {
  await data(createCampaign, { input: { name: "Many", discount: { amount: { amount: "1" } } } });
  const generate = `mutation ($count: Int!) { promotionCodesGenerate(input: {
    campaign: { name: "Many" }, count: $count, pattern: "M-########" }) { codes { code limit } job { id type state } ${errors} } }`;
  const few = (await data(generate, { count: 2 })).promotionCodesGenerate;
  expect(few).toEqual({
    codes: Array(2).fill({ code: expect.stringMatching(/^M-[2-9A-Z]{8}$/), limit: 1 }),
    job: null,
    userErrors: [],
  });
  const many = (await data(generate, { count: 1_001 })).promotionCodesGenerate;
  expect(many).toMatchObject({ codes: [], job: { type: "CODES", state: "WAITING" }, userErrors: [] });
  const problems: unknown[] = [];
  const running = runJobs(service.engine, (error) => problems.push(error));
  const job = () => data("query ($id: ID!) { job(id: $id) { state progress { done total } } }", many.job);
  await expect.poll(job, { timeout: 20_000 }).toEqual({
    job: { state: "SUCCEEDED", progress: { done: 1_001, total: 1_001 } },
  });
  await running.stop();
  expect(problems).toEqual([]);
  const published = await data(
    `mutation ($customer: CustomerByInput!) { promotionCodePublish(input: { campaign: { name: "many" }, customer: $customer }) {
      code { id published customer { sourceId } } ${errors} } }`,
    { customer },
  );
  expect(published.promotionCodePublish).toMatchObject({
    code: { published: true, customer },
    userErrors: [],
  });
  const { key } = readGlobalId(published.promotionCodePublish.code.id)!;
  const found = await data(
    `query ($code: String!) { promotionCode(code: $code) { code } campaign(by: { name: "Many" }) {
      codes(first: 1) { totalCount pageInfo { hasNextPage } } } }`,
    { code: key.toLowerCase() },
  );
  expect(found).toEqual({
    promotionCode: { code: key },
    campaign: { codes: { totalCount: 1_003, pageInfo: { hasNextPage: true } } },
  });
});

it.each([
  ["a query with a mistake", { audience: { query: "contry is Poland" } }, "query", "INVALID_QUERY"],
  ["an unknown segment", { audience: { anyOf: [globalId("Segment", "none")] } }, "anyOf", "UNKNOWN_SEGMENT"],
  [
    "an amount that the currency has not",
    { minimumOrder: { amount: "1.234" } },
    "minimumOrder",
    "INVALID_RECORD",
  ],
  ["a limit of 0", { limits: { total: 0 } }, "total", "INVALID_INPUT"],
])("a rule with %s is a user error", async (_, given, field, code) => {
  const { validationRuleCreate } = await data(createRule, { input: { name: "Odd", ...given } });
  expect(validationRuleCreate).toMatchObject({ rule: null, userErrors: [{ field: ["input", field], code }] });
});

it("an unknown campaign and an unknown customer are errors of a validation", async () => {
  const validate = `query ($target: RedemptionTargetInput!, $redeemer: RedeemerInput!) {
    redemptionValidate(target: $target, redeemer: $redeemer) { valid obstacles { kind } } }`;
  const messageOf = async (target: object, redeemer: object) => {
    const { body } = await service.ask(validate, { target, redeemer });
    expect(body.errors[0].extensions.code).toBe("BAD_USER_INPUT");
    return body.errors[0].message;
  };
  expect(await messageOf({ campaign: { name: "None" } }, { customer })).toContain('no campaign "None"');
  expect(await messageOf({ code: "x" }, { customer: { sourceId: "nobody" } })).toContain("no such customer");
  const unknown = await data(validate, { target: { code: "None" }, redeemer: { customer } });
  expect(unknown.redemptionValidate).toEqual({ valid: false, obstacles: [{ kind: "UNKNOWN_CODE" }] });
});
