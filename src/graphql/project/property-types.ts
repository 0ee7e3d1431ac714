// The names of the types of metadata and event properties in the API. No class of the schema is here, because the command line
// reads this, too.
import type { PropertyType } from "../../documents/documents.js";

/** The types of metadata and event properties, as an enumeration. */
export const propertyTypeEnumeration = {
  STRING: "string",
  NUMBER: "number",
  BOOLEAN: "boolean",
  DATE: "date",
  DATETIME: "datetime",
  STRINGS: "string[]",
  NUMBERS: "number[]",
  BOOLEANS: "boolean[]",
  DATES: "date[]",
  DATETIMES: "datetime[]",
} as const satisfies Readonly<Record<string, PropertyType>>;
