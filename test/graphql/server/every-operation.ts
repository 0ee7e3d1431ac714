// An operation for every root field of the schema, with values for its arguments, so that a new field joins the tests by itself.
import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
} from "graphql";
import { graphqlSchema } from "../../../src/graphql/schema.js";
import { worldAsOf } from "../../support/conformance-world.js";

const schema = graphqlSchema();

/** The variable `$id` if the argument takes an id; else a value of the type. */
function values(argument: GraphQLArgument | GraphQLInputField): string {
  const write = (type: GraphQLInputType, name: string): string => {
    if (isNonNullType(type)) return write(type.ofType, name);
    if (isListType(type)) return name === "at" ? `["${worldAsOf}"]` : `[${write(type.ofType, name)}]`;
    if (isEnumType(type)) return type.getValues()[0]!.name;
    if (isInputObjectType(type)) return object(type.getFields(), type.isOneOf);
    switch (type.name) {
      case "ID":
        return "$id";
      case "Int":
      case "Float":
      case "SafeInt":
        return name === "cursor" ? "0" : "1";
      case "Boolean":
        return "false";
      case "DateTime":
        return `"${worldAsOf}"`;
      case "LocalDate":
        return '"2026-11-01"';
      case "JSON":
        return '{ kind: "Query" }';
      default:
        if (name === "query") return '"source_id has any value"';
        if (name === "type") return '"visit"';
        if (name === "attribute") return '"name"';
        if (["after", "before"].includes(name)) return "null";
        return name === "url" ? '"https://hooks.example.com/"' : '"c-1"';
    }
  };
  const object = (fields: Readonly<Record<string, GraphQLInputField>>, isOneOf: boolean): string => {
    const all = Object.values(fields);
    const wanted = isOneOf ? [all.find(({ name }) => name === "id") ?? all[0]!] : all;
    return `{ ${wanted.map((field) => `${field.name}: ${write(field.type, field.name)}`).join(", ")} }`;
  };
  return write(argument.type, argument.name);
}

/** Everything that a type offers without arguments, to a number of levels. */
function selection(type: GraphQLOutputType, levels: number): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return "";
  const inside = isObjectType(named) ? own(named.getFields(), levels) : "__typename";
  const nodes =
    named.name === "Node" || isUnionType(named)
      ? Object.values(schema.getTypeMap())
          .filter(isObjectType)
          .filter((each) => schema.getPossibleTypes(named as never).includes(each))
          .map((each) => `... on ${each.name} { ${own(each.getFields(), 1, `${each.name}_`)} }`)
          .join(" ")
      : "";
  return `{ ${inside} ${nodes} }`;
}

function own(
  fields: Readonly<Record<string, GraphQLField<unknown, unknown>>>,
  levels: number,
  prefix = "",
): string {
  const parts = Object.values(fields).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type) && argument.defaultValue === undefined))
      return [];
    if (field.name === "nearest") return [];
    if (!isLeafType(getNamedType(field.type)) && levels === 0) return [];
    const alias = prefix === "" ? "" : `${prefix}${field.name}: `;
    const small = field.args.some(({ name }) => name === "first") ? "(first: 2)" : "";
    return [`${alias}${field.name}${small} ${selection(field.type, levels - 1)}`];
  });
  return ["__typename", ...parts].join(" ");
}

/** An operation of a root field. It is the same text for every id, which the server then parses and validates once. */
export function operationOf(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>): string {
  const args = field.args
    .filter(({ name }) => !["last", "before"].includes(name))
    .map((argument) => `${argument.name}: ${values(argument)}`);
  const written = args.length === 0 ? "" : `(${args.join(", ")})`;
  const declared = written.includes("$id") ? "($id: ID!) " : "";
  return `${kind} ${declared}{ ${field.name}${written} ${selection(field.type, 2)} }`;
}
