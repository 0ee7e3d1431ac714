// Changes that may turn one condition, by the field that it reads. Each is tried; none of them has to be right.

import { countryName } from "../../catalog/countries.js";
import type { Attribute } from "../../catalog/model.js";
import { succeededResult } from "../../plan/counted.js";
import { normaliseText } from "../../plan/text.js";
import type { GivenRecord, GivenValue, GrowingCollection, ProfileChange } from "../change.js";
import { profilePath, spokenName } from "../facts.js";
import { readField } from "../observations.js";
import { proposeForFigure, proposeForOrders } from "./record-proposals.js";
import type { Goal } from "./search-context.js";
import { type Comparable, solveSet, solveValue } from "./solve.js";

/** Changes to try, each a list of them. */
export type Proposals = readonly (readonly ProfileChange[])[];

/** What may turn the condition, apart from waiting. */
export function proposalsFor(goal: Goal): Proposals {
  const { field } = goal.leaf;
  if (field.figure !== undefined) return proposeForFigure(goal, field.figure);
  switch (field.scope) {
    case "orders":
      return proposeForOrders(goal);
    case "redemptions":
    case "referrals":
    case "balances":
      return proposeAmounts(goal);
    case "profile":
    case "figure":
    case "record":
    case "line":
    case "previous":
    case "previousLine":
      return isFixed(goal) ? [] : proposeField(goal);
    default:
      return field.scope satisfies never;
  }
}

// What no change can alter: the customer's identity, place in a sample, and static segments.
const fixedFields: ReadonlySet<string> = new Set(["source_id", "segments"]);
const pastDates: ReadonlySet<string> = new Set(["created_at", "birthdate"]);

/** True of facts that can't be changed; a date of the past that is not known can be filled in. */
export function isFixed({
  leaf: { field },
  situation: { customer },
}: Pick<Goal, "leaf" | "situation">): boolean {
  if (fixedFields.has(field.attribute) || field.sample !== undefined || field.path === "sample") return true;
  return pastDates.has(field.attribute) && readField(field, { customer }) !== undefined;
}

function proposeField(goal: Goal): Proposals {
  const { leaf, constraints, context, situation } = goal;
  const attribute = context.catalog.attributes.find((each) => each.field.attribute === leaf.field.attribute);
  if (attribute === undefined) return [];
  const current = readField(leaf.field, situation);
  if (attribute.name === "consents") return proposeConsents(goal, attribute, current);
  const path = profilePath(context.catalog, attribute);
  if (path === undefined) return [];
  const set = (value: GivenValue): ProfileChange => ({
    kind: "set_field",
    name: spokenName(attribute),
    path,
    value,
  });
  if (attribute.type === "set") {
    const elements = solveSet(attribute.element ?? "text", constraints, setOf(current), undefined);
    if (elements === undefined) return [];
    return [[set(elements.map((each) => givenOf(attribute, each, goal) as string | number | boolean))]];
  }
  const found = solveValue(attribute.type, constraints, (current ?? null) as Comparable, attribute.values);
  return found.map((value) => [set(givenOf(attribute, value, goal))]);
}

type Element = Exclude<Comparable, null>;

function setOf(value: unknown): readonly Element[] {
  return Array.isArray(value) ? (value as Element[]) : [];
}

/** A value as it is given, from the form in which it compares. */
function givenOf({ type }: Pick<Attribute, "type">, value: Comparable, { context }: Goal): GivenValue {
  if (value === null || typeof value === "number" || typeof value === "boolean") return value;
  if (value instanceof Date) return value.toISOString();
  return type === "country" && /^[A-Z]{2}$/.test(value) ? countryName(value) : context.spelled(value);
}

function proposeConsents({ constraints }: Goal, { values = [] }: Attribute, current: unknown): Proposals {
  const held = setOf(current);
  const wanted = solveSet("enumeration", constraints, held, values);
  if (wanted === undefined) return [];
  const named = (consent: Element): string =>
    values.find((each) => normaliseText(each) === consent) ?? String(consent);
  return [
    [
      ...wanted
        .filter((each) => !held.includes(each))
        .map((each): ProfileChange => ({ kind: "grant_consent", consent: named(each) })),
      ...held
        .filter((each) => !wanted.includes(each))
        .map((each): ProfileChange => ({ kind: "withdraw_consent", consent: named(each) })),
    ],
  ];
}

/** The maximum number of records that one change adds. */
const maxAdded = 100;

function proposeAmounts(goal: Goal): Proposals {
  const { leaf, constraints, situation, context, newId } = goal;
  const { attribute, scope, campaign } = leaf.field;
  const current = Number(readField(leaf.field, situation) ?? 0);
  const kind = attribute.split(".")[0] as GrowingCollection;
  const known = context.catalog.campaigns[kind === "redemptions" ? "discounts" : kind] ?? [];
  const common = { customer: situation.customer.source_id, campaign: campaign?.name ?? known[0] ?? "any" };
  const at = new Date(situation.asOf).toISOString();
  const add = (records: readonly GivenRecord[]): ProfileChange => ({
    kind: "add_records",
    collection: kind,
    records,
  });
  const targets = solveValue("number", constraints, current).filter((value) => typeof value === "number");
  return targets.flatMap((target): Proposals => {
    const more = target - current;
    if (scope === "balances") {
      return balancesBy(attribute, more).map((figures) => [add([{ id: newId(), ...common, ...figures }])]);
    }
    if (!Number.isInteger(more) || more <= 0 || more > maxAdded) return [];
    const records = Array.from({ length: more }, () =>
      kind === "redemptions"
        ? { id: newId(), ...common, at, result: succeededResult }
        : { id: newId(), referrer: common.customer, referee: newId(), campaign: common.campaign, at },
    );
    return [[add(records)]];
  });
}

/** The figures of a gift card or a loyalty card that increases a balance by `more`. */
function balancesBy(attribute: string, more: number): readonly Readonly<Record<string, number>>[] {
  switch (attribute) {
    case "gift_cards.spent":
      return more > 0 && Number.isInteger(more)
        ? [
            { amount: more, spent: more },
            { amount: 0, spent: more },
          ]
        : [];
    case "gift_cards.balance":
      if (!Number.isInteger(more)) return [];
      return more > 0 ? [{ amount: more, spent: 0 }] : [{ amount: 0, spent: -more }];
    case "loyalty.points":
      return more > 0
        ? [
            { points: more, spent: 0 },
            { points: more, spent: more },
          ]
        : [];
    case "loyalty.balance":
      return more > 0 ? [{ points: more, spent: 0 }] : [{ points: 0, spent: -more }];
    // `attribute` is typed as any string; there are no other balances.
    default:
      return [];
  }
}
