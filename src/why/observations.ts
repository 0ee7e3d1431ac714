// The actual value of a condition for a customer, in words, and the expected one.

import type { EventCondition, EventWindow, Expression, Measure } from "../../grammar/tree.js";
import { resolveName } from "../catalog/catalog.js";
import { findEventType } from "../catalog/events.js";
import { dayMs } from "../clock.js";
import { reader } from "../operators/encodings/encoding.js";
import { predicatesOf } from "../plan/fields.js";
import type { ValueType } from "../plan/literals.js";
import type { Field, PlanNode } from "../plan/plan.js";
import { valueReader } from "../predicate/compile.js";
import { textOf } from "../query/canonical-text.js";
import type { Part } from "../query/part.js";
import { elided, expectedOf } from "./expected.js";
import { spokenName, withoutQuotes } from "./facts.js";
import { sequenceSentence } from "./sequence-observation.js";
import type { Subject } from "./subject.js";
import { spokenSet, spokenValue } from "./values.js";
import { type SpokenUnit, spokenDistance, spokenInstant, spokenNumber, spokenTimes } from "./wording.js";

/** What a condition saw and asked for. */
export interface Observation {
  /** The value that it saw, as a clause: `last order was 2026-10-02, which is 52 days ago`. */
  readonly actual?: string;
  /** What it asked for: `more than 60 days ago`. */
  readonly expected?: string;
  /** Both, in one sentence. */
  readonly sentence: string;
}

/** What a condition found for the customer. */
export function observationOf({ canonical, plan }: Part, holds: boolean, subject: Subject): Observation {
  switch (canonical.kind) {
    case "Comparison":
    case "Flag":
      return observationOfAttribute(canonical, plan, subject);
    case "Event":
      return observationOfEvents(canonical, plan, subject);
    case "Occurrence": {
      const at = dateValue(figureValue(plan, subject));
      const name = canonical.name.text;
      const never = name === "order" ? "no order was placed" : `${name} never happened`;
      const seen =
        at === undefined ? never : `${canonical.which} ${name} was ${dated(at, subject, canonical)}`;
      return observation(seen, expectedOf(canonical, false));
    }
    case "Measure":
      return observationOfMeasure(canonical, plan, subject);
    case "Membership":
      return { sentence: `the customer is ${holds ? "" : "not "}in segment "${canonical.segment.text}"` };
    case "Sample":
      return observationOfSample(canonical, plan, holds, subject);
    case "Sequence":
      return observation(sequenceSentence(canonical, plan, subject), textOf(canonical));
    case "Everyone":
      return { sentence: "every customer is meant" };
    case "And":
    case "Or":
    case "Not":
    case "Group":
    case "Item":
    case "Invalid":
      throw new RangeError(`A ${canonical.kind} is no condition.`);
    default:
      return canonical satisfies never;
  }
}

function observation(actual: string, expected: string): Observation {
  return { actual, expected, sentence: `${actual}; asked for ${elided(actual, expected)}` };
}

type OfAttribute = Extract<Expression, { kind: "Comparison" | "Flag" }>;

function observationOfAttribute(node: OfAttribute, plan: PlanNode, subject: Subject): Observation {
  const named = resolveName(subject.catalog, node.attribute.text);
  if (named === undefined) throw new RangeError(`There is no attribute ${node.attribute.text}.`);
  const { attribute, aspect } = named;
  const field = fieldOf(plan) ?? attribute.field;
  const asked = node.kind === "Flag" ? "true" : expectedOf(node, attribute.type === "set");
  const campaign = node.kind === "Comparison" ? node.campaign?.text : undefined;
  const name = `${spokenName(attribute)}${campaign === undefined ? "" : ` in campaign "${campaign}"`}`;
  const value = readField(field, subject);
  if (attribute.type === "set") {
    const counted = node.kind === "Comparison" && node.operator.name === "has_at_least";
    return observation(
      spokenSet(attribute, value, counted ? sizeOf(field, subject) : undefined, subject),
      asked,
    );
  }
  if (value === undefined || value === null) {
    const none = field.scope === "orders" ? "there is no order yet" : `${name} is unknown`;
    return observation(none, asked);
  }
  const at = attribute.type === "datetime" ? dateValue(value) : undefined;
  if (at !== undefined) {
    const verb = at <= subject.asOf ? "was" : "is";
    return observation(`${name} ${verb} ${dated(at, subject, node)}`, asked);
  }
  return observation(`${name} is ${spokenValue(attribute, value, subject, aspect)}`, asked);
}

/** `2026-10-02, which is 52 days ago`; in the unit of the condition, if it has one. */
function dated(at: number, subject: Subject, node: Expression): string {
  const { unit, amount } = lengthIn(node);
  const exact = unit === "hour" || unit === "minute" || Math.abs(at - subject.asOf) < 2 * dayMs;
  return `${spokenInstant(at, subject, exact)}, which is ${spokenDistance(at, subject, unit, amount)}`;
}

const lengths = /^(?:in )?(?:([\d,_]+) |an? )?(minute|hour|day|week|month|quarter|year)s?(?: ago)?$/i;

