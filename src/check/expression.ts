// The check of an expression: one rule for each kind of node. The failures of a rule become diagnostics here, and nowhere else.
import type { Span } from "../../grammar/diagnostic.js";
import { type Condition, type Everyone, type Expression, isConnective } from "../../grammar/tree.js";
import { resolveName } from "../catalog/catalog.js";
import type { PlanNode } from "../plan/plan.js";
import { join, negate, type Simple, simplify } from "../plan/simplify.js";
import { checkComparison, checkFlag } from "./comparison.js";
import { checkEvent, checkMeasure, checkOccurrence } from "./events.js";
import { diagnostic, Failed, fail } from "./failure.js";
import { checkMembership } from "./membership.js";
import { asPhrase, diagnose, suspect } from "./mistakes/ask.js";
import { checkItem } from "./records/items.js";
import { beginsNegative, checkSequence } from "./records/sequences.js";
import { checkSample } from "./sample.js";
import type { CheckedCondition, Scope, Surroundings } from "./scope.js";

/** A part of a query: its meaning, and its canonical form with the spans that it has in the text. */
export interface Checked {
  readonly plan: PlanNode;
  readonly canonical: Expression;
  /** Its simplified plan. */
  readonly simple: Simple;
  /** The operands of an `and`, an `or`, a `not` or a group, in order. */
  readonly parts?: readonly Checked[];
  /** True if a part was reported as always true or never true: a consequence for the whole is not reported again. */
  readonly reported?: boolean;
  /** The joined conditions, including those of inner parentheses with the same connective. */
  readonly joined?: { readonly kind: "and" | "or"; readonly conditions: readonly JoinedCondition[] };
}

interface JoinedCondition {
  readonly meaning: string;
  readonly span: Span;
}

/** Checks an expression, and adds everything that is wrong or suspicious to the diagnostics of the scope. */
export function checkExpression(scope: Scope, node: Expression): Checked | undefined {
  const checked = checkKind(scope, node);
  if (checked === undefined || checked.reported === true) return checked;
  // That `everyone` is always true is not reported, nor its consequences.
  if (node.kind === "Everyone") return { ...checked, reported: true };
  const simple = checked.simple.node;
  if (simple.kind !== "constant") return checked;
  scope.diagnostics.push(diagnostic(simple.value ? "ALWAYS_TRUE" : "NEVER_TRUE", [], node.span));
  return { ...checked, reported: true };
}

function checkKind(scope: Scope, node: Expression): Checked | undefined {
  if (!isConnective(node)) {
    if (node.kind !== "Invalid") return settle(scope, node, checkCondition(scope, node));
    reportPhrase(scope, node, undefined);
    return undefined;
  }
  switch (node.kind) {
    case "And":
    case "Or":
      return checkJoined(scope, node, node.kind === "And" ? "and" : "or");
    case "Not": {
      if (
        node.operand.kind === "Sequence" &&
        !scope.source.raw(node.span.start, node.operand.span.start).includes("(")
      ) {
        const failed = beginsNegative(scope, node.operand, node.span.start);
        return settle(scope, node, failed);
      }
      const operand = checkExpression(scope, node.operand);
      if (operand === undefined) return undefined;
      return {
        plan: { kind: "not", operand: operand.plan },
        canonical: { ...node, operand: operand.canonical },
        simple: negate(operand.simple),
        parts: [operand],
        reported: operand.reported === true,
      };
    }
    case "Group": {
      const checked = checkJoined(scope, node, node.quantifier === "all" ? "and" : "or");
      if (checked === undefined || node.quantifier !== "none") return checked;
      const plan: PlanNode = { kind: "not", operand: checked.plan };
      return { ...checked, plan, simple: negate(checked.simple), joined: undefined };
    }
    default:
      return node satisfies never;
  }
}

/** Reports what is wrong with a condition, or suspicious about it. */
function settle(
  scope: Scope,
  node: Expression,
  condition: CheckedCondition<Expression> | Failed,
): Checked | undefined {
  // The mistakes of a sequence's steps are reported separately: the sequence as a whole is never a phrase.
  const isPhrase =
    node.kind !== "Sequence" &&
    reportPhrase(scope, node, condition instanceof Failed ? condition : undefined);
  if (condition instanceof Failed) {
    if (!isPhrase) scope.diagnostics.push(...diagnose(condition, scope));
    return undefined;
  }
  const { plan, canonical, readings = [] } = condition;
  if (!isPhrase) scope.diagnostics.push(...suspect(readings, scope));
  return { plan, canonical, simple: simplify(plan) };
}

/** Reports a condition in other words than the language's, in place of what the parser or its rule reports. */
function reportPhrase(scope: Scope, node: Expression, failed: Failed | undefined): boolean {
  const found = asPhrase(scope, node, failed);
  if (found === undefined) return false;
  const kept = scope.diagnostics.filter((one) => !found.instead.includes(one));
  scope.diagnostics.splice(0, scope.diagnostics.length, ...kept, found.diagnostic);
  return true;
}

