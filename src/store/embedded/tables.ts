// The tables of the embedded store: one for each collection with the whole documents, and narrow tables of customers, records and
// sets with the values that queries read.
import { type CollectionName, collections } from "../../documents/collections.js";
import { recordCollections } from "../../documents/record-collections.js";

/** A column with the value at a path of a document. Dates are stored as milliseconds since the epoch. */
export interface PathColumn {
  readonly name: string;
  readonly path: string;
  /** The names in the path. */
  readonly parts: readonly string[];
  readonly type: "TEXT" | "INTEGER" | "REAL";
}

const column = (path: string, name: string, type: PathColumn["type"]): PathColumn => ({
  name,
  path,
  parts: path.split("."),
  type,
});
const text = (path: string, name = path.replace(/^facts\./, "")): PathColumn => column(path, name, "TEXT");
const whole = (path: string, name: string): PathColumn => column(path, name, "INTEGER");
const real = (path: string, name: string): PathColumn => column(path, name, "REAL");

/** The columns of `customers`: what queries read of a customer, except metadata. */
export const customerColumns: readonly PathColumn[] = [
  text("source_id"),
  whole("sample", "sample"),
  text("facts.country"),
  text("facts.source"),
  whole("facts.created_at", "created_at"),
  text("facts.birthdate"),
  text("yearly.birthdate", "birthday"),
  whole("activity.orders.count", "order_count"),
  whole("activity.orders.total_amount", "total_amount"),
  real("activity.orders.average_amount", "average_amount"),
  whole("activity.orders.first_at", "first_order_at"),
  whole("activity.orders.last_at", "last_order_at"),
  whole("activity.orders.last_amount", "last_amount"),
  whole("activity.orders.product_count", "product_count"),
  whole("activity.redemptions.count", "redemption_count"),
  whole("activity.referrals.count", "referral_count"),
  whole("activity.gift_cards.spent", "gift_cards_spent"),
  whole("activity.gift_cards.balance", "gift_cards_balance"),
  // Points may have fractions.
  real("activity.loyalty.points", "loyalty_points"),
  real("activity.loyalty.balance", "loyalty_balance"),
  whole("activity.latest_at", "latest_at"),
  whole("activity.next_at", "next_at"),
  whole("facts.consents", "consent_count"),
  text("facts.name"),
  text("facts.email"),
  text("facts.phone"),
  text("facts.city"),
  text("facts.state"),
  text("facts.postal_code"),
  text("facts.mailchimp_list"),
  text("facts.intercom_type"),
  text("facts.web_widget_id"),
  text("reversed.name", "name_reversed"),
  text("reversed.email", "email_reversed"),
];

/** Columns of `customers` that are indexed after `project`; indexes for sort orders end with `source_id`. */
const indexedColumns: readonly (readonly string[])[] = [
  ["source_id"],
  ["sample"],
  ["phone"],
  ["city"],
  ["email_reversed"],
  ["name_reversed"],
  ["birthdate"],
  ["birthday"],
  ["first_order_at"],
  ["loyalty_balance"],
  ["latest_at"],
  ["next_at"],
  ["name", "source_id"],
  ["email", "source_id"],
  ["country", "source_id"],
  ["created_at", "source_id"],
  ["total_amount", "source_id"],
  ["order_count", "source_id"],
  ["last_order_at", "source_id"],
];

/** Indexes that answer the most common conjunctions without reading customers' rows. */
export const coveringIndexes: readonly { readonly name: string; readonly columns: readonly string[] }[] = [
  ["country", "total_amount", "source", "order_count", "last_order_at", "created_at", "email_reversed"],
  ["source", "email_reversed", "country", "total_amount", "order_count", "last_order_at", "created_at"],
].map((columns) => ({ columns, name: indexName("customers", ["project", ...columns]) }));

/** Collections without narrow tables: whole documents, and columns for the reads. */
export type PlainCollection = Exclude<
  CollectionName,
  "customers" | "orders" | "events" | "redemptions" | "gift_cards" | "loyalty" | "referrals"
