// Trees of queries as text, with the parentheses that they need, and what stands in them.
import type { Clause, Condition, EventCondition, Measure, Query } from "./tree.js";

/** How tightly a node binds: an operand of a tighter one needs a parenthesis. */
const tightness = {
  or: 1,
  and: 2,
  not: 3,
  group: 4,
  parenthesis: 4,
  condition: 4,
  event: 4,
  occurrence: 4,
  measure: 4,
  sample: 4,
  reading: 4,
} as const;

/** Text, and whether its end would take in what follows: a `where` does, and a true/false property can't precede a clause. */
interface Printed {
  readonly text: string;
  readonly end: "closed" | "where" | "alone";
}

/** The query as text, with the parentheses that its tree needs. */
export function printQuery(query: Query): string {
  return print(query).text;
}

function print(query: Query): Printed {
  switch (query.kind) {
    case "condition":
      return { text: query.written, end: query.alone === true ? "alone" : "closed" };
    case "occurrence":
    case "sample":
      return closed(query.written);
    case "reading":
      return { text: query.written, end: query.ends };
    case "event":
      return printClauses(query.head, query.clauses, false);
    case "measure":
      return closed(`${printClauses(query.head, query.clauses, true).text} ${query.words}`);
    case "parenthesis":
      return inParentheses(print(query.operand));
    case "group":
      return closed(`${query.word} (${query.operands.map(printQuery).join(", ")})`);
    case "not": {
      const { operand } = query;
      const isLoose = operand.kind === "reading" && operand.loose === true;
      const { text, end } = isLoose ? inParentheses(print(operand)) : printInside(operand, tightness.not);
      return { text: `${query.word} ${text}`, end };
    }
    case "and":
    case "or": {
      const last = query.operands.length - 1;
      const printed = query.operands.map((operand, index) => {
        const inside = printInside(operand, tightness[query.kind]);
        return inside.end === "where" && index < last ? inParentheses(inside) : inside;
      });
      return {
        text: printed.map(({ text }) => text).join(` ${query.word} `),
        end: printed[last]?.end ?? "closed",
      };
    }
  }
}

const closed = (text: string): Printed => ({ text, end: "closed" });
const inParentheses = ({ text }: Printed): Printed => closed(`(${text})`);

function printInside(query: Query, around: number): Printed {
  const printed = print(query);
  return tightness[query.kind] < around ? inParentheses(printed) : printed;
}

/** `followed`: whether something follows the last clause. */
function printClauses(head: string, clauses: readonly Clause[], followed: boolean): Printed {
  let printed = closed(head);
  for (const [index, clause] of clauses.entries()) {
    if (clause.kind === "where") {
      const inside = print(clause.query);
      const goesOn = followed || index < clauses.length - 1;
      const { text } = goesOn && inside.end === "alone" ? inParentheses(inside) : inside;
      printed = { text: `${printed.text} ${clause.written} ${text}`, end: "where" };
    } else {
      printed = closed(`${printed.text} ${clause.written}`);
    }
  }
  return printed;
}

/** The conditions on attributes and properties, from left to right, those behind a `where` included. */
export function conditionsOf(query: Query): Condition[] {
  switch (query.kind) {
    case "condition":
      return [query];
    case "parenthesis":
    case "not":
      return conditionsOf(query.operand);
    case "group":
    case "and":
    case "or":
      return query.operands.flatMap(conditionsOf);
    case "event":
    case "measure":
      return wheresOf(query).flatMap(conditionsOf);
    case "occurrence":
    case "sample":
    case "reading":
      return [];
  }
}

/** The condition in the `where` of an event or measure, if there is one. */
function wheresOf({ clauses }: EventCondition | Measure): Query[] {
  return clauses.flatMap((clause) => (clause.kind === "where" ? [clause.query] : []));
}

/** Every node of a query but those behind a `where`, from left to right. */
export function nodesOf(query: Query): Query[] {
  switch (query.kind) {
    case "parenthesis":
    case "not":
      return [query, ...nodesOf(query.operand)];
    case "group":
    case "and":
    case "or":
      return [query, ...query.operands.flatMap(nodesOf)];
    default:
      return [query];
  }
}
