// The scopes of what can make messages be sent, and of what only stops it.
import { expect, it } from "vitest";
import { requiredScope } from "../../../src/graphql/server/scopes.js";

it.each([
  ["distributionStart", "admin"],
  ["distributionResume", "admin"],
  ["distributionTest", "admin"],
  ["messageResolve", "admin"],
  ["distributionPause", "write"],
  ["distributionCancel", "write"],
])("the mutation %s needs the scope %s", (field, scope) => {
  expect(requiredScope("mutation" as Parameters<typeof requiredScope>[0], field)).toBe(scope);
});
