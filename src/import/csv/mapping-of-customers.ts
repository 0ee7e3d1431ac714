// The shape of a mapping of customers. A mapping is plain data, so that it can be a JSON file.
import { z } from "zod";
import { sources } from "../../catalog/enumerations.js";
import { isZone, propertyTypes } from "../../projects/definition.js";
import { columnShape, dateFormatShape, fileShape } from "./columns.js";

const key = z.string().min(1).max(256);
const words = z.array(z.string().min(1).max(64)).min(1).max(20);

/** The project's zone if it is omitted. */
const zoneShape = z.string().refine(isZone, "is no IANA time zone; write one as Europe/London").optional();

/** The separator of unquoted elements of a list. `any`: whichever of `;`, `|`, `,` a cell has. */
export const listSeparatorShape = z.enum([";", ",", "|", " ", "any"]);

/** A column of lists, with its own separator if it differs from the file's. */
const listedShape = z.union(
  [columnShape, z.strictObject({ column: columnShape, listSeparator: listSeparatorShape.optional() })],
  { error: "is neither a column's name nor a list of them nor {column: …, listSeparator: …}" },
);
export type ListedColumn = z.infer<typeof listedShape>;

/** The dates of a file: their format (by default the common notations), and the zone of dates without an offset. */
export const dateShape = z.strictObject({ format: dateFormatShape.optional(), zone: zoneShape });

/** A column of dates, with its own format or zone if they differ from the file's. */
export const datedShape = z.union(
  [columnShape, z.strictObject({ column: columnShape, format: dateFormatShape.optional(), zone: zoneShape })],
  { error: "is neither a column's name nor a list of them nor {column: …, format: …}" },
);

/**
 * Metadata by key; an omitted type is the project's or, if the project has none for the key, the narrowest that all cells fit.
 */
export const metadataShape = z.record(
  key,
  z.strictObject({
    column: columnShape,
    type: z.enum(propertyTypes).optional(),
    /** True if a column of text of which a cell has a separator is one of lists. */
    mayBeList: z.boolean().optional(),
    /** The separator of a list's elements, if it differs from the file's. */
    listSeparator: listSeparatorShape.optional(),
    format: dateFormatShape.optional(),
    zone: zoneShape,
  }),
);
export type MetadataMapping = z.infer<typeof metadataShape>;

/** How a column states one consent; a blank cell states nothing. */
const consentRule = z.union([
  /** `granted` words grant it, `withdrawn` ones withdraw it; without `withdrawn`, every other word does. */
  z.strictObject({ column: columnShape, granted: words, withdrawn: words.optional() }),
  /** Anything in the cell grants it (true) or withdraws it (false). */
  z.strictObject({ column: columnShape, anyValue: z.boolean() }),
]);
/** A column of true and false; or rules, of which the first that applies decides. */
const consentShape = z.union([columnShape, consentRule, z.array(consentRule).min(1).max(10)], {
  error: "is neither a column's name nor a rule nor a list of rules",
});
export type ConsentMapping = z.infer<typeof consentShape>;

export const customersMappingShape = z
  .strictObject({
    /** Where each part of a profile is. */
    columns: z.strictObject({
      /** The customer's id: of several columns, the first that is not blank. Rows with the same id are one customer. */
      sourceId: columnShape,
      name: columnShape.optional(),
      email: columnShape.optional(),
      phone: columnShape.optional(),
      createdAt: datedShape.optional(),
      /** May lack the year. */
      birthdate: datedShape.optional(),
      city: columnShape.optional(),
      state: columnShape.optional(),
      postalCode: columnShape.optional(),
      country: columnShape.optional(),
      source: columnShape.optional(),
      mailchimpList: columnShape.optional(),
      intercomType: columnShape.optional(),
      webWidgetId: columnShape.optional(),
      /** The consents granted, as a list: all of them. */
      consents: listedShape.optional(),
    }),
    /**
     * A column that distinguishes customers with the same `sourceId`, as two members of a household with one telephone: a later
     * row with another value here is a separate customer, whose id is that value.
     */
    apart: columnShape.optional(),
    /** Converts ids that are e-mail addresses to lower case. */
    lowerCaseSourceId: z.boolean().optional(),
    /** The source of new customers, unless the column `source` names another. */
    source: z.enum(sources).optional(),
    /** Consents that have columns of their own. They are added to the project's. */
    consents: z.record(key, consentShape).optional(),
    /** The keys and their types are added to the project's schema. */
    metadata: metadataShape.optional(),
    /** Every column whose name begins with this is metadata. */
    metadataPrefix: z.string().min(1).max(64).optional(),
    /** Every column whose name ends with this is metadata. */
    metadataSuffix: z.string().min(1).max(64).optional(),
    date: dateShape.optional(),
    /** The separator of lists whose column names none; a semicolon by default. */
    listSeparator: listSeparatorShape.optional(),
    /** How true and false are written, in any case: `true yes y 1` and `false no n 0` by default. */
    trueWords: words.optional(),
    falseWords: words.optional(),
    ...fileShape,
  })
  .refine((mapping) => mapping.groupSeparator !== (mapping.decimalSeparator ?? "."), {
    path: ["groupSeparator"],
    message: "is the decimal separator too",
  });

/** A mapping of customers; its parts are documented in `customersMappingShape`. */
export type CustomersMapping = Readonly<z.infer<typeof customersMappingShape>>;
