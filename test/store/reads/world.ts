// What the tests of named reads read: two projects with documents of every collection, whole ones as the domain writes them.
import type { CollectionName, DocumentOf } from "../../../src/documents/collections.js";
import type { Activity, CustomerDocument } from "../../../src/documents/documents.js";
import type { JobDocument } from "../../../src/documents/job-documents.js";
import type { OutgoingType } from "../../../src/documents/outgoing-documents.js";
import type { SourceDocument, SourceRecordDocument } from "../../../src/documents/source-documents.js";
import { noRecords, summarise } from "../../../src/facts/summarise.js";
import type { Store } from "../../../src/store/port.js";
import { messagingWorld } from "./messaging-world.js";

/** An instant of May 2026. */
export const may = (day: number, millisecond = 0): Date =>
  new Date(Date.UTC(2026, 4, day, 12, 0, 0, millisecond));

const quiet: Activity = summarise(noRecords, may(1).getTime());

interface Made {
  readonly sample: number;
  readonly city?: string;
  readonly created_at?: Date;
  readonly consents?: readonly string[];
  readonly latest_at?: Date;
  readonly next_at?: Date;
  readonly total?: number;
  readonly segments?: readonly string[];
}

/** A customer of a project, of whom only what is given is known. */
export function customer(project: string, source_id: string, made: Made): CustomerDocument {
  const { sample, city, created_at, consents = [], latest_at, next_at, total, segments } = made;
  return {
    _id: `${project}/${source_id}`,
    project,
    source_id,
    sample,
    profile: { source_id, ...(city === undefined ? {} : { address: { city } }) },
    facts: {
      source_id,
      ...(city === undefined ? {} : { city }),
      ...(created_at === undefined ? {} : { created_at }),
      consents,
      metadata: {},
    },
    reversed: city === undefined ? { metadata: {} } : { city: [...city].reverse().join(""), metadata: {} },
    yearly: { metadata: {} },
    activity: {
      ...quiet,
      ...(total === undefined ? {} : { orders: { ...quiet.orders, count: 1, total_amount: total } }),
      ...(latest_at === undefined ? {} : { latest_at }),
      ...(next_at === undefined ? {} : { next_at }),
    },
    ...(segments === undefined ? {} : { segments }),
  };
}

const order = (project: string, id: string, of: string, at: Date, status = "PAID") => ({
  _id: `${project}/${id}`,
  project,
  source_id: id,
  customer: `${project}/${of}`,
  at,
  status,
  amount: 500,
  items: [{ product_id: "p1", name: "Mug", quantity: 1, price: 500 }],
  item_keys: ["mug"],
  product_keys: ["p1"],
  facts: { status: status.toLowerCase(), quantity: 1, product_count: 1, metadata: {} },
  yearly: {},
});

const event = (project: string, id: string, of: string, type: string, at: Date, url: string) => ({
  _id: `${project}/${id}`,
  project,
  customer: `${project}/${of}`,
  type,
  at,
  properties: { url: url.toUpperCase() },
  facts: { s_url: url },
  yearly: {},
  event_id: id,
});

const outgoing = (project: string, sequence: number, of: string, type: OutgoingType) => ({
  _id: `${project}/1/${String(sequence).padStart(12, "0")}`,
  project,
  partition: 1,
  sequence,
  customer: `${project}/${of}`,
  type,
  at: may(3),
  data: { customerId: `${project}/${of}`, sourceId: of },
});

const account = (project: string, id: string, of: string, next_expiry?: Date) => ({
  _id: `${project}/${id}`,
  project,
  campaign: "club",
  customer: `${project}/${of}`,
  ...{ points: 5, spent: 0, expired: 0 },
  lots: [{ points: 5, ...(next_expiry === undefined ? {} : { expires_at: next_expiry }) }],
  ...(next_expiry === undefined ? {} : { next_expiry }),
});

const referral = (project: string, id: string, of: string, referee: string) => ({
  _id: `${project}/${id}`,
  project,
  customer: `${project}/${of}`,
  referee,
  campaign: "Summer",
  at: may(2),
});

const product = (
  project: string,
  key: string,
  text: { product_id?: string; sku?: string; name?: string },
) => ({
  _id: `${project}/${key}`,
  project,
  key,
  ...text,
  text,
});

const segment = (project: string, id: string, kind: "static" | "auto_update", more: object = {}) => ({
  _id: `${project}/${id}`,
  project,
  segment_id: id,
  name: `The ${id}`,
  name_key: `the ${id}`,
  kind,
  state: "active",
  archived: false,
  created_at: may(1),
  updated_at: may(3),
  used_by: [],
  ...more,
});

const query = (canonical: string, uses: readonly string[]) => ({
  written: canonical,
  canonical,
  language_version: 1,
  tree: { kind: "Query", version: 1 },
  uses,
});

