// Campaigns: a discount, the rules that it is subject to, and whether it takes a code.
import type { CampaignDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { findProject } from "../projects/projects.js";
import { nameKey } from "../segments/identity.js";
import type { Transaction } from "../store/port.js";
import { countCreated, countDeleted, countersOfCampaign, isUsed } from "./counts.js";
import { type DiscountRequest, readDiscount } from "./discount.js";
import { nameTaken, promotionKey, readPromotionName } from "./names.js";
import { PromotionError, unknownPromotion } from "./promotion-error.js";
import { ruleIn } from "./rules.js";

/** The most campaigns of a project, and the most rules of a campaign. */
export const maxCampaigns = 200;
const maxRulesOfCampaign = 10;

export interface CampaignRequest {
  readonly name: string;
  readonly discount: DiscountRequest;
  /** Names of validation rules. */
  readonly rules?: readonly string[] | undefined;
  readonly requiresCode?: boolean | undefined;
  readonly active?: boolean | undefined;
}

/** Omitted parts do not change. */
export type CampaignChanges = Partial<Omit<CampaignRequest, "name">>;

/** The project's campaigns, by name. */
export function campaignsOf({ store }: Engine, project: string): Promise<readonly CampaignDocument[]> {
  return store.reads.promotions.campaigns(project);
}

/** The campaign with a name, whatever its case. @throws PromotionError `NOT_FOUND`. */
export async function findCampaign(
  { store }: Engine,
  project: string,
  name: string,
  field = "campaign",
): Promise<CampaignDocument> {
  const [found] = await store.getMany("campaigns", [promotionKey(project, nameKey(name))]);
  if (found === undefined) throw unknownPromotion("campaign", name, field);
  return found;
}

/** The campaign with a name, inside a transaction. @throws PromotionError `NOT_FOUND`. */
export async function campaignIn(
  transaction: Transaction,
  project: string,
  name: string,
  field = "name",
): Promise<CampaignDocument> {
  const [found] = await transaction.getMany("campaigns", [promotionKey(project, nameKey(name))]);
  if (found === undefined) throw unknownPromotion("campaign", name, field);
  return found;
}

/** @throws PromotionError; UnknownProjectError. */
export async function createCampaign(
  engine: Engine,
  project: string,
  { name: written, discount, rules = [], requiresCode = true, active = true }: CampaignRequest,
): Promise<CampaignDocument> {
  const { name, key } = readPromotionName(written);
  const read = readDiscount(discount);
  await findProject(engine, project);
  const listed = (await campaignsOf(engine, project)).length;
  return engine.store.write(async (transaction) => {
    const _id = promotionKey(project, key);
    const [taken] = await transaction.getMany("campaigns", [_id]);
    if (taken !== undefined) throw nameTaken("campaign", taken.name);
    if ((await countCreated(transaction, project, "campaigns", listed)) > maxCampaigns)
      throw new PromotionError(
        "INVALID_INPUT",
        "name",
        `The project has ${maxCampaigns} campaigns, the most there may be. Delete one that was never used.`,
      );
    const now = new Date(engine.clock());
    const campaign: CampaignDocument = {
      _id,
      project,
      name,
      name_key: key,
      discount: read,
      rules: await assignRules(transaction, project, key, [], rules),
      requires_code: requiresCode,
      active,
      created_at: now,
      updated_at: now,
    };
    await transaction.put("campaigns", [campaign]);
    await transaction.put("redemption_counts", countersOfCampaign(project, key));
    return campaign;
  });
}

/** Changes a campaign. @throws PromotionError. */
export async function updateCampaign(
  engine: Engine,
  project: string,
  name: string,
  { discount, rules, requiresCode, active }: CampaignChanges,
): Promise<CampaignDocument> {
  const read = discount === undefined ? undefined : readDiscount(discount);
  return engine.store.write(async (transaction) => {
    const before = await campaignIn(transaction, project, name);
    const after: CampaignDocument = {
      ...before,
      discount: read ?? before.discount,
      rules:
        rules === undefined
          ? before.rules
          : await assignRules(transaction, project, before.name_key, before.rules, rules),
      requires_code: requiresCode ?? before.requires_code,
      active: active ?? before.active,
      updated_at: new Date(engine.clock()),
    };
    await transaction.put("campaigns", [after]);
    return after;
  });
}

/** Deletes a campaign that has no codes and was never redeemed. @throws PromotionError `IN_USE`, `NOT_FOUND`. */
export async function deleteCampaign(
  engine: Engine,
  project: string,
  name: string,
): Promise<CampaignDocument> {
  return engine.store.write(async (transaction) => {
    const campaign = await campaignIn(transaction, project, name);
    const { name_key } = campaign;
    const keys = countersOfCampaign(project, name_key).map(({ _id }) => _id);
    const [redemptions, codes] = await transaction.getMany("redemption_counts", keys);
    const uses = isUsed(codes) ? "codes" : isUsed(redemptions) ? "redemptions" : undefined;
    if (uses !== undefined)
      throw new PromotionError(
        "IN_USE",
        "name",
        `"${campaign.name}" can't be deleted: it has ${uses}. Deactivate it.`,
      );
    await assignRules(transaction, project, name_key, campaign.rules, []);
    await transaction.remove("redemption_counts", keys);
    await transaction.remove("campaigns", [campaign._id]);
    await countDeleted(transaction, project, "campaigns");
    return campaign;
  });
}

/**
 * Assigns rules to a campaign, in the transaction that writes it.
 * @param names the rules' names.
 * @returns their `name_key`s.
 */
async function assignRules(
  transaction: Transaction,
  project: string,
  campaign: string,
  before: readonly string[],
  names: readonly string[],
): Promise<readonly string[]> {
  if (names.length > maxRulesOfCampaign)
    throw new PromotionError(
      "INVALID_INPUT",
      "rules",
      `A campaign is subject to ${maxRulesOfCampaign} rules at most. Combine some of them into one.`,
    );
  const after: string[] = [];
  for (const name of names) {
    const rule = await ruleIn(transaction, project, name, "rules");
    if (!after.includes(rule.name_key)) after.push(rule.name_key);
  }
  const changed = [...new Set([...before, ...after])].filter(
    (key) => before.includes(key) !== after.includes(key),
  );
  for (const key of changed) {
    const rule = await ruleIn(transaction, project, key, "rules");
    const others = rule.used_by.filter((user) => user !== campaign);
    const used_by = after.includes(key) ? [...others, campaign].sort() : others;
    await transaction.put("validation_rules", [{ ...rule, used_by }]);
  }
  return after;
}
