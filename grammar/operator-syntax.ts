// What the grammar has to know of an operator. The operators themselves are told to it, so that a new one is no change here.

/** What follows an operator: nothing, one value, a bracketed list, `A and B`, or a length of time. */
export type OperandShape = "none" | "value" | "list" | "pair" | "duration";

export interface OperatorSyntax {
  /** The name in the tree. */
  readonly name: string;
  /** Ways to write it, canonical first, lower case, words parted by one space: `is at least`, `at least`. */
  readonly forms: readonly string[];
  /** Ways to write its complement, canonical first; empty where there is none. */
  readonly negatedForms: readonly string[];
  readonly operand: OperandShape;
}

/** One step of the operators' tree of words. */
export interface OperatorStep {
  readonly next: Map<string, OperatorStep>;
  /** The operator whose form ends here. */
  end?: { readonly syntax: OperatorSyntax; readonly negated: boolean };
}

/** All forms as a tree of words, for the longest match. @throws Error where two operators share a form. */
export function operatorSteps(operators: readonly OperatorSyntax[]): OperatorStep {
  const root: OperatorStep = { next: new Map() };
  for (const syntax of operators) {
    for (const form of syntax.forms) add(root, form, { syntax, negated: false });
    for (const form of syntax.negatedForms) add(root, form, { syntax, negated: true });
  }
  return root;
}

function add(root: OperatorStep, form: string, end: NonNullable<OperatorStep["end"]>): void {
  let step = root;
  for (const word of form.split(" ")) {
    let following = step.next.get(word);
    if (following === undefined) {
      following = { next: new Map() };
      step.next.set(word, following);
    }
    step = following;
  }
  if (step.end !== undefined) {
    throw new Error(`The form "${form}" belongs to ${step.end.syntax.name} and to ${end.syntax.name}.`);
  }
  step.end = end;
}
