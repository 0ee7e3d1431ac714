// What people write for an operator that the language words otherwise: `age greater than 5`, `created since yesterday`.
import { operators, operatorsByName } from "../operators/index.js";
import type { Operator } from "../operators/operator.js";
import type { ValueType } from "../plan/literals.js";
import { closest } from "./closest.js";

interface Wording {
  readonly pattern: RegExp;
  /** The operators that may be meant: the first that the type has is. */
  readonly operators: readonly string[];
  readonly negated?: boolean;
}

const negation = "(?:does(?:\\s+not|n'?t)|do(?:\\s+not|n'?t)|not)\\s+";

function negatedAndPlain(words: string, operators: readonly string[]): readonly Wording[] {
  return [
    { pattern: new RegExp(`^${negation}${words}\\s+`, "i"), operators, negated: true },
    { pattern: new RegExp(`^${words}\\s+`, "i"), operators },
  ];
}

const wordings: readonly Wording[] = [
  ...negatedAndPlain("(?:start|begin)(?:s|ing)?\\s+(?:at|on|from)", ["starts_at"]),
  ...negatedAndPlain("(?:start|begin)(?:s|ing)?\\s+with", ["starts_with"]),
  ...negatedAndPlain("end(?:s|ing)?\\s+with", ["ends_with"]),
  ...negatedAndPlain("(?:contain(?:s|ing)?|includ(?:es?|ing))", ["contains"]),
  ...negatedAndPlain("(?:equals?(?:\\s+to)?|equal\\s+to)", ["is"]),
  { pattern: /^(?:isn'?t|aren'?t|wasn'?t|weren'?t|not)\s+/i, operators: ["is"], negated: true },
  { pattern: /^(?:are|was|were)\s+/i, operators: ["is"] },
  { pattern: /^(?:like|matche?s?)\s+/i, operators: ["contains"] },
  { pattern: /^older\s+than\s+/i, operators: ["more_than"] },
  { pattern: /^(?:younger|newer)\s+than\s+/i, operators: ["less_than"] },
  {
    pattern: /^(?:(?:great|bigg|larg|high|lat)er\s+than|over|above|exceeds)\s+/i,
    operators: ["after", "more_than"],
  },
  {
    pattern: /^(?:(?:low|small|few|earli)er\s+than|under|below)\s+/i,
    operators: ["before", "less_than"],
  },
  {
    pattern:
      /^(?:(?:within|during)(?:\s+the)?(?:\s+(?:last|past|previous))?|in\s+(?:the\s+)?(?:past|previous))\s+/i,
    operators: ["in_the_last"],
  },
  { pattern: /^(?:since|from)\s+/i, operators: ["on_or_after", "at_least"] },
  { pattern: /^(?:until|till?|up\s+to|by)\s+/i, operators: ["on_or_before", "at_most"] },
  { pattern: /^in\s+/i, operators: ["is_any_of", "contains_any_of"] },
];

export interface MeantOperation {
  /** The words that were written for the operator. */
  readonly written: string;
  readonly operator: Operator;
  /** The operator's canonical words, of its complement where that is meant. */
  readonly form: string;
  /** What follows, which may be a value or not. */
  readonly rest: string;
}

/** The operator that words begin with where they word it in another way or misspell it, and the type has it. */
export function meantOperation(
  words: string,
  type: ValueType,
  negated: boolean = false,
): MeantOperation | undefined {
  for (const wording of wordings) {
    const written = wording.pattern.exec(words)?.[0];
    if (written === undefined) continue;
    const operator = wording.operators
      .map((name) => operatorsByName.get(name))
      .find((candidate) => candidate?.tests[type] !== undefined);
    if (operator === undefined) continue;
    const forms = (wording.negated === true) === negated ? operator.forms : operator.negatedForms;
    const [form] = forms;
    if (form === undefined) continue;
    return { written: written.trim(), operator, form, rest: words.slice(written.length).trim() };
  }
  return misspeltOperation(words, type, negated);
}

// A shorter word is near too many others.
const minMisspeltLength = 4;

/** `betwen 1`: an operator's own words with a letter or two wrong, the most words first. */
function misspeltOperation(words: string, type: ValueType, negated: boolean): MeantOperation | undefined {
  const parts = words.split(" ");
  for (let count = Math.min(parts.length - 1, 4); count > 0; count -= 1) {
    const written = parts.slice(0, count).join(" ");
    if (written.length < minMisspeltLength) continue;
    const forms = formsOf(type, count);
    const found = closest(written, forms.keys());
    const operator = found === undefined ? undefined : forms.get(found);
    const form = (negated ? operator?.negatedForms : operator?.forms)?.[0];
    if (operator === undefined || form === undefined) continue;
    return { written, operator, form, rest: parts.slice(count).join(" ") };
  }
  return undefined;
}

/** The forms of so many words that a type's operators have, of those that a value follows. */
function formsOf(type: ValueType, words: number): ReadonlyMap<string, Operator> {
  const forms = new Map<string, Operator>();
  for (const operator of operators) {
    if (operator.tests[type] === undefined || operator.operand === "none" || operator.operand === "list")
      continue;
    for (const form of operator.forms)
      if (form.length >= minMisspeltLength && form.split(" ").length === words) forms.set(form, operator);
  }
  return forms;
}
