// What a mapping of orders may say. It is plain data, so that one can be a JSON file.
import { z } from "zod";
import { isCurrency } from "../../catalog/currency.js";
import { sources } from "../../catalog/enumerations.js";
import { columnShape, fileShape } from "./columns.js";
import { datedShape, dateShape, metadataShape } from "./mapping-of-customers.js";

const values = z.array(z.string().min(1).max(256)).min(1).max(100);
const text = z.string().min(1).max(64);

/** How a cancelled order is known: by how its id begins, by what a column says (case is ignored), or by a column's saying anything at all. */
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
      /** What the rows of an order have in common; also what the order is known by, unless `orderId` is there. */
      order: columnShape,
      /** What the order is known by, in its first row, where `order` may be that of several orders. */
      orderId: columnShape.optional(),
      date: datedShape,
      unitPrice: columnShape.optional(),
      /** What all units of a line come to, where there is no price of one. */
      lineTotal: columnShape.optional(),
      /** A row is one unit where this is left out. */
      quantity: columnShape.optional(),
      productId: columnShape.optional(),
      sku: columnShape.optional(),
      productName: columnShape.optional(),
      country: columnShape.optional(),
      /** A row in another currency than the project's is rejected. */
      currency: columnShape.optional(),
      /** What the whole order came to; the sum of its lines where it is blank or left out. */
      total: columnShape.optional(),
      /** What of it was paid back, which is taken off. */
      refunded: columnShape.optional(),
    }),
    /** A column that holds all lines of the order, each with labels. */
    lines: z
      .strictObject({
        column: columnShape,
        betweenLines: text,
        betweenParts: text,
        afterLabel: text,
        labels: lineLabels,
        /** Labels whose parts are passed over. */
        otherLabels: z.array(text).max(50).optional(),
      })
      .optional(),
    /**
     * Only an order's first row says whose and when it is, what it came to and how it stands; the others may leave that
     * blank. Otherwise a row that names no customer is left out.
     */
    orderOnFirstRow: z.boolean().optional(),
    /** What follows the customer's id in its column and is no part of it. */
    dropCustomerSuffix: z.string().min(1).max(16).optional(),
    /** A customer's id that is an e-mail address is the same one in whatever case. */
    lowerCaseCustomer: z.boolean().optional(),
    date: dateShape.optional(),
    /** Of all rows. Where it is left out: the project's or, while it has no amounts, the one that the first row names. */
    currency: z
      .string()
      .refine(isCurrency, "is no ISO 4217 currency; write three capitals as GBP")
      .optional(),
    /** One, or several, of which any cancels the order. */
    cancelled: z.union([cancellation, z.array(cancellation).min(1).max(10)]).optional(),
    /** The status of other orders: of the first that fits, else `otherStatus`. */
    statuses: z
      .array(z.strictObject({ column: columnShape, values, status: text }))
      .max(20)
      .optional(),
    /** `FULFILLED` where it is left out. */
    otherStatus: text.optional(),
    /** Metadata of the order, of its first row. The keys and their types are added to the project's schema of orders. */
    metadata: metadataShape.optional(),
    /** Between the elements of a list that are not quoted; a semicolon by default. */
    listSeparator: z.enum([";", ",", "|", " "]).optional(),
    /** What is known of a customer who is new, from an order's row. */
    newCustomer: z
      .strictObject({
        /** `import` where it is left out. */
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

/** A mapping of orders; what each part means is said in `ordersMappingShape`. */
export type OrdersMapping = Readonly<z.infer<typeof ordersMappingShape>>;
