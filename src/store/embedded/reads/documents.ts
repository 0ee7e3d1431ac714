// Reads over documents, records and products as SQL.

import type { CollectionName, DocumentOf, RecordCollection } from "../../../documents/collections.js";
import type { EventDocument, OrderDocument, ReferralDocument } from "../../../documents/documents.js";
import { isRecordCollection } from "../../../documents/record-collections.js";
import { constant, listOf, sql } from "../../../operators/encodings/sql.js";
import type { ReadOptions } from "../../read-options.js";
import type {
  BriefRecord,
  DocumentReads,
  ProductReads,
  RecordFilter,
  RecordReads,
} from "../../reads/documents.js";
import {
  behindId,
  documentsOf,
  documentsTable,
  hasRow,
  limited,
  materialised,
  numberOf,
  ofProject,
  type QueryRunner,
  textsOf,
} from "../run.js";
import { byOwner, firstOfEach, idWindow, timeWindow } from "./time-window.js";

export function documentReads(runner: QueryRunner): DocumentReads {
  return {
    after: async <Name extends CollectionName>(
      collection: Name,
      project: string,
      after: string,
      limit: number,
      options?: ReadOptions,
    ) =>
      documentsOf<DocumentOf[Name]>(
        runner,
        limited(
          collection === "customers"
            ? sql`SELECT d.document, d.checksum, k.id FROM customer_keys AS k CROSS JOIN customers AS c ON c.customer = k.customer CROSS JOIN customers_documents AS d ON d.customer = k.customer WHERE ${behindId(sql`k.id`, project, after)} AND c.project = ${runner.layout(project).project ?? -1} ORDER BY k.id`
            : sql`SELECT d.document, d.checksum, d.id FROM ${documentsTable(collection)} WHERE ${behindId(sql`d.id`, project, after)} AND ${ofProject(runner, collection, project)} ORDER BY d.id`,
          limit,
        ),
        options,
      ),

    any: (collection, project, options) => {
      if (collection === "customers")
        return hasRow(
          runner,
          sql`SELECT 1 FROM customers AS d WHERE ${ofProject(runner, collection, project)}`,
          options,
        );
      // Records have no index by project but that of their ids, which begin with it.
      const ids = isRecordCollection(collection)
        ? sql`${behindId(sql`d.id`, project, `${project}/`)} AND `
        : sql``;
      return hasRow(
        runner,
        sql`SELECT 1 FROM ${documentsTable(collection)} WHERE ${ids}${ofProject(runner, collection, project)}`,
        options,
      );
    },
  };
}

