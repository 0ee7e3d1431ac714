// The shape of a mapping of orders. A mapping is plain data, so that it can be a JSON file.
import { z } from "zod";
import { isCurrency } from "../../catalog/currency.js";
import { sources } from "../../catalog/enumerations.js";
import { columnShape, fileShape } from "./columns.js";
import { datedShape, dateShape, listSeparatorShape, metadataShape } from "./mapping-of-customers.js";

const values = z.array(z.string().min(1).max(256)).min(1).max(100);
const text = z.string().min(1).max(64);

/**
 * How a cancelled order is recognised: by the beginning of its id, by a column's value (ignoring case), or by any value of a
 * column.
 */
const cancellation = z.union([
  z.strictObject({ orderPrefix: z.string().min(1).max(16) }),
  z.strictObject({ column: columnShape, values }),
  z.strictObject({ column: columnShape, anyValue: z.literal(true) }),
]);

/** The parts of an order's line. */
const lineLabels = z.strictObject({
  productId: text.optional(),
  sku: text.optional(),
  productName: text.optional(),
  quantity: text.optional(),
  unitPrice: text.optional(),
  lineTotal: text.optional(),
});

export const ordersMappingShape = z
  .strictObject({
    /** Where each part of an order's row is. */
    columns: z.strictObject({
      customer: columnShape,
      /** The value that all rows of an order share; it is also the order's id, unless there is `orderId`. */
      order: columnShape,
      /** The order's id, in its first row; for files in which several orders may have the same `order`. */
      orderId: columnShape.optional(),
      date: datedShape,
      unitPrice: columnShape.optional(),
      /** The amount of all units of a line, if there is no unit price. */
      lineTotal: columnShape.optional(),
      /** If it is omitted, a row is one unit. */
      quantity: columnShape.optional(),
      productId: columnShape.optional(),
      sku: columnShape.optional(),
      productName: columnShape.optional(),
      country: columnShape.optional(),
      /** A row in another currency than the project's is rejected. */
      currency: columnShape.optional(),
      /** The total of the order; if it is blank or omitted, the sum of the order's lines. */
      total: columnShape.optional(),
      /** The refunded part of the total, which is subtracted. */
      refunded: columnShape.optional(),
    }),
    /** A column with all lines of the order, as labelled parts. */
    lines: z
      .strictObject({
        column: columnShape,
        betweenLines: text,
        betweenParts: text,
        afterLabel: text,
        labels: lineLabels,
        /** Labels whose parts are ignored. */
        otherLabels: z.array(text).max(50).optional(),
      })
      .optional(),
    /**
     * Only an order's first row needs its customer, date, total and status; the other rows may leave them blank. Without this, a
     * row that names no customer is skipped.
     */
    orderOnFirstRow: z.boolean().optional(),
    /** A suffix that is removed from the customer's id. */
    dropCustomerSuffix: z.string().min(1).max(16).optional(),
    /** Converts customers' ids that are e-mail addresses to lower case. */
    lowerCaseCustomer: z.boolean().optional(),
    date: dateShape.optional(),
    /**
     * The currency of all rows. If omitted: the project's or, while the project has no amounts, the one that the first row names.
     */
    currency: z
      .string()
      .refine(isCurrency, "is no ISO 4217 currency; write three capitals as GBP")
      .optional(),
    /** One or more rules, of which any cancels the order. */
    cancelled: z.union([cancellation, z.array(cancellation).min(1).max(10)]).optional(),
    /** The status of other orders: that of the first rule that applies, otherwise `otherStatus`. */
    statuses: z
      .array(z.strictObject({ column: columnShape, values, status: text }))
      .max(20)
      .optional(),
    /** `FULFILLED` by default. */
    otherStatus: text.optional(),
    /** Metadata of the order, read from its first row. The keys and their types are added to the project's schema of orders. */
    metadata: metadataShape.optional(),
    /** The separator of lists whose column names none; a semicolon by default. */
    listSeparator: listSeparatorShape.optional(),
    /** The profile of a new customer, from an order's row. */
    newCustomer: z
      .strictObject({
        /** `import` by default. */
        source: z.enum(sources).optional(),
        name: columnShape.optional(),
        email: columnShape.optional(),
        phone: columnShape.optional(),
        city: columnShape.optional(),
        state: columnShape.optional(),
        postalCode: columnShape.optional(),
      })
      .optional(),
    ...fileShape,
  })
  .refine(
    ({ columns, lines }) =>
      lines !== undefined ||
      columns.sku !== undefined ||
      columns.productName !== undefined ||
      columns.productId !== undefined,
    { path: ["columns"], message: "names neither `sku` nor `productName`; name one of them" },
  )
  .refine(
    ({ columns, lines }) =>
      lines !== undefined || columns.unitPrice !== undefined || columns.lineTotal !== undefined,
    { path: ["columns"], message: "names neither `unitPrice` nor `lineTotal`; name one of them" },
  )
  .refine((mapping) => mapping.groupSeparator !== (mapping.decimalSeparator ?? "."), {
    path: ["groupSeparator"],
    message: "is the decimal separator too",
  });

/** A mapping of orders; its parts are documented in `ordersMappingShape`. */
export type OrdersMapping = Readonly<z.infer<typeof ordersMappingShape>>;
