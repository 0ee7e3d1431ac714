// One row of a shop's export, by its mapping → the row of an order, or what is wrong with it.
import { decimalOf, exactNumber, multiply, readDecimal, roundTo } from "../activity/decimal.js";
import { shorten } from "../customers/record-shape.js";
import { RecordError } from "../customers/write-result.js";
import { normaliseText, trimText } from "../plan/text.js";
import { minorDigits } from "../projects/currency.js";
import { dateReader } from "./date-format.js";
import { ImportError } from "./import-error.js";
import type { Mapping } from "./mapping.js";
import type { ScratchRow } from "./scratch.js";

/** A row that belongs to an order. */
export interface OrderRow {
  readonly order: string;
  readonly country?: string;
  readonly row: ScratchRow;
}

/**
 * Reads the fields of a row, which begins at `line`; undefined where the row names no customer.
 * @throws RecordError with what is wrong with the row.
 */
export type RowReader = (fields: readonly string[], line: number) => OrderRow | undefined;

type Column = keyof Mapping["columns"];

/**
 * A reader of rows under this header.
 * @param label names the file in messages.
 * @throws ImportError where the header lacks a column that the mapping names.
 */
export function rowReader(mapping: Mapping, header: readonly string[], label: string): RowReader {
  const places = columnPlaces(mapping, header, label);
  const readDate = dateReader(mapping.date.format, mapping.date.zone)!;
  const digits = minorDigits(mapping.currency);
  const cancels = cancellation(mapping, places.cancelled);
  const number = (text: string, name: string) => {
    const value = readDecimal(text, mapping.decimalSeparator, mapping.groupSeparator);
    if (value !== undefined) return value;
    throw new RecordError(`\`${name}\` is "${shorten(text)}", which is no number as the mapping writes them`);
  };
  return (fields, line) => {
    const text = (column: Column): string => {
      const place = places.columns[column];
      return place === undefined ? "" : trimText(fields[place] ?? "");
    };
    const customer = customerOf(mapping, text("customer"));
    if (customer === "") return undefined;
    if (fields.length !== header.length) {
      throw new RecordError(
        `the row has ${fields.length} fields and the first line ${header.length}; is a quote missing?`,
      );
    }
    const order = text("order");
    checkId(order, mapping.columns.order);
    checkId(customer, mapping.columns.customer);
    const at = readDate(text("date"));
    if (at === undefined) {
      throw new RecordError(
        `\`${mapping.columns.date}\` is "${shorten(text("date"))}", which is no date of the form ${mapping.date.format}`,
      );
    }
    const currency = text("currency");
    if (currency !== "" && currency.toUpperCase() !== mapping.currency) {
      throw new RecordError(`the row is in ${shorten(currency)} and the mapping in ${mapping.currency}`);
    }
    const quantityColumn = mapping.columns.quantity;
    const quantity = quantityColumn === undefined ? decimalOf(1)! : number(text("quantity"), quantityColumn);
    const price = number(text("unitPrice"), mapping.columns.unitPrice);
    const unit = exactNumber(roundTo(price, digits));
    const amount = exactNumber(roundTo(multiply(quantity, price), digits));
    if (unit === undefined || amount === undefined) {
      throw new RecordError("quantity times price is more than an amount can hold");
    }
    const [sku, name, country] = [text("sku"), text("productName"), text("country")];
    return {
      order,
      ...(country === "" ? {} : { country }),
      row: {
        line,
        customer,
        at,
        ...(sku === "" ? {} : { sku }),
        ...(name === "" ? {} : { name }),
        quantity: Number(quantity.units) / 10 ** quantity.scale,
        price: unit,
        amount,
        cancelled: cancels(order, fields),
      },
    };
  };
}

interface Places {
  readonly columns: Readonly<Partial<Record<Column, number>>>;
  /** Of the column that tells whether the order is cancelled. */
  readonly cancelled?: number;
}

function columnPlaces(mapping: Mapping, header: readonly string[], label: string): Places {
  const names = header.map(normaliseText);
  const place = (column: string): number => {
    const exact = header.indexOf(column);
    const found = exact === -1 ? names.indexOf(normaliseText(column)) : exact;
    if (found !== -1) return found;
    throw new ImportError(
      `${label} has no column "${column}". Its first line has: ${shortList(header)}. ` +
        "Correct the mapping's columns, or its delimiter.",
    );
  };
  const columns: Partial<Record<Column, number>> = {};
  for (const [name, column] of Object.entries(mapping.columns)) {
    if (column !== undefined) columns[name as Column] = place(column);
  }
  const { cancelled } = mapping;
  return cancelled !== undefined && "column" in cancelled
    ? { columns, cancelled: place(cancelled.column) }
    : { columns };
}

function cancellation(mapping: Mapping, place: number | undefined) {
  const { cancelled } = mapping;
  if (cancelled === undefined) return () => false;
  if ("orderPrefix" in cancelled) return (order: string) => order.startsWith(cancelled.orderPrefix);
  const values = new Set(cancelled.values.map(normaliseText));
  return (_: string, fields: readonly string[]) => values.has(normaliseText(fields[place!] ?? ""));
}

function customerOf(mapping: Mapping, written: string): string {
  const suffix = mapping.dropCustomerSuffix;
  return suffix !== undefined && written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
}

function checkId(id: string, column: string): void {
  if (id === "") throw new RecordError(`\`${column}\` is blank`);
  if (id.length > 256) throw new RecordError(`\`${column}\` has ${id.length} characters; 256 is the most`);
}

function shortList(header: readonly string[]): string {
  const shown = header.slice(0, 30).map((name) => `"${shorten(name)}"`);
  return header.length > shown.length ? `${shown.join(", ")}, …` : shown.join(", ");
}
