// The systems that sources receive from, by kind.
import type { SourceKind } from "../../documents/source-documents.js";
import type { Vendor } from "../delivery.js";
import { activecampaign } from "./activecampaign.js";
import { bigcommerce } from "./bigcommerce.js";
import { intercom } from "./intercom.js";
import { mailchimp } from "./mailchimp.js";
import { shopify } from "./shopify.js";

export const vendors: Readonly<Record<SourceKind, Vendor>> = {
  SHOPIFY: shopify,
  MAILCHIMP: mailchimp,
  INTERCOM: intercom,
  BIGCOMMERCE: bigcommerce,
  ACTIVECAMPAIGN: activecampaign,
};
