// Conditions on attributes: the name is resolved, the operator is one that the type has, the values are of the type.
import type { Span } from "../../grammar/diagnostic.js";
import type { Comparison, Flag, Name, Value } from "../../grammar/tree.js";
import type { Attribute } from "../catalog/attributes.js";
import {
  oneOfType,
  operatorsOf,
  type ResolvedName,
  resolveName,
  severalOfTypes,
} from "../catalog/catalog.js";
import { operatorsByName } from "../operators/index.js";
import type { Operator } from "../operators/operator.js";
import type { Literal, ValueType } from "../plan/literals.js";
import type { Field, PlanNode, Test } from "../plan/plan.js";
import { isAfter } from "../plan/scalars.js";
import { normaliseText } from "../plan/text.js";
import { closest } from "./closest.js";
import { readLiteral, type Wanted } from "./literals.js";
import { report, type Scope } from "./report.js";

/** A condition checked: what it means, and the same said canonically. */
export interface CheckedCondition<Node> {
  readonly plan: PlanNode;
  readonly canonical: Node;
}

interface Named {
  readonly attribute: Attribute;
  readonly type: ValueType;
  readonly canonicalName: string;
}

/** `email ends with .uk`. Undefined where something is wrong, which is then reported. */
export function checkComparison(scope: Scope, node: Comparison): CheckedCondition<Comparison> | undefined {
  const named = checkName(scope, node.attribute);
  const operator = operatorsByName.get(node.operator.name);
  if (named === undefined || operator === undefined) return undefined;
  const field =
    node.campaign === undefined ? named.attribute.field : narrow(scope, named.attribute, node.campaign);
  const bind = operator.tests[named.type];
  if (bind === undefined) {
    reportOperator(scope, node, named, operator);
    return undefined;
  }
  const wanted: Wanted = { ...named, operator, written: node.operator.raw };
  const operands = checkOperands(scope, node, wanted);
  if (operands === undefined || field === undefined) return undefined;
  const predicate: PlanNode = { kind: "predicate", field, test: asBought(bind(operands), named.attribute) };
  const canonicalOperator = canonicalSign(node.operator.name, named.type);
  return {
    plan: node.operator.negated ? { kind: "not", operand: predicate } : predicate,
    canonical: {
      ...node,
      attribute: { ...node.attribute, text: named.canonicalName },
      operator: { ...node.operator, name: canonicalOperator },
    },
  };
}

