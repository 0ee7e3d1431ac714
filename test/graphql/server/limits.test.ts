import { buildSchema, getIntrospectionQuery, parse, specifiedRules, validate } from "graphql";
import { describe, expect, it } from "vitest";
import { depthRule } from "../../../src/graphql/server/limits.js";

const schema = buildSchema("type Query { self: Query leaf: Int }");
const messages = (document: string, deepest: number) =>
  validate(schema, parse(document), [depthRule(deepest)]).map((error) => error.message);

describe("depthRule", () => {
  it.each([
    ["as deep as may be", "{ self { self { leaf } } }", 3, []],
    [
      "deeper",
      "{ leaf self { self { leaf } } }",
      2,
      ["The operation is 3 fields deep, and 2 is the most. Ask for less at once."],
    ],
    [
      "deeper by fragments, named and not",
      "{ self { ...A } } fragment A on Query { self { ... on Query { ...B } } } fragment B on Query { self { leaf } }",
      3,
      ["The operation is 4 fields deep, and 3 is the most. Ask for less at once."],
    ],
    [
      "a fragment inside itself, which is another rule's",
      "{ ...A } fragment A on Query { self { ...A } }",
      3,
      [],
    ],
    ["introspection, which graphql-js bounds by itself", getIntrospectionQuery(), 3, []],
  ])("%s", (_, document, deepest, expected) => {
    expect(messages(document, deepest)).toEqual(expected);
  });

  it("takes no longer for fragments that unfold to millions of fields", () => {
    const fragments = Array.from(
      { length: 25 },
      (_, n) => `fragment F${n} on Query { self { ...F${n + 1} ...F${n + 1} } }`,
    );
    const document = `{ ...F0 } ${fragments.join(" ")} fragment F25 on Query { leaf }`;
    expect(messages(document, 25)).toEqual([
      "The operation is 26 fields deep, and 25 is the most. Ask for less at once.",
    ]);
  });

  it("is not what bounds introspection", () => {
    const nested =
      "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }";
    expect(validate(schema, parse(nested), specifiedRules)).not.toEqual([]);
  });
});
