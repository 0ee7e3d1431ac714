// Alternatives to the operator or the attribute of an existing condition, with the operands that they need.

import { quoteValue } from "../../../grammar/format.js";
import type { Name, OperatorUse, Value } from "../../../grammar/tree.js";
import { operatorsOf, resolveName } from "../../catalog/catalog.js";
import { findEventType } from "../../catalog/events.js";
import type { Catalog } from "../../catalog/model.js";
import { parseQuery } from "../../check/check.js";
import { operatorsByName } from "../../operators/index.js";
import type { Operator } from "../../operators/operator.js";
import type { ValueType } from "../../plan/literals.js";
import { suggestAt } from "../../suggest/suggest.js";
import type { Choice, Stretch } from "./protocol.js";
import { type AnyNode, type Compared, comparedIn, operatorOf, type Visit, walkTree } from "./walk.js";

/** A node with an operator, and what it compares. */
interface Comparing {
  readonly node: AnyNode;
  readonly use: OperatorUse;
  readonly compared: Compared;
  readonly visit: Visit;
}

/** The alternatives to a part; none if it is neither an operator nor an attribute. */
export function choicesAt(catalog: Catalog, text: string, { from, to }: Stretch): readonly Choice[] {
  const tree = parseQuery(text).tree as unknown as AnyNode;
  let found: readonly Choice[] = [];
  walkTree(tree, catalog, (visit) => {
    const { node } = visit;
    const use = operatorOf(node);
    if (use === undefined) return;
    const compared = comparedIn(node, catalog, visit.event) ?? {};
    const comparing = { node, use, compared, visit };
    if (use.span.start === from && use.span.end === to) found = otherOperators(text, comparing);
    const { attribute } = node as { attribute?: Name };
    if (attribute?.span.start === from && attribute.span.end === to)
      found = otherAttributes(catalog, text, comparing, attribute);
  });
  return found;
}

function otherOperators(text: string, comparing: Comparing): readonly Choice[] {
  const { type } = comparing.compared;
  if (type === undefined) return [];
  const measured = comparing.node.kind === "Measure";
  const choices: Choice[] = [];
  for (const operator of operatorsOf(type)) {
    for (const forms of [operator.spellings, operator.negatedSpellings]) {
      // A measure's comparison begins with `is` or a sign, which distinguishes it from the clauses.
      const words = forms.find((form) => !measured || /^(?:is\b|\W)/.test(form));
      if (words === undefined) continue;
      choices.push({
        label: words,
        documentation: "",
        ...withOperator(text, comparing, operator, words, type),
      });
    }
  }
  return choices;
}

/** The edit that replaces an operator, and keeps as much of the operands as the new one can take. */
function withOperator(
  text: string,
  { node, use }: Comparing,
  operator: Operator,
  words: string,
  type: ValueType,
): Pick<Choice, "edit" | "missingAt"> {
  const before = operatorsByName.get(use.name);
  const { start, end } = use.span;
  if (before !== undefined && takesTheSame(before, operator, type))
    return { edit: { from: start, to: end, insert: words } };
  const operands = operandsOf(node).map(({ raw }) => raw);
  const kept = before !== undefined && readsTheSame(before, operator, type) ? operands : [];
  const { written, isMissing } = writeOperands(operator, kept, type);
  const insert = written === "" ? words : `${words} ${written}`;
  const to = operands.length === 0 ? end : endOfOperands(text, node);
  return { edit: { from: start, to, insert }, ...(isMissing ? { missingAt: start + insert.length } : {}) };
}

function operandsOf(node: AnyNode): readonly Value[] {
  return (node as { operands?: readonly Value[] }).operands ?? [];
}

