// The schema as text, with the directives of costs, which graphql-js does not print.
import {
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  lexicographicSortSchema,
  parse,
  printSchema,
  visit,
} from "graphql";
import { costOf, sizedFieldsOf } from "./server/cost.js";

/** The schema in GraphQL's schema definition language, sorted by name so that it does not depend on the order of imports. */
export function printWithCosts(schema: GraphQLSchema): string {
  const text = printSchema(lexicographicSortSchema(schema));
  const parts: string[] = [];
  let end = 0;
  visit(parse(text), {
    ObjectTypeDefinition({ name, fields = [] }) {
      const type = schema.getType(name.value);
      if (!isObjectType(type)) return;
      for (const { name, loc, arguments: given = [] } of fields) {
        const field = type.getFields()[name.value]!;
        const { weights = {} } = costOf(field) ?? {};
        const weighed = given.map((each) => [each.loc!.end, weightOf(weights[each.name.value])] as const);
        for (const [at, directives] of [...weighed, [loc!.end, directivesOf(field)] as const]) {
          if (directives === "") continue;
          parts.push(text.slice(end, at), directives);
          end = at;
        }
      }
    },
  });
  return `${parts.join("")}${text.slice(end)}\n`;
}

/** The directive of a weight, after a space; empty for none. */
function weightOf(weight: number | undefined): string {
  return weight === undefined ? "" : ` @cost(weight: ${JSON.stringify(String(weight))})`;
}

/** The directives of a field, each after a space. */
function directivesOf(field: GraphQLField<unknown, unknown>): string {
  const cost = costOf(field);
  if (cost === undefined) return "";
  const weight = weightOf(cost.weight);
  if (cost.size === undefined) return weight;
  const { assumedSize, slicingArguments } = cost.size;
  const size = {
    assumedSize,
    slicingArguments,
    sizedFields: sizedFieldsOf(field),
    requireOneSlicingArgument: slicingArguments === undefined ? undefined : false,
  };
  const given = Object.entries(size).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${JSON.stringify(value).replaceAll('","', '", "')}`],
  );
  return `${weight} @listSize(${given.join(", ")})`;
}