/** The length of time in an operation, as `30 days ago` or `7 days`; a quarter is three months. */
function lengthIn(node: Expression): { readonly unit?: SpokenUnit; readonly amount?: number } {
  if (!("operands" in node)) return {};
  for (const operand of node.operands) {
    const [, digits = "1", unit] = (operand.kind === "Value" && lengths.exec(operand.text)) || [];
    if (unit === undefined) continue;
    const amount = Number(digits.replace(/[,_]/g, ""));
    const lower = unit.toLowerCase();
    return lower === "quarter"
      ? { unit: "month", amount: 3 * amount }
      : { unit: lower as SpokenUnit, amount };
  }
  return {};
}

function observationOfEvents(node: EventCondition, plan: PlanNode, subject: Subject): Observation {
  const count = Number(figureValue(plan, subject) ?? 0);
  const name = node.name.text;
  const clauses = clausesOf(node);
  const seen =
    name === "order"
      ? count === 0
        ? `no order was placed${clauses}`
        : `${spokenNumber(count)} ${count === 1 ? "order was" : "orders were"} placed${clauses}`
      : count === 0
        ? `${name} did not happen${clauses}`
        : `${name} happened ${spokenTimes(count)}${clauses}`;
  const asked =
    node.count === undefined
      ? node.negated
        ? "none"
        : "at least 1"
      : `${node.count.comparison.replace("_", " ")} ${node.count.times.text}`;
  return observation(seen, asked);
}

function observationOfMeasure(node: Measure, plan: PlanNode, subject: Subject): Observation {
  const type = findEventType(subject.catalog, node.name.text);
  const property =
    node.property === undefined
      ? undefined
      : type?.properties.find(({ name }) => withoutQuotes(name) === node.property?.text);
  const measured: ValueType = node.aggregate === "count" ? "number" : (property?.type ?? "number");
  const value = figureValue(plan, subject);
  const of = `${node.property === undefined ? "" : `${node.property.text} of `}${node.name.text}`;
  const name = `${node.aggregate} of ${of}${clausesOf(node)}`;
  const asked = expectedOf(node, false);
  if (value === undefined || value === null) return observation(`${name} is unknown`, asked);
  const at = measured === "datetime" ? dateValue(value) : undefined;
  if (at !== undefined) return observation(`${name} is ${dated(at, subject, node)}`, asked);
  return observation(`${name} is ${spokenValue({ name, type: measured }, value, subject)}`, asked);
}

/** The window and the `where` of a condition on events, with a space before each. */
function clausesOf(node: EventCondition | Measure): string {
  const window = node.window === undefined ? "" : ` ${windowWords(node.window)}`;
  return `${window}${node.where === undefined ? "" : ` where ${textOf(node.where)}`}`;
}

function windowWords({ form, operands }: EventWindow): string {
  const values = operands.map(({ text }) => text).join(" and ");
  if (form === "on" && /^(?:today|yesterday)$/i.test(values)) return values.toLowerCase();
  return `${form === "in_the_last" ? "in the last" : form} ${values}`;
}

function observationOfSample(
  node: Extract<Expression, { kind: "Sample" }>,
  plan: PlanNode,
  holds: boolean,
  subject: Subject,
): Observation {
  const of = node.name === undefined ? "" : ` of "${node.name.text}"`;
  const field = fieldOf(plan);
  if (field === undefined) return { sentence: `the customer is ${holds ? "" : "not "}in the sample${of}` };
  const place = (Number(readField(field, subject)) / 2 ** 32) * 100;
  const seen = `the customer stands at ${place.toFixed(2)}% of the sample${of}`;
  return observation(seen, `the first ${node.share.text}`);
}

/** The field that a condition reads; undefined if it reads none. */
function fieldOf(plan: PlanNode): Field | undefined {
  const [first] = plan.kind === "predicate" ? [plan] : predicatesOf(plan);
  return first?.field;
}

/** The value of a customer's field; 0 if that is what a missing value means. */
export function readField(field: Field, { customer }: Pick<Subject, "customer">): unknown {
  const computed = valueReader(field);
  if (computed !== undefined) return computed(customer);
  const value = field.campaign === undefined ? reader(field.path)(customer) : ofCampaign(field, customer);
  return value ?? (field.zeroWithout === true ? 0 : undefined);
}

function ofCampaign({ path, campaign }: Field, customer: object): unknown {
  const list = reader(campaign?.listPath ?? "")(customer);
  if (!Array.isArray(list)) return undefined;
  const entry: unknown = list.find((each: { campaign?: unknown }) => each.campaign === campaign?.name);
  return entry === undefined ? undefined : reader(path)(entry as object);
}

/** How many different elements a set has. */
function sizeOf(field: Field, { customer }: Subject): number {
  const value = reader(field.sizePath ?? field.path)(customer);
  return Array.isArray(value) ? value.length : Number(value ?? 0);
}

function figureValue(plan: PlanNode, subject: Subject): unknown {
  const field = fieldOf(plan);
  return field === undefined ? undefined : readField(field, subject);
}

function dateValue(value: unknown): number | undefined {
  return value instanceof Date ? value.getTime() : undefined;
}
