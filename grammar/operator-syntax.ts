// What the grammar has to know of an operator. The operators themselves are parameters, so that a new one needs no change here.
import { type LanguageVersion, treeVersion } from "./tree.js";

/**
 * What follows an operator: nothing, one value, a bracketed list, `A and B`, a length of time, a span of the calendar, or a
 * length of time with `of`, `after` or `before` and an attribute.
 */
export type OperandShape = "none" | "value" | "list" | "pair" | "duration" | "period" | "distance";

export interface OperatorSyntax {
  /** The name in the tree. */
  readonly name: string;
  /** Ways to write it, canonical first, lower case, words separated by one space: `is at least`, `at least`. */
  readonly spellings: readonly string[];
  /** Ways to write its complement, canonical first; empty if there is none. */
  readonly negatedSpellings: readonly string[];
  readonly operand: OperandShape;
  /** The first version of the language that has it; version 1 if absent. */
  readonly version?: LanguageVersion;
}

/** The meaning of a form of an operator. */
interface OperatorEnd {
  readonly syntax: OperatorSyntax;
  readonly negated: boolean;
}

/** One step of the operators' tree of words. */
export interface OperatorStep {
  readonly next: Map<string, OperatorStep>;
  /** The operator whose form ends here. */
  end: OperatorEnd | undefined;
  /** The same for operators that are recognised by what follows: a span of the calendar, or a distance. */
  period: OperatorEnd | undefined;
  distance: OperatorEnd | undefined;
}

/**
 * All forms of a version of the language as a tree of words, for the longest match.
 * @throws Error if two operators share a form.
 */
export function operatorSteps(
  operators: readonly OperatorSyntax[],
  version: LanguageVersion = treeVersion,
): OperatorStep {
  const root = newStep();
  for (const syntax of operators) {
    if ((syntax.version ?? 1) > version) continue;
    for (const form of syntax.spellings) add(root, form, { syntax, negated: false });
    for (const form of syntax.negatedSpellings) add(root, form, { syntax, negated: true });
  }
  return root;
}

/** Every step has all properties: the scanner reads them for each token, and objects of one shape are read faster. */
function newStep(): OperatorStep {
  return { next: new Map(), end: undefined, period: undefined, distance: undefined };
}

function add(root: OperatorStep, form: string, end: OperatorEnd): void {
  let step = root;
  for (const word of form === "" ? [] : form.split(" ")) {
    let following = step.next.get(word);
    if (following === undefined) {
      following = newStep();
      step.next.set(word, following);
    }
    step = following;
  }
  const { operand } = end.syntax;
  const kind = operand === "period" || operand === "distance" ? operand : "end";
  const known = step[kind];
  if (known !== undefined)
    throw new Error(`The form "${form}" belongs to ${known.syntax.name} and to ${end.syntax.name}.`);
  step[kind] = end;
}
