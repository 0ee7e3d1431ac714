// `customer's A` as a value: another attribute of the same customer. The operator then becomes one or more comparisons of two
// fields, together with the tests of the plain values.
import type { Value } from "../../../grammar/tree.js";
import { oneOfType, resolveName } from "../../catalog/catalog.js";
import { minorDigits } from "../../catalog/currency.js";
import type { Attribute, ElementType } from "../../catalog/model.js";
import { operatorsByName } from "../../operators/index.js";
import type { Literal, ValueType } from "../../plan/literals.js";
import type { Distance, Field, PlanNode, Relation, Side } from "../../plan/plan.js";
import { Failed, fail } from "../failure.js";
import { narrow } from "../names.js";
import type { Scope } from "../scope.js";
import { testOfProduct } from "./items.js";
import { isText, ofParts, storedSide, type TextOperand, textSides } from "./text-sides.js";

/** Another attribute as a value: its field, and the type that it is compared as. */
export interface AttributeValue {
  readonly attribute: Attribute;
  readonly field: Field;
  /** As it was written. */
  readonly value: Value;
}

/** The attribute that a value names; undefined if its words are a plain value. */
export function attributeValue(scope: Scope, value: Value): AttributeValue | Failed | undefined {
  if (value.attribute === undefined) return undefined;
  return resolveAttribute(scope, value, value.attribute);
}

/** The customer's attribute that the words name; undefined if there is none. */
export function resolveAttribute(
  scope: Scope,
  value: Value,
  words: string,
): AttributeValue | Failed | undefined {
  const outer: Scope = { ...scope, catalog: scope.within?.outer ?? scope.catalog };
  const resolved = resolveName(outer.catalog, words);
  if (resolved === undefined || resolved.aspect !== undefined) return undefined;
  const { attribute } = resolved;
  const field =
    value.campaign === undefined ? attribute.field : narrow(outer, attribute, value.campaign, { value });
  return field instanceof Failed ? field : { attribute, field, value };
}

/** The value in its canonical form. */
export function canonicalAttributeValue({ attribute, value }: AttributeValue): Value {
  return { ...value, text: `customer's ${attribute.name}`, attribute: attribute.name };
}

/** The type of what is compared and, for sets, of their elements; where its text is as it was given. */
export interface ComparedType extends Pick<Attribute, "given"> {
  readonly type: ValueType;
  readonly element?: ElementType | undefined;
}

type Kind = "text" | "number" | "date" | "truth";

const kinds: Readonly<Partial<Record<ElementType, Kind>>> = {
  text: "text",
  exact: "text",
  country: "text",
  enumeration: "text",
  number: "number",
  money: "number",
  date: "date",
  datetime: "date",
  boolean: "truth",
};

/** What can be compared with each other has one kind; undefined of what has no comparison with another attribute. */
export function kindOf({ type, element }: ComparedType): Kind | undefined {
  return kinds[type === "set" ? (element ?? "text") : type];
}

type Conversion = Pick<Side, "as">;

/** How two values are made comparable; undefined if their kinds don't agree. */
export function conversions(
  scope: Pick<Scope, "catalog">,
  one: ElementType,
  other: ElementType,
): readonly [Conversion, Conversion] | undefined {
  const kind = kinds[one];
  if (kind === undefined || kind !== kinds[other]) return undefined;
  const plain: Conversion = {};
  const only = (type: ElementType, conversion: Conversion): readonly [Conversion, Conversion] => [
    one === type ? conversion : plain,
    other === type ? conversion : plain,
  ];
  if (one === other) return [plain, plain];
  switch (kind) {
    case "number": {
      const scale = 10 ** minorDigits(scope.catalog.currency);
      return only("money", { as: { kind: "major", scale } });
    }
    case "date":
      return only("datetime", { as: { kind: "day", zone: scope.catalog.timezone } });
    case "truth":
      return [plain, plain];
    // Properties of records are plain texts; see `textSides` for others.
    case "text":
      return one === other ? [plain, plain] : undefined;
    default:
      return kind satisfies never;
  }
}

