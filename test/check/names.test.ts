// Which attribute the words before an operator are.
import { describe, expect, it } from "vitest";
import { builtInAttributes } from "../../src/catalog/attributes.js";
import { catalogOf, resolveName } from "../../src/catalog/catalog.js";
import { project } from "./world.js";

const names: readonly (readonly [
  written: string,
  attribute: string | undefined,
  aspect?: "yearly" | "month",
])[] = [
  ["email", "email"],
  ["The E-Mail", "email"],
  ["the customer's email", "email"],
  ["zip code", "postal_code"],
  ["postal code", "postal_code"],
  ["customer since", "created_at"],
  ["the customer since", "created_at"],
  ["total amount of customer orders", "orders.total_amount"],
  ["total amount of orders", "orders.total_amount"],
  ["orders total amount", "orders.total_amount"],
  ["ORDERS.COUNT", "orders.count"],
  ["last order", "orders.last_at"],
  ["last purchased order", "orders.last_at"],
  ["orders", "order"],
  ["products", "order"],
  ["opted in to", "consents"],
  ["source.web_widget.id", "source.web_widget.id"],
  ["source web widget id", "source.web_widget.id"],
  ["source", "source"],
  ["gift card amount to go", "gift_cards.balance"],
  ["metadata.plan", "metadata.plan"],
  ["plan", "metadata.plan"],
  ["Plan", "metadata.Plan"],
  ["metadata Plan", "metadata.Plan"],
  ["PLAN", "metadata.plan"],
  ["metadata.`is vip`", "metadata.`is vip`"],
  ["`is vip`", "metadata.`is vip`"],
  ["the `is vip`", "metadata.`is vip`"],
  ["renewal date", "metadata.renewal_date"],
  ["metadata renewal date", "metadata.renewal_date"],
  ["metadata.`a.$b`", "metadata.`a.$b`"],
  ["metadata.a.$b", "metadata.`a.$b`"],
  ["birthday anniversary", "birthdate", "yearly"],
  ["date of birth month", "birthdate", "month"],
  ["metadata.`renewal` anniversary", "metadata.renewal", "yearly"],
  ["the", undefined],
  ["metadata", undefined],
  ["metadata.__proto__", undefined],
  ["constructor", undefined],
  ["toString", undefined],
];

describe("names", () => {
  it.each(names.map(([written, attribute, aspect]) => ({ written, attribute, aspect })))(
    "$written is $attribute",
    ({ written, attribute, aspect }) => {
      const resolved = resolveName(catalogOf(project), written);
      expect(resolved?.attribute.name).toBe(attribute);
      expect(resolved?.aspect).toBe(aspect);
    },
  );

  it("no two attributes share a name or phrase", () => {
    const keys = builtInAttributes.flatMap(({ name, phrases }) => [
      ...new Set([name, ...phrases].map((written) => written.replace(/[._\s]+/g, " "))),
    ]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});
