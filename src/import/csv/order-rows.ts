// One row of a shop's export, by its mapping → the row of an order, or what is wrong with it.

import { isCurrency, minorDigits } from "../../catalog/currency.js";
import { decimalOf, exactNumber, multiply, readDecimal, roundTo } from "../../facts/decimal.js";
import { RecordError } from "../../facts/record-error.js";
import { shorten } from "../../facts/record-shape.js";
import { normaliseText } from "../../plan/text.js";
import { cellsOf, columnLabel, columnsOf } from "./columns.js";
import { dateReader } from "./date-format.js";
import type { OrdersMapping } from "./mapping-of-orders.js";

/** One line of an order's. */
export interface OrderLine {
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
  /** Minor units, of one unit. */
  readonly price: number;
}

/** One row, as far as orders go. JSON, since it is sorted on disk. */
export interface OrderRow {
  readonly order: string;
  readonly line: number;
  /** These four may be missing where only an order's first row has them. */
  readonly customer?: string;
  /** Milliseconds since the epoch. */
  readonly at?: number;
  /** Minor units, of the whole order. */
  readonly total?: number;
  readonly status?: string;
  readonly item?: OrderLine;
  /** Minor units, of all units of the line. */
  readonly amount: number;
  readonly profile?: NewProfile;
}

/** What is known of a customer who is new, but for the id and the source. */
export type NewProfile = Readonly<Record<string, unknown>>;

export interface OrderRowReader {
  /**
   * Reads the fields of a row, which begins at `line`; undefined where it is left out since it names no customer.
   * @throws RecordError with what is wrong with the row.
   */
  read(fields: readonly string[], line: number): OrderRow | undefined;
  /** An order's own row names its total, and no other row does. */
  readonly totalled: boolean;
  /** What the rows are in; undefined where none has said so yet. */
  currency(): string | undefined;
}

export interface OrderRowSettings {
  /** IANA zone of dates that don't say. */
  readonly zone: string;
  /** Undefined where the first row that names one decides. */
  readonly currency: string | undefined;
}

/**
 * A reader of rows under this header.
 * @param label names the file in messages.
 * @throws ImportError where the header lacks a column that the mapping names.
 */
export function orderRowReader(
  mapping: OrdersMapping,
  settings: OrderRowSettings,
  header: readonly string[],
  label: string,
): OrderRowReader {
  const columns = columnsOf(mapping, header, label);
  const named = mapping.columns;
  const cells = {
    customer: columns.reader(named.customer, true),
    order: columns.reader(named.order, true),
    date: columns.reader(named.date, true),
    unitPrice: columns.reader(named.unitPrice, true),
    quantity: columns.reader(named.quantity),
    sku: columns.reader(named.sku),
    productName: columns.reader(named.productName),
    currency: columns.reader(named.currency),
    total: columns.reader(named.total),
  };
  const readDate = dateReader(mapping.date.format, settings.zone)!;
  const status = statusReader(mapping, columns.reader);
  const profile = profileReader(mapping, columns.reader);
  const { orderOnFirstRow = false } = mapping;
  let currency = settings.currency;

  const number = (text: string, column: Parameters<typeof columnLabel>[0]) => {
    const value = readDecimal(text, mapping.decimalSeparator, mapping.groupSeparator);
    if (value !== undefined) return value;
    const name = columnLabel(column);
    throw new RecordError(`\`${name}\` is "${shorten(text)}", which is no number as the mapping writes them`);
  };
  const digitsOf = (written: string): number => {
    const upper = written.toUpperCase();
    if (written !== "" && currency === undefined) {
      if (!isCurrency(upper)) {
        throw new RecordError(`"${shorten(written)}" is no ISO 4217 currency; write three capitals as GBP`);
      }
      currency = upper;
    }
    if (currency === undefined) {
      throw new RecordError(
        "the row names no currency, and none before it did; write one, or name the mapping's",
      );
    }
    if (written === "" || upper === currency) return minorDigits(currency);
    const other = mapping.currency === undefined ? "the project" : "the mapping";
    throw new RecordError(`the row is in ${shorten(written)} and ${other} in ${currency}`);
  };
  const minorUnits = (value: ReturnType<typeof number>, digits: number, what: string): number => {
    const units = exactNumber(roundTo(value, digits));
    if (units === undefined) throw new RecordError(`${what} is more than an amount can hold`);
    return units;
  };
  const lineOf = (fields: readonly string[], digits: number) => {
    const [sku, name] = [cells.sku(fields), cells.productName(fields)];
    const price = cells.unitPrice(fields);
    // An order may have no line at all, a tip or a fee alone.
    if (orderOnFirstRow && sku === "" && name === "" && price === "") return { amount: 0 };
    const unit = number(price, named.unitPrice);
    const quantity =
      named.quantity === undefined ? decimalOf(1)! : number(cells.quantity(fields), named.quantity);
    return {
      amount: minorUnits(multiply(quantity, unit), digits, "quantity times price"),
      item: {
        ...(sku === "" ? {} : { sku }),
        ...(name === "" ? {} : { name }),
        quantity: Number(quantity.units) / 10 ** quantity.scale,
        price: minorUnits(unit, digits, "the price"),
      },
    };
  };
  const instant = (written: string): number => {
    const at = readDate(written);
    if (at !== undefined) return at;
    throw new RecordError(
      `\`${columnLabel(named.date)}\` is "${shorten(written)}", which is no date of the form ${mapping.date.format}`,
    );
  };

  return {
    read(fields, line) {
      const customer = customerOf(mapping, cells.customer(fields));
      if (customer === "" && !orderOnFirstRow) return undefined;
      if (fields.length !== header.length) {
        throw new RecordError(
          `the row has ${fields.length} fields and the first line ${header.length}; is a quote missing?`,
        );
      }
      const order = cells.order(fields);
      checkId(order, columnLabel(named.order));
      if (customer !== "") checkId(customer, columnLabel(named.customer));
      const date = cells.date(fields);
      const at = date === "" && orderOnFirstRow ? undefined : instant(date);
      const digits = digitsOf(cells.currency(fields));
      const { amount, item } = lineOf(fields, digits);
      const total = cells.total(fields);
      return {
        order,
        line,
        ...(customer === "" ? {} : { customer, ...profile(fields) }),
        ...(at === undefined ? {} : { at }),
        ...(total === "" ? {} : { total: minorUnits(number(total, named.total!), digits, "the total") }),
        status: status(order, fields),
        ...(item === undefined ? {} : { item }),
        amount,
      };
    },
    totalled: orderOnFirstRow && columns.has(named.total),
    currency: () => currency,
  };
}

