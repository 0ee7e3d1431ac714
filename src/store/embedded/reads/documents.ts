// Reads over documents, records and products as SQL.

import type { CollectionName, DocumentOf, RecordCollection } from "../../../documents/collections.js";
import type { EventDocument, OrderDocument, ReferralDocument } from "../../../documents/documents.js";
import { isRecordCollection } from "../../../documents/record-collections.js";
import { constant, listOf, type Sql, sql } from "../../../operators/encodings/sql.js";
import type { RecordSet } from "../../../plan/plan.js";
import type { ReadOptions } from "../../read-options.js";
import type {
  BriefRecord,
  DocumentReads,
  ProductReads,
  RecordFilter,
  RecordReads,
} from "../../reads/documents.js";
import { readDocument } from "../document-text.js";
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
  withinProject,
} from "../run.js";
import { documentsInTime, idWindow, timeWindow } from "./time-window.js";

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
            : sql`SELECT d.document, d.checksum, d.id FROM ${documentsTable(collection)} WHERE ${behindId(sql`d.id`, project, after)} AND ${withinProject(runner, collection, project)} ORDER BY d.id`,
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
      // Most records have no index by project, but their ids begin with it.
      const ofOne = isRecordCollection(collection)
        ? sql`${behindId(sql`d.id`, project, `${project}/`)} AND ${withinProject(runner, collection, project)}`
        : ofProject(runner, collection, project);
      return hasRow(runner, sql`SELECT 1 FROM ${documentsTable(collection)} WHERE ${ofOne}`, options);
    },
  };
}

export function recordReads(runner: QueryRunner): RecordReads {
  /** The number of a type of events; -1 for a type without records. */
  const typeNumber = (project: string, collection: RecordCollection, type: string): number =>
    collection === "events" ? (runner.layout(project).recordType("events", type) ?? -1) : -1;
  /** The condition for records in the table `d` of a type; true for all if it is undefined. */
  const ofType = (project: string, collection: RecordCollection, type: string | undefined): Sql =>
    type === undefined
      ? sql`1`
      : sql`EXISTS (SELECT 1 FROM records AS r WHERE r.customer = d.customer AND r.type = ${typeNumber(project, collection, type)} AND r.at = d.at AND r.record = d.record)`;
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
    // Without a type, the time is read from the document: canceled orders have no row in `records`.
    const all = sql`SELECT d.document, d.checksum, d.id FROM ${keys} CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE ${ofKeys} AND ${withinProject(runner, collection, project)}`;
    const found = await documentsOf<DocumentOf[Name]>(
      runner,
      from === undefined ? limited(all, limit) : all,
      options,
    );
    if (from === undefined) return found;
    const later = found.filter((record) => "at" in record && record.at.getTime() >= from.getTime());
    return limit === undefined ? later : later.slice(0, limit);
  };

  return {
    ofCustomers,

    briefOfCustomers: async <Name extends RecordSet>(
      ...[project, collection, customers, filter, options]: Parameters<RecordReads["briefOfCustomers"]>
    ) => {
      const records = await ofCustomers(project, collection, customers, filter, options);
      return (records as readonly DocumentOf[RecordSet][]).map(brief) as unknown as BriefRecord<Name>[];
    },

    pagesOfCustomers: async <Name extends RecordCollection>(
      ...[project, collection, customers, { type, ...window }, options]: Parameters<
        RecordReads["pagesOfCustomers"]
      >
    ) => {
      const { behind, order } =
        collection === "gift_cards" || collection === "loyalty"
          ? idWindow(sql`d.id`, window)
          : timeWindow(sql`d.at`, sql`d.id`, window);
      const rows = await runner.rows(
        sql`SELECT document, checksum, id, customer_id FROM (SELECT d.document AS document, d.checksum AS checksum, d.id AS id, k.id AS customer_id, row_number() OVER (PARTITION BY d.customer ORDER BY ${order}) AS place FROM customer_keys AS k CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE k.id IN ${listOf([...new Set(customers)])} AND ${withinProject(runner, collection, project)} AND ${behind} AND ${ofType(project, collection, type)}) WHERE place <= ${window.limit} ORDER BY customer_id, place`,
        options,
      );
      const found = new Map<string, DocumentOf[Name][]>();
      for (const [text, checksum, id, customer] of rows) {
        const record = readDocument<DocumentOf[Name]>(String(text), Number(checksum), String(id));
        const list = found.get(String(customer));
        if (list === undefined) found.set(String(customer), [record]);
        else list.push(record);
      }
      return found;
    },

    pageOfProject: async <Name extends "orders" | "events">(
      ...[project, collection, { type, ...window }, options]: Parameters<RecordReads["pageOfProject"]>
    ) => {
      if (type === undefined) {
        const condition = ofProject(runner, collection, project);
        return documentsInTime<Name>(runner, collection as Name, condition, window, options);
      }
      const { behind, order } = timeWindow(sql`r.at`, sql`d.id`, window);
      return documentsOf<DocumentOf[Name]>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM records AS r CROSS JOIN ${documentsTable(collection)} ON d.record = r.record WHERE r.type = ${typeNumber(project, collection, type)} AND ${behind} ORDER BY ${order}`,
          window.limit,
        ),
        options,
      );
    },

    countsOfCustomers: async (project, collection, customers, type, options) => {
      const rows = await runner.rows(
        materialised(
          sql`SELECT k.id, count(*) FROM customer_keys AS k CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE k.id IN ${listOf([...new Set(customers)])} AND ${withinProject(runner, collection, project)} AND ${ofType(project, collection, type)} GROUP BY k.id`,
          "id, count",
        ),
        options,
      );
      return new Map(rows.map(([id, count]) => [String(id), Number(count)]));
    },

    countOfProject: (project, collection, bound, type, options) => {
      const some =
        type === undefined
          ? sql`SELECT 1 FROM ${documentsTable(collection)} WHERE ${ofProject(runner, collection, project)}`
          : sql`SELECT 1 FROM records AS r WHERE r.type = ${typeNumber(project, collection, type)}`;
      return numberOf(runner, sql`SELECT count(*) FROM (${limited(some, bound)})`, options);
    },

    idsOfCustomer: (project, collection, customer, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM customer_keys AS k CROSS JOIN ${documentsTable(collection)} ON d.customer = k.customer WHERE k.id = ${customer} AND ${withinProject(runner, collection, project)}`,
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

/** A record without the fields that conditions never read. */
function brief(record: DocumentOf[RecordSet]): object {
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
