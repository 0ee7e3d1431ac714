// Tree and catalogue to plan, or to everything that is wrong. Reports all mistakes at once, each at its place.
import type { Diagnostic, Span } from "../../grammar/diagnostic.js";
import { createFormatter } from "../../grammar/format.js";
import { limits } from "../../grammar/limits.js";
import { createParser } from "../../grammar/parser/parser.js";
import { Source } from "../../grammar/source.js";
import type { Expression, Query } from "../../grammar/tree.js";
import type { Catalog } from "../catalog/catalog.js";
import { operators } from "../operators/index.js";
import type { Plan, PlanNode } from "../plan/plan.js";
import { join, negate, type Simple, simplify } from "../plan/simplify.js";
import { type CheckedCondition, checkComparison, checkFlag } from "./comparison.js";
import { checkEvent, checkMeasure, checkOccurrence } from "./events.js";
import { checkMembership, newNesting } from "./membership.js";
import { endOfWhere } from "./names.js";
import { type AskedValue, report, type Scope } from "./report.js";
import { checkSample } from "./sample.js";

/** A query checked. `plan`, `canonical` and `checked` are there where it has no errors; warnings don't count. */
export type CheckedQuery =
  | (Looked & { readonly plan: Plan; readonly canonical: string; readonly checked: Checked })
  | (Looked & { readonly plan?: undefined; readonly canonical?: undefined; readonly checked?: undefined });

interface Looked {
  readonly tree: Query;
  readonly diagnostics: readonly Diagnostic[];
  /** The values that customers are asked to have, in the order of the text. */
  readonly asked: readonly AskedValue[];
}

/** A part of a query: what it means, and the same said canonically, with the spans that it has in the text. */
export interface Checked {
  readonly plan: PlanNode;
  readonly canonical: Expression;
  /** What it means as simply as that can be said. */
  readonly simple: Simple;
  /** What stands in it, in order, where it is an `and`, an `or`, a `not` or a group. */
  readonly parts?: readonly Checked[];
  /** True where a part of it was told to be true of all or of none: what that makes of the whole is not told again. */
  readonly told?: boolean;
  /** What it joins, those of parentheses inside it that join in the same way included. */
  readonly joined?: { readonly kind: "and" | "or"; readonly conditions: readonly JoinedCondition[] };
}

interface JoinedCondition {
  readonly meaning: string;
  readonly span: Span;
}

/** The language's parser. */
export const parseQuery = createParser(operators);

/** Prints a tree in the language's one form, names as they are. */
export const formatQuery = createFormatter(operators);

/**
 * Parses and checks a text against a catalogue, at one instant.
 * @param asOf milliseconds since the epoch; every part of the query sees it.
 * @param ofSegment the id of the segment whose query it is: it can't name that segment, nor one that does.
 */
export function checkQuery(text: string, catalog: Catalog, asOf: number, ofSegment?: string): CheckedQuery {
  return checkParsed(text, parseQuery(text), catalog, asOf, { ofSegment });
}

interface CheckOptions {
  readonly ofSegment?: string | undefined;
  /** True of a saved query: a range that time has turned upside down is empty, with a warning. */
  readonly isSaved?: boolean;
}

/**
 * Checks a text that is parsed already, for example to check it as of many instants.
 * @param parsed what `parseQuery` returned for the text.
 */
export function checkParsed(
  text: string,
  { tree, diagnostics: syntax }: ReturnType<typeof parseQuery>,
  catalog: Catalog,
  asOf: number,
  { ofSegment, isSaved = false }: CheckOptions = {},
): CheckedQuery {
  const source = new Source(text);
  const segments = newNesting(ofSegment);
  const asked: AskedValue[] = [];
  const scope: Scope = { catalog, asOf, isSaved, diagnostics: [...syntax], source, segments, asked };
  const checked = checkExpression(scope, tree.expression);
  const diagnostics = bounded(scope.diagnostics).toSorted((one, other) => one.span.start - other.span.start);
  if (checked === undefined || diagnostics.some(({ severity }) => severity === "ERROR"))
    return { tree, diagnostics, asked };
  let canonical: string | undefined;
  return {
    tree,
    diagnostics,
    asked,
    plan: { version: 1, project: catalog.project, asOf, where: checked.plan },
    // Printed for whoever asks: an editor wants the diagnostics alone, at every key.
    get canonical() {
      canonical ??= formatQuery({ ...tree, expression: checked.canonical });
      return canonical;
    },
    checked,
  };
}

/** No more diagnostics than anybody reads; errors go before warnings. */
function bounded(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  if (diagnostics.length <= limits.diagnostics) return diagnostics;
  return diagnostics
    .toSorted((one, other) => one.severity.localeCompare(other.severity))
    .slice(0, limits.diagnostics);
}