/** By operator, how the field compares with the value; `swapped`: the value with the field. */
const relations: Readonly<Record<string, { readonly relation: Relation; readonly swapped?: true }>> = {
  is: { relation: "same" },
  on: { relation: "same" },
  is_any_of: { relation: "same" },
  less_than: { relation: "less" },
  "<": { relation: "less" },
  before: { relation: "less" },
  more_than: { relation: "less", swapped: true },
  ">": { relation: "less", swapped: true },
  after: { relation: "less", swapped: true },
  at_most: { relation: "atMost" },
  "<=": { relation: "atMost" },
  on_or_before: { relation: "atMost" },
  at_least: { relation: "atMost", swapped: true },
  ">=": { relation: "atMost", swapped: true },
  on_or_after: { relation: "atMost", swapped: true },
  since: { relation: "atMost", swapped: true },
  starts_at: { relation: "atMost", swapped: true },
  starts_with: { relation: "startsWith" },
  ends_with: { relation: "endsWith" },
  contains: { relation: "contains" },
};

/** A value of a comparison: a literal, or another attribute. */
export type Operand = Literal | AttributeValue;

export function isAttributeValue(operand: Operand): operand is AttributeValue {
  return "attribute" in operand;
}

/** The condition on a field of a comparison that has other attributes among its values, without the complement. */
export type PlanOn = (field: Field) => PlanNode;

/** The meaning of a type's operator if some of its values are other attributes. */
export function planAgainst(
  scope: Scope,
  typed: ComparedType,
  operator: string,
  operands: readonly Operand[],
): PlanOn | Failed {
  const parts = operands.map((operand, index) => {
    const wanted = operator === "between" ? (index === 0 ? "on_or_after" : "on_or_before") : operator;
    return isAttributeValue(operand)
      ? compareWith(scope, typed, wanted, operand)
      : plainly(typed, operator === "between" ? betweenEnd(typed, index) : wanted, operand);
  });
  const failed = parts.find((part) => part instanceof Failed);
  if (failed instanceof Failed) return failed;
  const plans = parts as readonly PlanOn[];
  const all = operator === "between" || operator === "contains_all_of";
  return (field) =>
    joined(
      all ? "and" : "or",
      plans.map((plan) => plan(field)),
    );
}

function joined(kind: "and" | "or", operands: readonly PlanNode[]): PlanNode {
  return operands.length === 1 ? operands[0]! : { kind, operands };
}

function betweenEnd({ type }: ComparedType, index: number): string {
  const dated = type === "date" || type === "datetime";
  if (index === 0) return dated ? "on_or_after" : "at_least";
  return dated ? "on_or_before" : "at_most";
}

function plainly({ type, element }: ComparedType, operator: string, literal: Literal): PlanOn {
  const test = operatorsByName.get(operator)!.tests[type]!([literal]);
  if (type === "product") return (field) => testOfProduct(field, test);
  if (element === "product" && test.kind === "hasAny") {
    const text = String(literal.from);
    return (field) => ({ kind: "predicate", field, test: { kind: "bought", texts: [text], every: false } });
  }
  return (field) => ({ kind: "predicate", field, test });
}

function compareWith(
  scope: Scope,
  typed: ComparedType,
  operator: string,
  operand: AttributeValue,
): PlanOn | Failed {
  const { attribute, field: other, value } = operand;
  const isSet = typed.type === "set";
  const own: ElementType = isSet ? (typed.element ?? "text") : typed.type;
  if (typed.type === "product" || own === "product") {
    // Products compare by normalised texts, which a text whose case matters has not.
    if (!isText(attribute.type) || attribute.type === "exact") return kindsDiffer(typed, attribute, value);
    const text = storedSide(attribute)(other);
    const relation = operator === "contains" || operator === "contains_any_of" ? "contains" : "same";
    return typed.type === "product"
      ? () => lineNamed(text, "line", relation)
      : (field) => productNamed(scope, field, text, other);
  }
  const { relation, swapped } = isSet
    ? ({ relation: "has", swapped: undefined } as const)
    : relations[operator]!;
  const sides = sidesOf(scope, { type: own, given: typed.given }, relation, attribute);
  if (sides === undefined) return kindsDiffer(typed, attribute, value);
  return (field) => {
    const [left, right] = [sides[0](field), sides[1](other)];
    return swapped === true
      ? { kind: "compare", left: right, relation, right: left }
      : { kind: "compare", left, relation, right };
  };
}