type ValidCondition = Exclude<Condition, { readonly kind: "Invalid" }>;

/** Conditions that are not on an attribute: a `where` can't contain them. */
const beyondAttributes: Readonly<Partial<Record<ValidCondition["kind"], string>>> = {
  Event: "A condition on events",
  Occurrence: "A condition on the first or last event",
  Measure: "A measure",
  Membership: "A condition on segments",
  Sample: "A sample",
  Sequence: "A condition on one event and then another",
  Everyone: "`everyone`",
};

function checkCondition(scope: Scope, node: ValidCondition): CheckedCondition<Expression> | Failed {
  const beyond = beyondAttributes[node.kind];
  if (beyond !== undefined && scope.within !== undefined)
    return fail("NOT_IN_WHERE", [beyond, scope.within.type.name, undefined], node.span);
  switch (node.kind) {
    case "Comparison":
      return checkComparison(scope, node);
    case "Flag":
      return checkFlag(scope, node);
    case "Event":
      return checkEvent(scope, node, checkExpression);
    case "Occurrence":
      return checkOccurrence(scope, node);
    case "Measure":
      return checkMeasure(scope, node, checkExpression);
    case "Sample":
      return checkSample(node);
    case "Membership":
      return checkMembership(scope, node, checkExpression);
    case "Sequence":
      return checkSequence(scope, node, checkExpression);
    case "Item":
      return checkItem(scope, node, checkExpression);
    case "Everyone":
      return checkEveryone(scope, node);
    default:
      return node satisfies never;
  }
}

/** `everyone`, unless an attribute has that name. */
function checkEveryone(scope: Scope, node: Everyone): CheckedCondition<Expression> | Failed {
  if (resolveName(scope.catalog, node.raw) !== undefined) {
    const { span, raw } = node;
    return checkFlag(scope, { kind: "Flag", attribute: { kind: "Name", text: raw, span, raw }, span, raw });
  }
  return { plan: { kind: "constant", value: true }, canonical: node };
}

type Joined = Extract<Expression, { readonly kind: "And" | "Or" | "Group" }>;

/**
 * The conditions around an operand: those around the whole precede its first operand and follow its last. They are listed when a
 * mistake is looked for.
 */
class AroundOperand implements Surroundings {
  readonly #outer: Surroundings;
  readonly #node: Joined;
  readonly #index: number;

  constructor(outer: Surroundings, node: Joined, index: number) {
    this.#outer = outer;
    this.#node = node;
    this.#index = index;
  }

  get before(): readonly Expression[] {
    return [...this.#outer.before, ...this.#node.operands.slice(0, this.#index)];
  }

  get behind(): readonly Expression[] {
    return [...this.#node.operands.slice(this.#index + 1), ...this.#outer.behind];
  }

  get joint(): Surroundings["joint"] {
    if (this.#index === 0) return this.#outer.joint;
    return this.#node.kind === "Group" ? undefined : this.#node.kind === "And" ? "and" : "or";
  }

  get inGroup(): boolean {
    return this.#node.kind === "Group";
  }
}

/** All operands are checked, so that every mistake is reported; a repeated one gets a warning, also in parentheses. */
function checkJoined(scope: Scope, node: Joined, kind: "and" | "or"): Checked | undefined {
  const parts: Checked[] = [];
  const conditions: JoinedCondition[] = [];
  const seen = new Set<string>();
  for (let index = 0; index < node.operands.length; index += 1) {
    const operand = node.operands[index]!;
    const one = checkExpression({ ...scope, around: new AroundOperand(scope.around, node, index) }, operand);
    if (one === undefined) continue;
    parts.push(one);
    const { key } = one.simple;
    const inside = one.joined?.kind === kind ? one.joined.conditions : [];
    if (inside.length === 0 || seen.has(key))
      addCondition(scope, { meaning: key, span: operand.span }, conditions, seen);
    else for (const condition of inside) addCondition(scope, condition, conditions, seen);
    seen.add(key);
  }
  if (parts.length < node.operands.length) return undefined;
  return {
    plan: { kind, operands: parts.map(({ plan }) => plan) },
    canonical: { ...node, operands: parts.map(({ canonical }) => canonical) },
    simple: join(
      kind,
      parts.map(({ simple }) => simple),
    ),
    parts,
    reported: parts.some(({ reported }) => reported),
    joined: { kind, conditions },
  };
}

/** Adds a condition to those with other meanings, or reports it as a repeated one. */
function addCondition(
  scope: Scope,
  condition: JoinedCondition,
  conditions: JoinedCondition[],
  seen: Set<string>,
): void {
  if (seen.has(condition.meaning))
    scope.diagnostics.push(diagnostic("DUPLICATE_CONDITION", [], condition.span));
  else conditions.push(condition);
  seen.add(condition.meaning);
}