/** A true/false attribute alone. */
export function checkFlag(scope: Scope, node: Flag): CheckedCondition<Flag> | undefined {
  const fix = missingOperator(scope, node.attribute);
  const named = checkName(scope, node.attribute, fix);
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

/** `city Paris`: the attribute that begins the words, and what was surely meant of the rest. */
function missingOperator(scope: Scope, { text }: Name): string | undefined {
  if (resolveName(scope.catalog, text) !== undefined) return undefined;
  const words = text.split(" ");
  for (let length = words.length - 1; length > 0; length -= 1) {
    const resolved = resolveName(scope.catalog, words.slice(0, length).join(" "));
    if (resolved === undefined) continue;
    const word = resolved.attribute.type === "set" ? "contains" : "is";
    return `${resolved.attribute.name} ${word} ${words.slice(length).join(" ")}`;
  }
  return undefined;
}

function checkName(scope: Scope, name: Name, fix?: string): Named | undefined {
  const { catalog } = scope;
  const resolved = resolveName(catalog, name.text);
  if (resolved === undefined) {
    if (fix !== undefined) {
      report(scope, "MISSING_OPERATOR", [name.text, fix], name.span, {
        expected: ["an operator"],
        fix: { replacement: fix, span: name.span },
      });
      return undefined;
    }
    const suggestion = closest(name.text.replace(/^(?:the|an?|customers?|customer's)\s+/i, ""), [
      ...catalog.byName.keys(),
      ...catalog.metadataByName.keys(),
    ]);
    report(scope, "UNKNOWN_ATTRIBUTE", [name.text, suggestion], name.span, {
      expected: ["an attribute"],
      fix: suggestion === undefined ? undefined : { replacement: suggestion, span: name.span },
    });
    return undefined;
  }
  return withAspect(scope, name.span, resolved);
}

function withAspect(scope: Scope, span: Span, resolved: ResolvedName): Named | undefined {
  const { attribute, aspect } = resolved;
  if (aspect === undefined) return { attribute, type: attribute.type, canonicalName: attribute.name };
  const word = aspect === "month" ? "month" : "anniversary";
  if (attribute.type !== "date") {
    report(scope, "NOT_YEARLY", [attribute.name, word], span);
    return undefined;
  }
  return { attribute, type: aspect, canonicalName: `${attribute.name} ${word}` };
}

/** The field of one campaign's figures; undefined where there is no such campaign, which is then reported. */
function narrow(scope: Scope, attribute: Attribute, written: Value): Field | undefined {
  if (attribute.campaigns === undefined) {
    report(scope, "CAMPAIGN_NOT_TAKEN", [attribute.name], written.span);
    return undefined;
  }
  const names = scope.catalog.campaigns[attribute.campaigns] ?? [];
  const wanted = normaliseText(written.text);
  const name =
    names.find((known) => known === written.text) ?? names.find((known) => normaliseText(known) === wanted);
  if (name === undefined) {
    const suggestion = closest(written.text, names);
    report(scope, "UNKNOWN_CAMPAIGN", [written.text, suggestion, names], written.span, {
      expected: names,
      fix: suggestion === undefined ? undefined : { replacement: `"${suggestion}"`, span: written.span },
    });
    return undefined;
  }
  const dot = attribute.field.path.lastIndexOf(".");
  return {
    ...attribute.field,
    path: attribute.field.path.slice(dot + 1),
    campaign: { listPath: `${attribute.field.path.slice(0, dot)}.campaigns`, name },
  };
}

function checkOperands(scope: Scope, node: Comparison, wanted: Wanted): readonly Literal[] | undefined {
  const { operator } = wanted;
  const literals = node.operands.map((value) => readLiteral(scope, value, wanted));
  const read = literals.filter((literal) => literal !== undefined);
  // Too few operands: the parser has said so.
  const needed = operator.operand === "none" ? 0 : operator.operand === "pair" ? 2 : 1;
  if (read.length < literals.length || read.length < needed) return undefined;
  const [first, second] = read;
  const [from, to] = node.operands;
  if (operator.relativeOnly?.includes(wanted.type) === true && first?.relative === undefined) {
    const instead =
      operator.name === "more_than" ? "is after" : operator.name === "less_than" ? "is before" : "is";
    report(scope, "NEEDS_RELATIVE_DATE", [wanted.written, instead], node.operator.span, {
      expected: ["30 days ago"],
      fix: { replacement: instead, span: node.operator.span },
    });
    return undefined;
  }
  if (operator.operand === "pair" && first && second && from && to && isAfter(first.from, second.from)) {
    const span = { ...from.span, end: to.span.end };
    report(scope, "UPSIDE_DOWN", [from.raw, to.raw], span, {
      fix: { replacement: `${to.raw} and ${from.raw}`, span },
    });
    return undefined;
  }
  return read;
}

function reportOperator(scope: Scope, node: Comparison, named: Named, operator: Operator): void {
  const offered = offeredOperators(named.type);
  const takenBy = severalOfTypes(Object.keys(operator.tests) as ValueType[]);
  const instead = insteadOf(operator, named.type);
  const form =
    instead === undefined ? undefined : (node.operator.negated ? instead.negatedForms : instead.forms)[0];
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

/** The operator of this type that says what another says of other types, where there is one. */
function insteadOf(operator: Operator, type: ValueType): Operator | undefined {
  const twins: Readonly<Record<string, readonly string[]>> = {
    contains: ["is"],
    is: ["contains"],
    before: ["less_than"],
    after: ["more_than"],
    on_or_before: ["at_most"],
    on_or_after: ["at_least"],
    at_least: ["on_or_after", "has_at_least"],
    at_most: ["on_or_before"],
    exactly: ["is"],
    on: ["is"],
  };
  return (twins[operator.name] ?? [])
    .map((name) => operatorsByName.get(name))
    .find((twin) => twin?.tests[type] !== undefined && twin.operand === operator.operand);
}

/** The canonical words of a type's operators, signs left out. */
function offeredOperators(type: ValueType): readonly string[] {
  return operatorsOf(type).flatMap((operator) =>
    /^\W/.test(operator.name) ? [] : operator.forms.slice(0, 1),
  );
}

/** Which word a sign stands for: `<` is `is less than` of numbers and `is before` of dates. */
function canonicalSign(name: string, type: ValueType): string {
  const dated = type === "date" || type === "datetime";
  const words: Readonly<Record<string, readonly [string, string]>> = {
    "<": ["less_than", "before"],
    "<=": ["at_most", "on_or_before"],
    ">": ["more_than", "after"],
    ">=": ["at_least", "on_or_after"],
  };
  return words[name]?.[dated ? 1 : 0] ?? name;
}

/** Products are matched by id, SKU or part of the name: by the project's products, not by what the customer's set holds. */
function asBought(test: Test, attribute: Attribute): Test {
  if (attribute.element !== "product" || (test.kind !== "hasAny" && test.kind !== "hasAll")) return test;
  return {
    kind: "bought",
    texts: test.values.map((value) => String(value.from)),
    every: test.kind === "hasAll",
  };
}
