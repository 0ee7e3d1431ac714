// The schema as clients see it is in the repository, and is the one that the code answers.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { graphqlSchema, schemaText } from "../../src/graphql/schema.js";

it("schema/schema.graphql is what the code prints (mend: npx segmentql print-schema > schema/schema.graphql)", () => {
  expect(readFileSync(new URL("../../schema/schema.graphql", import.meta.url), "utf8")).toBe(schemaText());
});

it("describes every type, field, argument and value of an enumeration", () => {
  const bare: string[] = [];
  for (const type of Object.values(graphqlSchema().getTypeMap())) {
    if (type.name.startsWith("__")) continue;
    // The roots and the scalars of the specification describe themselves.
    if (!type.description && !["Query", "Mutation", "Subscription"].includes(type.name)) bare.push(type.name);
    if ("getValues" in type) {
      for (const value of type.getValues()) if (!value.description) bare.push(`${type.name}.${value.name}`);
    }
    if (!("getFields" in type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (!field.description) bare.push(`${type.name}.${field.name}`);
      if (!("args" in field)) continue;
      for (const argument of field.args)
        if (!argument.description) bare.push(`${type.name}.${field.name}(${argument.name})`);
    }
  }
  expect(bare).toEqual([]);
});
