// Reads the lines of an order from a row: one line from its columns, or all lines from one cell.
import { type Decimal, decimalOf, exactNumber, multiply, roundTo } from "../../../facts/decimal.js";
import { RecordError } from "../../../facts/record-error.js";
import { exactly, type NumberFormat, readNumber } from "../cells/numbers.js";
import { type Columns, columnLabel } from "../columns.js";
import type { OrdersMapping } from "../mapping-of-orders.js";
import { type LineTexts, lineCellReader } from "./line-cells.js";

/** One line of an order. */
export interface CsvOrderLine {
  readonly product_id?: string;
  readonly sku?: string;
  readonly name?: string;
  readonly quantity: number;
  /** The price of one unit, in minor units. */
  readonly price: number;
}

export interface LinesOfRow {
  readonly items: readonly CsvOrderLine[];
  /** The amount of all units, in minor units. */
  readonly amount: number;
}

/** @returns a reader of the lines of a row. @param digits of the currency's minor unit. */
export function orderLinesReader(mapping: OrdersMapping, columns: Columns, format: NumberFormat) {
  const named = mapping.columns;
  const labels: Readonly<Record<string, string>> = Object.fromEntries(
    Object.entries({ ...mapping.lines?.labels, ...labelsOf(named) }).filter(([, label]) => label !== ""),
  );
  const read = {
    productId: columns.reader(named.productId),
    sku: columns.reader(named.sku),
    productName: columns.reader(named.productName),
    quantity: columns.reader(named.quantity),
    unitPrice: columns.reader(named.unitPrice),
    lineTotal: columns.reader(named.lineTotal),
  };
  const { lines } = mapping;
  const cell = lines !== undefined && columns.has(lines.column) ? columns.reader(lines.column) : undefined;
  const linesOf = lines === undefined ? undefined : lineCellReader(lines);

  const lineOf = (
    texts: LineTexts,
    digits: number,
  ): { readonly item: CsvOrderLine; readonly amount: bigint } => {
    const { productId, sku, productName } = texts;
    const number = (part: "quantity" | "unitPrice" | "lineTotal") =>
      texts[part] === undefined ? undefined : readNumber(texts[part], format, labels[part] ?? part);
    const quantity = number("quantity") ?? missing(named.quantity, labels.quantity);
    const price = number("unitPrice");
    const total = price === undefined ? number("lineTotal") : undefined;
    if (price === undefined && total === undefined) {
      const label = labels.unitPrice ?? labels.lineTotal ?? "unitPrice";
      throw new RecordError(`\`${label}\` is "", which is no number as the mapping writes them`);
    }
    const unit = price === undefined ? perUnit(total!, quantity, digits) : roundTo(price, digits);
    const amount = price === undefined ? roundTo(total!, digits) : roundTo(multiply(quantity, price), digits);
    return {
      item: {
        ...(productId === undefined ? {} : { product_id: productId }),
        ...(sku === undefined ? {} : { sku }),
        ...(productName === undefined ? {} : { name: productName }),
        quantity: exactly(quantity, texts.quantity ?? "1", labels.quantity ?? "quantity"),
        price: held(unit, "the price"),
      },
      amount,
    };
  };

  return (fields: readonly string[], digits: number): LinesOfRow => {
    const whole = cell?.(fields) ?? "";
    const texts = whole === "" ? [ownTexts(read, fields)] : linesOf!(whole);
    // An order may have no line at all, but only a tip or a fee.
    const isNone = ({ productId, sku, productName, unitPrice, lineTotal }: LineTexts): boolean =>
      (productId ?? sku ?? productName ?? unitPrice ?? lineTotal) === undefined;
    const mayBeNone = mapping.orderOnFirstRow === true || cell !== undefined;
    const found = texts.filter((each) => !(mayBeNone && isNone(each))).map((each) => lineOf(each, digits));
    const amount = found.reduce((sum, line) => sum + line.amount, 0n);
    return { items: found.map(({ item }) => item), amount: held(amount, "quantity times price") };
  };
}

/** The quantity of a row without one: 1. @throws RecordError if the mapping has a column of quantities. */
function missing(column: OrdersMapping["columns"]["quantity"], label: string | undefined): Decimal {
  if (column === undefined) return decimalOf(1)!;
  throw new RecordError(
    `\`${label ?? columnLabel(column)}\` is "", which is no number as the mapping writes them`,
  );
}

function ownTexts(
  read: Readonly<Record<keyof LineTexts, (fields: readonly string[]) => string>>,
  fields: readonly string[],
): LineTexts {
  return Object.fromEntries(
    Object.entries(read).flatMap(([part, cell]) => {
      const text = cell(fields);
      return text === "" ? [] : [[part, text] as const];
    }),
  );
}

function labelsOf({ productId, sku, productName, quantity, unitPrice, lineTotal }: OrdersMapping["columns"]) {
  const parts = { productId, sku, productName, quantity, unitPrice, lineTotal };
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, column]) =>
      column === undefined ? [] : [[part, columnLabel(column)]],
    ),
  ) as Readonly<Partial<Record<keyof LineTexts, string>>>;
}

/** The price of one unit, rounded to the minor unit; the whole amount if the quantity is 0. */
function perUnit(total: Decimal, quantity: Decimal, digits: number): bigint {
  if (quantity.units === 0n) return roundTo(total, digits);
  const scaled = total.units * 10n ** BigInt(quantity.scale + digits);
  const divisor = quantity.units * 10n ** BigInt(total.scale);
  const [one, other] = [scaled < 0n ? -scaled : scaled, divisor < 0n ? -divisor : divisor];
  const rounded = (one * 2n + other) / (other * 2n);
  return scaled < 0n === divisor < 0n ? rounded : -rounded;
}

/** @param what names the amount in messages. @throws RecordError if a number can't hold it exactly. */
export function held(units: bigint, what: string): number {
  const amount = exactNumber(units);
  if (amount === undefined) throw new RecordError(`${what} is more than an amount can hold`);
  return amount;
}
