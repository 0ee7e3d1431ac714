// Campaigns: what they give, the rules that they are subject to, and whether they take a code.
import type { CustomerDocument } from "../documents/documents.js";
import type { CampaignDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { listProject } from "../projects/directory.js";
import { countCreated, countDeleted } from "../projects/inventory.js";
import { definitionChanged, findProject, newProject } from "../projects/projects.js";
import { nameKey } from "../segments/identity.js";
import type { Transaction } from "../store/port.js";
import { countersOfCampaign, isUsed } from "./counts.js";
import { nameTaken, promotionKey, readPromotionName } from "./names.js";
import { PromotionError, unknownPromotion } from "./promotion-error.js";
import { ruleIn } from "./rules.js";
import { type CampaignKind, changedTerms, readTerms, type TermsChanges, type TermsRequest } from "./terms.js";

/** The most campaigns of a project, and the most rules of a campaign. */
export const maxCampaigns = 200;
const maxRulesOfCampaign = 10;

export interface CampaignRequest extends TermsRequest {
  readonly name: string;
  /** Names of validation rules. */
  readonly rules?: readonly string[] | undefined;
  readonly requiresCode?: boolean | undefined;
  readonly active?: boolean | undefined;
}

/** Omitted parts do not change. */
export type CampaignChanges = Pick<CampaignRequest, "rules" | "requiresCode" | "active"> & TermsChanges;

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
  { name: written, rules = [], requiresCode, active = true, ...asked }: CampaignRequest,
): Promise<CampaignDocument> {
  const { name, key } = readPromotionName(written);
  const terms = readTerms(asked);
  const requires_code = readRequiresCode(terms.kind, requiresCode);
  await findProject(engine, project);
  const listed = (await campaignsOf(engine, project)).length;
  const created = await engine.store.write(async (transaction) => {
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
      terms,
      rules: await assignRules(transaction, project, key, [], rules),
      requires_code,
      active,
      created_at: now,
      updated_at: now,
    };
    await transaction.put("campaigns", [campaign]);
    await transaction.put("redemption_counts", countersOfCampaign(project, key));
    await defineName(transaction, project, terms.kind, name);
    return campaign;
  });
  definitionChanged(engine, project);
  return created;
}

/** The kinds of campaigns in a project's definition. */
const definedKinds: Readonly<Record<CampaignKind, string>> = {
  discount: "discounts",
  gift_card: "gift_cards",
  loyalty: "loyalty",
  referral: "referrals",
};

/** Adds the campaign's name to the project's definition, so that queries can name it (`in campaign`), in its transaction. */
async function defineName(
  transaction: Transaction,
  project: string,
  kind: CampaignKind,
  name: string,
): Promise<void> {
  const [found] = await transaction.getMany("projects", [project]);
  const definition = found ?? newProject(project);
  const defined = definedKinds[kind];
  const names = definition.campaigns[defined] ?? [];
  if (names.some((known) => nameKey(known) === nameKey(name))) return;
  await listProject(transaction, project);
  await transaction.put("projects", [
    { ...definition, campaigns: { ...definition.campaigns, [defined]: [...names, name] } },
  ]);
}

/** Gift cards and referrals are codes; points are not. @throws PromotionError `INVALID_INPUT`. */
function readRequiresCode(kind: CampaignKind, requiresCode: boolean | undefined): boolean {
  if (kind === "discount") return requiresCode ?? true;
  const requires = kind !== "loyalty";
  if (requiresCode === undefined || requiresCode === requires) return requires;
  throw new PromotionError(
    "INVALID_INPUT",
    "requiresCode",
    requires
      ? "Gift cards and referrals are redeemed by their codes. Leave `requiresCode` out."
      : "Points are redeemed without a code. Leave `requiresCode` out.",
  );
}

const kindNames: Readonly<Record<CampaignKind, string>> = {
  discount: "discounts",
  gift_card: "gift cards",
  loyalty: "points",
  referral: "referrals",
};

/** A customer, who has to be in the project. @param customer by `_id`. @throws PromotionError `UNKNOWN_CUSTOMER`. */
export async function customerIn(
  transaction: Transaction,
  project: string,
  customer: string,
): Promise<CustomerDocument> {
  const [person] = await transaction.getMany("customers", [customer]);
  if (person?.project === project) return person;
  throw new PromotionError(
    "UNKNOWN_CUSTOMER",
    "customer",
    "There is no such customer in this project. Add the customer first.",
  );
}

/** @throws PromotionError `INVALID_INPUT` unless the campaign is of one of these kinds. */
export function refuseOtherKind({ name, terms }: CampaignDocument, ...kinds: readonly CampaignKind[]): void {
  if (kinds.includes(terms.kind)) return;
  const wanted = kinds.map((kind) => kindNames[kind]).join(" or ");
  throw new PromotionError(
    "INVALID_INPUT",
    "campaign",
    `The campaign "${name}" is one of ${kindNames[terms.kind]}. Name one of ${wanted}.`,
  );
}

/** Changes a campaign. @throws PromotionError. */
export async function updateCampaign(
  engine: Engine,
  project: string,
  name: string,
  { rules, requiresCode, active, ...changes }: CampaignChanges,
): Promise<CampaignDocument> {
  return engine.store.write(async (transaction) => {
    const before = await campaignIn(transaction, project, name);
    const after: CampaignDocument = {
      ...before,
      terms: changedTerms(before.terms, changes),
      rules:
        rules === undefined
          ? before.rules
          : await assignRules(transaction, project, before.name_key, before.rules, rules),
      requires_code:
        requiresCode === undefined ? before.requires_code : readRequiresCode(before.terms.kind, requiresCode),
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
    const issued = campaign.terms.kind === "loyalty" ? "accounts of points" : "codes";
    const uses = isUsed(codes) ? issued : isUsed(redemptions) ? "redemptions" : undefined;
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
