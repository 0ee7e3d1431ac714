// A proposed mapping, changed column by column.
import { expect, it } from "vitest";
import { saysWho, targetOf, withTarget } from "../../src/console/data/mapping.js";

const mapping = {
  columns: {
    sourceId: "Mail",
    email: "Mail",
    name: { join: ["First", "Last"] },
    createdAt: { column: "Since" },
  },
  metadata: { plan: { column: "Plan", type: "string" } },
  consents: { newsletter: [{ column: ["Out"], anyValue: false }] },
  lowerCaseSourceId: true,
};

it.each([
  ["Mail", "columns.email"],
  ["First", "columns.name"],
  ["Since", "columns.createdAt"],
  ["Plan", "metadata.plan"],
  ["Out", "consents.newsletter"],
  ["Else", undefined],
])("%s is read as %s", (column, target) => {
  expect(targetOf(mapping, column)).toBe(target);
});

it.each([
  [
    "a column gets another target",
    "Plan",
    "columns.city",
    { columns: { ...mapping.columns, city: "Plan" }, metadata: undefined },
  ],
  ["a column is left out", "Plan", undefined, { metadata: undefined }],
  [
    "one of two that are joined goes",
    "Last",
    undefined,
    { columns: { ...mapping.columns, name: { join: ["First"] } } },
  ],
  [
    "what says who a customer is stays",
    "Mail",
    undefined,
    { columns: { ...mapping.columns, email: undefined } },
  ],
  [
    "a column becomes metadata",
    "Else",
    "metadata.Else",
    { metadata: { ...mapping.metadata, Else: { column: "Else" } } },
  ],
  ["a consent goes", "Out", undefined, { consents: undefined }],
])("%s", (_, column, target, changed) => {
  expect(withTarget(mapping, column, target)).toEqual({ ...mapping, ignoreLackingColumns: true, ...changed });
});

it("knows whether it identifies customers", () => {
  expect(saysWho(mapping)).toBe(true);
  const byId = { columns: { sourceId: "Nr" } };
  expect(saysWho(withTarget(byId, "Nr", "columns.name"))).toBe(false);
});
