import { buildSchema, parse, validate } from "graphql";
import { expect, it } from "vitest";
import { schemaText } from "../../../src/graphql/schema.js";
import { sampleOperation } from "../../../src/http/samples.js";

it("the playground's first operation is valid", () => {
  expect(validate(buildSchema(schemaText()), parse(sampleOperation))).toEqual([]);
});
