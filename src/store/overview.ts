// The overview of a customer: the part of the document that lists of customers show at first, and sort by.
import type { Facts, OrderFigures, Profile, StoredDocument } from "../documents/documents.js";

/** The attributes that `sortKeys` names, and the texts among them as they were given. A null of the profile may be absent. */
export interface CustomerOverview extends StoredDocument {
  readonly source_id: string;
  readonly profile: Pick<Profile, "source_id" | "name" | "email"> & {
    readonly address?: Pick<NonNullable<Profile["address"]>, "country"> | null;
  };
  readonly facts: Pick<Facts, "name" | "email" | "country" | "created_at">;
  readonly activity: { readonly orders: Pick<OrderFigures, "count" | "total_amount" | "last_at"> };
}

/** The paths of an overview's values in the document. */
export const overviewPaths: readonly string[] = [
  "project",
  "source_id",
  "profile.source_id",
  "profile.name",
  "profile.email",
  "profile.address.country",
  "facts.name",
  "facts.email",
  "facts.country",
  "facts.created_at",
  "activity.orders.count",
  "activity.orders.total_amount",
  "activity.orders.last_at",
];
