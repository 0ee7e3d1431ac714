// Reads and changes campaigns and their codes.
import { Arg, Args, Ctx, Field, ID, InputType, Int, Mutation, Query, Resolver } from "type-graphql";
import type { CodeDocument } from "../../documents/promotion-documents.js";
import { customerId } from "../../facts/identity.js";
import { createJob } from "../../jobs/jobs.js";
import {
  campaignsOf,
  createCampaign,
  deleteCampaign,
  maxCampaigns,
  updateCampaign,
} from "../../promotions/campaigns.js";
import { createCode, findCode, publishCode, setCodeActive } from "../../promotions/codes.js";
import {
  defaultPattern,
  generateCodes,
  maxAtOnce,
  maxGenerated,
  planCodes,
} from "../../promotions/generate.js";
import { promotionKey } from "../../promotions/names.js";
import { planPublication } from "../../promotions/publish.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { nameKey } from "../../segments/identity.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import { JobObjectType } from "../job/job-type.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId, keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import {
  CampaignConnectionType,
  CampaignPayloadType,
  CampaignType,
  CodesGeneratePayloadType,
  CodesPublishPayloadType,
  PromotionCodePayloadType,
  PromotionCodeType,
} from "./campaign-type.js";
import {
  CampaignCreateInput,
  CampaignUpdateInput,
  campaignChangesOf,
  campaignOf,
  PromotionByInput,
  promotionNameBy,
} from "./promotion-inputs.js";
import { PromotionDeletePayloadType } from "./rule-type.js";

const cost = costs(500);
const which = { description: "Which campaign." } as const;

@InputType("PromotionCodeCreateInput", { description: "A code that is chosen." })
export class PromotionCodeCreateInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => String, {
    description: "The code: letters A to Z, digits, `-` and `_`. Case is ignored.",
  })
  readonly code!: string;
  @Field(() => Int, { nullable: true, description: "How often it may be redeemed; no limit if omitted." })
  readonly limit?: number | null;
}

@InputType("CodesGenerateInput", { description: "Codes to generate." })
export class CodesGenerateInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => Int, { description: `How many, up to ${maxGenerated.toLocaleString("en")}.` })
  readonly count!: number;
  @Field(() => String, {
    defaultValue: defaultPattern,
    description: "What they look like: each `#` becomes a random letter or digit, as in `SUMMER-######`.",
  })
  readonly pattern!: string;
  @Field(() => Int, {
    nullable: true,
    defaultValue: 1,
    description: "How often each may be redeemed; null for no limit.",
  })
  readonly limit?: number | null;
}

@InputType("PromotionCodeUpdateInput", { description: "Changes of a code." })
export class PromotionCodeUpdateInput {
  @Field(() => String, { description: "The code; case is ignored." }) readonly code!: string;
  @Field(() => Boolean, { description: "False to prevent its redemption." }) readonly active!: boolean;
}

@InputType("PromotionCodePublishInput", {
  description: "A campaign, and the customer that one of its codes is published to.",
})
export class PromotionCodePublishInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => CustomerByInput, { description: "Which customer." }) readonly customer!: CustomerByInput;
}

@InputType("CodesPublishInput", { description: "The customers to publish codes of a campaign to." })
export class CodesPublishInput {
  @Field(() => PromotionByInput, which) readonly campaign!: PromotionByInput;
  @Field(() => ID, { description: "Id of the segment whose customers get one each." })
  readonly segmentId!: string;
}

