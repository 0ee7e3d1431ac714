// Questions about words that several mistakes share: are they a value, and which attribute do they begin with.
import type { Span } from "../../../grammar/diagnostic.js";
import type { Name, Value } from "../../../grammar/tree.js";
import { resolveName } from "../../catalog/catalog.js";
import { operatorsByName } from "../../operators/index.js";
import type { Operator } from "../../operators/operator.js";
import { Failed } from "../failure.js";
import { readLiteral } from "../literals.js";
import { asNamed } from "../names.js";
import { readOperands } from "../operands.js";
import type { Named, Scope } from "../scope.js";
import { type MeantOperation, meantOperations } from "./spoken.js";

/** The maximum number of words that are searched for two names, or a name and a value: every split is tried. */
export const maxGuessedWords = 40;

const presenceWords = /^(?:no|not|without|never|has|have|with)\s/i;

/** `no phone`, `never ordered`: words that state something of the customer, and are no further value of an attribute. */
export function statesPresence(words: string): boolean {
  return presenceWords.test(words);
}

/** Whether words are a value that an operator of an attribute takes. */
function canRead(scope: Scope, named: Named, operator: Operator, words: string, span: Span): boolean {
  const value: Value = { kind: "Value", text: words, raw: words, span };
  const wanted = { ...named, operator, written: words };
  if (operator.tests[named.type] === undefined) return false;
  // The end of a range follows an `and`, and is not among the words.
  if (operator.operand === "pair") return !(readLiteral(scope, value, wanted) instanceof Failed);
  const use = { kind: "Operator", name: operator.name, negated: false, span, raw: words } as const;
  return !(readOperands(scope, { operator: use, operands: [value] }, wanted) instanceof Failed);
}

/** The same for an operator given by its name. */
export function canReadBy(scope: Scope, named: Named, name: string, words: string, span: Span): boolean {
  const operator = operatorsByName.get(name);
  return operator !== undefined && canRead(scope, named, operator, words, span);
}

/** The operator that the words begin with in everyday speech, if the rest is a value for it. */
export function meantBy(
  scope: Scope,
  named: Named,
  words: string,
  span: Span,
  negated: boolean = false,
): MeantOperation | undefined {
  return meantOperations(words, named.type, negated).find(({ operator, rest }) =>
    canRead(scope, named, operator, rest, span),
  );
}

export interface BegunComparison {
  readonly named: Named;
  /** The words after the name. */
  readonly rest: string;
  /** The operation that was surely meant by them. */
  readonly meant?: MeantOperation | undefined;
}

/** The attribute that the words begin with, unless what follows is an attribute too. */
export function begunComparison(scope: Scope, { text, span }: Name): BegunComparison | undefined {
  const words = text.split(" ");
  if (words.length > maxGuessedWords) return undefined;
  for (let length = words.length - 1; length > 0; length -= 1) {
    const resolved = resolveName(scope.catalog, words.slice(0, length).join(" "));
    if (resolved === undefined) continue;
    const rest = words.slice(length).join(" ");
    if (resolveName(scope.catalog, rest) !== undefined) return undefined;
    const named = asNamed(resolved);
    return { named, rest, meant: meantBy(scope, named, rest, span) };
  }
  return undefined;
}
