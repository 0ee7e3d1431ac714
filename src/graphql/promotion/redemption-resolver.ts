// Validates, redeems and takes back; lists what a customer qualifies for.
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { customerId } from "../../facts/identity.js";
import { redeem, redemptionPage, rollBack } from "../../promotions/redemptions.js";
import { promotionsFor, validateRedemption } from "../../promotions/validate.js";
import { explainTo } from "../../promotions/why.js";
import { CustomerByInput, customerKey } from "../customer/customer-by-input.js";
import { pageConnection } from "../page-connection.js";
import { PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import { CampaignType } from "./campaign-type.js";
import {
  orderOf,
  personOf,
  RedeemerInput,
  RedemptionOrderInput,
  RedemptionTargetInput,
  targetOf,
} from "./promotion-inputs.js";
import {
  CodeRedemptionConnectionType,
  CodeRedemptionType,
  obstacleTypes,
  RedemptionRedeemPayloadType,
  RedemptionRollbackPayloadType,
  RedemptionValidationType,
} from "./redemption-type.js";

const orderField = { nullable: true, description: "The order that it is for." } as const;

const pointsField = {
  nullable: true,
  description: "How many points to redeem, for a campaign of points.",
} as const;

@InputType("RedemptionRedeemInput", { description: "A redemption." })
export class RedemptionRedeemInput {
  @Field(() => RedemptionTargetInput, { description: "What is redeemed." })
  readonly target!: RedemptionTargetInput;
  @Field(() => CustomerByInput, { description: "Who redeems." }) readonly customer!: CustomerByInput;
  @Field(() => RedemptionOrderInput, orderField) readonly order?: RedemptionOrderInput | null;
  @Field(() => Int, pointsField) readonly points?: number | null;
  @Field(() => String, {
    nullable: true,
    description:
      "Key of the redemption, 1 to 200 characters: a repetition with it returns the first redemption, and redeems nothing. After a rollback, redeem with a new key.",
  })
  readonly idempotencyKey?: string | null;
}

@InputType("RedemptionRollbackInput", { description: "A redemption to roll back." })
export class RedemptionRollbackInput {
  @Field(() => ID, { description: "Id of the redemption." }) readonly id!: string;
}

@Resolver()
export class RedemptionResolver {
  @Query(() => RedemptionValidationType, {
    complexity: costs(500),
    description: "Whether a redemption would be allowed now, and if not, why. Nothing is changed.",
  })
  async redemptionValidate(
    @Ctx() context: RequestContext,
    @Arg("target", () => RedemptionTargetInput, { description: "What is redeemed." })
    target: RedemptionTargetInput,
    @Arg("redeemer", () => RedeemerInput, { description: "Who redeems." }) redeemer: RedeemerInput,
    @Arg("order", () => RedemptionOrderInput, orderField) order?: RedemptionOrderInput | null,
    @Arg("points", () => Int, pointsField) points?: number | null,
  ): Promise<RedemptionValidationType> {
    const { engine, project, loaders, signal } = context;
    const { currency } = await loaders.definition();
    const person = await personOf(context, redeemer);
    const request = {
      target: targetOf(target),
      person,
      order: orderOf(order, currency),
      points: points ?? undefined,
    };
    const validation = await validateRedemption(engine, project, request);
    return new RedemptionValidationType(validation, explainTo(engine, person, { signal }));
  }

  @Query(() => [RedemptionValidationType], {
    complexity: costs(500, { assumedSize: 10 }),
    description:
      "A validation of every active campaign for one customer, by name: what the customer qualifies for now, and what is missing. That a campaign takes a code is no obstacle here. A campaign of gift cards is listed for a customer who has a card of it, with that of which most is left.",
  })
  async promotionsFor(
    @Ctx() context: RequestContext,
    @Arg("redeemer", () => RedeemerInput, { description: "Who redeems." }) redeemer: RedeemerInput,
    @Arg("order", () => RedemptionOrderInput, orderField) order?: RedemptionOrderInput | null,
  ): Promise<readonly RedemptionValidationType[]> {
    const { engine, project, loaders, signal } = context;
    const { currency } = await loaders.definition();
    const person = await personOf(context, redeemer);
    const found = await promotionsFor(engine, project, { person, order: orderOf(order, currency) });
    const explain = explainTo(engine, person, { signal });
    return found.map((validation) => new RedemptionValidationType(validation, explain));
  }

  @Mutation(() => RedemptionRedeemPayloadType, {
    complexity: costs(500),
    description:
      "Redeems: checks all rules and limits and records the redemption in one atomic step, so that limits hold however many redeem at once.",
  })
  async redemptionRedeem(
    @Ctx() context: RequestContext,
    @Arg("input", () => RedemptionRedeemInput, { description: "The redemption." })
    { target, customer, order, points, idempotencyKey }: RedemptionRedeemInput,
  ): Promise<RedemptionRedeemPayloadType> {
    const { engine, project, loaders, refresh, signal } = context;
    const { currency } = await loaders.definition();
    const key = customerKey(customer);
    const id = "id" in key ? key.id : customerId(project, key.sourceId);
    const { value, userErrors } = await withUserErrors(["input"], async () =>
      redeem(engine, project, {
        target: targetOf(target),
        customer: id,
        order: orderOf(order, currency),
        points: points ?? undefined,
        idempotencyKey: idempotencyKey ?? undefined,
      }),
    );
    refresh();
    const obstacles = value?.obstacles ?? [];
    const redeemer = obstacles.length === 0 ? undefined : await loaders.document("customers", id);
    return {
      redemption: value?.redemption && new CodeRedemptionType(value.redemption),
      obstacles:
        redeemer === undefined
          ? []
          : obstacleTypes(obstacles, engine.clock(), explainTo(engine, { customer: redeemer }, { signal })),
      userErrors: [
        ...userErrors,
        ...obstacles.map(({ message }) => ({
          field: ["input", "target"],
          code: "NOT_REDEEMABLE" as const,
          message,
        })),
      ],
    };
  }

  @Mutation(() => RedemptionRollbackPayloadType, {
    complexity: costs(500),
    description: "Rolls a redemption back: it no longer counts, neither for limits nor in queries.",
  })
  async redemptionRollback(
    @Ctx() { engine, project, loaders, refresh }: RequestContext,
    @Arg("input", () => RedemptionRollbackInput, { description: "The redemption." })
    input: RedemptionRollbackInput,
  ): Promise<RedemptionRollbackPayloadType> {
    await loaders.definition();
    const id = keyOf("CodeRedemption", input.id);
    const { value, userErrors } = await withUserErrors(["input"], () => rollBack(engine, project, id));
    refresh();
    return { redemption: value && new CodeRedemptionType(value), userErrors };
  }
}

@Resolver(() => CampaignType)
export class CampaignRelations {
  @FieldResolver(() => CodeRedemptionConnectionType, {
    complexity: pageComplexity(20),
    description: "Its redemptions, the latest first, including those that were rolled back.",
  })
  async redemptions(
    @Root() { document }: CampaignType,
    @Ctx() { engine }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<CodeRedemptionConnectionType> {
    const page = await redemptionPage(engine, document, windowOf(given));
    return new CodeRedemptionConnectionType(
      pageConnection(
        page,
        (redemption) => new CodeRedemptionType(redemption),
        async () => null,
      ),
    );
  }
}
