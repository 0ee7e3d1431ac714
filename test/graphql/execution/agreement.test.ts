// The executor answers as graphql-js does: every example operation, and random operations over a schema whose fields fail in
// every way there is.
import fc from "fast-check";
import {
  buildSchema,
  type ExecutionResult,
  execute as executeByReference,
  type GraphQLSchema,
  isObjectType,
  parse,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { executor } from "../../../src/graphql/execution/execute.js";
import { draws } from "../../draws.js";

const sdl = /* GraphQL */ `
  type Query { thing(id: ID, of: By): Thing  must: Thing!  any: Any  all: [Any!]  old: [[Int!]]! }
  type Mutation { first: Thing  second(n: Int! = 2): Thing!  third: Int }
  input By @oneOf { id: ID name: String }
  enum Colour { RED GREEN }
  interface Named { name: String! }
  type Thing implements Named {
    name: String!  nick: String  count: Int  countMust: Int!  colour: Colour
    thing: Thing  thingMust: Thing!  things: [Thing]  thingsMust: [Thing!]!
    words: [String!]  grid: [[Int]]  named: Named  any: Any  echo(text: String = "x", many: [Int!], by: By): String
  }
  type Other implements Named { name: String!  other: Int }
  union Any = Thing | Other
`;

/** How a field behaves: by its place and the seed, so that both executors see the same. */
const behaviours = [
  "value",
  "value",
  "value",
  "late value",
  "null",
  "throw",
  "reject",
  "error",
  "wrong",
] as const;
type Behaviour = (typeof behaviours)[number];

function behaviourAt(place: string, seed: number, calm: number): Behaviour {
  let hash = seed | 0;
  for (const character of place) hash = Math.imul(hash ^ character.charCodeAt(0), 0x5bd1e995) ^ (hash >>> 13);
  const drawn = (hash >>> 0) % (behaviours.length + calm);
  return behaviours[drawn] ?? "value";
}

function schemaOf(seed: number, calm: number): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith("__")) continue;
    for (const field of Object.values(type.getFields())) {
      const shape = String(field.type);
      field.resolve = (source: unknown, args, _context, info) => {
        let place = "";
        for (let at: typeof info.path | undefined = info.path; at; at = at.prev) place += `/${at.key}`;
        const value = sampleValue(shape, args, source);
        switch (behaviourAt(place, seed, calm)) {
          case "value":
            return value;
          case "late value":
            return Promise.resolve(value);
          case "null":
            return null;
          case "throw":
            throw new Error(`thrown at ${place}`);
          case "reject":
            return Promise.reject(new Error(`rejected at ${place}`));
          case "error":
            return new Error(`returned at ${place}`);
          case "wrong":
            return shape.includes("Int") || shape.includes("Colour")
              ? "wrong"
              : shape.startsWith("[")
                ? 7
                : undefined;
        }
      };
    }
  }
  return schema;
}

function sampleValue(shape: string, args: object, source: unknown): unknown {
  const one = /Thing|Named|Any/.test(shape)
    ? { __typename: shape.includes("Thing") ? "Thing" : "Other" }
    : shape.includes("Int")
      ? 3
      : shape.includes("Colour")
        ? "GREEN"
        : JSON.stringify([args, typeof source]);
  if (shape.startsWith("[[")) return [[one], null, [one, Promise.resolve(one)]];
  return shape.startsWith("[") ? [one, Promise.resolve(one), null] : one;
}

const leaf = fc.constantFrom(
  "name",
  "nick",
  "count",
  "countMust",
  "colour",
  "words",
  "grid",
  "__typename",
  "echo",
  "echo(many: [1, 2])",
  "echo(text: $text)",
  "echo(by: { name: $text })",
  "again: nick",
  "__proto__: nick",
  "nick @skip(if: $yes)",
  "count @include(if: $no)",
);
const { selection } = fc.letrec<{ selection: string }>((tie) => ({
  selection: fc
    .array(
      fc.oneof(
        { depthSize: "small", withCrossShrink: true, maxDepth: 3 },
        leaf,
        fc
          .tuple(fc.constantFrom("thing", "thingMust", "things", "thingsMust"), tie("selection"))
          .map(([field, inner]) => `${field} ${inner}`),
        tie("selection").map((inner) => `named { name ... on Thing ${inner} }`),
        tie("selection").map((inner) => `any { __typename ... on Other { other } ... on Thing ${inner} }`),
        tie("selection").map((inner) => `... @include(if: $yes) ${inner}`),
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((parts) => `{ ${[...new Set(parts)].join(" ")} }`),
}));
const operation = selection.chain((inner) =>
  fc
    .constantFrom(
      `query Q VARIABLES { thing(id: 1, of: { name: "n" }) ${inner} must ${inner} }`,
      `query Q VARIABLES { any { ... on Thing ${inner} } all { __typename ... on Thing ${inner} } old }`,
      `mutation Q VARIABLES { first ${inner} second ${inner} third }`,
    )
    .map((text) => text.replace("VARIABLES", '($text: String = "t", $yes: Boolean!, $no: Boolean = false)')),
);

/** Alike in JSON, and in all that an error says. */
const shown = ({ data, errors, ...others }: ExecutionResult): string =>
  JSON.stringify({ data, others, errors: errors?.map((error) => error.toJSON()) }, undefined, 1);

describe("random operations", () => {
  // graphql-js leaves rejections of a list's later items without a handler; the executor must not.
  const ours: unknown[] = [];
  const sort = (reason: unknown): void => {
    if (String((reason as Error).stack).includes("src/graphql/execution/")) ours.push(reason);
  };
  let others: NodeJS.UnhandledRejectionListener[];
  beforeAll(() => {
    others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", sort);
  });
  afterAll(() => {
    process.off("unhandledRejection", sort);
    for (const other of others) process.on("unhandledRejection", other);
  });

  it("are answered as graphql-js answers them, with the same errors in the same order", async () => {
    await fc.assert(
      fc.asyncProperty(
        operation,
        fc.integer(),
        fc.nat(60),
        fc.record({ text: fc.option(fc.string()), yes: fc.boolean(), no: fc.boolean() }),
        async (text, seed, calm, variables) => {
          const schema = schemaOf(seed, calm);
          const document = parse(text);
          const execute = executor(schema);
          // Twice: by a fresh plan, and by the one that is kept.
          for (let time = 0; time < 2; time += 1) {
            const answer = await execute({ document, variables, context: {}, operationName: "Q" });
            const reference = await executeByReference({
              schema,
              document,
              variableValues: variables,
              contextValue: {},
              operationName: "Q",
            });
            expect(shown(answer)).toBe(shown(reference));
          }
          // Unhandled rejections are noticed between turns of the event loop.
          await new Promise(setImmediate);
        },
      ),
      { numRuns: draws(75) },
    );
    expect(ours).toEqual([]);
  });
});