type FindColumn = ReturnType<typeof columnsOf>["reader"];

function statusReader(mapping: OrdersMapping, find: FindColumn) {
  const cancels = cancellation(mapping, find);
  const others = (mapping.statuses ?? []).map(({ column, values, status }) => {
    const read = find(column);
    const wanted = new Set(values.map(normaliseText));
    return { status, fits: (fields: readonly string[]) => wanted.has(normaliseText(read(fields))) };
  });
  return (order: string, fields: readonly string[]): string => {
    if (cancels(order, fields)) return "CANCELED";
    return others.find(({ fits }) => fits(fields))?.status ?? mapping.otherStatus ?? "FULFILLED";
  };
}

function cancellation(mapping: OrdersMapping, find: FindColumn) {
  const { cancelled } = mapping;
  if (cancelled === undefined) return () => false;
  if ("orderPrefix" in cancelled) return (order: string) => order.startsWith(cancelled.orderPrefix);
  const read = find(cancelled.column);
  if ("anyValue" in cancelled) return (_: string, fields: readonly string[]) => read(fields) !== "";
  const values = new Set(cancelled.values.map(normaliseText));
  return (_: string, fields: readonly string[]) => values.has(normaliseText(read(fields)));
}

function profileReader(mapping: OrdersMapping, find: FindColumn) {
  const { name, email, phone, ...address } = mapping.newCustomer ?? {};
  const texts = cellsOf({ name: find(name), email: find(email), phone: find(phone) });
  const places = cellsOf({
    city: find(address.city),
    state: find(address.state),
    postal_code: find(address.postalCode),
    country: find(mapping.columns.country),
  });
  return (fields: readonly string[]): { readonly profile?: NewProfile } => {
    const [told, where] = [texts(fields), places(fields)];
    const profile = { ...told, ...(isEmpty(where) ? {} : { address: where }) };
    return isEmpty(profile) ? {} : { profile };
  };
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

function customerOf(mapping: OrdersMapping, written: string): string {
  const { dropCustomerSuffix: suffix, lowerCaseCustomer } = mapping;
  const id = suffix !== undefined && written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
  return lowerCaseCustomer ? normaliseText(id) : id;
}

function checkId(id: string, column: string): void {
  if (id === "") throw new RecordError(`\`${column}\` is blank`);
  if (id.length > 256) throw new RecordError(`\`${column}\` has ${id.length} characters; 256 is the most`);
  // Rows are sorted by it, in lines of text.
  if (/[\p{Cc}\p{Cs}]/u.test(id))
    throw new RecordError(`\`${column}\` holds a control character or half of one`);
}