/** How the fields of two operands are compared; undefined if their kinds don't agree. */
function sidesOf(
  scope: Scope,
  one: TextOperand,
  relation: Relation,
  other: TextOperand,
): ReturnType<typeof textSides> | undefined {
  if (isText(one.type) && isText(other.type)) return textSides(one, relation, other);
  const made = ofParts.has(relation) ? undefined : conversions(scope, one.type, other.type);
  if (made === undefined) return undefined;
  const [left, right] = made;
  return [(field) => ({ field, ...left }), (field) => ({ field, ...right })];
}

function kindsDiffer({ type }: ComparedType, attribute: Attribute, value: Value): Failed {
  return fail(
    "KINDS_DIFFER",
    [value.raw, oneOfType(attribute.type), type === "set" ? "what this set holds" : oneOfType(type)],
    value.span,
    { value },
  );
}

const lineNames = ["product_id", "sku", "name"] as const;

/** True of an order's line whose product the text names: by its id or SKU, or by a part of its name. */
export function lineNamed(
  text: Side,
  scope: "line" | "previousLine" = "line",
  ofName: Extract<Relation, "contains" | "same"> = "contains",
): PlanNode {
  return {
    kind: "or",
    operands: lineNames.map((path): PlanNode => {
      const field: Field = { attribute: "product", scope, path };
      const relation: Relation = path === "name" ? ofName : "same";
      return { kind: "compare", left: { field }, relation, right: text };
    }),
  };
}

/** For an order: one of its lines has a product that the text names. For a customer: one of the orders has such a line. */
function productNamed(scope: Scope, field: Field, text: Side, named: Field): PlanNode {
  const line: PlanNode = { kind: "line", path: "facts.lines", where: lineNamed(text) };
  if (field.scope === "record") return line;
  return {
    kind: "predicate",
    field: {
      attribute: `orders of ${named.attribute}`,
      scope: "figure",
      path: "value",
      figure: {
        records: "orders",
        to: { value: { instant: scope.asOf }, inclusive: true },
        aggregate: "count",
        where: line,
      },
      zeroWithout: true,
      counted: true,
    },
    test: { kind: "range", from: { value: 1, inclusive: true } },
  };
}

/**
 * `within 7 days after created`: not before the other date and not after it moved on; `before` is the mirror image, `of` is
 * either.
 */
export function planWithin(
  scope: Scope,
  type: "date" | "datetime",
  distance: Distance,
  direction: string,
  anchor: AttributeValue,
): PlanOn | Failed {
  const made = conversions(scope, type, anchor.attribute.type);
  if (made === undefined || kinds[anchor.attribute.type] !== "date")
    return fail(
      "NOT_A_DATED_ATTRIBUTE",
      [anchor.value.raw, oneOfType(anchor.attribute.type)],
      anchor.value.span,
      {
        value: anchor.value,
      },
    );
  const isClock = distance.unit === "minute" || distance.unit === "hour";
  if (isClock && !(type === "datetime" && anchor.attribute.type === "datetime"))
    return fail("NO_CLOCK_DISTANCE", [distance.unit], anchor.value.span, { value: anchor.value });
  const [left, right] = made;
  const either =
    (from: number, to: number) =>
    (field: Field): PlanNode => {
      const own: Side = { field, ...left };
      const moved = (amount: number): Side => ({
        field: anchor.field,
        ...right,
        ...(amount === 0 ? {} : { shift: { ...distance, amount } }),
      });
      return {
        kind: "and",
        operands: [
          { kind: "compare", left: moved(from), relation: "atMost", right: own },
          { kind: "compare", left: own, relation: "atMost", right: moved(to) },
        ],
      };
    };
  const after = either(0, distance.amount);
  const before = either(-distance.amount, 0);
  if (direction === "after") return after;
  if (direction === "before") return before;
  return (field) => ({ kind: "or", operands: [after(field), before(field)] });
}
