// Reads a row of a shop's export, by its mapping, as a row of an order.
import { isCurrency, minorDigits } from "../../../catalog/currency.js";
import type { PropertyType } from "../../../documents/documents.js";
import { roundTo } from "../../../facts/decimal.js";
import { RecordError } from "../../../facts/record-error.js";
import { checkedId, shorten } from "../../../facts/record-shape.js";
import type { ImportWarning } from "../../summary.js";
import { refuseRounded, withoutCase } from "../cells/ids.js";
import { readNumber } from "../cells/numbers.js";
import type { CellFormat } from "../cells/typed-cells.js";
import { type Columns, cellsOf, columnLabel, columnsOf, refuseSurplus } from "../columns.js";
import type { Delimiter } from "../delimiter.js";
import type { OrdersMapping } from "../mapping-of-orders.js";
import { type CellContext, datedColumn, metadataColumns } from "../metadata-columns.js";
import { type CsvOrderLine, held, orderLinesReader } from "./order-lines.js";
import { statusReader } from "./order-status.js";

/** A row of an order. It is JSON, since rows are sorted on disk. */
export interface OrderRow {
  readonly order: string;
  readonly line: number;
  /** This and the following may be missing if only an order's first row has them. */
  readonly customer?: string;
  /** As it is written in the file. */
  readonly date?: string;
  /** The total of the order and its refunded part, in minor units. */
  readonly total?: number;
  readonly refunded?: number;
  readonly status?: string;
  readonly items: readonly CsvOrderLine[];
  /** The sum of its lines, in minor units. */
  readonly amount: number;
  readonly profile?: NewProfile;
  /** The row's cells, if it may have metadata. */
  readonly fields?: readonly string[];
}

/** The profile of a new customer, without the id and the source. */
export type NewProfile = Readonly<Record<string, unknown>>;

export interface OrderRowReader {
  /**
   * Reads the fields of a row, which begins at `line`; undefined if the row is skipped because it names no customer.
   * @throws RecordError if the row is invalid.
   */
  read(fields: readonly string[], line: number): OrderRow | undefined;
  /** The instant of a row's date, in ISO 8601; call it after the last row is read. @throws RecordError if it is no instant. */
  instant(date: string): string;
  /** The types of the metadata; call it after the last row is read. */
  metadata(): Readonly<Record<string, PropertyType>>;
  /** Warnings about columns; call it after the last row is read. */
  warnings(): readonly ImportWarning[];
  /** Makes the reader of metadata; call it after the last row is read. */
  metadataReader(): (fields: readonly string[]) => readonly (readonly [key: string, value: unknown])[];
  /** True if an order's own row has the total, and no other row has. */
  readonly totalled: boolean;
  /** The currency of the rows; undefined while no row has named one. */
  currency(): string | undefined;
  readonly columns: Columns;
}