/** Checks an expression, and tells where all or none of the customers are meant. */
function checkExpression(scope: Scope, node: Expression): Checked | undefined {
  const checked = checkKind(scope, node);
  if (checked === undefined || checked.told === true) return checked;
  const simple = checked.simple.node;
  if (simple.kind !== "constant") return checked;
  report(scope, simple.value ? "ALWAYS_TRUE" : "NEVER_TRUE", [], node.span);
  return { ...checked, told: true };
}

function checkKind(scope: Scope, node: Expression): Checked | undefined {
  switch (node.kind) {
    case "And":
    case "Or":
      return checkJoined(scope, node, node.kind === "And" ? "and" : "or");
    case "Not": {
      const operand = checkExpression(scope, node.operand);
      if (operand === undefined) return undefined;
      return {
        plan: { kind: "not", operand: operand.plan },
        canonical: { ...node, operand: operand.canonical },
        simple: negate(operand.simple),
        parts: [operand],
        told: operand.told === true,
      };
    }
    case "Group": {
      const checked = checkJoined(scope, node, node.quantifier === "all" ? "and" : "or");
      if (checked === undefined || node.quantifier !== "none") return checked;
      const plan: PlanNode = { kind: "not", operand: checked.plan };
      return { ...checked, plan, simple: negate(checked.simple), joined: undefined };
    }
    case "Comparison":
      return simplified(checkComparison(scope, node));
    case "Flag":
      return simplified(checkFlag(scope, node));
    case "Invalid":
      return undefined;
    default:
      if (scope.within !== undefined) {
        const fix = endOfWhere(scope, node.span);
        report(
          scope,
          "NOT_IN_WHERE",
          [kindNames[node.kind], scope.within.type.name, fix?.replacement],
          node.span,
          {
            fix,
          },
        );
        return undefined;
      }
      return simplified(checkBeyondAttributes(scope, node));
  }
}

function simplified(condition: CheckedCondition<Expression> | undefined): Checked | undefined {
  if (condition === undefined) return undefined;
  const { plan, canonical } = condition;
  return { plan, canonical, simple: simplify(plan) };
}

type Beyond = Extract<
  Expression,
  { readonly kind: "Event" | "Occurrence" | "Measure" | "Membership" | "Sample" }
>;

const kindNames = {
  Event: "A condition on events",
  Occurrence: "A condition on the first or last event",
  Measure: "A measure",
  Membership: "A condition on segments",
  Sample: "A sample",
} as const satisfies Record<Beyond["kind"], string>;

/** What is not said of an attribute: none of it stands in a `where`. */
function checkBeyondAttributes(scope: Scope, node: Beyond): CheckedCondition<Expression> | undefined {
  switch (node.kind) {
    case "Event":
      return checkEvent(scope, node, checkExpression);
    case "Occurrence":
      return checkOccurrence(scope, node);
    case "Measure":
      return checkMeasure(scope, node, checkExpression);
    case "Sample":
      return checkSample(scope, node);
    case "Membership":
      return checkMembership(scope, node, checkExpression);
  }
}

type Joined = Extract<Expression, { readonly kind: "And" | "Or" | "Group" }>;

/** All operands are checked, so that every mistake is told; a repeated one gets a warning, also in parentheses. */
function checkJoined(scope: Scope, node: Joined, kind: "and" | "or"): Checked | undefined {
  const checked: Checked[] = [];
  const conditions: JoinedCondition[] = [];
  const seen = new Set<string>();
  let { previous } = scope;
  for (const operand of node.operands) {
    const one = checkExpression({ ...scope, previous }, operand);
    previous = operand;
    if (one === undefined) continue;
    checked.push(one);
    const whole = { meaning: one.simple.key, span: operand.span };
    const inside = one.joined?.kind === kind ? one.joined.conditions : [];
    for (const condition of seen.has(whole.meaning) || inside.length === 0 ? [whole] : inside) {
      if (seen.has(condition.meaning)) report(scope, "DUPLICATE_CONDITION", [], condition.span);
      else conditions.push(condition);
      seen.add(condition.meaning);
    }
    seen.add(whole.meaning);
  }
  if (checked.length < node.operands.length) return undefined;
  return {
    plan: { kind, operands: checked.map(({ plan }) => plan) },
    canonical: { ...node, operands: checked.map(({ canonical }) => canonical) },
    simple: join(
      kind,
      checked.map(({ simple }) => simple),
    ),
    parts: checked,
    told: checked.some(({ told }) => told),
    joined: { kind, conditions },
  };
}
