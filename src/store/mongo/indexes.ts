// The list of all indexes that the product wants. The attributes that they serve are in src/catalog/attributes.ts, the sort
// orders in src/store/customers.ts, the summaries that time changes in src/ingest/summaries.ts.
import type { IndexDescriptionInfo } from "mongodb";
import { type CollectionName, collections } from "../../documents/collections.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { maxMetadataIndexes, metadataSlot } from "../../documents/metadata-slot.js";
import { recordCollections } from "../../documents/record-collections.js";

export interface WantedIndex {
  readonly collection: CollectionName;
  /** MongoDB's default name for the key, so that an index that an administrator created by hand has the same name. */
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
}

/**
 * MongoDB allows 64 indexes on a collection, and each makes every write slower: customers have at most 40, of which
 * `maxMetadataIndexes` are reserved for metadata keys that projects define as indexed, and one is MongoDB's own on `_id`.
 */
export const maxCustomerIndexes = 40;

/**
 * Paths in the customer document, each indexed after `project`: those of pages and samples, then those most queried. Conditions
 * on any other attribute read the project's customers that the other conditions leave.
 */
const customerPaths: readonly string[] = [
  // Pages of customers are sorted by it.
  "source_id",
  // A fair sample is a range of it.
  "sample",
  // `is`, `starts with`
  "facts.phone",
  "facts.city",
  // `ends with`
  "reversed.email",
  "reversed.name",
  // enumerations and sets
  "facts.source",
  "facts.consents",
  // dates; birthdates are queried by date and by day of the year
  "facts.birthdate",
  "yearly.birthdate",
  // summary figures; `order contains X` is queried by item keys
  "activity.orders.first_at",
  "activity.orders.items",
  "activity.loyalty.balance",
  // the latest record counted in a summary, and the next record that becomes due
  "activity.latest_at",
  "activity.next_at",
];

/** The paths that customers can be sorted by (`sortKeys`); the source id breaks ties. */
const sortedPaths: readonly string[] = [
  "facts.name",
  "facts.email",
  "facts.country",
  "facts.created_at",
  "activity.orders.total_amount",
  "activity.orders.count",
  "activity.orders.last_at",
];

function index(collection: CollectionName, paths: readonly string[]): WantedIndex {
  return {
    collection,
    name: paths.map((path) => `${path}_1`).join("_"),
    key: Object.fromEntries(paths.map((path) => [path, 1 as const])),
  };
}

/** The indexes of every database, except MongoDB's own on `_id`. */
export const wantedIndexes: readonly WantedIndex[] = [
  ...customerPaths.map((path) => index("customers", ["project", path])),
  ...sortedPaths.map((path) => index("customers", ["project", path, "source_id"])),
  // The members of a segment, by `_id`.
  index("customers", ["project", "segments", "_id"]),
  // The segments of a project.
  index("segments", ["project"]),
  // The records of a customer, for joins and for computing a summary.
  ...recordCollections
    .filter((collection) => collection !== "events")
    .map((collection) => index(collection, ["customer"])),
  index("events", ["customer", "type", "at"]),
  // Events of one type within a time window, and a project's events of one type, newest first.
  index("events", ["project", "type", "at", "_id"]),
  index("orders", ["project", "at", "_id"]),
  // The referrals that name a referee, for erasure.
  index("referrals", ["project", "referee"]),
  // The customers to reevaluate, by partition.
  index("changes", ["project", "partition", "_id"]),
  // The progress of populating a segment.
  index("changes", ["project", "reasons.segment"]),
  // The customers with records that have become effective.
  index("changes", ["project", "effective_at"]),
  index("live_segments", ["project"]),
  index("maintenance", ["project"]),
  // The members of a segment at an instant; the intervals of a customer.
  index("memberships", ["project", "segment", "entered_at"]),
  index("memberships", ["project", "customer"]),
  // Intervals that ended long ago, which are deleted.
  index("memberships", ["project", "left_at"]),
  // Transitions by number, of one segment, and of one customer.
  index("transitions", ["project", "partition", "sequence"]),
  index("transitions", ["project", "segment", "at", "_id"]),
  index("transitions", ["project", "customer"]),
  // Outgoing events by number, and of one customer.
  index("outgoing_events", ["project", "partition", "sequence"]),
  index("outgoing_events", ["project", "customer"]),
  // Webhooks, their cursors and dead letters.
  index("webhooks", ["project"]),
  index("webhook_cursors", ["project"]),
  index("dead_letters", ["project", "webhook", "at", "_id"]),
  index("api_keys", ["project"]),
  index("audit_entries", ["project", "at", "_id"]),
  // Expired answers, which are deleted.
  index("answers", ["project", "expires_at"]),
  index("jobs", ["project"]),
  // Promotions: the codes of a campaign in order, those free to be published, and what belongs to a customer, for erasure.
  index("validation_rules", ["project"]),
  index("campaigns", ["project"]),
  index("codes", ["project", "campaign", "_id"]),
  index("codes", ["project", "campaign", "status", "_id"]),
  index("codes", ["project", "customer"]),
  index("redemption_counts", ["project", "customer"]),
  index("code_redemptions", ["project", "campaign", "at", "_id"]),
  index("code_redemptions", ["project", "customer"]),
  // Accounts with points that expire, and those of a customer, for erasure.
  index("loyalty_accounts", ["project", "next_expiry"]),
  index("loyalty_accounts", ["project", "customer"]),
  // Distributions that are worked on, and messages: in order, by status and time, and those to a customer, for erasure.
  index("distributions", ["project", "state"]),
  index("distribution_work", ["project"]),
  index("messages", ["project", "distribution", "_id"]),
  index("messages", ["project", "distribution", "status", "due_at"]),
  index("messages", ["project", "customer"]),
  // Sources; what a source sent, for its deletion, and what is about a customer, for erasure.
  index("sources", ["project"]),
  index("source_records", ["project", "source"]),
  index("source_records", ["project", "customer"]),
  // All products of a project, for `order contains X`.
  index("products", ["project"]),
];

