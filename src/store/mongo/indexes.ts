// The indexes that the product asks for: the one list of them. What queries read is in src/catalog/attributes.ts, the order
// of pages in src/segments/page.ts, what time changes in src/activity/summaries.ts.
import type { IndexDescriptionInfo } from "mongodb";
import { type CollectionName, collections } from "../../documents/collections.js";
import type { ProjectDocument } from "../../documents/documents.js";
import { maxMetadataIndexes, metadataSlot } from "../../documents/metadata-slot.js";
import { recordCollections } from "../../documents/record-collections.js";

export interface WantedIndex {
  readonly collection: CollectionName;
  /** MongoDB's own name for such a key, so that one that an administrator made by hand is the same one. */
  readonly name: string;
  readonly key: Readonly<Record<string, 1 | -1>>;
}

/**
 * MongoDB allows 64 indexes on a collection, and each makes every write slower: customers have at most 40, of which
 * `mostMetadataIndexes` are kept for metadata keys that projects define as indexed, and one is MongoDB's own on `_id`.
 */
export const maxCustomerIndexes = 40;

/**
 * Paths in the customer document, each indexed behind `project`: the order of pages, then what people ask for most. An
 * attribute that is not here is answered as well, by looking at the project's customers that the other conditions leave.
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
  // dates; a birthdate is asked for by its year and by its day of the year
  "facts.birthdate",
  "yearly.birthdate",
  // summary figures; `order contains X` is asked for by the keys of the items bought
  "activity.orders.first_at",
  "activity.orders.items",
  "activity.loyalty.balance",
  // how far the summaries of a project reach, and which of them are due
  "activity.latest_at",
  "activity.next_at",
];

/** Those that people can be listed by: the source id tells apart those who are equal. See src/segments/sort.ts. */
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

/** Every index that every database has, but MongoDB's own on `_id`. */
export const wantedIndexes: readonly WantedIndex[] = [
  ...customerPaths.map((path) => index("customers", ["project", path])),
  ...sortedPaths.map((path) => index("customers", ["project", path, "source_id"])),
  // Who is in a segment, in the order of `_id`.
  index("customers", ["project", "segments", "_id"]),
  // The segments of a project.
  index("segments", ["project"]),
  // A join, and a transaction that makes a summary anew, find the records of a customer.
  ...recordCollections
    .filter((collection) => collection !== "events")
    .map((collection) => index(collection, ["customer"])),
  index("events", ["customer", "type", "at"]),
  // Who did something within a window of time.
  // It also lists a project's events of one type, newest first.
  index("events", ["project", "type", "at", "_id"]),
  index("orders", ["project", "at", "_id"]),
  // Erasing a person looks for the referrals that name them.
  index("referrals", ["project", "referee"]),
  // Customers to look at, by who is to do it.
  index("changes", ["project", "partition", "_id"]),
  // How far a segment is being populated.
  index("changes", ["project", "looks.segment"]),
  // Whose records' time came.
  index("changes", ["project", "effective_at"]),
  index("live_segments", ["project"]),
  index("maintenance", ["project"]),
  // Who was in a segment at an instant; where a customer was.
  index("memberships", ["project", "segment", "entered_at"]),
  index("memberships", ["project", "customer"]),
  // Stays that ended long ago are forgotten.
  index("memberships", ["project", "left_at"]),
  // What came and went, as it is numbered, and in one segment.
  index("transitions", ["project", "partition", "sequence"]),
  index("transitions", ["project", "segment", "at", "_id"]),
  index("transitions", ["project", "customer"]),
  // Where transitions are sent to, and what could not be.
  index("webhooks", ["project"]),
  index("webhook_cursors", ["project"]),
  index("dead_letters", ["project", "webhook", "at", "_id"]),
  index("api_keys", ["project"]),
  index("audit_entries", ["project", "at", "_id"]),
  // Answers that are no longer replayed are deleted.
  index("answers", ["project", "expires_at"]),
  index("jobs", ["project"]),
  // `order contains X` looks at all products of a project.
  index("products", ["project"]),
];

/** What a project's definition says of its metadata. */
export type MetadataDefinition = Pick<ProjectDocument, "metadataSchema" | "metadataIndexes">;

/** Where the metadata that a definition asks to be indexed stands, below `facts.metadata`. */
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
 * The indexes for metadata. Projects share a collection, so they share its indexes: a key that two of them define with one
 * type is one index, and a customer without the key stands in it as one who has none, which is what `is unknown` asks for.
 * Text is also kept backwards, for `ends with`, while there is room; that gives way to a key that is defined later.
 * @param slots of all projects, in an order that stays; past the bound, the last ones have no index.
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

/** True of an index that the product once made for metadata, whatever it asks for now. */
export function isMetadataIndex({ name, key }: IndexDescriptionInfo): boolean {
  const [project, path = "", ...more] = Object.keys(key as object);
  if (project !== "project" || more.length > 0) return false;
  if (!path.startsWith(forwardsIn) && !path.startsWith(backwardsIn)) return false;
  return name === index("customers", [project, path]).name;
}

/** The indexes of one collection that every database has. */
export function wantedIndexesOf(collection: CollectionName): readonly WantedIndex[] {
  return wantedIndexes.filter((wanted) => wanted.collection === collection);
}

/** True where an index that is there does what the wanted one is for, whatever its name. */
export function serves(existing: IndexDescriptionInfo, wanted: WantedIndex): boolean {
  return (
    JSON.stringify(existing.key) === JSON.stringify(wanted.key) &&
    existing.hidden !== true &&
    existing.sparse !== true &&
    existing.partialFilterExpression === undefined &&
    existing.collation === undefined
  );
}

/** What a database administrator runs in mongosh to make all the indexes by hand, those for metadata among them. */
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