>;

/** A plain collection's columns besides the document, and its indexes. The cell of a list is its number of elements. */
interface PlainTable {
  readonly columns: readonly PathColumn[];
  readonly indexes: readonly (readonly string[])[];
}

const onlyProject: PlainTable = { columns: [], indexes: [["project"]] };

export const plainTables: { readonly [Name in PlainCollection]: PlainTable } = {
  projects: onlyProject,
  products: {
    columns: [
      text("key", "item_key"),
      text("text.product_id", "product_id"),
      text("text.sku", "sku"),
      text("text.name", "name"),
    ],
    indexes: [["project"]],
  },
  segments: onlyProject,
  segment_keys: onlyProject,
  changes: {
    columns: [
      whole("partition", "partition"),
      whole("since", "since"),
      whole("effective_at", "effective_at"),
      whole("reasons", "reason_count"),
      whole("erased", "erased_count"),
      // 1 for an object.
      whole("before", "has_before"),
    ],
    indexes: [
      ["project", "partition", "id"],
      ["project", "effective_at"],
    ],
  },
  live_segments: { columns: [text("status")], indexes: [["project"]] },
  maintenance: onlyProject,
  memberships: {
    columns: [
      text("segment"),
      text("customer"),
      whole("entered_at", "entered_at"),
      whole("left_at", "left_at"),
    ],
    indexes: [
      ["project", "segment", "entered_at"],
      ["project", "customer"],
      ["project", "left_at"],
    ],
  },
  transitions: {
    columns: [
      whole("partition", "partition"),
      whole("sequence", "sequence"),
      text("segment"),
      text("customer"),
      whole("at", "at"),
    ],
    indexes: [
      ["project", "partition", "sequence"],
      ["project", "segment", "at"],
      ["project", "customer"],
    ],
  },
  outgoing_events: {
    columns: [whole("partition", "partition"), whole("sequence", "sequence"), text("type"), text("customer")],
    indexes: [
      ["project", "partition", "sequence"],
      ["project", "customer"],
    ],
  },
  webhooks: onlyProject,
  webhook_cursors: { columns: [text("webhook")], indexes: [["project", "webhook"]] },
  dead_letters: {
    columns: [text("webhook"), whole("partition", "partition"), whole("at", "at")],
    indexes: [["project", "webhook", "at"]],
  },
  api_keys: { columns: [text("kind")], indexes: [["project"]] },
  audit_entries: { columns: [whole("at", "at")], indexes: [["project", "at"]] },
  answers: { columns: [whole("expires_at", "expires_at")], indexes: [["project", "expires_at"]] },
  jobs: { columns: [text("kind")], indexes: [["project"]] },
  job_chunks: { columns: [], indexes: [] },
  validation_rules: onlyProject,
  campaigns: onlyProject,
  codes: {
    columns: [text("campaign"), text("status"), text("customer")],
    indexes: [
      ["project", "campaign", "id"],
      ["project", "campaign", "status", "id"],
      ["project", "customer"],
    ],
  },
  redemption_counts: { columns: [text("customer")], indexes: [["project", "customer"]] },
  code_redemptions: {
    columns: [text("campaign"), text("customer"), whole("at", "at")],
    indexes: [
      ["project", "campaign", "at"],
      ["project", "customer"],
    ],
  },
  loyalty_accounts: {
    columns: [text("customer"), whole("next_expiry", "next_expiry")],
    indexes: [
      ["project", "next_expiry"],
      ["project", "customer"],
    ],
  },
  distributions: {
    columns: [text("state"), text("trigger.kind", "trigger_kind")],
    indexes: [["project", "state"]],
  },
  distribution_work: onlyProject,
  messages: {
    columns: [text("distribution"), text("status"), text("customer"), whole("due_at", "due_at")],
    indexes: [
      ["project", "distribution", "id"],
      ["project", "distribution", "status", "due_at"],
      ["project", "customer"],
    ],
  },
  sources: onlyProject,
  source_records: {
    columns: [text("source"), text("customer")],
    indexes: [
      ["project", "source"],
      ["project", "customer"],
    ],
  },
};