/** The metadata part of a project's definition. */
export type MetadataDefinition = Pick<ProjectDocument, "metadataSchema" | "metadataIndexes">;

/** The slots under `facts.metadata` that a definition asks to be indexed. */
export function indexedSlots({
  metadataSchema,
  metadataIndexes = [],
}: MetadataDefinition): readonly string[] {
  return metadataIndexes.flatMap((key) => {
    const type = metadataSchema[key];
    return type === undefined ? [] : [metadataSlot(key, type)];
  });
}

/**
 * The indexes for metadata. Projects share a collection, so they share its indexes: a key that two of them define with the same
 * type has one index, and a customer without the key is in it as null, which serves `is unknown`. Reversed text, for `ends with`,
 * is indexed while there is room, and makes way for keys that are defined later.
 * @param slots those of all projects, in a stable order; slots beyond `maxMetadataIndexes` get no index.
 */
export function metadataIndexes(slots: Iterable<string>): readonly WantedIndex[] {
  const kept = [...new Set(slots)].slice(0, maxMetadataIndexes);
  const backwards = kept.filter((slot) => slot.startsWith(metadataSlot("", "string")));
  return [
    ...kept.map((slot) => index("customers", ["project", `${forwardsIn}${slot}`])),
    ...backwards
      .slice(0, maxMetadataIndexes - kept.length)
      .map((slot) => index("customers", ["project", `${backwardsIn}${slot}`])),
  ];
}

const forwardsIn = "facts.metadata.";
const backwardsIn = "reversed.metadata.";

/** True for an index that the product created for metadata, whether or not it is still wanted. */
export function isMetadataIndex({ name, key }: IndexDescriptionInfo): boolean {
  const [project, path = "", ...more] = Object.keys(key as object);
  if (project !== "project" || more.length > 0) return false;
  if (!path.startsWith(forwardsIn) && !path.startsWith(backwardsIn)) return false;
  return name === index("customers", [project, path]).name;
}

/** The indexes of one collection in every database. */
export function wantedIndexesOf(collection: CollectionName): readonly WantedIndex[] {
  return wantedIndexes.filter((wanted) => wanted.collection === collection);
}

/** True if an existing index serves as the wanted one, whatever its name. */
export function serves(existing: IndexDescriptionInfo, wanted: WantedIndex): boolean {
  return (
    JSON.stringify(existing.key) === JSON.stringify(wanted.key) &&
    existing.hidden !== true &&
    existing.sparse !== true &&
    existing.partialFilterExpression === undefined &&
    existing.collation === undefined
  );
}

/** A mongosh script by which an administrator creates all indexes by hand, including those for metadata. */
export function indexScript(database: string, forMetadata: readonly WantedIndex[]): string {
  const all = [...wantedIndexes, ...forMetadata];
  const lines = collections.flatMap((collection) =>
    all
      .filter((wanted) => wanted.collection === collection)
      .map(
        ({ name, key }) =>
          `segmentql.getCollection(${JSON.stringify(collection)}).createIndex(${JSON.stringify(key)}, ${JSON.stringify({ name })});`,
      ),
  );
  return [`const segmentql = db.getSiblingDB(${JSON.stringify(database)});`, ...lines, ""].join("\n");
}
