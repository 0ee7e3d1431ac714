// What people write for an operator in other words than the language's, or misspelt: `age greater than 5`, `city contians York`.
import { operators, operatorsByName } from "../../operators/index.js";
import type { Operator } from "../../operators/operator.js";
import type { ValueType } from "../../plan/literals.js";
import { closest } from "../closest.js";

export interface MeantOperation {
  /** The words that were written for the operator. */
  readonly written: string;
  readonly operator: Operator;
  /** The operator's canonical words, or its complement's if that is meant. */
  readonly form: string;
  /** What follows, which may be a value or not. */
  readonly rest: string;
  /** True if the words are the operator's synonym, not a misspelling or a word that the language refuses. */
  readonly isSynonym: boolean;
}

// `not` alone, and its contractions, before a value: `city isn't Paris`.
const negation = /^(?:(?:does|do|did|is|are|was|were)(?:\s+not|n't|nt)|not)\s+/i;

/** `never` behind these is no part of a value: `city was never Paris`. */
const past = /^(?:are|was|were)$/i;

/** A negation between an operator and the value behind it, or none: `tags include not vip`, `city was never Paris`. */
export function negationBehind(written: string, rest: string, type: ValueType): string {
  const never = past.test(written) ? /^never\s+/i.exec(rest) : null;
  const not = type === "set" ? /^not\s+/i.exec(rest) : null;
  return (never ?? not)?.[0] ?? "";
}

/** The operators of a type that words may begin with, as people word or misspell them; the likeliest first. */
export function meantOperations(
  words: string,
  type: ValueType,
  negated: boolean = false,
): readonly MeantOperation[] {
  const not = negation.exec(words)?.[0] ?? "";
  // Whether `no vip` is an element or the absence of one can't be told.
  const spoken = spokenOperations(words.slice(not.length), type).filter(
    ({ rest }) => type !== "set" || !/^no\s/i.test(rest),
  );
  const found = spoken.map((one) => {
    const { operator } = one;
    const takesNegation = not === "" && (type === "set" || operator.name === "is");
    const inner = takesNegation ? negationBehind(one.written, one.rest, type) : "";
    return {
      written: `${not}${one.written} ${inner}`.trim(),
      operator,
      form: formOf(operator, negated !== (not !== "" || inner !== "")),
      rest: one.rest.slice(inner.length),
      isSynonym: one.isSynonym && inner === "",
    };
  });
  if (not !== "") {
    const is = operatorsByName.get("is")!;
    const rest = words.slice(not.length);
    found.push({ written: not.trim(), operator: is, form: formOf(is, !negated), rest, isSynonym: true });
  }
  const misspelt = misspeltOperation(words, type, negated);
  if (misspelt !== undefined) found.push(misspelt);
  return found.flatMap(({ form, isSynonym, ...one }) => {
    // Only dates are the same whenever they are asked for.
    const isPast = /^w(?:as|ere)/i.test(one.written) && type !== "date" && type !== "datetime";
    return form === undefined ? [] : [{ ...one, form, isSynonym: isSynonym && !isPast }];
  });
}

function formOf(operator: Operator, negated: boolean): string | undefined {
  return (negated ? operator.negatedSpellings : operator.spellings)[0];
}

/** The operators whose everyday words begin these, the longest first. */
function spokenOperations(words: string, type: ValueType): readonly Omit<MeantOperation, "form">[] {
  const lower = words.toLowerCase();
  return operators
    .filter(({ tests }) => tests[type] !== undefined)
    .flatMap((operator) =>
      [...(operator.spoken ?? []), ...(operator.misworded ?? [])]
        .filter((spoken) => lower.startsWith(`${spoken} `))
        .map((spoken) => ({
          written: words.slice(0, spoken.length),
          operator,
          rest: words.slice(spoken.length).trim(),
          isSynonym: operator.spoken?.includes(spoken) === true,
        })),
    )
    .toSorted((one, other) => other.written.length - one.written.length);
}

// In letters: a shorter word is close to too many others.
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
    const form = operator === undefined ? undefined : formOf(operator, negated);
    if (operator === undefined || form === undefined) continue;
    return { written, operator, form, rest: parts.slice(count).join(" "), isSynonym: false };
  }
  return undefined;
}

/** The forms with that many words of a type's operators that take a value. */
function formsOf(type: ValueType, words: number): ReadonlyMap<string, Operator> {
  const forms = new Map<string, Operator>();
  for (const operator of operators) {
    if (operator.tests[type] === undefined || operator.operand === "none" || operator.operand === "list")
      continue;
    for (const form of operator.spellings)
      if (form.length >= minMisspeltLength && form.split(" ").length === words) forms.set(form, operator);
  }
  return forms;
}
