// Whether a redemption would be allowed, and its obstacles if not. Nothing is changed.
import type { CustomerDocument, ProjectDocument } from "../documents/documents.js";
import type {
  CampaignDocument,
  CodeDocument,
  ValidationRuleDocument,
} from "../documents/promotion-documents.js";
import type { Engine } from "../engine.js";
import { identifier } from "../facts/record-shape.js";
import { dayOf } from "../plan/calendar.js";
import { recentProject } from "../projects/projects.js";
import { nameKey } from "../segments/identity.js";
import type { Person } from "../segments/of-customer.js";
import type { Transaction } from "../store/port.js";
import { belongsTo } from "./audience.js";
import { campaignsOf } from "./campaigns.js";
import { codeKey } from "./codes.js";
import { customerKey, dayKey, totalKey } from "./counts.js";
import { cardBalance } from "./gift-cards.js";
import { maxPoints, readAccount } from "./loyalty.js";
import { promotionKey } from "./names.js";
import { type AppliedRule, type Obstacle, obstaclesOf } from "./obstacles.js";
import { pointsLeft } from "./points.js";
import { checkWhole, PromotionError, shortened, unknownPromotion } from "./promotion-error.js";
import { maxAmount } from "./rules.js";
import { amountOff } from "./terms.js";

/** What is redeemed: a code, or a campaign by its name. */
export type RedemptionTarget = { readonly code: string } | { readonly campaign: string };

export interface OrderGiven {
  /** Minor units. */
  readonly amount: number;
  /** The order's id in the source system. */
  readonly sourceId?: string | undefined;
}

export interface ValidationRequest {
  readonly target: RedemptionTarget;
  readonly person: Person;
  readonly order?: OrderGiven | undefined;
  /** Of a campaign of points: how many to redeem. */
  readonly points?: number | undefined;
}

export interface Validation {
  /** Milliseconds since the epoch. */
  readonly asOf: number;
  /** Empty if the redemption is allowed. */
  readonly obstacles: readonly Obstacle[];
  /** Undefined if there is no such code. */
  readonly campaign?: CampaignDocument;
  readonly code?: CodeDocument | undefined;
  /** What it takes off the order, in minor units; undefined without an order. */
  readonly discount?: number | undefined;
}

/** The part of a transaction, or of the store, that a validation reads by. */
export type ValidationReads = Pick<Transaction, "getMany">;

/** A code with its campaign and the campaign's rules. */
export interface Offer {
  readonly campaign: CampaignDocument;
  readonly code?: CodeDocument | undefined;
  readonly rules: readonly ValidationRuleDocument[];
}

/**
 * Reads what is to be redeemed; undefined if there is no such code.
 * @throws PromotionError `NOT_FOUND` for an unknown campaign.
 */
export async function readOffer(
  reading: ValidationReads,
  project: string,
  target: RedemptionTarget,
): Promise<Offer | undefined> {
  const code =
    "code" in target ? (await reading.getMany("codes", [codeKey(project, target.code)]))[0] : undefined;
  if ("code" in target && code === undefined) return undefined;
  const key = "campaign" in target ? nameKey(target.campaign) : code!.campaign;
  const [campaign] = await reading.getMany("campaigns", [promotionKey(project, key)]);
  if (campaign === undefined)
    throw unknownPromotion("campaign", "campaign" in target ? target.campaign : key);
  const keys = campaign.rules.map((rule) => promotionKey(project, rule));
  const rules = await reading.getMany("validation_rules", keys);
  return { campaign, code, rules: rules.filter((rule) => rule !== undefined) };
}

/** The rules of an offer, each with whether the person belongs to its audience. */
export async function applyRules(
  engine: Engine,
  project: string,
  person: Person,
  rules: readonly ValidationRuleDocument[],
  asOf: number,
): Promise<readonly AppliedRule[]> {
  const audiences = rules.map(({ audience }) => audience);
  const belongs = await belongsTo(engine, project, person, audiences, asOf);
  return rules.map((rule, index) => ({ rule, belongs: belongs[index]! }));
}

