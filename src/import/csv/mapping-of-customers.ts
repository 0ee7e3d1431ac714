// What a mapping of customers may say. It is plain data, so that one can be a JSON file.
import { z } from "zod";
import { sources } from "../../catalog/enumerations.js";
import { propertyTypes } from "../../projects/definition.js";
import { columnShape, fileShape } from "./columns.js";
import { dateShape } from "./mapping-of-orders.js";

const key = z.string().min(1).max(256);
const words = z.array(z.string().min(1).max(64)).min(1).max(20);

export const customersMappingShape = z
  .strictObject({
    /** Where each part of a profile stands. */
    columns: z.strictObject({
      sourceId: columnShape,
      name: columnShape.optional(),
      email: columnShape.optional(),
      phone: columnShape.optional(),
      createdAt: columnShape.optional(),
      birthdate: columnShape.optional(),
      city: columnShape.optional(),
      state: columnShape.optional(),
      postalCode: columnShape.optional(),
      country: columnShape.optional(),
      source: columnShape.optional(),
      mailchimpList: columnShape.optional(),
      intercomType: columnShape.optional(),
      webWidgetId: columnShape.optional(),
      /** The consents granted, as a list. */
      consents: columnShape.optional(),
    }),
    /** The id is an e-mail address, say, whose case means nothing. */
    lowerCaseSourceId: z.boolean().optional(),
    /** Where all of them come from, unless the column `source` says otherwise. */
    source: z.enum(sources).optional(),
    /** Consents that have a column each, granted where it is true. They are added to the project's. */
    consents: z.record(key, columnShape).optional(),
    /** Metadata, by key. The keys and their types are added to the project's schema. */
    metadata: z.record(key, z.strictObject({ column: columnShape, type: z.enum(propertyTypes) })).optional(),
    /** Every column whose name begins so is metadata: of the type that the project says, else text. */
    metadataPrefix: z.string().min(1).max(64).optional(),
    /** ISO 8601 in the project's zone where it is left out. */
    date: dateShape.optional(),
    /** Between the elements of a list; a semicolon where it is left out. */
    listSeparator: z.enum([";", ",", "|", " "]).optional(),
    /** How true and false are written, in any case: `true yes y 1` and `false no n 0` where they are left out. */
    trueWords: words.optional(),
    falseWords: words.optional(),
    ...fileShape,
  })
  .refine((mapping) => mapping.groupSeparator !== (mapping.decimalSeparator ?? "."), {
    path: ["groupSeparator"],
    message: "is the decimal separator too",
  });

/** A mapping of customers; what each part means stands in `customersMappingShape`. */
export type CustomersMapping = Readonly<z.infer<typeof customersMappingShape>>;
