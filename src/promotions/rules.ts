// Validation rules: who may redeem, when, and how often. Segments that a rule names, and rules that a campaign names, can't be
// deleted.
import type { Audience, RedemptionLimits, ValidationRuleDocument } from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { countCreated, countDeleted } from "../projects/inventory.js";
import { findProject } from "../projects/projects.js";
import { namesOf, readSegments, segmentsChanged } from "../query/catalog.js";
import { changeUses } from "../segments/auto-update.js";
import { nameKey, ruleUser } from "../segments/identity.js";
import type { Transaction } from "../store/port.js";
import { type AudienceRequest, readAudience, segmentsOfAudience } from "./audience.js";
import { nameTaken, promotionKey, readPromotionName } from "./names.js";
import { checkWhole, PromotionError, unknownPromotion } from "./promotion-error.js";

/** The most rules of a project. */
export const maxRules = 1_000;
/** The largest limit of redemptions, and the largest amount in minor units. */
export const maxLimit = 1_000_000_000;
export const maxAmount = 9_007_199_254_740;
/** How often a save is attempted when the segments that it names change meanwhile. */
const attempts = 3;

/** Everything but the name of a rule; omitted parts do not restrict. */
export interface RuleTerms extends AudienceRequest {
  readonly total?: number | undefined;
  readonly perCustomer?: number | undefined;
  readonly perDay?: number | undefined;
  readonly from?: Date | undefined;
  readonly until?: Date | undefined;
  /** Minor units. */
  readonly minimumOrder?: number | undefined;
}

export interface RuleRequest extends RuleTerms {
  readonly name: string;
}

/** The project's rules, by name. */
export function rulesOf({ store }: Engine, project: string): Promise<readonly ValidationRuleDocument[]> {
  return store.reads.promotions.rules(project);
}

/** The rule with a name, whatever its case; undefined if there is none. */
export async function findRule(
  { store }: Engine,
  project: string,
  name: string,
): Promise<ValidationRuleDocument | undefined> {
  return (await store.getMany("validation_rules", [promotionKey(project, nameKey(name))]))[0];
}

/** @throws PromotionError; UnknownProjectError. */
export async function createRule(
  engine: Engine,
  project: string,
  { name: written, ...terms }: RuleRequest,
): Promise<ValidationRuleDocument> {
  const { name, key } = readPromotionName(written);
  await findProject(engine, project);
  const listed = (await rulesOf(engine, project)).length;
  return saving(engine, project, terms, async (transaction, audience) => {
    const _id = promotionKey(project, key);
    const [taken] = await transaction.getMany("validation_rules", [_id]);
    if (taken !== undefined) throw nameTaken("validation rule", taken.name);
    if ((await countCreated(transaction, project, "validation_rules", listed)) > maxRules)
      throw new PromotionError(
        "INVALID_INPUT",
        "name",
        `The project has ${maxRules} validation rules, the most there may be. Delete one that no campaign is subject to.`,
      );
    const now = new Date(engine.clock());
    const parts = readTerms(terms);
    return {
      before: [],
      after: {
        ...{ _id, project, name, name_key: key, audience, ...parts, used_by: [] },
        ...{ created_at: now, updated_at: now },
      },
    };
  });
}

/** Replaces the terms of a rule: an omitted part does not restrict any more. @throws PromotionError. */
export async function replaceRule(
  engine: Engine,
  project: string,
  name: string,
  terms: RuleTerms,
): Promise<ValidationRuleDocument> {
  return saving(engine, project, terms, async (transaction, audience) => {
    const found = await ruleIn(transaction, project, name);
    const { _id, name: kept, name_key, used_by, created_at } = found;
    const parts = readTerms(terms);
    return {
      before: segmentsOfAudience(found.audience),
      after: {
        ...{ _id, project, name: kept, name_key, audience, ...parts, used_by },
        ...{ created_at, updated_at: new Date(engine.clock()) },
      },
    };
  });
}

