// Conditions on attributes: the name is resolved, the operator is one that the type has, the values are of the type.
import type { Comparison, Flag, OperatorUse } from "../../grammar/tree.js";
import type { Attribute } from "../catalog/attributes.js";
import { oneOfType, operatorsOf, severalOfTypes } from "../catalog/catalog.js";
import { operatorsByName } from "../operators/index.js";
import type { Operator } from "../operators/operator.js";
import type { ValueType } from "../plan/literals.js";
import type { Field, PlanNode, Test } from "../plan/plan.js";
import { readLiteral } from "./literals.js";
import { type Named, nameOfComparison, nameOfFlag, narrow } from "./names.js";
import { type Operation, readOperands, type WantedOperands, wordOfSign } from "./operands.js";
import { report, type Scope } from "./report.js";

/** A condition checked: what it means, and the same said canonically. */
export interface CheckedCondition<Node> {
  readonly plan: PlanNode;
  readonly canonical: Node;
}

/** `email ends with .uk`. Undefined where something is wrong, which is then reported. */
export function checkComparison(scope: Scope, node: Comparison): CheckedCondition<Comparison> | undefined {
  const named = nameOfComparison(scope, node);
  if (named === undefined) return undefined;
  const field =
    node.campaign === undefined
      ? named.attribute.field
      : narrow(scope, named.attribute, node.campaign, node.attribute.span.end);
  const operation = checkOperation(scope, node, named);
  if (operation === undefined || field === undefined) return undefined;
  if (scope.within === undefined) keepAsked(scope, node, named.attribute, operation.test);
  return {
    plan: operation.planOn(field),
    canonical: {
      ...node,
      attribute: { ...node.attribute, text: named.canonicalName },
      operator: operation.operator,
    },
  };
}

/** Keeps the texts that the attribute is asked to be, or to have. */
function keepAsked({ asked }: Scope, node: Comparison, attribute: Attribute, test: Test): void {
  if (attribute.field.scope !== "profile") return;
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
  readonly test: Test;
  /** What it means of a field, complement included. */
  readonly planOn: (field: Field) => PlanNode;
  /** The operator in its canonical words. */
  readonly operator: OperatorUse;
}

/** An operator and its values, of whatever has the type. Undefined where something is wrong, which is then reported. */
export function checkOperation(scope: Scope, node: Operation, named: Named): CheckedOperation | undefined {
  const operator = operatorsByName.get(node.operator.name);
  if (operator === undefined) return undefined;
  const bind = operator.tests[named.type];
  if (bind === undefined) {
    reportOperator(scope, node, named, operator);
    return undefined;
  }
  const { attribute, type, canonicalName } = named;
  const written = node.operator.raw;
  const wanted: WantedOperands = { attribute, type, canonicalName, operator, written, use: node.operator };
  const operands = readOperands(scope, node, wanted);
  if (operands === undefined) return undefined;
  const test = asProductText(bind(operands), named.attribute);
  return {
    test,
    planOn: (field) => {
      const predicate: PlanNode = { kind: "predicate", field, test };
      return node.operator.negated ? { kind: "not", operand: predicate } : predicate;
    },
    operator: { ...node.operator, name: wordOfSign(node.operator.name, named.type) },
  };
}

/** A true/false attribute alone. */
export function checkFlag(scope: Scope, node: Flag): CheckedCondition<Flag> | undefined {
  const named = nameOfFlag(scope, node);
  if (named === undefined) return undefined;
  if (named.type !== "boolean") {
    const offered = offeredOperators(named.type);
    report(scope, "NEEDS_COMPARISON", [named.canonicalName, oneOfType(named.type), offered], node.span, {
      expected: offered,
    });
    return undefined;
  }
  return {
    plan: { kind: "predicate", field: named.attribute.field, test: { kind: "oneOf", values: [true] } },
    canonical: { ...node, attribute: { ...node.attribute, text: named.canonicalName } },
  };
}

function reportOperator(scope: Scope, node: Operation, named: Named, operator: Operator): void {
  const offered = offeredOperators(named.type);
  const takenBy = severalOfTypes(Object.keys(operator.tests) as ValueType[]);
  const form = insteadOf(scope, node, named);
  report(
    scope,
    "NO_SUCH_OPERATOR",
    [named.canonicalName, oneOfType(named.type), node.operator.raw, offered, takenBy],
    node.operator.span,
    {
      expected: offered,
      fix: form === undefined ? undefined : { replacement: form, span: node.operator.span },
    },
  );
}

// What says of other types the same, or what was surely meant: the first that the type has and that can read the values.
const twins: Readonly<Record<string, readonly string[]>> = {
  contains: ["is"],
  contains_any_of: ["is_any_of"],
  is: ["contains"],
  is_any_of: ["contains_any_of"],
  before: ["less_than"],
  after: ["more_than"],
  "<": ["less_than"],
  ">": ["more_than"],
  on_or_before: ["at_most"],
  on_or_after: ["at_least"],
  starts_with: ["starts_at"],
  starts_at: ["at_least", "starts_with"],
  at_least: ["on_or_after", "has_at_least"],
  at_most: ["on_or_before"],
  exactly: ["is"],
  on: ["is"],
};

/** The words of this type's operator that says what the written one says of others, complements included. */
function insteadOf(scope: Scope, node: Operation, named: Named): string | undefined {
  const { name, negated } = node.operator;
  // Sets are empty; of everything else that is unknown.
  if (name === "is_empty") return negated ? "has any value" : "is unknown";
  const written = operatorsByName.get(name);
  const trial: Scope = { ...scope, diagnostics: [] };
  const twin = (twins[name] ?? [])
    .map((other) => operatorsByName.get(other))
    .find((operator) => {
      if (operator?.tests[named.type] === undefined || operator.operand !== written?.operand) return false;
      // Of text, `is any of` is much less than containing one of them.
      if (name === "contains_any_of" && operatorsByName.get("contains")?.tests[named.type] !== undefined)
        return false;
      const wanted = { ...named, operator, written: node.operator.raw };
      return node.operands.every((value) => readLiteral(trial, value, wanted) !== undefined);
    });
  return (negated ? twin?.negatedForms : twin?.forms)?.[0];
}

/** The canonical words of a type's operators, signs left out. */
function offeredOperators(type: ValueType): readonly string[] {
  return operatorsOf(type).flatMap((operator) =>
    /^\W/.test(operator.name) ? [] : operator.forms.slice(0, 1),
  );
}

/** Products are matched by id, SKU or part of the name: by the project's products, not by what the customer's set holds. */
function asProductText(test: Test, attribute: Attribute): Test {
  if (attribute.element !== "product" || (test.kind !== "hasAny" && test.kind !== "hasAll")) return test;
  return {
    kind: "bought",
    texts: test.values.map((value) => String(value.from)),
    every: test.kind === "hasAll",
  };
}
