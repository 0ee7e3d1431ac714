// Reads, saves and deletes validation rules.
import { Arg, Args, Ctx, Mutation, Query, Resolver } from "type-graphql";
import { createRule, deleteRule, findRule, maxRules, replaceRule, rulesOf } from "../../promotions/rules.js";
import { pageOfList } from "../../query/pages/list-page.js";
import { pageConnection } from "../page-connection.js";
import { exactly, maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { globalId } from "../server/global-id.js";
import { withUserErrors } from "../server/user-error-type.js";
import { PromotionByInput, promotionNameBy, termsOf, ValidationRuleInput } from "./promotion-inputs.js";
import {
  PromotionDeletePayloadType,
  ValidationRuleConnectionType,
  ValidationRulePayloadType,
  ValidationRuleType,
} from "./rule-type.js";

const cost = costs(500);

@Resolver()
export class ValidationRuleResolver {
  @Query(() => ValidationRuleConnectionType, {
    complexity: pageComplexity(50),
    description: "The project's validation rules, by name.",
  })
  async validationRules(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<ValidationRuleConnectionType> {
    await loaders.definition();
    const all = await rulesOf(engine, project);
    const page = pageOfList(all, ({ _id }) => _id, windowOf(given), maxPageSize, "rules");
    return new ValidationRuleConnectionType(
      pageConnection(
        page,
        (rule) => new ValidationRuleType(rule),
        async () => exactly(all.length),
      ),
    );
  }

  @Query(() => ValidationRuleType, {
    nullable: true,
    description: "One validation rule; null if there is none.",
  })
  async validationRule(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Arg("by", () => PromotionByInput, { description: "Which rule." }) by: PromotionByInput,
  ): Promise<ValidationRuleType | undefined> {
    await loaders.definition();
    const found = await findRule(engine, project, promotionNameBy("ValidationRule", by));
    return found && new ValidationRuleType(found);
  }

  @Mutation(() => ValidationRulePayloadType, {
    complexity: cost,
    description: `Creates a validation rule. A project has ${maxRules} at most.`,
  })
  validationRuleCreate(
    @Ctx() context: RequestContext,
    @Arg("input", () => ValidationRuleInput, { description: "The rule." }) input: ValidationRuleInput,
  ): Promise<ValidationRulePayloadType> {
    return saved(context, async ({ engine, project }, currency) =>
      createRule(engine, project, { name: input.name, ...termsOf(input, currency) }),
    );
  }

  @Mutation(() => ValidationRulePayloadType, {
    complexity: cost,
    description: "Replaces a validation rule. What was redeemed under the one before remains counted.",
  })
  validationRuleReplace(
    @Ctx() context: RequestContext,
    @Arg("input", () => ValidationRuleInput, { description: "The rule." }) input: ValidationRuleInput,
  ): Promise<ValidationRulePayloadType> {
    return saved(context, async ({ engine, project }, currency) =>
      replaceRule(engine, project, input.name, termsOf(input, currency)),
    );
  }

  @Mutation(() => PromotionDeletePayloadType, {
    complexity: costs(500),
    description: "Deletes a validation rule that no campaign is subject to.",
  })
  async validationRuleDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => PromotionByInput, { description: "Which rule." }) input: PromotionByInput,
  ): Promise<PromotionDeletePayloadType> {
    const name = promotionNameBy("ValidationRule", input);
    const { value, userErrors } = await withUserErrors(["input"], () => deleteRule(engine, project, name));
    refresh();
    return { deletedId: value && globalId("ValidationRule", value.name_key), userErrors };
  }
}

async function saved(
  context: RequestContext,
  save: (context: RequestContext, currency: string) => ReturnType<typeof createRule>,
): Promise<ValidationRulePayloadType> {
  const { currency } = await context.loaders.definition();
  const { value, userErrors } = await withUserErrors(["input"], () => save(context, currency));
  context.refresh();
  return { rule: value && new ValidationRuleType(value), userErrors };
}