/** Deletes a rule. @throws PromotionError `IN_USE`, `NOT_FOUND`. */
export async function deleteRule(
  engine: Engine,
  project: string,
  name: string,
): Promise<ValidationRuleDocument> {
  try {
    return await engine.store.write(async (transaction) => {
      const rule = await ruleIn(transaction, project, name);
      if (rule.used_by.length > 0) {
        const [campaign] = await transaction.getMany("campaigns", [promotionKey(project, rule.used_by[0]!)]);
        throw new PromotionError(
          "IN_USE",
          "name",
          `"${rule.name}" can't be deleted: the campaign "${campaign?.name}" is subject to it. Take it off there first.`,
        );
      }
      await changeUses(transaction, project, ruleUser(rule.name_key), segmentsOfAudience(rule.audience), []);
      await transaction.remove("validation_rules", [rule._id]);
      await countDeleted(transaction, project, "validation_rules");
      return rule;
    });
  } finally {
    segmentsChanged(engine, project);
  }
}

/** The rule with a name, inside a transaction. @throws PromotionError `NOT_FOUND`. */
export async function ruleIn(
  transaction: Transaction,
  project: string,
  name: string,
  field = "name",
): Promise<ValidationRuleDocument> {
  const [found] = await transaction.getMany("validation_rules", [promotionKey(project, nameKey(name))]);
  if (found === undefined) throw unknownPromotion("validation rule", name, field);
  return found;
}

interface Saved {
  /** The segments that the rule named before. */
  readonly before: readonly string[];
  readonly after: ValidationRuleDocument;
}

/** Saves a rule, again if the segments that it names have changed since its audience was checked. */
async function saving(
  engine: Engine,
  project: string,
  terms: RuleTerms,
  change: (transaction: Transaction, audience: Audience) => Promise<Saved>,
): Promise<ValidationRuleDocument> {
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const definition = await findProject(engine, project);
      const segments = namesOf(await readSegments(engine, project));
      const audience = readAudience(terms, definition, segments, engine.clock());
      const saved = await engine.store.write(async (transaction) => {
        const { before, after } = await change(transaction, audience);
        const uses = segmentsOfAudience(audience);
        if (!(await changeUses(transaction, project, ruleUser(after.name_key), before, uses)))
          return undefined;
        await transaction.put("validation_rules", [after]);
        return after;
      });
      if (saved !== undefined) return saved;
    }
  } finally {
    segmentsChanged(engine, project);
  }
  throw new PromotionError(
    "BUSY",
    "query",
    "The segments that this rule names are being changed at this moment. Save it again.",
  );
}

/** The terms as they are stored, without the audience. @throws PromotionError `INVALID_INPUT`. */
function readTerms({
  total,
  perCustomer,
  perDay,
  from,
  until,
  minimumOrder,
}: RuleTerms): Pick<ValidationRuleDocument, "limits" | "from" | "until" | "minimum_order"> {
  const limit = (value: number | undefined, field: string) =>
    value === undefined ? undefined : checkWhole(value, field, 1, maxLimit);
  const limits: RedemptionLimits = defined({
    total: limit(total, "total"),
    per_customer: limit(perCustomer, "perCustomer"),
    per_day: limit(perDay, "perDay"),
  });
  if (from !== undefined && until !== undefined && until <= from)
    throw new PromotionError("INVALID_INPUT", "until", "`until` has to be later than `from`.");
  const minimum_order =
    minimumOrder === undefined ? undefined : checkWhole(minimumOrder, "minimumOrder", 1, maxAmount);
  return { limits, ...defined({ from, until, minimum_order }) };
}

type Defined<Given extends object> = { [Key in keyof Given]?: Exclude<Given[Key], undefined> };

/** The object without undefined values, which a store does not keep. */
function defined<Given extends object>(given: Given): Defined<Given> {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== undefined),
  ) as Defined<Given>;
}