@Resolver()
export class CampaignResolver {
  @Query(() => CampaignConnectionType, {
    complexity: pageComplexity(50),
    description: "The project's campaigns, by name.",
  })
  async campaigns(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<CampaignConnectionType> {
    await loaders.definition();
    const all = await campaignsOf(engine, project);
    const page = pageOfList(all, ({ _id }) => _id, windowOf(given), maxPageSize, "campaigns");
    return new CampaignConnectionType(
      pageConnection(
        page,
        (campaign) => new CampaignType(campaign),
        async () => exactly(all.length),
      ),
    );
  }

  @Query(() => CampaignType, { nullable: true, description: "One campaign; null if there is none." })
  async campaign(
    @Ctx() { project, loaders }: RequestContext,
    @Arg("by", () => PromotionByInput, which) by: PromotionByInput,
  ): Promise<CampaignType | undefined> {
    await loaders.definition();
    const key = nameKey(promotionNameBy("Campaign", by));
    const found = await loaders.document("campaigns", promotionKey(project, key));
    return found && new CampaignType(found);
  }

  @Query(() => PromotionCodeType, { nullable: true, description: "One code; null if there is none." })
  async promotionCode(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("code", () => String, { description: "The code; case is ignored." }) code: string,
  ): Promise<PromotionCodeType | undefined> {
    await loaders.definition();
    const found = await findCode(engine, project, code);
    return found && new PromotionCodeType(found);
  }

  @Mutation(() => CampaignPayloadType, {
    complexity: cost,
    description: `Creates a campaign. A project has ${maxCampaigns} at most.`,
  })
  async campaignCreate(
    @Ctx() { engine, project, loaders, refresh }: RequestContext,
    @Arg("input", () => CampaignCreateInput, { description: "The campaign." }) input: CampaignCreateInput,
  ): Promise<CampaignPayloadType> {
    const { currency } = await loaders.definition();
    const { value, userErrors } = await withUserErrors(["input"], async () =>
      createCampaign(engine, project, campaignOf(input, currency)),
    );
    refresh();
    return { campaign: value && new CampaignType(value), userErrors };
  }

  @Mutation(() => CampaignPayloadType, { complexity: cost, description: "Changes a campaign." })
  async campaignUpdate(
    @Ctx() { engine, project, loaders, refresh }: RequestContext,
    @Arg("input", () => CampaignUpdateInput, { description: "The changes." }) input: CampaignUpdateInput,
  ): Promise<CampaignPayloadType> {
    const { currency } = await loaders.definition();
    const name = promotionNameBy("Campaign", input.by);
    const { value, userErrors } = await withUserErrors(["input"], async () =>
      updateCampaign(engine, project, name, campaignChangesOf(input, currency)),
    );
    refresh();
    return { campaign: value && new CampaignType(value), userErrors };
  }

  @Mutation(() => PromotionDeletePayloadType, {
    complexity: costs(500),
    description: "Deletes a campaign that has no codes and was never redeemed; deactivate any other.",
  })
  async campaignDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => PromotionByInput, which) input: PromotionByInput,
  ): Promise<PromotionDeletePayloadType> {
    const name = promotionNameBy("Campaign", input);
    const { value, userErrors } = await withUserErrors(["input"], () =>
      deleteCampaign(engine, project, name),
    );
    refresh();
    return { deletedId: value && globalId("Campaign", value.name_key), userErrors };
  }

  @Mutation(() => PromotionCodePayloadType, {
    complexity: cost,
    description: "Adds a chosen code to a campaign, for all customers: it is never published to one.",
  })
  promotionCodeCreate(
    @Ctx() context: RequestContext,
    @Arg("input", () => PromotionCodeCreateInput, { description: "The code." })
    { campaign, code, limit }: PromotionCodeCreateInput,
  ): Promise<PromotionCodePayloadType> {
    const name = promotionNameBy("Campaign", campaign);
    return codePayload(context, ({ engine, project }) =>
      createCode(engine, project, { campaign: name, code, limit: limit ?? undefined }),
    );
  }

  @Mutation(() => PromotionCodePayloadType, {
    complexity: cost,
    description: "Activates or deactivates a code.",
  })
  promotionCodeUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => PromotionCodeUpdateInput, { description: "The changes." })
    { code, active }: PromotionCodeUpdateInput,
  ): Promise<PromotionCodePayloadType> {
    return codePayload(context, ({ engine, project }) => setCodeActive(engine, project, code, active));
  }

  @Mutation(() => PromotionCodePayloadType, {
    complexity: cost,
    description:
      "Publishes a code of a campaign to a customer, who alone may redeem it: a generated one that is active, and neither published nor redeemed. A customer has one code of a campaign: a repetition returns it.",
  })
  promotionCodePublish(
    @Ctx() context: RequestContext,
    @Arg("input", () => PromotionCodePublishInput, { description: "The campaign and the customer." })
    { campaign, customer }: PromotionCodePublishInput,
  ): Promise<PromotionCodePayloadType> {
    const name = promotionNameBy("Campaign", campaign);
    const key = customerKey(customer);
    return codePayload(context, ({ engine, project }) =>
      publishCode(engine, project, name, "id" in key ? key.id : customerId(project, key.sourceId)),
    );
  }

  @Mutation(() => CodesPublishPayloadType, {
    complexity: costs(500),
    description:
      "Publishes a code of a campaign to each customer of a segment, by a job. Customers who have one already get no second one, so it can be repeated.",
  })
  async promotionCodesPublish(
    @Ctx() { engine, project, caller, refresh }: RequestContext,
    @Arg("input", () => CodesPublishInput, { description: "The campaign and the segment." })
    input: CodesPublishInput,
  ): Promise<CodesPublishPayloadType> {
    const campaign = promotionNameBy("Campaign", input.campaign);
    const segment = keyOf("Segment", input.segmentId, "segmentId");
    const { value, userErrors } = await withUserErrors(["input"], async () => {
      const plan = await planPublication(engine, project, { campaign, segment });
      const { kind, id } = caller;
      return createJob(engine, project, { type: "publish", request: { ...plan }, caller: { kind, id } });
    });
    refresh();
    return { job: value && new JobObjectType(engine, value), userErrors };
  }

  @Mutation(() => CodesGeneratePayloadType, {
    complexity: costs(1_000),
    description: `Generates codes that can't be guessed. More than ${maxAtOnce.toLocaleString("en")} are generated by a job.`,
  })
  async promotionCodesGenerate(
    @Ctx() { engine, project, caller, refresh }: RequestContext,
    @Arg("input", () => CodesGenerateInput, { description: "The codes." }) input: CodesGenerateInput,
  ): Promise<CodesGeneratePayloadType> {
    const { count, pattern, limit } = input;
    const campaign = promotionNameBy("Campaign", input.campaign);
    const { value, userErrors } = await withUserErrors(["input"], async () => {
      const plan = await planCodes(engine, project, { campaign, count, pattern, limit });
      if (count <= maxAtOnce) return { codes: await generateCodes(engine, project, plan) };
      const { kind, id } = caller;
      return {
        codes: [],
        job: await createJob(engine, project, {
          type: "codes",
          request: { ...plan },
          caller: { kind, id },
        }),
      };
    });
    refresh();
    return {
      codes: (value?.codes ?? []).map((code) => new PromotionCodeType(code)),
      job: value?.job && new JobObjectType(engine, value.job),
      userErrors,
    };
  }
}

async function codePayload(
  context: RequestContext,
  work: (context: RequestContext) => Promise<CodeDocument>,
): Promise<PromotionCodePayloadType> {
  await context.loaders.definition();
  const { value, userErrors } = await withUserErrors(["input"], () => work(context));
  context.refresh();
  return { code: value && new PromotionCodeType(value), userErrors };
}
