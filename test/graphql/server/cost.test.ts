// The printed schema carries the cost of every operation: what it says by its directives, and nothing else, comes to the estimate by
// which the server refuses.
import {
  buildSchema,
  type DirectiveNode,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionSetNode,
} from "graphql";
import { expect, it } from "vitest";
import { graphqlSchema, schemaText } from "../../../src/graphql/schema.js";
import { refuseCostly } from "../../../src/graphql/server/limits.js";
import { exampleFiles, exampleText, variablesOf } from "../operations/examples.js";

const printed = buildSchema(schemaText());

interface ListSize {
  readonly assumedSize?: number;
  readonly slicingArguments?: readonly string[];
  readonly sizedFields?: readonly string[];
}

function directive<Values>(
  field: GraphQLField<unknown, unknown> | GraphQLArgument,
  name: string,
): Values | undefined {
  const definition = printed.getDirective(name)!;
  const { directives = [] } = field.astNode!;
  return getDirectiveValues(definition, { directives: directives as readonly DirectiveNode[] }) as
    | Values
    | undefined;
}

/** The cost of an operation, by the directives of the printed schema. */
function costByDirectives(document: DocumentNode, variables: Readonly<Record<string, unknown>>): number {
  const operation = document.definitions.find(
    (each): each is OperationDefinitionNode => each.kind === Kind.OPERATION_DEFINITION,
  )!;
  const { coerced = {} } = getVariableValues(printed, operation.variableDefinitions ?? [], variables);
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );

  function costOf({ selections }: SelectionSetNode, type: GraphQLCompositeType): number {
    if (isAbstractType(type))
      return Math.max(
        ...printed
          .getPossibleTypes(type)
          .map((each) => costOf({ kind: Kind.SELECTION_SET, selections }, each)),
      );
    let sum = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const field = isObjectType(type) ? type.getFields()[selection.name.value] : undefined;
        if (field === undefined) {
          // `__typename` has the default weight.
          sum += 1;
          continue;
        }
        const weight = Number(directive<{ weight: string }>(field, "cost")?.weight ?? 1);
        const size = directive<ListSize>(field, "listSize");
        const named = getNamedType(field.type);
        const child =
          selection.selectionSet && isCompositeType(named) ? costOf(selection.selectionSet, named) : 0;
        const args = getArgumentValues(field, selection, coerced);
        const given = (size?.slicingArguments ?? [])
          .map((name) => args[name])
          .find((value) => typeof value === "number" || Array.isArray(value));
        const count = Array.isArray(given) ? given.length : (given as number | undefined);
        const elements =
          size === undefined ? 1 : count === undefined ? (size.assumedSize ?? 1) : Math.max(count, 1);
        const ofArguments = field.args
          .filter(({ name }) => args[name] != null)
          .map((each) => Number(directive<{ weight: string }>(each, "cost")?.weight ?? 0));
        sum += ofArguments.reduce((all, each) => all + each, weight) + elements * child;
      } else {
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value)! : selection;
        const { typeCondition } = inner;
        const condition: GraphQLNamedType | undefined = typeCondition
          ? printed.getType(typeCondition.name.value)
          : type;
        const applies =
          condition === type || (isAbstractType(condition) && printed.isSubType(condition, type as never));
        if (applies) sum += costOf(inner.selectionSet, type);
      }
    }
    return sum;
  }

  const root = printed.getRootType(operation.operation)!;
  return costOf(operation.selectionSet, root);
}

const operations: readonly (readonly [name: string, text: string, variables: object])[] = [
  ...exampleFiles.map((file) => [file, exampleText(file), variablesOf("U2VnbWVudDp4", file)] as const),
  [
    "a page of pages",
    "{ customers(first: 7) { totalCount nodes { name orders(last: 3) { edges { node { id } } } } } }",
    {},
  ],
  [
    "an order by a computed attribute",
    '{ customers(first: 7, sortByComputed: "spent") { nodes { name } } project { id } }',
    {},
  ],
  ["no order by a computed attribute", "{ customers(sortByComputed: null) { nodes { name } } }", {}],
  ["the default page", "{ customers { pageInfo { hasNextPage endCursor } nodes { name } } }", {}],
  [
    "a size by a variable",
    "query ($n: Int) { orders(first: $n) { nodes { id items { name } } } }",
    { n: 40 },
  ],
  [
    "as many as are named",
    "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Customer { name email } } }",
    { ids: ["a", "b"] },
  ],
  [
    "many records",
    "mutation ($input: [OrderInput!]!) { ordersUpsert(input: $input) { results { status } } }",
    { input: [{ sourceId: "a" }, { sourceId: "b" }] },
  ],
];

it.each(operations)("%s costs what the printed schema says", (name, text, variables) => {
  const document = parse(text);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  const given = variables as Readonly<Record<string, unknown>>;
  const request = { schema: graphqlSchema(), document, operation, variables: given };
  const estimate = refuseCostly(request);
  expect(costByDirectives(document, given)).toBe(estimate);
  if (name === "an order by a computed attribute") expect(estimate).toBe(1_100 + 5_000 + 7 * 2 + 2);
  if (name === "a page of pages") expect(estimate).toBe(1_100 + 7 * (1 + (1 + (50 + 3 * (1 + (1 + 1))))));
});

it("every connection says its size, and which of its fields have it", () => {
  const found: string[] = [];
  for (const type of Object.values(printed.getTypeMap()))
    for (const field of isObjectType(type) ? Object.values(type.getFields()) : []) {
      const returned = getNamedType(field.type);
      if (!returned.name.endsWith("Connection") || isListType(field.type)) continue;
      const size = directive<ListSize>(field, "listSize");
      expect([`${type.name}.${field.name}`, size]).toEqual([
        `${type.name}.${field.name}`,
        expect.objectContaining({
          slicingArguments: expect.arrayContaining(["first"]),
          sizedFields: expect.arrayContaining(["edges", "nodes"]),
          requireOneSlicingArgument: false,
        }),
      ]);
      found.push(field.name);
    }
  expect(found.length).toBeGreaterThan(20);
});