export interface OrderRowSettings {
  /** The IANA zone of dates without an offset. */
  readonly zone: string;
  /** Undefined if the first row that names a currency decides. */
  readonly currency: string | undefined;
  readonly orderMetadataSchema: Readonly<Record<string, PropertyType>>;
  readonly header: readonly string[];
  readonly delimiter: Delimiter;
  /** Names the file in messages. */
  readonly label: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** @throws ImportError if the header lacks a column that the mapping names. */
export function orderRowReader(mapping: OrdersMapping, settings: OrderRowSettings): OrderRowReader {
  const { header, delimiter, label, zone, now } = settings;
  const columns = columnsOf(mapping, header, label);
  const named = mapping.columns;
  const format: CellFormat = { ...mapping, mayHaveCommas: delimiter !== "," };
  const context: CellContext = { format, date: mapping.date, zone, now };
  const customerCell = columns.reader(named.customer, true);
  const date = datedColumn(named.date, columns, context, true);
  const orderId = orderIdReader(mapping, columns);
  const cells = {
    currency: columns.reader(named.currency),
    total: columns.reader(named.total),
    refunded: columns.reader(named.refunded),
  };
  const lines = orderLinesReader(mapping, columns, format);
  const status = statusReader(mapping, columns);
  const profile = profileReader(mapping, columns);
  const metadata = metadataColumns(mapping.metadata ?? {}, columns, settings.orderMetadataSchema, context);
  const hasMetadata = Object.keys(mapping.metadata ?? {}).length > 0;
  const { orderOnFirstRow = false } = mapping;
  const currencies = currencyReader(
    settings.currency,
    mapping.currency === undefined ? "the project" : "the mapping",
  );
  const amount = (text: string, column: typeof named.total, digits: number, what: string): number =>
    held(roundTo(readNumber(text, format, columnLabel(column)), digits), what);

  return {
    columns,
    read(fields, line) {
      const customer = customerOf(mapping, customerCell(fields));
      if (customer === "" && !orderOnFirstRow) return undefined;
      refuseSurplus(fields, header);
      const order = orderId(fields);
      refuseRounded(customer, columnLabel(named.customer));
      refuseRounded(order, columnLabel(named.orderId ?? named.order));
      if (customer !== "") checkedId(customer, `\`${columnLabel(named.customer)}\``);
      const written = date.read(fields);
      date.dates.observe(written);
      if (hasMetadata) metadata.observe(fields);
      if (written !== "" || !orderOnFirstRow) date.dates.refuseOther(written);
      const digits = currencies.digitsOf(cells.currency(fields));
      const { items, amount: sum } = lines(fields, digits);
      const [total, refunded] = [cells.total(fields), cells.refunded(fields)];
      return {
        order,
        line,
        ...(customer === "" ? {} : { customer, ...profile(fields) }),
        ...(written === "" ? {} : { date: written }),
        ...(total === "" ? {} : { total: amount(total, named.total, digits, "the total") }),
        ...(refunded === "" ? {} : { refunded: amount(refunded, named.refunded, digits, "the refund") }),
        status: status(order, fields),
        items,
        amount: sum,
        ...(hasMetadata ? { fields } : {}),
      };
    },
    instant: date.dates.instant,
    metadata: metadata.types,
    metadataReader: metadata.reader,
    warnings: metadata.warnings,
    totalled: orderOnFirstRow && columns.has(named.total),
    currency: currencies.currency,
  };
}

/** How many names of orders are remembered with the ids of their first rows. */
const maxNames = 10_000;

/** The id of a row's order. Only the first row may have the id; later rows are matched by the order's name. */
function orderIdReader(mapping: OrdersMapping, columns: Columns): (fields: readonly string[]) => string {
  const { order, orderId } = mapping.columns;
  const label = `\`${columnLabel(order)}\``;
  const name = columns.reader(order, orderId === undefined || !columns.has(orderId));
  if (orderId === undefined || !columns.has(orderId)) return (fields) => checkedId(name(fields), label);
  const id = columns.reader(orderId);
  const latest = new Map<string, string>();
  return (fields) => {
    const [own, shared] = [id(fields), name(fields)];
    if (own === "") return checkedId(latest.get(shared) ?? shared, label);
    latest.delete(shared);
    latest.set(shared, own);
    if (latest.size > maxNames) latest.delete(latest.keys().next().value!);
    return checkedId(own, `\`${columnLabel(orderId)}\``);
  };
}

/** The currency of the rows: the given one, or that of the first row that names one. @param source names it in messages. */
function currencyReader(given: string | undefined, source: string) {
  let currency = given;
  return {
    currency: () => currency,
    /** The digits of the minor unit of a row's currency. @throws RecordError if the row is in another currency. */
    digitsOf(written: string): number {
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
      throw new RecordError(`the row is in ${shorten(written)} and ${source} in ${currency}`);
    },
  };
}

function profileReader(mapping: OrdersMapping, { reader }: Columns) {
  const { name, email, phone, ...address } = mapping.newCustomer ?? {};
  const texts = cellsOf({ name: reader(name), email: reader(email), phone: reader(phone) });
  const places = cellsOf({
    city: reader(address.city),
    state: reader(address.state),
    postal_code: reader(address.postalCode),
    country: reader(mapping.columns.country),
  });
  return (fields: readonly string[]): { readonly profile?: NewProfile } => {
    const where = places(fields);
    const profile = { ...texts(fields), ...(isEmpty(where) ? {} : { address: where }) };
    return isEmpty(profile) ? {} : { profile };
  };
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

function customerOf(mapping: OrdersMapping, written: string): string {
  const { dropCustomerSuffix: suffix, lowerCaseCustomer } = mapping;
  const id = suffix !== undefined && written.endsWith(suffix) ? written.slice(0, -suffix.length) : written;
  return lowerCaseCustomer ? withoutCase(id) : id;
}
