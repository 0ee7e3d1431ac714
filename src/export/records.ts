// Converts documents to records in the interchange folder's shape. Importing such a record gives the same document.

import type { DocumentOf } from "../documents/collections.js";
import type { ProjectDocument } from "../documents/documents.js";
import { sourceIdOf } from "../facts/identity.js";
import { givenId } from "../facts/record-id.js";
import type { ImportedCollection } from "../import/summary.js";

type Writer<Name extends ImportedCollection> = (document: DocumentOf[Name]) => object;

const writers: { readonly [Name in ImportedCollection]: Writer<Name> } = {
  customers: ({ profile }) => profile,
  orders: ({ source_id, at, status, amount, items, metadata, ...order }) => ({
    source_id,
    customer: ownerOf(order),
    created_at: at.toISOString(),
    status,
    amount,
    items,
    ...(metadata === undefined ? {} : { metadata }),
  }),
  events: ({ type, at, properties, ...event }) => ({
    ...idOf(event),
    customer: ownerOf(event),
    type,
    at: at.toISOString(),
    properties,
  }),
  redemptions: ({ at, campaign, result, ...redemption }) => ({
    ...idOf(redemption),
    customer: ownerOf(redemption),
    at: at.toISOString(),
    campaign,
    result,
  }),
  gift_cards: ({ campaign, amount, spent, ...card }) => ({
    ...idOf(card),
    customer: ownerOf(card),
    campaign,
    amount,
    spent,
  }),
  loyalty: ({ campaign, points, spent, expired, ...card }) => ({
    ...idOf(card),
    customer: ownerOf(card),
    campaign,
    points,
    spent,
    expired,
  }),
  referrals: ({ referee, campaign, at, ...referral }) => ({
    ...idOf(referral),
    referrer: ownerOf(referral),
    referee,
    campaign,
    at: at.toISOString(),
  }),
};

/** The record that a document was made from, or an equivalent one. */
export function recordOf<Name extends ImportedCollection>(
  collection: Name,
  document: DocumentOf[Name],
): object {
  return writers[collection](document);
}

/** The content of `project.json`. */
export function definitionOf(stored: ProjectDocument): object {
  const { timezone, currency, metadataSchema, metadataIndexes, orderMetadataSchema } = stored;
  const { eventSchemas, consents, campaigns, computed } = stored;
  return {
    timezone,
    currency,
    metadataSchema,
    metadataIndexes,
    orderMetadataSchema,
    eventSchemas,
    consents,
    campaigns,
    computed,
  };
}

/** The source id of a record's customer. */
function ownerOf({ project, customer }: { readonly project: string; readonly customer: string }): string {
  return sourceIdOf(project, customer);
}

function idOf(document: { readonly _id: string; readonly project: string }): { readonly id?: string } {
  const id = givenId(document);
  return id === undefined ? {} : { id };
}
