// Conditions on attributes: the name is resolved, the operator has to be one of the type's, the values are read as the type.
import type { Comparison, Flag, OperatorUse, Value } from "../../grammar/tree.js";
import { oneOfType, operatorsOf, resolveName } from "../catalog/catalog.js";
import type { Attribute } from "../catalog/model.js";
import { operatorsByName } from "../operators/index.js";
import type { ValueType } from "../plan/literals.js";
import type { Field, PlanNode, Test } from "../plan/plan.js";
import { aboutMore, allFailed, Failed, fail } from "./failure.js";
import { readLiteral } from "./literals.js";
import { nameOf, narrow } from "./names.js";
import { absoluteDate, readOperands, wordOfSign } from "./operands.js";
import { canonicalPeriod } from "./periods.js";
import {
  type AttributeValue,
  attributeValue,
  canonicalAttributeValue,
  type Operand,
  planAgainst,
  planWithin,
} from "./records/attribute-values.js";
import { readDistance } from "./records/distance.js";
import { checkWindowedFigure } from "./records/figures.js";
import { testOfProduct } from "./records/items.js";
import type { CheckedCondition, Named, Operation, Reading, Scope, WantedOperands } from "./scope.js";

/** `email ends with .uk`. */
export function checkComparison(
  scope: Scope,
  written: Comparison,
): CheckedCondition<Comparison | Flag> | Failed {
  const node = asKnownName(scope, written);
  if (node.kind === "Flag") return checkFlag(scope, node);
  const named = nameOf(scope, node);
  if (named instanceof Failed) return named;
  const { attribute } = named;
  const narrowed =
    node.campaign === undefined
      ? attribute.field
      : narrow(scope, attribute, node.campaign, { condition: node });
  const { window } = node;
  const figure =
    window === undefined || narrowed instanceof Failed
      ? undefined
      : checkWindowedFigure(scope, { window }, attribute, narrowed);
  const operation = checkOperation(scope, node, named);
  if (operation instanceof Failed || narrowed instanceof Failed || figure instanceof Failed) {
    return aboutMore(allFailed([narrowed, figure, operation])!, { condition: node });
  }
  if (scope.within === undefined && operation.test !== undefined)
    keepAsked(scope, node, attribute, operation.test);
  const { operator, operands, readings } = operation;
  const canonical = {
    ...node,
    attribute: { ...node.attribute, text: named.canonicalName },
    operator,
    operands,
  };
  if (figure === undefined) return { plan: operation.planOn(narrowed), canonical, readings };
  return {
    plan: operation.planOn(figure.field),
    canonical: { ...canonical, window: figure.window },
    readings: [...figure.readings, ...readings],
  };
}

const endingInTime: ReadonlySet<string> = new Set(["in_period", "since", "within"]);

/** If the catalogue knows the whole name, words in it are not read as a window or a span of the calendar. */
function asKnownName(scope: Scope, node: Comparison): Comparison | Flag {
  const { attribute, window, operator, operands } = node;
  const { start } = attribute.span;
  const end = window?.span.end ?? (endingInTime.has(operator.name) ? operands.at(-1)?.span.end : undefined);
  if (end === undefined || node.campaign !== undefined) return node;
  const text = scope.source.raw(start, end).replace(/\s+/g, " ");
  if (resolveName(scope.catalog, text) === undefined) return node;
  const name = { ...attribute, text, raw: scope.source.raw(start, end), span: scope.source.span(start, end) };
  if (window === undefined) return { kind: "Flag", attribute: name, span: node.span, raw: node.raw };
  const { window: _read, ...others } = node;
  return { ...others, attribute: name };
}

/** Records the texts that the attribute is compared with. */
function keepAsked({ asked }: Scope, node: Comparison, attribute: Attribute, test: Test): void {
  // A day that no customer has is not a misspelling.
  if (attribute.field.scope !== "profile" || attribute.type === "date") return;
  const values =
    test.kind === "oneOf"
      ? test.values
      : test.kind === "hasAny" || test.kind === "hasAll"
        ? test.values.map(({ from }) => from)
        : [];
  for (const [index, value] of values.entries()) {
    const written = node.operands[index];
    if (typeof value === "string" && written !== undefined) asked?.push({ attribute, value, written });
  }
}

export interface CheckedOperation {
  /** Undefined if it compares with another attribute. */
  readonly test?: Test;
  /** The condition on a field, including the operator's complement. */
  readonly planOn: (field: Field) => PlanNode;
  /** The operator in its canonical words. */
  readonly operator: OperatorUse;
  readonly operands: readonly Value[];
  readonly readings: readonly Reading[];
}

/** Checks an operator and its values, for anything of the type. */
export function checkOperation(scope: Scope, node: Operation, named: Named): CheckedOperation | Failed {
  const operator = operatorsByName.get(node.operator.name);
  // An incomplete operator has no name: the parser has reported it.
  if (operator === undefined) return new Failed([]);
  const bind = operator.tests[named.type];
  if (bind === undefined) return operatorNotTaken(node, named, Object.keys(operator.tests) as ValueType[]);
  const { attribute, type, canonicalName } = named;
  const written = node.operator.raw;
  const wanted: WantedOperands = { attribute, type, canonicalName, operator, written, use: node.operator };
  const against = checkAgainst(scope, node, wanted);
  if (against instanceof Failed) return against;
  if (against !== undefined) return against;
  const literals = readOperands(scope, node, wanted);
  if (literals instanceof Failed) return literals;
  const test = asProductText(bind(literals), named.attribute);
  return {
    test,
    planOn: (field) => complementOf(node, planOfTest(field, test)),
    operator: canonicalOperator(node, named),
    // The words after `customer's` are a plain value if no attribute has that name.
    operands: node.operands.map((value) => {
      const plain = value.attribute === undefined ? value : withoutAttribute(value);
      return isDated(type) ? canonicalPeriod(plain) : plain;
    }),
    readings: [{ operation: node, wanted, literals }],
  };
}

