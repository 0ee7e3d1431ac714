// Random well-typed queries over a world's catalogue: every attribute, every comparison of its type, conditions on events,
// measures and samples, and every way to write them.
import fc from "fast-check";
import { type Attribute, attributes, typeOf } from "./attributes.js";
import { type Choices, choicesArbitrary } from "./choices.js";
import { writeComparison } from "./comparing.js";
import { seenOf } from "./drawing.js";
import { drawAnother, drawEventCondition, drawMeasure, drawOccurrence, drawSample } from "./events.js";
import type { World } from "./folder.js";
import { writeSubject } from "./naming.js";
import { conditionsOf, nodesOf } from "./printing.js";
import { secondVersionArbitrary } from "./second-version.js";
import type { Condition, Query, Subject } from "./tree.js";
import { anyCase, writeJoiner } from "./wording.js";

export interface QueryOptions {
  /** The instant that the query is for, in milliseconds since the epoch. Default: the world's own. */
  readonly asOf?: number;
}

const maxConditions = 100;
const maxEventConditions = 20;

/** Random queries that language.md allows in this world, within its limits. */
export function queryArbitrary(world: World, options: QueryOptions = {}): fc.Arbitrary<Query> {
  const condition = fc.oneof(
    { weight: 6, arbitrary: conditionArbitrary(world, options) },
    { weight: 5, arbitrary: eventArbitrary(world, options) },
    { weight: 2, arbitrary: relatedArbitrary(world, options) },
    { weight: 7, arbitrary: secondVersionArbitrary(worldAt(world, options)) },
  );
  const joiner = (word: "and" | "or"): fc.Arbitrary<string> =>
    choicesArbitrary.map((choices) => writeJoiner(word, choices));
  const { query } = fc.letrec<{ query: Query }>((tie) => {
    const operands = fc.array(tie("query"), { minLength: 2, maxLength: 3 });
    const group = { all: "all of", any: "any of", none: "none of" } as const;
    return {
      query: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        { weight: 5, arbitrary: condition },
        {
          weight: 2,
          arbitrary: fc.record({ kind: fc.constant("and" as const), operands, word: joiner("and") }),
        },
        {
          weight: 2,
          arbitrary: fc.record({ kind: fc.constant("or" as const), operands, word: joiner("or") }),
        },
        {
          weight: 1,
          arbitrary: fc
            .tuple(tie("query"), fc.constantFrom("not", "NOT", "Not"))
            .map(([operand, word]) => ({ kind: "not" as const, operand, word })),
        },
        {
          weight: 2,
          arbitrary: fc
            .tuple(fc.constantFrom("all" as const, "any" as const, "none" as const), operands, fc.boolean())
            .map(([of, inner, loud]) => ({
              kind: "group" as const,
              of,
              operands: inner,
              word: loud ? group[of].toUpperCase() : group[of],
            })),
        },
        {
          weight: 1,
          arbitrary: tie("query").map((operand) => ({ kind: "parenthesis" as const, operand })),
        },
      ),
    };
  });
  return query.map((drawn) => {
    const fewer = withFewerEvents(drawn, { left: maxEventConditions });
    const leaves = nodesOf(fewer).filter(({ kind }) =>
      /^(event|occurrence|measure|sample|reading)$/.test(kind),
    );
    return leaves.length + conditionsOf(fewer).length > maxConditions ? plainest : fewer;
  });
}

/** The query with the conditions on events that are too many made simpler ones. */
function withFewerEvents(query: Query, allowed: { left: number }): Query {
  switch (query.kind) {
    case "not":
    case "parenthesis":
      return { ...query, operand: withFewerEvents(query.operand, allowed) };
    case "and":
    case "or":
    case "group":
      return { ...query, operands: query.operands.map((operand) => withFewerEvents(operand, allowed)) };
    case "event":
    case "occurrence":
    case "measure":
      allowed.left -= 1;
      return allowed.left < 0 ? plainest : query;
    case "reading":
      allowed.left -= query.eventConditions ?? 0;
      return allowed.left < 0 ? plainest : query;
    default:
      return query;
  }
}

const plainest: Condition = {
  kind: "condition",
  subject: { attribute: "email" },
  comparison: { kind: "known" },
  negated: false,
  written: "email exists",
};

/** Random single conditions on events, measures and samples. */
export function eventArbitrary(world: World, options: QueryOptions = {}): fc.Arbitrary<Query> {
  const seen = worldAt(world, options);
  return choicesArbitrary.map((choices) => choices.pick(eventKinds)(seen, choices));
}

const eventKinds: readonly ((world: World, choices: Choices) => Query)[] = [
  ...[drawEventCondition, drawEventCondition, drawEventCondition],
  ...[drawMeasure, drawMeasure, drawOccurrence],
  (_, choices) => drawSample(choices),
];

/** Several conditions on one thing, which an evaluator may merge. */
function relatedArbitrary(world: World, options: QueryOptions): fc.Arbitrary<Query> {
  const seen = worldAt(world, options);
  const kinds = [drawCondition, drawCondition, drawEventCondition, drawMeasure, drawOccurrence];
  return choicesArbitrary.map((choices) => {
    const first = choices.pick(kinds)(seen, choices);
    const another = (): Query =>
      first.kind === "condition"
        ? drawCondition(seen, choices, first.subject)
        : drawAnother(first, seen, choices);
    const turned = (operand: Query): Query =>
      choices.chance(25) ? { kind: "not", operand, word: anyCase("not", choices) } : operand;
    const operands = [first, another(), ...(choices.chance(30) ? [another()] : [])].map(turned);
    const kind = choices.pick(["and", "or", "group"] as const);
    return kind === "group"
      ? { kind, of: "none", operands, word: anyCase("none of", choices) }
      : { kind, operands, word: writeJoiner(kind, choices) };
  });
}

/** The world with the instant that a query is drawn for as its own. */
function worldAt(world: World, { asOf }: QueryOptions): World {
  if (asOf === undefined) return world;
  return { ...world, project: { ...world.project, asOf: new Date(asOf).toISOString() } };
}

/** Random single conditions on attributes. */
export function conditionArbitrary(world: World, options: QueryOptions = {}): fc.Arbitrary<Condition> {
  const seen = worldAt(world, options);
  return choicesArbitrary.map((choices) => drawCondition(seen, choices));
}

function drawCondition(
  world: World,
  choices: Choices,
  subject: Subject = drawSubject(world, choices),
): Condition {
  const type = typeOf(subject, world.project);
  const hand = { type, seen: seenOf(subject, world), world, choices, inside: false, isMeasure: false };
  const { comparison, negated, words } = writeComparison(hand);
  const name = writeSubject(subject, world.project, choices);
  return {
    kind: "condition",
    subject,
    comparison,
    negated,
    written: words === "" ? name : `${name} ${words}`,
  };
}

// Dates and products have the most comparisons, so they come up twice as often.
const often = new Set(["birthdate", "created_at", "order", "orders.last_at"]);
const weighted: readonly Attribute[] = [...attributes, ...attributes.filter(({ name }) => often.has(name))];

function drawSubject(world: World, choices: Choices): Subject {
  const keys = Object.keys(world.project.metadataSchema);
  if (keys.length > 0 && choices.chance(35)) return { attribute: "metadata", key: choices.pick(keys) };
  const attribute = choices.pick(weighted);
  if (attribute.campaigns === undefined || !choices.chance(50)) return { attribute: attribute.name };
  return { attribute: attribute.name, campaign: choices.pick(world.project.campaigns[attribute.campaigns]) };
}
