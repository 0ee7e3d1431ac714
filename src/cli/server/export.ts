// Exports a project over a server: pages of customers with their records.
import { type ExportOptions, type ExportSummary } from "../../export/export.js";
import { type FolderWriter, writeFolder } from "../../export/folder-writer.js";
import { definitionOf } from "../../export/records.js";
import { globalId } from "../../graphql/server/global-id.js";
import { type ImportedCollection, importedCollections } from "../../import/summary.js";
import { inChunks } from "../../store/batches.js";
import type { ServerClient } from "./client.js";
import {
  type CustomerConnection,
  type CustomerNode,
  connectionOf,
  customerFields,
  profileOf,
} from "./customers.js";
import { definitionOfServer } from "./definition.js";
import { serverSegments } from "./segments.js";

type RecordCollection = Exclude<ImportedCollection, "customers">;
type Values = Readonly<Record<string, unknown>>;

interface Exported {
  /** The customer's field with the records. */
  readonly field: string;
  readonly fields: string;
  /** The record in the interchange folder's shape. */
  readonly record: (node: Values, customer: string) => Values;
}

const minor = (money: unknown): unknown => (money as { readonly minorAmount: number } | null)?.minorAmount;

const exported: { readonly [Name in RecordCollection]: Exported } = {
  orders: {
    field: "orders",
    fields: `sourceId createdAt statusText amount { minorAmount } metadata
      items { productId sku name quantity price { minorAmount } }`,
    record: ({ sourceId, createdAt, statusText, amount, items, metadata }, customer) => ({
      source_id: sourceId,
      customer,
      created_at: createdAt,
      status: statusText,
      amount: minor(amount),
      items: (items as readonly Values[]).map(({ productId, sku, name, quantity, price }) =>
        given({ product_id: productId, sku, name, quantity, price: minor(price) }),
      ),
      ...(Object.keys(metadata as object).length === 0 ? {} : { metadata }),
    }),
  },
  events: {
    field: "events",
    fields: "sourceId type at properties",
    record: ({ sourceId, ...event }, customer) => given({ id: sourceId, customer, ...event }),
  },
  redemptions: {
    field: "redemptions",
    fields: "sourceId at campaign result",
    record: ({ sourceId, ...redemption }, customer) => given({ id: sourceId, customer, ...redemption }),
  },
  gift_cards: {
    field: "giftCards",
    fields: "sourceId campaign amount { minorAmount } spent { minorAmount }",
    record: ({ sourceId, campaign, amount, spent }, customer) =>
      given({ id: sourceId, customer, campaign, amount: minor(amount), spent: minor(spent) }),
  },
  loyalty: {
    field: "loyaltyCards",
    fields: "sourceId campaign points spent expired",
    record: ({ sourceId, ...card }, customer) => given({ id: sourceId, customer, ...card }),
  },
  referrals: {
    field: "referrals",
    fields: "sourceId refereeSourceId campaign at",
    record: ({ sourceId, refereeSourceId, ...referral }, customer) =>
      given({ id: sourceId, referrer: customer, referee: refereeSourceId, ...referral }),
  },
};