/** Where the operands end, with the bracket of a list. */
function endOfOperands(text: string, node: AnyNode): number {
  const operands = operandsOf(node);
  const last = operands.at(-1)?.span.end ?? 0;
  const closing = /^\s*,?\s*[)\]]/.exec(text.slice(last));
  const use = operatorOf(node);
  const opened = use !== undefined && /^\s*[([]/.test(text.slice(use.span.end));
  return opened && closing !== null ? last + closing[0].length : last;
}

function takesTheSame(one: Operator, other: Operator, type: ValueType): boolean {
  return one.operand === other.operand && readsTheSame(one, other, type);
}

/** True if a value of one operator can be one of the other. */
function readsTheSame(one: Operator, other: Operator, type: ValueType): boolean {
  const isDuration = (operator: Operator): boolean => operator.operand === "duration";
  return (
    one.operandType === other.operandType &&
    isDuration(one) === isDuration(other) &&
    (one.relativeOnly?.includes(type) ?? false) === (other.relativeOnly?.includes(type) ?? false)
  );
}

function writeOperands(
  operator: Operator,
  kept: readonly string[],
  type: ValueType,
): { readonly written: string; readonly isMissing: boolean } {
  const operand = defaultOperand(operator, type);
  const [first = operand, second = first] = kept;
  const isMissing = first === "";
  switch (operator.operand) {
    case "none":
      return { written: "", isMissing: false };
    case "list":
      return { written: isMissing ? "(" : `(${(kept.length === 0 ? [first] : kept).join(", ")})`, isMissing };
    case "pair":
      return { written: isMissing ? "" : `${first} and ${second}`, isMissing };
    case "value":
    case "duration":
    case "period":
    case "distance":
      return { written: first, isMissing };
    default:
      return operator.operand satisfies never;
  }
}

/** The initial operand if there is none yet; empty if only the user can know it. */
function defaultOperand(operator: Operator, type: ValueType): string {
  if (operator.operandType === "number") return "2";
  if (operator.operand === "duration") return "30 days";
  if (operator.relativeOnly?.includes(type) === true) return "30 days ago";
  switch (type) {
    case "number":
      return "1";
    case "money":
      return "100";
    case "boolean":
      return "true";
    case "date":
    case "datetime":
    case "yearly":
      return "today";
    case "month":
    case "country":
    case "text":
    case "exact":
    case "enumeration":
    case "product":
    case "set":
      return "";
    default:
      return type satisfies never;
  }
}

/** A condition to begin with: the first comparison that needs no value of the data, else `has any value`. */
export function newConditionOn(catalog: Catalog, name: string): string | undefined {
  const type = resolveName(catalog, name)?.attribute.type;
  if (type === undefined) return findEventType(catalog, name) && `performed ${quoteValue(name)}`;
  if (type === "boolean") return `${name} is true`;
  if (type === "date" || type === "datetime") return `${name} is in the last 30 days`;
  if (type === "number" || type === "money") return `${name} is at least ${type === "money" ? 100 : 1}`;
  return `${name} has any value`;
}

const most = 100;

/** Other attributes; one that lacks the operator gets its first operator. */
function otherAttributes(
  catalog: Catalog,
  text: string,
  comparing: Comparing,
  attribute: Name,
): readonly Choice[] {
  const { node, use, visit } = comparing;
  const { start, end } = attribute.span;
  const cut = `${text.slice(0, start)}${text.slice(end)}`;
  const wanted = visit.event === undefined ? "ATTRIBUTE" : "PROPERTY";
  return suggestAt(catalog, cut, start, { asOf: 0, first: most })
    .filter(({ kind }) => kind === wanted)
    .map(({ label, documentation, insert: written }) => {
      const insert = written.trim();
      const other = { ...node, attribute: { ...attribute, text: insert } };
      const type = comparedIn(other, catalog, visit.event)?.type;
      const plain = { label, documentation, edit: { from: start, to: end, insert } };
      if (type === undefined || type === comparing.compared.type) return plain;
      const known = operatorsByName.get(use.name);
      if (known?.tests[type] !== undefined && known.operand === "none") return plain;
      const [first] = operatorsOf(type);
      if (first === undefined) return plain;
      const { written: operands, isMissing } = writeOperands(first, [], type);
      const whole = `${insert} ${first.spellings[0]} ${operands}`;
      const to = operandsOf(node).length === 0 ? use.span.end : endOfOperands(text, node);
      return {
        label,
        documentation,
        edit: { from: start, to, insert: whole },
        ...(isMissing ? { missingAt: start + whole.length } : {}),
      };
    });
}
