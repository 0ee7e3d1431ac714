// What is released keeps working for those who use it: the schema has no breaking change against schema/released.graphql, the
// schema of the last release. A release copies schema/schema.graphql there.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";
import { expect, it } from "vitest";
import { schemaText } from "../../src/graphql/schema.js";

/** Messages of the changes that break a client of the older schema. */
async function breakingChanges(older: string, newer: string): Promise<readonly string[]> {
  const changes = await diff(buildSchema(older), buildSchema(newer));
  return changes
    .filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking)
    .map(({ message }) => message);
}

const today = schemaText();

it("the schema breaks no client of the last release", async () => {
  const released = fileURLToPath(new URL("../../schema/released.graphql", import.meta.url));
  expect(await breakingChanges(readFileSync(released, "utf8"), today)).toEqual([]);
});

it.each([
  [
    "a field that is renamed",
    "  ordersCount: Int!",
    "  numberOfOrders: Int!",
    "Field 'ordersCount' was removed from object type 'Customer'",
  ],
  [
    "a field of an input that becomes required",
    /(input CustomerInput \{[\s\S]*?\n {2}email: String)\n/,
    "$1!\n",
    "Input field 'CustomerInput.email' changed type from 'String' to 'String!'",
  ],
])("%s is a breaking change", async (_, before, after, message) => {
  const changed = today.replace(before, after);
  expect(changed).not.toBe(today);
  const found = await breakingChanges(today, changed);
  expect(found).toEqual([message]);
});

it("an additional field is not a breaking change", async () => {
  const changed = today.replace(
    "type Customer implements Node {",
    "type Customer implements Node {\n  nickname: String\n",
  );
  expect(changed).not.toBe(today);
  expect(await breakingChanges(today, changed)).toEqual([]);
});
