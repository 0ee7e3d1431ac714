// What a field costs: one declaration, by which an operation's cost is estimated before it runs, and which the schema shows as the
// directives of https://ibm.github.io/graphql-specs/cost-spec.html.
import {
  DirectiveLocation,
  GraphQLBoolean,
  GraphQLDirective,
  type GraphQLField,
  GraphQLInt,
  GraphQLList,
  GraphQLNonNull,
  GraphQLString,
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
} from "graphql";

/** How many elements a list has. */
export interface ListSize {
  /** Arguments that give the number: an integer, or a list, whose length counts. The first that is given decides. */
  readonly slicingArguments?: readonly string[];
  /** The number if no argument gives it. */
  readonly assumedSize?: number;
}

interface Asked {
  readonly childComplexity: number;
  readonly args: Readonly<Record<string, unknown>>;
}

/** The cost of a field, given that of its selection; `weight` and `size` are what it is computed from. */
export interface FieldCost {
  (asked: Asked): number;
  readonly weight: number;
  readonly size?: ListSize | undefined;
  readonly weights: ArgumentWeights;
}

/** What arguments add to the cost of a field if they are given, by name. */
export type ArgumentWeights = Readonly<Record<string, number>>;

/** A field costs its weight and those of its arguments, and the cost of its selection for each element if it is a list. */
export function costs(weight: number, size?: ListSize, weights: ArgumentWeights = {}): FieldCost {
  const ofArguments = Object.entries(weights);
  const estimate = ({ childComplexity, args }: Asked): number =>
    ofArguments.reduce((sum, [name, each]) => (args[name] == null ? sum : sum + each), weight) +
    (size === undefined ? 1 : sizeOf(size, args)) * childComplexity;
  return Object.assign(estimate, { weight, size, weights });
}

function sizeOf({ slicingArguments = [], assumedSize = 1 }: ListSize, args: Asked["args"]): number {
  for (const name of slicingArguments) {
    const value = args[name];
    if (typeof value === "number") return Math.max(value, 1);
    if (Array.isArray(value)) return Math.max(value.length, 1);
  }
  return assumedSize;
}

/** The cost that a field declares; undefined if it has the default, a weight of 1. */
export function costOf({ extensions }: GraphQLField<unknown, unknown>): FieldCost | undefined {
  const { complexity } = extensions as { readonly complexity?: unknown };
  if (complexity === undefined) return undefined;
  if (typeof complexity === "function" && "weight" in complexity) return complexity as FieldCost;
  throw new Error("The complexity of a field is declared by `costs`.");
}

/** The children of a field that its size is of: undefined if the field is a list itself. */
export function sizedFieldsOf({ type }: GraphQLField<unknown, unknown>): readonly string[] | undefined {
  const named = getNamedType(type);
  if (isListType(getNullableType(type)) || !isObjectType(named)) return undefined;
  return Object.values(named.getFields())
    .filter((field) => isListType(getNullableType(field.type)))
    .map(({ name }) => name);
}

const names = new GraphQLList(new GraphQLNonNull(GraphQLString));

export const costDirective = new GraphQLDirective({
  name: "cost",
  description:
    "What a field adds to the cost of an operation, in addition to its selection; or what an argument adds that is not null. Without this directive, a field adds 1 and an argument nothing.",
  locations: [DirectiveLocation.FIELD_DEFINITION, DirectiveLocation.ARGUMENT_DEFINITION],
  args: { weight: { type: new GraphQLNonNull(GraphQLString), description: "A number." } },
});

export const listSizeDirective = new GraphQLDirective({
  name: "listSize",
  description: "How often the selection of a list counts in the cost of an operation.",
  locations: [DirectiveLocation.FIELD_DEFINITION],
  args: {
    assumedSize: { type: GraphQLInt, description: "The number of elements, if no argument gives it." },
    slicingArguments: {
      type: names,
      description: "Arguments that give it: an integer, or a list, whose length counts.",
    },
    sizedFields: { type: names, description: "The lists inside the field that have this size." },
    requireOneSlicingArgument: {
      type: GraphQLBoolean,
      defaultValue: true,
      description: "True if exactly one of the arguments has to be given.",
    },
  },
});