const live = (project: string, id: string, status: string) => ({
  _id: `${project}/${id}`,
  project,
  segment_id: id,
  query: query("city is Paris", []),
  status,
  cause: "POPULATED",
  since: may(1),
});

const change = (project: string, of: string, partition: number, more: object = {}) => ({
  _id: `${project}/${of}`,
  project,
  partition,
  version: 1,
  kinds: [],
  reasons: [],
  due: [],
  ...more,
});

const interval = (project: string, of: string, id: string, entered: Date, left?: Date) => ({
  _id: `${project}/${of}/${id}/${entered.getTime()}`,
  project,
  segment: id,
  customer: `${project}/${of}`,
  entered_at: entered,
  entered_by: { kind: "PROFILE", at: entered },
  ...(left === undefined ? {} : { left_at: left, left_by: { kind: "TIME", at: left } }),
});

const transition = (project: string, partition: number, sequence: number, id: string, of: string) => ({
  _id: `${project}/${partition}/${String(sequence).padStart(12, "0")}`,
  project,
  partition,
  sequence,
  segment: id,
  customer: `${project}/${of}`,
  kind: "entered",
  at: may(4, sequence),
  cause: { kind: "PROFILE", at: may(4) },
});

const promoted = (project: string, name_key: string) => ({
  _id: `${project}/${name_key}`,
  project,
  name: name_key,
  name_key,
});

const code = (project: string, written: string, campaign: string, customer?: string) => ({
  _id: `${project}/${written}`,
  project,
  code: written,
  campaign,
  redeemed: 0,
  active: true,
  status: customer === undefined ? "free" : "published",
  ...(customer === undefined ? {} : { customer: `${project}/${customer}` }),
  created_at: may(1),
});

const redemptionCount = (project: string, id: string, campaign: string, customer?: string) => ({
  _id: `${project}/${id}`,
  project,
  campaign,
  count: 1,
  ...(customer === undefined ? {} : { customer: `${project}/${customer}` }),
});

const redeemed = (project: string, id: string, campaign: string, customer: string, at: Date) => ({
  _id: `${project}/${id}`,
  project,
  redemption_id: id,
  campaign,
  customer: `${project}/${customer}`,
  at,
  day: "2026-05-01",
  status: "redeemed",
});

const webhook = (project: string, id: string, created_at: Date) => ({
  _id: `${project}/${id}`,
  project,
  webhook_id: id,
  url: "https://example.com/hook",
  enabled: true,
  secret: "whsec_c2VjcmV0",
  since: [0, 0],
  created_at,
  updated_at: created_at,
});

const letter = (project: string, id: string, of: string, partition: number, at: Date) => ({
  _id: `${project}/${id}`,
  project,
  webhook: of,
  partition,
  sequences: [1, 2],
  attempts: 3,
  since: may(1),
  at,
  problem: "refused",
});

const giftCard = (project: string, id: string, of: string) => ({
  _id: `${project}/${id}`,
  project,
  customer: `${project}/${of}`,
  campaign: "Winter",
  amount: 500,
  spent: 100,
});

const key = (project: string, id: string) => ({
  _id: `${project}/${id}`,
  project,
  kind: "key",
  key_id: id,
  name: `The ${id}`,
  scope: "read",
  hash: "00",
  created_at: may(1),
});

const audited = (project: string, id: string, at: Date) => ({
  _id: `${project}/${id}`,
  project,
  at,
  caller: { kind: "key", id: "k1" },
  operations: ["segmentUpdate"],
});

function job(project: string, id: string): JobDocument {
  return {
    _id: `${project}/${id}`,
    project,
    kind: "job",
    job_id: id,
    type: "export",
    state: "waiting",
    request: {},
    caller: { kind: "open", id: "open" },
    created_at: may(1),
    secret: "secret",
    files: [],
  };
}

const answer = (project: string, id: string, expires_at: Date) => ({
  _id: `${project}/${id}`,
  project,
  request: "00",
  body: "{}",
  expires_at,
});

const receiving = (project: string, id: string): SourceDocument => ({
  _id: id,
  project,
  name: id,
  kind: "SHOPIFY",
  secret: "a secret of 16 signs",
  enabled: true,
  keep_unknown: false,
  received: { accepted: 0, ignored: 0, rejected: 0, problems: [] },
  created_at: may(1),
  updated_at: may(1),
});

const sent = (project: string, id: string, source: string, customer?: string): SourceRecordDocument => ({
  _id: `${project}/${id}`,
  project,
  source,
  at: may(1),
  kind: "customer",
  ...(customer === undefined ? {} : { customer }),
});

