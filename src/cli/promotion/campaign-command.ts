// `segmentql campaign` and `segmentql code`: campaigns and their codes.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { UserError } from "../server/client.js";
import { followJob, jobFields, type ServerJob } from "../server/job.js";
import { type GlobalOptions, withEither } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { complain, print } from "../terminal/output.js";
import { type Column, tableLines } from "../terminal/table.js";
import { type Ask, type Page, payloadOf, wholeList, withApi } from "./api.js";

export interface CampaignOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly kind?: "discount" | "gift-card" | "loyalty" | "referral";
  /** False to clear it. */
  readonly pointValue?: string | false;
  /** False to clear it. */
  readonly pointsDays?: number | false;
  readonly percent?: string;
  readonly maximum?: string;
  readonly amount?: string;
  readonly rule?: readonly string[];
  /** False if no code is required. */
  readonly code?: boolean;
  readonly active?: boolean;
  readonly activate?: boolean;
  readonly deactivate?: boolean;
}

export interface CodeOptions extends GlobalOptions {
  readonly json?: boolean;
  readonly limit?: number;
  readonly unlimited?: boolean;
  readonly pattern?: string;
}

interface Campaign {
  readonly name: string;
  readonly text: string;
  readonly rules: readonly { readonly name: string }[];
  readonly requiresCode: boolean;
  readonly active: boolean;
  readonly redemptionsCount: number;
  readonly codes: { readonly totalCount: number };
}

const campaignFields =
  "name kind text rules { name } requiresCode active redemptionsCount codes(first: 1) { totalCount }";

/** The discount that the options describe; undefined if they describe none. @throws CommandFailure if it is not one. */
function discountOf({ percent, maximum, amount }: CampaignOptions): object | undefined {
  if (percent !== undefined && amount !== undefined)
    throw new CommandFailure(exitCodes.usage, "Take off a percentage or an amount: not both.");
  if (maximum !== undefined && percent === undefined)
    throw new CommandFailure(exitCodes.usage, "--maximum limits a percentage: give --percent as well.");
  if (amount !== undefined) return { amount: { amount } };
  if (percent === undefined) return undefined;
  return { percent: { percent, ...(maximum === undefined ? {} : { maximum: { amount: maximum } }) } };
}

function pointsOf({ pointValue, pointsDays }: CampaignOptions): object {
  return {
    pointValue: pointValue === undefined ? undefined : pointValue === false ? null : { amount: pointValue },
    pointsDays: pointsDays === false ? null : pointsDays,
  };
}

function ruleInputs(names: readonly string[] | undefined): readonly object[] | undefined {
  return names?.map((name) => ({ name }));
}

async function saved(ask: Ask, field: string, type: string, input: object): Promise<Campaign> {
  const mutation = `mutation ($input: ${type}!) { ${field}(input: $input) {
    campaign { ${campaignFields} } userErrors { code message } } }`;
  const payload = await payloadOf<{ readonly campaign: Campaign; readonly userErrors: readonly UserError[] }>(
    ask,
    mutation,
    { input },
  );
  return payload.campaign;
}

function show(done: string, campaign: Campaign, { json }: CampaignOptions): void {
  if (json) print(JSON.stringify(campaign, null, 2));
  else print(`${done} the campaign "${campaign.name}": ${campaign.text}`);
}

/** Creates a campaign. */
export async function createCampaignCommand(name: string, options: CampaignOptions): Promise<void> {
  const discount = discountOf(options);
  const { kind = "discount" } = options;
  if (discount === undefined && (kind === "discount" || kind === "referral"))
    throw new CommandFailure(
      exitCodes.usage,
      "Say what it takes off: --percent 10, or --amount 5.00 of the project's currency.",
    );
  const rules = ruleInputs(options.rule);
  const input = {
    name,
    kind: kind.toUpperCase().replace("-", "_"),
    ...pointsOf(options),
    discount,
    rules,
    requiresCode: options.code === false ? false : undefined,
    active: options.active,
  };
  const campaign = await withApi(options, true, (ask) =>
    saved(ask, "campaignCreate", "CampaignCreateInput", input),
  );
  show("Created", campaign, options);
}

/** Changes a campaign. */
export async function updateCampaignCommand(name: string, options: CampaignOptions): Promise<void> {
  const { activate, deactivate } = options;
  if (activate && deactivate)
    throw new CommandFailure(exitCodes.usage, "Activate it or deactivate it: not both.");
  const input = {
    by: { name },
    discount: discountOf(options),
    ...pointsOf(options),
    rules: ruleInputs(options.rule),
    active: activate ? true : deactivate ? false : undefined,
  };
  const campaign = await withApi(options, true, (ask) =>
    saved(ask, "campaignUpdate", "CampaignUpdateInput", input),
  );
  show("Changed", campaign, options);
}

const columns: readonly Column[] = [
  { title: "campaign", align: "left", widest: 40 },
  { title: "gives", align: "left", widest: 40 },
  { title: "codes", align: "right", widest: 13 },
  { title: "redeemed", align: "right", widest: 13 },
  { title: "active", align: "left", widest: 6 },
  { title: "rules", align: "left", widest: 80 },
];