/** True for a plain collection. */
export function isPlainCollection(name: CollectionName): name is PlainCollection {
  return Object.hasOwn(plainTables, name);
}

/** The table of a collection's whole documents. */
export function documentTable(name: CollectionName): string {
  return `${name}_documents`;
}

/** The statements that create all tables and indexes in an empty file. */
export function tableStatements(): readonly string[] {
  return [
    // The numbers of names: projects, metadata, sets, types of records and their properties, by space.
    "CREATE TABLE names (space TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (space, name)) STRICT, WITHOUT ROWID",
    "CREATE TABLE customer_keys (customer INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT",
    "CREATE TABLE customers_documents (customer INTEGER PRIMARY KEY, document TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT",
    // What lists of customers show at first.
    "CREATE TABLE customer_overviews (customer INTEGER PRIMARY KEY, overview TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT",
    `CREATE TABLE customers (customer INTEGER PRIMARY KEY, project INTEGER NOT NULL, ${customerColumns
      .map(({ name, type }) => `${name} ${type}`)
      .join(", ")}) STRICT`,
    ...[...indexedColumns, ...coveringIndexes.map(({ columns }) => columns)].map((columns) =>
      indexStatement("customers", ["project", ...columns]),
    ),
    // Metadata's columns are added as keys are first used: m0, m1, …
    "CREATE TABLE customer_metadata (customer INTEGER PRIMARY KEY, project INTEGER NOT NULL) STRICT",
    "CREATE TABLE customer_elements (set_number INTEGER NOT NULL, value ANY NOT NULL, customer INTEGER NOT NULL, PRIMARY KEY (set_number, value, customer)) STRICT, WITHOUT ROWID",
    ...recordCollections.flatMap((name) => [
      `CREATE TABLE ${documentTable(name)} (record INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, project INTEGER NOT NULL, customer INTEGER NOT NULL, at INTEGER, document TEXT NOT NULL, checksum INTEGER NOT NULL) STRICT`,
      indexStatement(documentTable(name), ["customer", "at"]),
    ]),
    // Orders of a project by time, including canceled ones, which have no row in `records`.
    indexStatement(documentTable("orders"), ["project", "at"]),
    // Columns for properties are added as they are first used: p0, p1, …, numbered separately for each type.
    // The rows are in the order of customers, so that figures by customer are computed without sorting.
    "CREATE TABLE records (type INTEGER NOT NULL, customer INTEGER NOT NULL, at INTEGER NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (type, customer, at, record)) STRICT, WITHOUT ROWID",
    indexStatement("records", ["type", "at"]),
    "CREATE TABLE record_elements (record INTEGER NOT NULL, set_number INTEGER NOT NULL, value ANY NOT NULL, PRIMARY KEY (record, set_number, value)) STRICT, WITHOUT ROWID",
    indexStatement("record_elements", ["set_number", "value"]),
    ...collections.filter(isPlainCollection).flatMap((name) => {
      const { columns, indexes } = plainTables[name];
      const own = columns.map((column) => `${column.name} ${column.type}`);
      return [
        `CREATE TABLE ${documentTable(name)} (${["document_key INTEGER PRIMARY KEY", "id TEXT NOT NULL UNIQUE", "project TEXT NOT NULL", ...own, "document TEXT NOT NULL", "checksum INTEGER NOT NULL"].join(", ")}) STRICT`,
        ...indexes.map((index) => indexStatement(documentTable(name), index)),
      ];
    }),
  ];
}

function indexName(table: string, columns: readonly string[]): string {
  return `${table}_by_${columns.slice(0, 3).join("_")}`;
}

function indexStatement(table: string, columns: readonly string[]): string {
  return `CREATE INDEX ${indexName(table, columns)} ON ${table} (${columns.join(", ")})`;
}
