// The attributes that every project has: one row each. A new one is a row here and, if it is computed from records, its
// fold in src/facts.
import type { ValueType } from "../plan/literals.js";
import type { Field, FieldScope } from "../plan/plan.js";
import { intercomTypes, sources } from "./enumerations.js";
import type { Attribute } from "./model.js";

type Row = Omit<Attribute, "field"> & { readonly at: string; readonly scope?: FieldScope } & Partial<
    Pick<Field, "reversedPath" | "yearlyPath" | "sizePath" | "set" | "zeroWithout" | "counted">
  >;

/** `facts.city`, and the same text reversed; in the profile at `given`, as `address.city`. */
function textRow(
  name: string,
  label: string,
  phrases: readonly string[],
  given: string = name,
  slot: string = name,
): Row {
  return {
    name,
    label,
    phrases,
    type: "text",
    at: `facts.${slot}`,
    reversedPath: `reversed.${slot}`,
    given: { path: `profile.${given}` },
  };
}

function figure(
  name: string,
  label: string,
  phrases: readonly string[],
  type: ValueType,
  scope: FieldScope,
  more: Pick<Attribute, "campaigns" | "fractional"> & Pick<Field, "zeroWithout" | "counted"> = {},
): Row {
  return { name, label, phrases, type, at: `activity.${name}`, scope, ...more };
}

const rows: readonly Row[] = [
  textRow("name", "name", ["full name"]),
  textRow("email", "email", ["e-mail"]),
  textRow("phone", "phone", ["phone number"]),
  textRow("city", "city", ["town"], "address.city"),
  textRow("state", "state", ["region", "province"], "address.state"),
  textRow("postal_code", "postal code", ["postcode", "zip", "zip code"], "address.postal_code"),
  {
    name: "source_id",
    label: "source id",
    phrases: ["source id"],
    type: "exact",
    at: "source_id",
    reversedPath: "reversed.source_id",
  },
  {
    name: "country",
    label: "country",
    phrases: [],
    type: "country",
    at: "facts.country",
    given: { path: "profile.address.country" },
  },
  {
    name: "created_at",
    label: "creation date",
    phrases: ["creation date", "created", "customer since"],
    type: "datetime",
    at: "facts.created_at",
  },
  {
    name: "birthdate",
    label: "birthdate",
    phrases: ["birthday", "date of birth"],
    type: "date",
    at: "facts.birthdate",
    yearlyPath: "yearly.birthdate",
  },
  figure(
    "orders.total_amount",
    "total spent",
    ["total amount of customer orders", "total amount of orders", "total spent", "amount spent"],
    "money",
    "orders",
    { zeroWithout: true },
  ),
  figure(
    "orders.count",
    "number of orders",
    ["total count of customer orders", "total count of orders", "number of orders"],
    "number",
    "orders",
    { zeroWithout: true, counted: true },
  ),
  figure(
    "orders.last_at",
    "last order",
    ["last purchased order", "last order", "last order date"],
    "datetime",
    "orders",
  ),
  figure("orders.first_at", "first order", ["first order", "first order date"], "datetime", "orders"),
  figure(
    "orders.last_amount",
    "amount of the last order",
    ["last order total amount", "last order amount"],
    "money",
    "orders",
  ),
  figure("orders.average_amount", "average order amount", ["average order amount"], "money", "orders", {
    fractional: true,
  }),
  {
    name: "order",
    label: "products bought",
    phrases: ["orders", "products"],
    type: "set",
    element: "product",
    at: "activity.orders.items",
    sizePath: "activity.orders.product_count",
    set: true,
    scope: "orders",
  },
  figure(
    "redemptions.count",
    "number of redemptions",
    ["redemptions", "number of redemptions"],
    "number",
    "redemptions",
    {
      zeroWithout: true,
      counted: true,
    },
  ),
  figure(
    "gift_cards.spent",
    "gift card spending",
    ["gift card spent", "gift card spending"],
    "money",
    "balances",
    {
      campaigns: "gift_cards",
      zeroWithout: true,
    },
  ),
  figure(
    "gift_cards.balance",
    "gift card balance",
    ["gift card balance", "gift card amount to go"],
    "money",
    "balances",
    {
      campaigns: "gift_cards",
      zeroWithout: true,
    },
  ),
  figure("referrals.count", "number of referred customers", ["referred customers"], "number", "referrals", {
    campaigns: "referrals",
    zeroWithout: true,
    counted: true,
  }),
  figure("loyalty.points", "number of loyalty points", ["loyalty points"], "number", "balances", {
    campaigns: "loyalty",
    zeroWithout: true,
  }),
  figure("loyalty.balance", "loyalty balance", ["loyalty balance", "points balance"], "number", "balances", {
    campaigns: "loyalty",
    zeroWithout: true,
  }),
  { name: "source", label: "source", phrases: [], type: "enumeration", values: sources, at: "facts.source" },
  textRow(
    "source.mailchimp.list",
    "Mailchimp list",
    ["mailchimp list"],
    "source_metadata.mailchimp.list",
    "mailchimp_list",
  ),
  {
    name: "source.intercom.type",
    label: "Intercom type",
    phrases: ["intercom type"],
    type: "enumeration",
    values: intercomTypes,
    at: "facts.intercom_type",
  },
  textRow(
    "source.web_widget.id",
    "web widget",
    ["web widget"],
    "source_metadata.web_widget.id",
    "web_widget_id",
  ),
];

function attributeOf(row: Row): Attribute {
  const {
    at,
    scope = "profile",
    reversedPath,
    yearlyPath,
    sizePath,
    set,
    zeroWithout,
    counted,
    ...attribute
  } = row;
  return {
    ...attribute,
    field: {
      attribute: row.name,
      scope,
      path: at,
      reversedPath,
      yearlyPath,
      sizePath,
      set,
      zeroWithout,
      counted,
    },
  };
}

/** Every attribute but consents and metadata, which are the project's. */
export const builtInAttributes: readonly Attribute[] = rows.map(attributeOf);
