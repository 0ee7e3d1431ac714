// The systems that sources receive from, by kind.
import type { SourceKind } from "../../documents/source-documents.js";
import type { Vendor } from "../delivery.js";
import { shopify } from "./shopify.js";

export const vendors: Readonly<Record<SourceKind, Vendor>> = {
  SHOPIFY: shopify,
};
