// The Peggy grammar made into a parser, with the rule for operators written from their table: their words as nested
// alternatives, longest first, so that a common beginning is read once.
import peggy from "peggy";
import type { OperandShape, OperatorSyntax } from "../../grammar/operator-syntax.js";
import type { Query } from "../../grammar/tree.js";

/** What a form says. */
interface Meaning {
  readonly name: string;
  readonly negated: boolean;
  readonly operand: OperandShape;
}

interface Step {
  readonly next: Map<string, Step>;
  end?: Meaning;
}

/** Makes a parser of the grammar's text; it throws Peggy's SyntaxError at the first mistake. */
export function createPeggyParser(
  grammar: string,
  operators: readonly OperatorSyntax[],
): (text: string) => Query {
  const meanings = new Map<string, Meaning>();
  for (const { name, operand, spellings, negatedSpellings, version = 1 } of operators) {
    // The grammar is that of the language's first version.
    if (version > 1) continue;
    for (const form of spellings) meanings.set(form, { name, negated: false, operand });
    for (const form of negatedSpellings) meanings.set(form, { name, negated: true, operand });
  }
  const parser = peggy.generate(grammar + operatorRule(meanings));
  const options = { operatorOf: (words: string) => meanings.get(words) ?? meanings.get(plainly(words)) };
  return (text) => parser.parse(text, options);
}

/** Lower case, one space between words, no comments. */
function plainly(words: string): string {
  return words
    .replace(/(?:--|#)[^\r\n]*/g, " ")
    .replace(/[\s\u0085]+/g, " ")
    .toLowerCase();
}

// Matching only, without actions: each would be a new closure for every text that is parsed.
function operatorRule(meanings: ReadonlyMap<string, Meaning>): string {
  const root: Step = { next: new Map() };
  for (const [form, meaning] of meanings) {
    let step = root;
    for (const word of form.split(" ")) {
      const following: Step = step.next.get(word) ?? { next: new Map() };
      step.next.set(word, following);
      step = following;
    }
    step.end = meaning;
  }
  const signsLongestFirst = [...root.next].sort(([one], [other]) => other.length - one.length);
  return `\nOperatorWords\n  = ${signsLongestFirst.map(([word, step]) => alternative([word], step)).join("\n  / ")}\n`;
}

function alternative(words: readonly string[], step: Step): string {
  const word = words.at(-1) ?? "";
  const literal = isSign(word) ? JSON.stringify(word) : `${JSON.stringify(word)}i Boundary`;
  const longer = [...step.next].map(([following, next]) => `_ ${alternative([...words, following], next)}`);
  const here = step.end === undefined ? [] : [followedBy(words, step.end.operand)];
  return `${literal} (${[...longer, ...here].join(" / ")})`;
}

/** Peggy's way to match nothing. */
const nothing = '""';

/** The grammar's condition on what follows, as the language has it: `is` and signs are operators wherever they are. */
function followedBy(words: readonly string[], operand: OperandShape): string {
  if (operand === "none") return "&EndsValue";
  if (operand === "list") return words.at(-1) === "of" ? nothing : "&AList";
  const settled = isSign(words[0] ?? "") || (words[0] === "is" && (words.length !== 2 || words[1] === "not"));
  if (settled) return nothing;
  return beforeSigns.has(words.at(-1) ?? "") ? "&AnOperandOrSign" : "&AnOperand";
}

/** Last words of operators that are hardly a name's. */
const beforeSigns = new Set(["with", "contains", "contain", "than", "least", "most"]);

function isSign(word: string): boolean {
  return /^[!=<>]/.test(word);
}