function withoutAttribute({ attribute: _words, ...value }: Value): Value {
  return value;
}

function complementOf({ operator }: Operation, plan: PlanNode): PlanNode {
  return operator.negated ? { kind: "not", operand: plan } : plan;
}

function canonicalOperator({ operator }: Operation, { type }: Named): OperatorUse {
  return { ...operator, name: wordOfSign(operator.name, type) };
}

/** True of types whose values may be spans of the calendar. */
function isDated(type: Named["type"]): boolean {
  return type === "date" || type === "datetime" || type === "yearly";
}

/** A comparison with other attributes, or by how far another date is; undefined if it is neither. */
function checkAgainst(
  scope: Scope,
  node: Operation,
  wanted: WantedOperands,
): CheckedOperation | Failed | undefined {
  const { operator, type, attribute } = wanted;
  if (operator.operand === "distance") {
    const read = readDistance(scope, node.operands);
    if (read instanceof Failed) return read;
    const dated = type === "date" ? "date" : "datetime";
    const plan = planWithin(scope, dated, read.distance, read.direction, read.anchor);
    if (plan instanceof Failed) return plan;
    const planOn = (field: Field): PlanNode => complementOf(node, plan(field));
    return { planOn, operator: canonicalOperator(node, wanted), operands: read.canonical, readings: [] };
  }
  if (node.operands.every((value) => value.attribute === undefined)) return undefined;
  const named = node.operands.map((value) => attributeValue(scope, value));
  const unknown = allFailed(named);
  if (unknown !== undefined) return unknown;
  if (named.every((each) => each === undefined)) return undefined;
  if (operator.relativeOnly?.includes(type) === true) return absoluteDate(node, wanted);
  if (type === "yearly" || type === "month" || operator.operandType === "number")
    return fail("NO_ATTRIBUTE_TAKEN", [node.operator.raw], node.operands[0]!.span, { operation: node });
  const operands = node.operands.map(
    (value, index) => (named[index] as AttributeValue | undefined) ?? readLiteral(scope, value, wanted),
  );
  const failed = allFailed(operands);
  if (failed !== undefined) return aboutMore(failed, { operation: node, wanted });
  const plan = planAgainst(
    scope,
    { type, element: attribute.element, given: attribute.given },
    operator.name,
    operands as readonly Operand[],
  );
  if (plan instanceof Failed) return plan;
  return {
    planOn: (field) => complementOf(node, plan(field)),
    operator: canonicalOperator(node, wanted),
    operands: node.operands.map((value, index) => {
      const operand = named[index] as AttributeValue | undefined;
      if (operand !== undefined) return canonicalAttributeValue(operand);
      return isDated(type) ? canonicalPeriod(value) : value;
    }),
    readings: [],
  };
}

/** The condition of a test on a field; a test of a line's product also tests its names. */
function planOfTest(field: Field, test: Test): PlanNode {
  return field.scope === "line" && field.attribute === "product"
    ? testOfProduct(field, test)
    : { kind: "predicate", field, test };
}

function operatorNotTaken(node: Operation, named: Named, takenBy: readonly ValueType[]): Failed {
  const offered = offeredOperators(named.type);
  return fail(
    "NO_SUCH_OPERATOR",
    // A span of the calendar may stand without a word before it.
    [
      named.canonicalName,
      oneOfType(named.type),
      node.operator.raw || (node.operands[0]?.raw ?? ""),
      offered,
      takenBy,
    ],
    node.operator.span,
    { expected: offered, operation: node, named },
  );
}

/** A true/false attribute alone. */
export function checkFlag(scope: Scope, node: Flag): CheckedCondition<Flag> | Failed {
  const named = nameOf(scope, node);
  if (named instanceof Failed) return named;
  if (named.type !== "boolean") {
    const offered = offeredOperators(named.type);
    return fail("NEEDS_COMPARISON", [named.canonicalName, oneOfType(named.type), offered], node.span, {
      expected: offered,
      condition: node,
      named,
    });
  }
  return {
    plan: { kind: "predicate", field: named.attribute.field, test: { kind: "oneOf", values: [true] } },
    canonical: { ...node, attribute: { ...node.attribute, text: named.canonicalName } },
  };
}

/** The canonical words of a type's operators, signs left out. */
function offeredOperators(type: ValueType): readonly string[] {
  return operatorsOf(type).flatMap((operator) =>
    /^\W/.test(operator.name) ? [] : operator.spellings.slice(0, 1),
  );
}

/** Products are matched by id, SKU or part of the name: against the project's products, not against the customer's set. */
function asProductText(test: Test, attribute: Attribute): Test {
  if (attribute.element !== "product" || (test.kind !== "hasAny" && test.kind !== "hasAll")) return test;
  return {
    kind: "bought",
    texts: test.values.map((value) => String(value.from)),
    every: test.kind === "hasAll",
  };
}