function given(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** How many records of each collection are read with their customer; further ones are read separately. */
const recordsWithCustomer = 20;
const customersAtOnce = 25;
const recordsAtOnce = 500;
/** How many members of a static segment are on one line. */
const membersOfLine = 500;

type ExportedCustomer = CustomerNode & { readonly id: string } & Readonly<
    Record<string, CustomerConnection<Values>>
  >;

/**
 * Writes the whole project, as `exportProject` does, but with the lines ordered by customer.
 * @throws ExportError if the folder can't be written; ServerRefusal.
 */
export async function exportOverServer(
  client: ServerClient,
  folder: string,
  options: ExportOptions,
): Promise<ExportSummary> {
  const definition = await definitionOfServer(client);
  return writeFolder(folder, options, async (writer) => {
    const counts = new Map<ImportedCollection, number>();
    const files = new Map<ImportedCollection, ReturnType<FolderWriter["records"]>>();
    const write = async (collection: ImportedCollection, records: readonly object[]): Promise<void> => {
      options.signal?.throwIfAborted();
      if (records.length === 0) return;
      const file = files.get(collection) ?? writer.records(collection);
      files.set(collection, file);
      await file.write(records);
      const done = (counts.get(collection) ?? 0) + records.length;
      counts.set(collection, done);
      options.onProgress?.({ phase: collection, done });
    };
    const segments = await exportSegments(client, writer);
    for await (const page of customersOf(client, options.signal)) {
      for (const [collection, { record }] of recordCollections) {
        for (const customer of page) {
          for await (const nodes of recordsOf(client, customer, collection, options.signal))
            await write(
              collection,
              nodes.map((node) => record(node, customer.sourceId)),
            );
        }
      }
      await write("customers", page.map(profileOf));
    }
    await writer.json("project", definitionOf(definition));
    const all = importedCollections.map((collection) => [collection, counts.get(collection) ?? 0] as const);
    return { ...Object.fromEntries(all), segments } as ExportSummary;
  });
}

const recordCollections = Object.entries(exported) as readonly (readonly [RecordCollection, Exported])[];

const recordPage = ({ field, fields }: Exported, variables: string) =>
  `${field}(${variables}) ${connectionOf(fields)}`;

async function* customersOf(
  { ask }: ServerClient,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly ExportedCustomer[]> {
  const records = recordCollections
    .map(([, each]) => recordPage(each, `first: ${recordsWithCustomer}`))
    .join(" ");
  let after: string | undefined;
  for (;;) {
    const { customers } = await ask<{ customers: CustomerConnection<ExportedCustomer> }>(
      `query ($first: Int, $after: String) {
        customers(first: $first, after: $after) ${connectionOf(`id ${customerFields} ${records}`)} }`,
      { first: customersAtOnce, after },
      signal,
    );
    yield customers.nodes;
    if (!customers.pageInfo.hasNextPage) return;
    after = customers.edges.at(-1)?.cursor;
  }
}

/** The records that were read with the customer, then the others. */
async function* recordsOf(
  { ask }: ServerClient,
  customer: ExportedCustomer,
  collection: RecordCollection,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Values[]> {
  const each = exported[collection];
  let page = customer[each.field]!;
  for (;;) {
    yield page.nodes;
    if (!page.pageInfo.hasNextPage) return;
    const answer = await ask<{ node: Readonly<Record<string, CustomerConnection<Values>>> | null }>(
      `query ($id: ID!, $first: Int, $after: String) {
        node(id: $id) { ... on Customer { ${recordPage(each, "first: $first, after: $after")} } } }`,
      { id: customer.id, first: recordsAtOnce, after: page.edges.at(-1)?.cursor },
      signal,
    );
    if (answer.node === null) return;
    page = answer.node[each.field]!;
  }
}

/** Writes segments after those that their queries name: a query can be saved only when these exist. */
async function exportSegments(client: ServerClient, writer: FolderWriter): Promise<number> {
  const segments = serverSegments(client);
  const all = [...(await segments.list(false)), ...(await segments.list(true))];
  if (all.length === 0) return 0;
  const shown = await Promise.all(all.map(({ id }) => segments.show(id)));
  const file = writer.records("segments");
  const written = new Set<string>();
  const write = async (segment: (typeof shown)[number]): Promise<void> => {
    if (written.has(segment.name)) return;
    written.add(segment.name);
    for (const used of shown.filter(({ name }) => segment.uses.includes(name))) await write(used);
    const { name, archived, kind, query } = segment;
    const common = { name, ...(archived ? { archived } : {}), kind };
    if (kind === "auto_update") return file.write([{ ...common, query }]);
    const { answer } = await segments.members(segment.id, { asOf: undefined, fresh: false });
    const members = await answer.sourceIds();
    const asOf = await membersAsOf(client, segment.id);
    const described = given({ ...common, as_of: asOf, found_by: segment.foundBy });
    const lines = members.length === 0 ? [[]] : [...inChunks(members, membersOfLine)];
    for (const [index, line] of lines.entries()) {
      const more = index < lines.length - 1 ? { continues: true } : {};
      await file.write([{ ...described, members: line, ...more }]);
    }
  };
  for (const segment of shown) await write(segment);
  return all.length;
}

async function membersAsOf({ ask }: ServerClient, id: string): Promise<string | null> {
  const { segment } = await ask<{ segment: { membersAsOf: string | null } }>(
    "query ($id: ID!) { segment(by: { id: $id }) { membersAsOf } }",
    { id: globalId("Segment", id) },
  );
  return segment.membersAsOf;
}