export function recordReads(runner: QueryRunner): RecordReads {
  const ofCustomers = async <Name extends RecordCollection>(
    project: string,
    collection: Name,
    customers: readonly string[],
    { types, from, limit }: RecordFilter = {},
    options?: ReadOptions,
  ): Promise<readonly DocumentOf[Name][]> => {
    const keys = sql`customer_keys AS k`;
    const ofKeys = sql`k.id IN ${listOf([...new Set(customers)])}`;
    if (collection === "events" && types !== undefined) {
      const layout = runner.layout(project);
      const numbers = types.flatMap((type) => layout.recordType("events", type) ?? []);
      const since = from === undefined ? sql`` : sql` AND r.at >= ${from.getTime()}`;
      return documentsOf<DocumentOf[Name]>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM ${keys} CROSS JOIN records AS r ON r.customer = k.customer AND r.type IN ${listOf(numbers)}${since} CROSS JOIN events_documents AS d ON d.record = r.record WHERE ${ofKeys}`,
          limit,
        ),
        options,
      );
    }
    // Without a type, the instant stands in the document alone: canceled orders have no row among the records.
    const all = sql`SELECT d.document, d.checksum, d.id FROM ${keys} CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE ${ofKeys} AND ${ofProject(runner, collection, project)}`;
    const found = await documentsOf<DocumentOf[Name]>(
      runner,
      from === undefined ? limited(all, limit) : all,
      options,
    );
    if (from === undefined) return found;
    const later = found.filter((record) => "at" in record && record.at.getTime() >= from.getTime());
    return limit === undefined ? later : later.slice(0, limit);
  };

  /** Records of a collection in the table `d`; of a type, joined through its rows among the records. */
  const recordsOf = (project: string, collection: RecordCollection, type: string | undefined) => {
    if (type === undefined)
      return {
        from: documentsTable(collection),
        where: ofProject(runner, collection, project),
        at: sql`d.at`,
        customer: sql`d.customer`,
      };
    const number = runner.layout(project).recordType("events", type) ?? -1;
    return {
      from: sql`records AS r CROSS JOIN ${documentsTable(collection)} ON d.record = r.record`,
      where: sql`r.type = ${constant(number)}`,
      at: sql`r.at`,
      customer: sql`r.customer`,
    };
  };
  const keysOf = (customers: readonly string[]) =>
    sql`(SELECT k.customer FROM customer_keys AS k WHERE k.id IN ${listOf([...new Set(customers)])})`;

  return {
    ofCustomers,

    pagesOfCustomers: async <Name extends RecordCollection>(
      project: string,
      collection: Name,
      customers: readonly string[],
      { type, limit, ...window }: Parameters<RecordReads["pagesOfCustomers"]>[3],
      options?: ReadOptions,
    ) => {
      const { from, where, at, customer } = recordsOf(project, collection, type);
      const isDated = collection !== "gift_cards" && collection !== "loyalty";
      const parts = isDated ? timeWindow(at, sql`d.id`, window) : idWindow(sql`d.id`, window);
      const found = await documentsOf<DocumentOf[Name]>(
        runner,
        firstOfEach(from, sql`${where} AND ${customer} IN ${keysOf(customers)}`, customer, parts, limit),
        options,
      );
      return byOwner(found, (record) => record.customer);
    },

    pageOfProject: <Name extends "orders" | "events">(
      project: string,
      collection: Name,
      { type, limit, ...window }: Parameters<RecordReads["pageOfProject"]>[2],
      options?: ReadOptions,
    ) => {
      const { from, where, at } = recordsOf(project, collection, type);
      const parts = timeWindow(at, sql`d.id`, window);
      return documentsOf<DocumentOf[Name]>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM ${from} WHERE ${where} AND ${parts.where} ORDER BY ${parts.order}`,
          limit,
        ),
        options,
      );
    },

    countsOfCustomers: async (project, collection, customers, type, options) => {
      const { from, where, customer } = recordsOf(project, collection, type);
      const rows = await runner.rows(
        sql`SELECT owner.id, count(*) FROM ${from} JOIN customer_keys AS owner ON owner.customer = ${customer} WHERE ${where} AND ${customer} IN ${keysOf(customers)} GROUP BY owner.id`,
        options,
      );
      return new Map(rows.map(([id, count]) => [String(id), Number(count)]));
    },

    countOfProject: (project, collection, bound, type, options) => {
      const { from, where } = recordsOf(project, collection, type);
      const rows = limited(sql`SELECT 1 FROM ${from} WHERE ${where}`, bound);
      return numberOf(runner, sql`SELECT count(*) FROM (${rows})`, options);
    },

    briefOfCustomers: async <Name extends "events" | "orders">(
      ...[project, collection, customers, filter, options]: Parameters<RecordReads["briefOfCustomers"]>
    ) => {
      const records = await ofCustomers(project, collection, customers, filter, options);
      return (records as readonly (EventDocument | OrderDocument)[]).map(brief) as BriefRecord<Name>[];
    },

    idsOfCustomer: (project, collection, customer, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM customer_keys AS k CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE k.id = ${customer} AND ${ofProject(runner, collection, project)}`,
          limit,
        ),
        options,
      ),

    referralsOf: async (project, referee, limit, options) => {
      const layout = runner.layout(project);
      const type = layout.recordType("referrals");
      const column = type === undefined ? undefined : layout.recordColumn(type, "referee");
      if (type === undefined || column === undefined) return [];
      const found = limited(
        sql`SELECT r.record FROM records AS r WHERE r.type = ${constant(type)} AND r.${{ text: column, parameters: [] }} = ${referee}`,
        limit,
      );
      return documentsOf<ReferralDocument>(
        runner,
        sql`WITH found (record) AS MATERIALIZED (${found}) SELECT d.document, d.checksum, d.id FROM found CROSS JOIN referrals_documents AS d ON d.record = found.record`,
        options,
      );
    },
  };
}

/** A record without what conditions never read. */
function brief(record: EventDocument | OrderDocument): object {
  const {
    properties: _properties,
    items: _items,
    metadata: _metadata,
    ...rest
  } = record as EventDocument & OrderDocument;
  return rest;
}

export function productReads(runner: QueryRunner): ProductReads {
  return {
    keysNamedBy: (project, text, options) =>
      textsOf(
        runner,
        materialised(
          sql`SELECT d.item_key FROM products_documents AS d WHERE d.project = ${project} AND (d.product_id = ${text} OR d.sku = ${text} OR instr(d.name, ${text}) > 0) ORDER BY d.item_key`,
          "item_key",
        ),
        options,
      ),
  };
}
