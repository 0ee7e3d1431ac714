// The columns of lists of customers: any attribute that a query may name.

import { catalogOf } from "../../catalog/catalog.js";
import type { Attribute, Catalog } from "../../catalog/model.js";
import { formatMoney } from "../../catalog/money.js";
import type { ProjectDocument } from "../../documents/documents.js";
import {
  attributeReader,
  type ColumnValue,
  cellText,
  columnAttribute,
  columnValue,
  defaultColumnNames,
} from "../../export/customer-columns.js";
import { ExportError } from "../../export/export-error.js";
import type { PageRequest } from "../../query/page.js";
import { type SortKey, sortKeys } from "../../store/customers.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import type { Column } from "../terminal/table.js";
import type { ListedCustomer } from "./listed-customer.js";

export interface CustomerColumn {
  /** The attribute's canonical name. */
  readonly name: string;
  /** The name of a computed attribute, whose value has to be requested. */
  readonly computed?: string;
  /** How a table shows it. */
  readonly column: Column;
  readonly value: (customer: ListedCustomer) => ColumnValue;
  /** The value as a table shows it. */
  readonly text: (customer: ListedCustomer) => string;
}

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
export function sortOrder(
  definition: ProjectDocument,
  written: string | undefined,
): Pick<PageRequest, "sort" | "computedSort"> {
  if (written === undefined) return {};
  const [, name = written, direction] = /^(.*?)\s+(asc|desc)$/i.exec(written.trim()) ?? [];
  const attribute = attributeCalled(catalogOf(definition), name);
  const descending = direction?.toLowerCase() === "desc";
  if (attribute.computed !== undefined)
    return { computedSort: { name: attribute.computed.name, descending } };
  if (!Object.hasOwn(sortKeys, attribute.name)) {
    throw new CommandFailure(
      exitCodes.usage,
      `Customers are not sorted by ${attribute.name}. Sort by one of ${Object.keys(sortKeys).join(", ")}, or by a computed attribute.`,
    );
  }
  return { sort: { by: attribute.name as SortKey, descending } };
}

function attributeCalled(catalog: Catalog, name: string): Attribute {
  try {
    return columnAttribute(catalog, name);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    const message = error.message.replace(
      "List the attributes.",
      "segmentql attributes lists those there are.",
    );
    throw new CommandFailure(exitCodes.usage, message);
  }
}

function columnOf(
  catalog: Catalog,
  attribute: Attribute,
  currency: string,
  ofAnotherMoment: boolean,
): CustomerColumn {
  const { name, type, field, computed } = attribute;
  const read = attributeReader(catalog, attribute);
  const isOfProfile = computed === undefined && field.scope === "profile";
  const when = ofAnotherMoment && !isOfProfile ? " NOW" : "";
  const isNumber = type === "number" || type === "money";
  return {
    name,
    ...(computed === undefined ? {} : { computed: computed.name }),
    column: {
      title: `${titles[name] ?? name.toUpperCase()}${when}`,
      align: isNumber ? "right" : "left",
      widest: widest[name] ?? 40,
    },
    value: (customer) => columnValue(read(customer), attribute, currency),
    text: (customer) => columnText(read(customer), attribute, currency),
  };
}

function columnText(value: unknown, attribute: Attribute, currency: string): string {
  const { type, fractional } = attribute;
  if (type === "money" && typeof value === "number")
    return formatMoney(fractional ? Math.round(value) : value, currency);
  if (typeof value === "number") return value.toLocaleString("en");
  return cellText(columnValue(value, attribute, currency));
}