/** Everything, by collection. */
const world: { readonly [Name in CollectionName]?: readonly object[] } = {
  customers: [
    customer("shop", "ann", {
      sample: 400,
      city: "paris",
      created_at: may(1),
      consents: ["email", "sms"],
      latest_at: may(5),
      total: 700,
      segments: ["vips"],
    }),
    customer("shop", "bob", {
      sample: 100,
      city: "paris",
      created_at: may(2),
      next_at: may(9),
      segments: [],
    }),
    customer("shop", "Cyd", {
      sample: 300,
      city: "patras",
      consents: ["email"],
      next_at: may(8),
      total: 300,
      segments: ["vips", "poles"],
    }),
    customer("shop", "dan", { sample: 200, total: 500 }),
    customer("shop-2", "eve", {
      sample: 50,
      city: "paris",
      created_at: may(1),
      latest_at: may(30),
      next_at: may(1),
      segments: ["vips"],
    }),
  ],
  orders: [
    order("shop", "o1", "ann", may(3)),
    order("shop", "o2", "ann", may(5), "CANCELED"),
    order("shop", "o3", "bob", may(4)),
    order("shop-2", "o4", "eve", may(4)),
  ],
  events: [
    event("shop", "e1", "ann", "page viewed", may(1), "/a"),
    event("shop", "e2", "ann", "page viewed", may(6), "/b"),
    event("shop", "e3", "ann", "login", may(6), "/b"),
    event("shop", "e4", "bob", "page viewed", may(7), "/b"),
    event("shop-2", "e5", "eve", "page viewed", may(6), "/a"),
  ],
  gift_cards: [
    giftCard("shop", "g2", "ann"),
    giftCard("shop", "g0", "ann"),
    giftCard("shop", "g1", "ann"),
    giftCard("shop-2", "g3", "eve"),
  ],
  referrals: [
    referral("shop", "r1", "ann", "bob"),
    referral("shop", "r2", "dan", "bob"),
    referral("shop", "r3", "dan", "eve"),
    referral("shop-2", "r4", "eve", "bob"),
  ],
  products: [
    product("shop", "b", { name: "blue mug (large)", sku: "mug-b" }),
    product("shop", "a", { product_id: "mug", name: "tea" }),
    product("shop", "c", { sku: "mug", name: "pot" }),
    product("shop", "d", { name: "hat" }),
    product("shop-2", "e", { name: "mug" }),
  ],
  segments: [
    segment("shop", "vips", "static", { members: { size: 2, hash: "00", as_of: may(1) } }),
    segment("shop", "poles", "auto_update", { query: query("country is PL", ["vips"]) }),
    segment("shop", "old", "auto_update", { query: query("vip", []), archived: true, state: "removing" }),
    segment("shop-2", "vips2", "auto_update", { query: query("vip", []) }),
  ],
  live_segments: [
    live("shop", "poles", "live"),
    live("shop", "new", "populating"),
    live("shop", "old", "removing"),
    live("shop-2", "vips2", "populating"),
  ],
  maintenance: [
    { _id: "shop/coordinator", project: "shop", kind: "coordinator", token: 1, expires_at: may(1) },
    { _id: "shop/maintainer/a", project: "shop", kind: "maintainer", seen_at: may(2) },
    { _id: "shop/maintainer/b", project: "shop", kind: "maintainer", seen_at: may(3) },
    { _id: "shop-2/maintainer/c", project: "shop-2", kind: "maintainer", seen_at: may(3) },
  ],
  changes: [
    change("shop", "dan", 3, { since: may(4), before: { facts: {}, yearly: {}, activity: quiet } }),
    change("shop", "ann", 3, {
      since: may(2),
      effective_at: may(5),
      reasons: [
        { segment: "poles", kind: "TIME" },
        { segment: "new", kind: "POPULATED" },
      ],
    }),
    change("shop", "bob", 0, { reasons: [{ segment: "poles", kind: "QUERY_CHANGED" }] }),
    change("shop", "gone", 1, { erased: ["poles", "vips"], effective_at: may(1) }),
    change("shop-2", "eve", 3, {
      since: may(1),
      effective_at: may(1),
      before: { facts: {}, yearly: {}, activity: quiet },
      erased: ["new"],
      reasons: [{ segment: "poles", kind: "POPULATED" }],
    }),
  ],
  memberships: [
    interval("shop", "ann", "poles", may(1), may(3)),
    interval("shop", "ann", "poles", may(5)),
    interval("shop", "ann", "tall", may(2)),
    interval("shop", "bob", "poles", may(2), may(6)),
    interval("shop", "Cyd", "poles", may(4)),
    interval("shop", "erased-1", "poles", may(2)),
    interval("shop-2", "eve", "poles", may(1)),
  ],
  outgoing_events: [
    outgoing("shop", 6, "ann", "order.created"),
    outgoing("shop", 7, "bob", "customer.created"),
    outgoing("shop", 8, "ann", "order.created"),
    outgoing("shop-2", 6, "eve", "order.created"),
  ],
  transitions: [
    transition("shop", 1, 1, "poles", "ann"),
    transition("shop", 1, 2, "tall", "ann"),
    transition("shop", 1, 3, "poles", "bob"),
    transition("shop", 1, 4, "poles", "Cyd"),
    transition("shop", 2, 2, "poles", "dan"),
    transition("shop-2", 1, 3, "small", "eve"),
  ],
  webhooks: [
    webhook("shop", "w2", may(2)),
    webhook("shop", "w3", may(1)),
    webhook("shop", "w1", may(2)),
    webhook("shop-2", "w4", may(1)),
  ],
  webhook_cursors: [
    { _id: "shop/w1/0", project: "shop", webhook: "w1", partition: 0, sequence: 1, version: 1 },
    { _id: "shop/w1/1", project: "shop", webhook: "w1", partition: 1, sequence: 1, version: 1 },
    { _id: "shop/w2/0", project: "shop", webhook: "w2", partition: 0, sequence: 1, version: 1 },
    { _id: "shop-2/w1/0", project: "shop-2", webhook: "w1", partition: 0, sequence: 1, version: 1 },
  ],
  dead_letters: [
    letter("shop", "l3", "w1", 0, may(3)),
    letter("shop", "l1", "w1", 1, may(4)),
    letter("shop", "l2", "w2", 0, may(3)),
    letter("shop-2", "l4", "w1", 0, may(1)),
  ],
  api_keys: [
    key("shop", "k1"),
    key("shop", "k2"),
    { _id: "shop/registry", project: "shop", kind: "registry" },
    key("shop-2", "k3"),
  ],
  audit_entries: [
    audited("shop", "a1", may(1)),
    audited("shop", "a2", may(2)),
    audited("shop", "a3", may(2)),
    audited("shop-2", "a4", may(3)),
  ],
  jobs: [
    job("shop", "j1"),
    job("shop", "j2"),
    { _id: "*", project: "*", kind: "open", jobs: [] },
    job("shop-2", "j3"),
  ],
  validation_rules: [promoted("shop", "v2"), promoted("shop", "v1"), promoted("shop-2", "v3")],
  campaigns: [promoted("shop", "winter"), promoted("shop", "spring"), promoted("shop-2", "winter")],
  codes: [
    code("shop", "C", "winter"),
    code("shop", "A", "winter", "ann"),
    code("shop", "B", "winter"),
    code("shop", "D", "spring", "ann"),
    code("shop-2", "AA", "winter"),
  ],
  redemption_counts: [
    redemptionCount("shop", "n1", "winter"),
    redemptionCount("shop", "n2", "winter", "ann"),
    redemptionCount("shop-2", "n3", "winter", "ann"),
  ],
  ...messagingWorld,
  loyalty_accounts: [
    account("shop", "p1", "ann", may(3)),
    account("shop", "p2", "bob", may(2)),
    account("shop", "p3", "Cyd", may(4)),
    account("shop", "p4", "dan"),
    account("shop-2", "p5", "eve", may(1)),
  ],
  code_redemptions: [
    redeemed("shop", "r1", "winter", "ann", may(2)),
    redeemed("shop", "r2", "winter", "bob", may(2)),
    redeemed("shop", "r3", "winter", "ann", may(1)),
    redeemed("shop", "r4", "spring", "ann", may(3)),
    redeemed("shop-2", "r5", "winter", "ann", may(4)),
  ],
  sources: [receiving("shop", "s2"), receiving("shop", "s1"), receiving("shop-2", "s3")],
  source_records: [
    sent("shop", "n1", "s1", "shop/ann"),
    sent("shop", "n2", "s1"),
    sent("shop", "n3", "s2", "shop/ann"),
    sent("shop-2", "n4", "s1", "shop/ann"),
  ],
  answers: [answer("shop", "x1", may(1)), answer("shop", "x2", may(3)), answer("shop-2", "x3", may(1))],
};

/** The document of an `_id`. */
export function of<Name extends CollectionName>(collection: Name, id: string): DocumentOf[Name] {
  const found = world[collection]?.find((each) => (each as { readonly _id: string })._id === id);
  if (found === undefined) throw new Error(`There is no ${id} in ${collection}.`);
  return found as DocumentOf[Name];
}

/** Puts the world into a store. */
export async function putWorld(store: Store): Promise<void> {
  await store.write(async (transaction) => {
    for (const [collection, documents] of Object.entries(world))
      await transaction.put(collection as CollectionName, documents as never);
  });
}