export interface Assessment {
  readonly offer: Offer;
  readonly applied: readonly AppliedRule[];
  readonly customer?: CustomerDocument | undefined;
  readonly order?: OrderGiven | undefined;
  readonly points?: number | undefined;
  readonly definition: Pick<ProjectDocument, "project" | "timezone" | "currency">;
  readonly asOf: number;
}

export interface Assessed {
  readonly obstacles: readonly Obstacle[];
  /** What the redemption takes off the order, in minor units; undefined without an order, and if it takes nothing. */
  readonly discount?: number | undefined;
}

/** The obstacles of an offer, and its discount, with the counters and balances as `reading` has them. */
export async function assess(reading: ValidationReads, assessment: Assessment): Promise<Assessed> {
  const { offer, applied, customer, order, points, definition, asOf } = assessment;
  const { project, timezone, currency } = definition;
  const { campaign, code } = offer;
  const { name_key } = campaign;
  const keys = [totalKey(project, name_key), dayKey(project, name_key, dayOf(asOf, timezone))];
  if (customer !== undefined) keys.push(customerKey(project, name_key, customer._id));
  const counts = await reading.getMany("redemption_counts", keys);
  const [total, day, ofCustomer] = counts.map((found) => found?.count ?? 0);
  const balance = await balanceFor(reading, assessment);
  const obstacles = obstaclesOf({
    campaign,
    code,
    rules: applied,
    customer: customer?._id,
    asOf,
    orderAmount: order?.amount,
    currency,
    balance,
    points,
    counts: { total: total!, day: day!, customer: ofCustomer ?? 0 },
  });
  const discount =
    order === undefined ? undefined : amountOff(campaign.terms, order.amount, { balance, points });
  return { obstacles, discount };
}

/** What is left of the gift card, or how many points the customer has; undefined for a campaign of another kind. */
async function balanceFor(
  reading: ValidationReads,
  { offer: { campaign, code }, customer, asOf }: Assessment,
): Promise<number | undefined> {
  const { kind } = campaign.terms;
  if (kind === "gift_card" && code !== undefined) return cardBalance(code.card);
  if (kind === "loyalty" && customer !== undefined)
    return pointsLeft(await readAccount(reading, campaign, customer._id, asOf));
  return undefined;
}

/** @throws PromotionError `INVALID_INPUT` for points of a campaign that has none, and for a number that is none. */
export function checkPoints({ campaign }: Offer, points: number | undefined, isRequired: boolean): void {
  const isOfPoints = campaign.terms.kind === "loyalty";
  if (points !== undefined && isOfPoints) checkWhole(points, "points", 1, maxPoints);
  if (points !== undefined && !isOfPoints)
    throw new PromotionError(
      "INVALID_INPUT",
      "points",
      `"${campaign.name}" has no points. Leave \`points\` out.`,
    );
  if (points === undefined && isOfPoints && isRequired)
    throw new PromotionError(
      "INVALID_INPUT",
      "points",
      `Say how many points of "${campaign.name}" to redeem.`,
    );
}

/** The obstacle for a code that does not exist. */
export function unknownCode(code: string): Obstacle {
  return { kind: "UNKNOWN_CODE", message: `There is no code "${shortened(code)}".` };
}

/** @throws PromotionError `INVALID_INPUT` for an amount out of bounds, and for an id that is none. */
export function checkOrder(order: OrderGiven | undefined): void {
  if (order === undefined) return;
  checkWhole(order.amount, "amount", 0, maxAmount);
  if (order.sourceId === undefined) return;
  const mistake = identifier.safeParse(order.sourceId).error?.issues[0]?.message;
  if (mistake !== undefined)
    throw new PromotionError(
      "INVALID_INPUT",
      "sourceId",
      `The order's id ${mistake}. Give it as the source system has it.`,
    );
}

/**
 * Validates a redemption at this instant.
 * @throws PromotionError `NOT_FOUND`, `INVALID_INPUT`; RecordError for an invalid profile; UnknownProjectError.
 */
