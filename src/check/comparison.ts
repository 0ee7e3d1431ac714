// Conditions on attributes: the name is resolved, the operator is one that the type has, the values are of the type.
import type { Comparison, Flag, OperatorUse } from "../../grammar/tree.js";
import { oneOfType, operatorsOf } from "../catalog/catalog.js";
import type { Attribute } from "../catalog/model.js";
import { operatorsByName } from "../operators/index.js";
import type { ValueType } from "../plan/literals.js";
import type { Field, PlanNode, Test } from "../plan/plan.js";
import { aboutMore, allFailed, Failed, fail } from "./failure.js";
import { nameOf, narrow } from "./names.js";
import { readOperands, wordOfSign } from "./operands.js";
import type { CheckedCondition, Named, Operation, Reading, Scope, WantedOperands } from "./scope.js";

/** `email ends with .uk`. */
export function checkComparison(scope: Scope, node: Comparison): CheckedCondition<Comparison> | Failed {
  const named = nameOf(scope, node);
  if (named instanceof Failed) return named;
  const { attribute } = named;
  const field = node.campaign === undefined ? attribute.field : narrow(scope, node, attribute, node.campaign);
  const operation = checkOperation(scope, node, named);
  if (operation instanceof Failed || field instanceof Failed) {
    return aboutMore(allFailed([field, operation])!, { condition: node });
  }
  if (scope.within === undefined) keepAsked(scope, node, attribute, operation.test);
  return {
    plan: operation.planOn(field),
    canonical: {
      ...node,
      attribute: { ...node.attribute, text: named.canonicalName },
      operator: operation.operator,
    },
    readings: [operation.reading],
  };
}

/** Keeps the texts that the attribute is asked to be, or to have. */
function keepAsked({ asked }: Scope, node: Comparison, attribute: Attribute, test: Test): void {
  // A day that no customer has is no misspelling.
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
  readonly test: Test;
  /** What it means of a field, complement included. */
  readonly planOn: (field: Field) => PlanNode;
  /** The operator in its canonical words. */
  readonly operator: OperatorUse;
  readonly reading: Reading;
}

/** An operator and its values, of anything that has the type. */
export function checkOperation(scope: Scope, node: Operation, named: Named): CheckedOperation | Failed {
  const operator = operatorsByName.get(node.operator.name);
  // An operator that is begun and not finished has no name: the parser has reported it.
  if (operator === undefined) return new Failed([]);
  const bind = operator.tests[named.type];
  if (bind === undefined) return operatorNotTaken(node, named, Object.keys(operator.tests) as ValueType[]);
  const { attribute, type, canonicalName } = named;
  const written = node.operator.raw;
  const wanted: WantedOperands = { attribute, type, canonicalName, operator, written, use: node.operator };
  const literals = readOperands(scope, node, wanted);
  if (literals instanceof Failed) return literals;
  const test = asProductText(bind(literals), named.attribute);
  return {
    test,
    planOn: (field) => {
      const predicate: PlanNode = { kind: "predicate", field, test };
      return node.operator.negated ? { kind: "not", operand: predicate } : predicate;
    },
    operator: { ...node.operator, name: wordOfSign(node.operator.name, named.type) },
    reading: { operation: node, wanted, literals },
  };
}

function operatorNotTaken(node: Operation, named: Named, takenBy: readonly ValueType[]): Failed {
  const offered = offeredOperators(named.type);
  return fail(
    "NO_SUCH_OPERATOR",
    [named.canonicalName, oneOfType(named.type), node.operator.raw, offered, takenBy],
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
