// What a mapping of orders may say. It is plain data, so that one can be a JSON file.
import { z } from "zod";
import { isCurrency } from "../../catalog/currency.js";
import { sources } from "../../catalog/enumerations.js";
import { isZone } from "../../projects/definition.js";
import { columnShape, fileShape } from "./columns.js";
import { dateReader } from "./date-format.js";

const values = z.array(z.string().min(1).max(256)).min(1).max(100);

/** Dates of a file: how they are written, and the zone of those that don't say. */
export const dateShape = z.strictObject({
  format: z
    .string()
    .max(64)
    .refine(
      (format) => dateReader(format, "UTC") !== undefined,
      "is neither `iso` nor a pattern with yyyy, M and d, as `d/M/yyyy H:mm` or `yyyy-MM-dd HH:mm:ss`",
    ),
  /** The project's where it is left out. */
  zone: z.string().refine(isZone, "is no IANA time zone; write one as Europe/London").optional(),
});

export const ordersMappingShape = z
  .strictObject({
    /** Where each part of an order's row stands. */
    columns: z.strictObject({
      customer: columnShape,
      order: columnShape,
      date: columnShape,
      unitPrice: columnShape,
      /** A row is one unit where this is left out. */
      quantity: columnShape.optional(),
      sku: columnShape.optional(),
      productName: columnShape.optional(),
      country: columnShape.optional(),
      /** A row in another currency than the project's is rejected. */
      currency: columnShape.optional(),
      /** What the whole order came to; the sum of its lines where it is blank or left out. */
      total: columnShape.optional(),
    }),
    /**
     * Only an order's first row says whose and when it is, what it came to and how it stands; the others may leave that
     * blank. Otherwise a row that names no customer is left out.
     */
    orderOnFirstRow: z.boolean().optional(),
    /** What follows the customer's id in its column and is no part of it. */
    dropCustomerSuffix: z.string().min(1).max(16).optional(),
    /** The customer's id is an e-mail address, say, whose case means nothing. */
    lowerCaseCustomer: z.boolean().optional(),
    date: dateShape,
    /** Of all rows. Where it is left out: the project's or, while it has no amounts, the one that the first row names. */
    currency: z
      .string()
      .refine(isCurrency, "is no ISO 4217 currency; write three capitals as GBP")
      .optional(),
    /**
     * How a cancelled order is known: by how its id begins, by what a column says (case is ignored), or by a column's
     * saying anything at all.
     */
    cancelled: z
      .union([
        z.strictObject({ orderPrefix: z.string().min(1).max(16) }),
        z.strictObject({ column: columnShape, values }),
        z.strictObject({ column: columnShape, anyValue: z.literal(true) }),
      ])
      .optional(),
    /** The status of other orders: of the first that fits, else `otherStatus`. */
    statuses: z
      .array(z.strictObject({ column: columnShape, values, status: z.string().min(1).max(64) }))
      .max(20)
      .optional(),
    /** `FULFILLED` where it is left out. */
    otherStatus: z.string().min(1).max(64).optional(),
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
  .refine(({ columns }) => columns.sku !== undefined || columns.productName !== undefined, {
    path: ["columns"],
    message: "names neither `sku` nor `productName`; name one of them",
  })
  .refine((mapping) => mapping.groupSeparator !== (mapping.decimalSeparator ?? "."), {
    path: ["groupSeparator"],
    message: "is the decimal separator too",
  });

/** A mapping of orders; what each part means stands in `ordersMappingShape`. */
export type OrdersMapping = Readonly<z.infer<typeof ordersMappingShape>>;
