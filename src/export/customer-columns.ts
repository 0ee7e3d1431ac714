// The columns of lists of customers: any attribute that a query may name.
import { resolveName } from "../catalog/catalog.js";
import type { Attribute, Catalog } from "../catalog/model.js";
import { decimalAmount } from "../catalog/money.js";
import { closest } from "../check/closest.js";
import type { Profile } from "../documents/documents.js";
import { readInstant } from "../facts/instants.js";
import { givenValue, profilePath } from "../why/facts.js";
import { ExportError } from "./export-error.js";

/** A value in JSON and CSV: money in major units, as an exact decimal; dates in ISO 8601; null if it is unknown. */
export type ColumnValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** A customer, with the profile as it was given. */
interface WithProfile {
  readonly profile: Profile;
  /** Values of computed attributes by their names in the project. */
  readonly computed?: Readonly<Record<string, unknown>>;
}

export const defaultColumnNames = [
  "source_id",
  "name",
  "email",
  "country",
  "orders.count",
  "orders.total_amount",
] as const;

/**
 * The attribute that a column's name names.
 * @throws ExportError if there is none.
 */
export function columnAttribute(catalog: Catalog, name: string): Attribute {
  const found = resolveName(catalog, name)?.attribute;
  if (found?.element === "product")
    throw new ExportError(
      "The products that customers bought are no column. Ask for them in the query, as order contains MacBook.",
    );
  if (found !== undefined) return found;
  const near = closest(
    name,
    catalog.attributes.map((attribute) => attribute.name),
  );
  const mend = near === undefined ? "List the attributes." : `Did you mean ${near}?`;
  throw new ExportError(`There is no attribute "${name.slice(0, 80)}". ${mend}`);
}

/** The names of the computed attributes among some attributes: their values are to be computed before they are read. */
export function computedAmong(attributes: readonly Attribute[]): readonly string[] {
  return attributes.flatMap(({ computed }) => (computed === undefined ? [] : [computed.name]));
}

/** Reads an attribute of a customer, as it was given if profiles have it. A datetime is read as its instant. */
export function attributeReader(catalog: Catalog, attribute: Attribute): (customer: WithProfile) => unknown {
  const { name, type, field, computed } = attribute;
  if (computed !== undefined) return (customer) => customer.computed?.[computed.name];
  const path = name === "consents" ? ["consents"] : profilePath(catalog, attribute);
  return (customer) => {
    const value = path === undefined ? valueAt(customer, field.path) : givenValue(customer.profile, path);
    // Whatever offset it was written with.
    const instant =
      type === "datetime" && typeof value === "string" ? readInstant(value, catalog.timezone) : undefined;
    return instant === undefined ? value : new Date(instant);
  };
}

/** The value of an attribute in JSON and CSV. */
export function columnValue(value: unknown, { type, fractional }: Attribute, currency: string): ColumnValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (type === "money" && typeof value === "number")
    return decimalAmount(fractional ? Math.round(value) : value, currency);
  if (Array.isArray(value)) return value.map((each) => (each instanceof Date ? each.toISOString() : each));
  return typeof value === "object" ? JSON.stringify(value) : (value as string | number | boolean);
}

/** A value as the text of one cell; the elements of a list are separated by semicolons. */
export function cellText(value: ColumnValue): string {
  if (value === null) return "";
  return Array.isArray(value) ? value.join("; ") : String(value);
}

/** A line of CSV by RFC 4180, without its end: a cell is quoted if it has to be. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map((text) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text))
    .join(",");
}

function valueAt(customer: WithProfile, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>(
      (found, name) => (found as Readonly<Record<string, unknown>> | undefined)?.[name],
      customer,
    );
}