export async function validateRedemption(
  engine: Engine,
  project: string,
  { target, person, order, points }: ValidationRequest,
): Promise<Validation> {
  checkOrder(order);
  const definition = await recentProject(engine, project);
  const asOf = engine.clock();
  const offer = await readOffer(engine.store, project, target);
  if (offer === undefined) return { asOf, obstacles: [unknownCode((target as { code: string }).code)] };
  checkPoints(offer, points, false);
  const applied = await applyRules(engine, project, person, offer.rules, asOf);
  return validationOf(engine, { offer, applied, order, points, definition, asOf, ...storedCustomer(person) });
}

function storedCustomer(person: Person): { readonly customer?: CustomerDocument } {
  return "customer" in person ? { customer: person.customer } : {};
}

async function validationOf(engine: Engine, assessment: Assessment): Promise<Validation> {
  const { offer, asOf } = assessment;
  return { asOf, ...offer, ...(await assess(engine.store, assessment)) };
}

/**
 * What a person qualifies for at this instant: a validation of every active campaign, by name. That a campaign takes a code is no
 * obstacle here. A campaign of gift cards is one for a customer who has a card of it: it is validated with that of which most is left.
 * @throws as `validateRedemption`.
 */
export async function promotionsFor(
  engine: Engine,
  project: string,
  { person, order }: Omit<ValidationRequest, "target" | "points">,
): Promise<readonly (Validation & { readonly campaign: CampaignDocument })[]> {
  checkOrder(order);
  const definition = await recentProject(engine, project);
  const asOf = engine.clock();
  const campaigns = (await campaignsOf(engine, project)).filter(({ active }) => active);
  const keys = [...new Set(campaigns.flatMap(({ rules }) => rules))];
  const found = await engine.store.getMany(
    "validation_rules",
    keys.map((key) => promotionKey(project, key)),
  );
  const rules = found.filter((rule) => rule !== undefined);
  // Each rule is evaluated once, however many campaigns it is assigned to.
  const applied = new Map(
    (await applyRules(engine, project, person, rules, asOf)).map((each) => [each.rule.name_key, each]),
  );
  const stored = storedCustomer(person);
  const cards = await cardsOf(engine, project, campaigns, stored.customer);
  const offered = campaigns.filter(
    ({ terms, name_key }) => terms.kind !== "gift_card" || cards.has(name_key),
  );
  return Promise.all(
    offered.map(async (campaign) => {
      const own = campaign.rules.flatMap((key) => applied.get(key) ?? []);
      const offer = {
        campaign: { ...campaign, requires_code: false },
        code: cards.get(campaign.name_key),
        rules: own.map(({ rule }) => rule),
      };
      const assessment = { offer, applied: own, order, definition, asOf, ...stored };
      return { ...(await validationOf(engine, assessment)), campaign };
    }),
  );
}

/** How many codes of a customer are looked at for gift cards. */
const maxCards = 1_000;

/** The customer's active gift card of which most is left, for each campaign (by `name_key`) that the customer has one of. */
async function cardsOf(
  { store }: Engine,
  project: string,
  campaigns: readonly CampaignDocument[],
  customer: CustomerDocument | undefined,
): Promise<ReadonlyMap<string, CodeDocument>> {
  const best = new Map<string, CodeDocument>();
  const keys = campaigns.flatMap(({ terms, name_key }) => (terms.kind === "gift_card" ? [name_key] : []));
  if (customer === undefined || keys.length === 0) return best;
  const found = await store.reads.promotions.ofCustomer(project, "codes", customer._id, maxCards);
  const codes = found.filter(({ active, campaign }) => active && keys.includes(campaign));
  const left = codes.map(({ card }) => cardBalance(card));
  const most = new Map<string, number>();
  for (const [index, code] of codes.entries()) {
    if (left[index]! <= (most.get(code.campaign) ?? -1)) continue;
    most.set(code.campaign, left[index]!);
    best.set(code.campaign, code);
  }
  return best;
}