/** Lists the campaigns. */
export async function listCampaignsCommand(options: CampaignOptions): Promise<void> {
  const nodes = await withApi(options, false, (ask) => wholeList<Campaign>(ask, "campaigns", campaignFields));
  if (options.json) {
    print(JSON.stringify(nodes, null, 2));
    return;
  }
  const rows = nodes.map(({ name, text, codes, redemptionsCount, active, rules }) => [
    name,
    text,
    codes.totalCount.toLocaleString("en"),
    redemptionsCount.toLocaleString("en"),
    active ? "yes" : "no",
    rules.map((rule) => rule.name).join(", "),
  ]);
  for (const line of tableLines(columns, rows)) print(line);
}

/** Deletes a campaign. */
export async function deleteCampaignCommand(name: string, options: GlobalOptions): Promise<void> {
  await withApi(options, true, (ask) =>
    payloadOf(
      ask,
      "mutation ($name: String!) { campaignDelete(input: { name: $name }) { userErrors { code message } } }",
      { name },
    ),
  );
  print("Deleted.");
}

interface Code {
  readonly code: string;
  readonly limit: number | null;
  readonly redemptionsCount: number;
  readonly active: boolean;
  readonly customer: { readonly sourceId: string } | null;
}

const codeFields = "code limit redemptionsCount active customer { sourceId }";

type CodePayload = { readonly code: Code; readonly userErrors: readonly UserError[] };

/** Adds a chosen code. */
export async function addCodeCommand(campaign: string, code: string, options: CodeOptions): Promise<void> {
  const input = { campaign: { name: campaign }, code, limit: options.limit };
  const made = await withApi(options, true, (ask) =>
    payloadOf<CodePayload>(
      ask,
      `mutation ($input: PromotionCodeCreateInput!) { promotionCodeCreate(input: $input) {
        code { ${codeFields} } userErrors { code message } } }`,
      { input },
    ),
  );
  print(made.code.code);
}

/** Generates codes, and prints them. A server generates many of them by a job: the command waits for it, and prints none of them. */
export async function generateCodesCommand(
  campaign: string,
  count: number,
  options: CodeOptions,
): Promise<void> {
  const { pattern, unlimited } = options;
  const limit = unlimited ? null : (options.limit ?? 1);
  const codes = await withEither<readonly string[] | undefined>(options, true, {
    engine: async (engine) => {
      const { generateCodes, planCodes } = await import("../../promotions/generate.js");
      const plan = await planCodes(engine, options.project, { campaign, count, pattern, limit });
      return (await generateCodes(engine, options.project, plan)).map(({ code }) => code);
    },
    server: async ({ ask }) => {
      const { codes: made, job } = await payloadOf<{
        readonly codes: readonly { readonly code: string }[];
        readonly job: ServerJob | null;
        readonly userErrors: readonly UserError[];
      }>(
        ask,
        `mutation ($input: CodesGenerateInput!) { promotionCodesGenerate(input: $input) {
          codes { code } job { ${jobFields} } userErrors { code message } } }`,
        { input: { campaign: { name: campaign }, count, pattern, limit } },
      );
      if (job === null) return made.map(({ code }) => code);
      await stoppable(
        `Stopped. The codes generated so far remain: list them with segmentql code list "${campaign}".`,
        (signal) => followJob(ask, job, jobFields, { work: "the generation of codes", signal }),
      );
      return undefined;
    },
  });
  if (codes === undefined)
    complain(
      `Generated ${count.toLocaleString("en")} codes. List them with segmentql code list "${campaign}".`,
    );
  for (const code of codes ?? []) print(code);
}

const pageSize = 1_000;

/** Lists all codes of a campaign, a line each: the code, how often it was redeemed, its limit, and its customer. */
export async function listCodesCommand(name: string, options: CodeOptions): Promise<void> {
  await withApi(options, false, async (ask) => {
    for (let after: string | null | undefined; after !== null; ) {
      const { nodes, pageInfo } = await codesAfter(ask, name, after);
      for (const code of nodes) print(options.json ? JSON.stringify(code) : codeLine(code));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    }
  });
}

async function codesAfter(ask: Ask, name: string, after: string | undefined): Promise<Page<Code>> {
  const { campaign } = await ask<{ readonly campaign: { readonly codes: Page<Code> } | null }>(
    `query ($name: String!, $after: String) { campaign(by: { name: $name }) {
      codes(first: ${pageSize}, after: $after) { nodes { ${codeFields} } pageInfo { hasNextPage endCursor } } } }`,
    { name, after },
  );
  if (campaign !== null) return campaign.codes;
  throw new CommandFailure(
    exitCodes.failure,
    `There is no campaign "${name}". List them with segmentql campaign list.`,
  );
}

function codeLine({ code, redemptionsCount, limit, customer, active }: Code): string {
  const use = `${redemptionsCount}/${limit ?? "unlimited"}`;
  return [code, use, customer?.sourceId ?? "", active ? "" : "inactive"].join("\t").trimEnd();
}

/** Activates or deactivates a code. */
export async function setCodeCommand(code: string, active: boolean, options: GlobalOptions): Promise<void> {
  await withApi(options, true, (ask) =>
    payloadOf(
      ask,
      `mutation ($input: PromotionCodeUpdateInput!) { promotionCodeUpdate(input: $input) {
        userErrors { code message } } }`,
      { input: { code, active } },
    ),
  );
  print(active ? "Activated." : "Deactivated.");
}
