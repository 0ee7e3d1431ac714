// The columns of lists of customers: any attribute that a query may name.

import { catalogOf, resolveName } from "../../catalog/catalog.js";
import type { Attribute, Catalog } from "../../catalog/model.js";
import { decimalAmount, formatMoney } from "../../catalog/money.js";
import { closest } from "../../check/closest.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { readInstant } from "../../facts/instants.js";
import { type Sort, type SortKey, sortKeys } from "../../store/customers.js";
import { givenValue, profilePath } from "../../why/facts.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { Column } from "../terminal/table.js";
import type { ListedCustomer } from "./listed-customer.js";

/** A value in JSON and CSV: money in major units, as an exact decimal; dates in ISO 8601; null if it is unknown. */
export type ColumnValue = string | number | boolean | null | readonly (string | number | boolean)[];

export interface CustomerColumn {
  /** The attribute's canonical name. */
  readonly name: string;
  /** How a table shows it. */
  readonly column: Column;
  readonly value: (customer: ListedCustomer) => ColumnValue;
  /** The value as a table shows it. */
  readonly text: (customer: ListedCustomer) => string;
}

const defaultColumnNames = [
  "source_id",
  "name",
  "email",
  "country",
  "orders.count",
  "orders.total_amount",
] as const;

const titles: Readonly<Record<string, string>> = {
  source_id: "SOURCE ID",
  "orders.count": "ORDERS",
  "orders.total_amount": "TOTAL",
};

const widest: Readonly<Record<string, number>> = {
  source_id: 40,
  name: 30,
  country: 20,
  "orders.count": 12,
  "orders.total_amount": 20,
};

/**
 * The columns that `--columns` names, separated by commas; without it, the default ones.
 * @param ofAnotherMoment whether the list is for a requested instant: figures are still today's, and their titles then say so.
 * @throws CommandFailure if a name is not that of an attribute.
 */
export function customerColumns(
  definition: ProjectDocument,
  written: string | undefined,
  ofAnotherMoment: boolean,
): readonly CustomerColumn[] {
  const catalog = catalogOf(definition);
  const names = written === undefined ? defaultColumnNames : written.split(",").map((name) => name.trim());
  return names.map((name) =>
    columnOf(catalog, attributeCalled(catalog, name), definition.currency, ofAnotherMoment),
  );
}

/**
 * The order that `--sort` requests, as `total spent desc`.
 * @throws CommandFailure if customers can't be sorted so.
 */
export function sortOrder(definition: ProjectDocument, written: string | undefined): Sort | undefined {
  if (written === undefined) return undefined;
  const [, name = written, direction] = /^(.*?)\s+(asc|desc)$/i.exec(written.trim()) ?? [];
  const attribute = attributeCalled(catalogOf(definition), name);
  if (!Object.hasOwn(sortKeys, attribute.name)) {
    throw new CommandFailure(
      exitCodes.usage,
      `Customers are not sorted by ${attribute.name}. Sort by one of ${Object.keys(sortKeys).join(", ")}.`,
    );
  }
  return { by: attribute.name as SortKey, descending: direction?.toLowerCase() === "desc" };
}

function attributeCalled(catalog: Catalog, name: string): Attribute {
  const found = resolveName(catalog, name)?.attribute;
  if (found?.element === "product")
    throw new CommandFailure(
      exitCodes.usage,
      "The products that customers bought are no column. Ask for them in the query, as order contains MacBook.",
    );
  if (found !== undefined) return found;
  const near = closest(
    name,
    catalog.attributes.map((attribute) => attribute.name),
  );
  const mend = near === undefined ? "segmentql attributes lists those there are." : `Did you mean ${near}?`;
  throw new CommandFailure(exitCodes.usage, `There is no attribute "${name.slice(0, 80)}". ${mend}`);
}

function columnOf(
  catalog: Catalog,
  attribute: Attribute,
  currency: string,
  ofAnotherMoment: boolean,
): CustomerColumn {
  const { name, type, field } = attribute;
  const path = name === "consents" ? ["consents"] : profilePath(catalog, attribute);
  const given = (customer: ListedCustomer): unknown =>
    path === undefined ? valueAt(customer, field.path) : givenValue(customer.profile, path);
  const read = (customer: ListedCustomer): unknown => {
    const value = given(customer);
    // A datetime is shown as its instant, whatever offset it was written with.
    const instant =
      type === "datetime" && typeof value === "string" ? readInstant(value, catalog.timezone) : undefined;
    return instant === undefined ? value : new Date(instant);
  };
  const when = ofAnotherMoment && field.scope !== "profile" ? " NOW" : "";
  const isNumber = type === "number" || type === "money";
  return {
    name,
    column: {
      title: `${titles[name] ?? name.toUpperCase()}${when}`,
      align: isNumber ? "right" : "left",
      widest: widest[name] ?? 40,
    },
    value: (customer) => columnValue(read(customer), attribute, currency),
    text: (customer) => columnText(read(customer), attribute, currency),
  };
}

function columnValue(value: unknown, { type, fractional }: Attribute, currency: string): ColumnValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (type === "money" && typeof value === "number")
    return decimalAmount(fractional ? Math.round(value) : value, currency);
  if (Array.isArray(value)) return value.map((each) => (each instanceof Date ? each.toISOString() : each));
  return typeof value === "object" ? JSON.stringify(value) : (value as string | number | boolean);
}

function columnText(value: unknown, attribute: Attribute, currency: string): string {
  const { type, fractional } = attribute;
  if (type === "money" && typeof value === "number")
    return formatMoney(fractional ? Math.round(value) : value, currency);
  if (typeof value === "number") return value.toLocaleString("en");
  return cellText(columnValue(value, attribute, currency));
}

/** A value as the text of one cell; the elements of a list are separated by semicolons. */
export function cellText(value: ColumnValue): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join("; ") : String(value);
}

function valueAt(customer: ListedCustomer, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, name) => (found as Readonly<Record<string, unknown>> | undefined)?.[name],
      customer,
    );
}
