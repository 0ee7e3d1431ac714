// Reads rows that are at hand, as those of a delivery of a shop, by the mapping of the shop's export: so that a field of one is
// the same here as of the other.
import type { ProjectDocument } from "../../documents/documents.js";
import type { CustomerPatch } from "../../facts/profile-patch.js";
import { RecordError } from "../../facts/record-error.js";
import { checkedId } from "../../facts/record-shape.js";
import { customerRowReader } from "./customer-rows.js";
import type { CustomersMapping } from "./mapping-of-customers.js";
import type { OrdersMapping } from "./mapping-of-orders.js";
import { gatheredOrders } from "./orders/gathered-orders.js";
import { type NewProfile, orderRowReader } from "./orders/order-rows.js";

/** The cells of a row by column. A blank cell says that there is no value; a missing column says nothing. */
export type GivenRow = Readonly<Record<string, string>>;

export interface GivenRowSettings {
  readonly definition: ProjectDocument;
  /** Names the rows in messages. */
  readonly label: string;
  /** In milliseconds since the epoch. */
  readonly now: number;
}

/** The delimiter of rows whose numbers have a decimal point. */
const delimiter = ",";

/** The change of a customer that a row states: its blank cells remove values. @throws RecordError if the row is invalid. */
export function customerOfRow(
  mapping: CustomersMapping,
  row: GivenRow,
  { definition, label, now }: GivenRowSettings,
): CustomerPatch {
  const header = Object.keys(row);
  const fields = Object.values(row);
  const reader = customerRowReader(mapping, { definition, header, delimiter, label, clearEmpty: true, now });
  const sourceId = checkedId(reader.sourceId(fields), "the customer's id");
  reader.observe(fields);
  reader.metadata();
  return reader.reader()(fields, sourceId);
}

/** An order as rows state it, and its customer: with a profile in case the customer is new. */
export interface OrderOfRows {
  /** In the interchange folder's shape. */
  readonly record: Readonly<Record<string, unknown>> & {
    readonly source_id: string;
    readonly customer: string;
  };
  readonly profile: NewProfile;
}

/** An order of no customer, as of a point of sale: the engine keeps orders of customers only. */
export class NoCustomerError extends RecordError {}

/**
 * The order that rows state, one for each line, with the order's own values in the first.
 * @throws RecordError if a row is invalid; NoCustomerError if the rows name no customer.
 */
export function orderOfRows(
  mapping: OrdersMapping,
  rows: readonly GivenRow[],
  { definition, label, now }: GivenRowSettings,
): OrderOfRows {
  const header = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const { timezone: zone, currency, orderMetadataSchema } = definition;
  const settings = {
    zone: mapping.date?.zone ?? zone,
    currency,
    orderMetadataSchema,
    header,
    delimiter,
    label,
    now,
  } as const;
  const reader = orderRowReader(mapping, settings);
  const read = rows.flatMap((row, index) => {
    const fields = header.map((column) => row[column] ?? "");
    return reader.read(fields, index + 1) ?? [];
  });
  reader.metadata();
  const { instant, totalled } = reader;
  const [order] = gatheredOrders(read, { instant, totalled, metadata: reader.metadataReader() });
  if (order === undefined || "skippedRows" in order)
    throw new NoCustomerError(
      "the order names no customer: it has neither an e-mail address nor another id of one",
    );
  if ("problem" in order) throw new RecordError(order.problem);
  return { record: order.record as OrderOfRows["record"], profile: order.profile ?? {} };
}
