// Reads over documents, records and products as pipelines.

import type { CollectionName, DocumentOf, RecordCollection } from "../../../documents/collections.js";
import type { ProductDocument, ReferralDocument } from "../../../documents/documents.js";
import type { Filter } from "../../../operators/encodings/encoding.js";
import type { Pipeline } from "../../../pipeline/stage.js";
import type { RecordSet } from "../../../plan/plan.js";
import { escapePattern } from "../../../plan/text.js";
import type {
  BriefRecord,
  DocumentReads,
  ProductReads,
  RecordFilter,
  RecordReads,
} from "../../reads/documents.js";
import { countRows, hasRow, idsOf, type PipelineRunner } from "../run.js";
import { idWindowStages, timeWindowStages } from "./time-window.js";

/** Ids after one of the project's: "0" is the character after "/", so that no other project's ids are read. */
export function behind(project: string, after: string): Filter {
  return after.startsWith(`${project}/`) ? { $gt: after, $lt: `${project}0` } : { $gt: after };
}

export function documentReads(runner: PipelineRunner): DocumentReads {
  return {
    after: async <Name extends CollectionName>(
      collection: Name,
      project: string,
      after: string,
      limit: number,
      options: Parameters<DocumentReads["after"]>[4],
    ) =>
      runner.run<DocumentOf[Name]>(
        collection,
        [{ $match: { project, _id: behind(project, after) } }, { $sort: { _id: 1 } }, { $limit: limit }],
        options,
      ),

    any: (collection, project, options) => hasRow(runner, collection, [{ $match: { project } }], options),
  };
}

/** The records of some customers. */
function recordsOf(project: string, customers: readonly string[], filter: RecordFilter = {}): Pipeline {
  const { types, from, limit } = filter;
  return [
    {
      $match: {
        project,
        customer: { $in: customers },
        ...(types === undefined ? {} : { type: { $in: types } }),
        ...(from === undefined ? {} : { at: { $gte: from } }),
      },
    },
    ...(limit === undefined ? [] : [{ $limit: limit }]),
  ];
}

function ofType(type: string | undefined): Pipeline {
  return type === undefined ? [] : [{ $match: { type } }];
}

export function recordReads(runner: PipelineRunner): RecordReads {
  return {
    ofCustomers: async <Name extends keyof DocumentOf>(
      project: string,
      collection: Name,
      customers: readonly string[],
      filter?: RecordFilter,
      options?: Parameters<RecordReads["ofCustomers"]>[4],
    ) => runner.run<DocumentOf[Name]>(collection, recordsOf(project, customers, filter), options),

    briefOfCustomers: async <Name extends RecordSet>(
      project: string,
      collection: Name,
      customers: readonly string[],
      filter?: RecordFilter,
      options?: Parameters<RecordReads["briefOfCustomers"]>[4],
    ) =>
      runner.run<BriefRecord<Name>>(
        collection,
        [...recordsOf(project, customers, filter), { $unset: ["properties", "items", "metadata"] }],
        options,
      ),

    pagesOfCustomers: async <Name extends RecordCollection>(
      project: string,
      collection: Name,
      customers: readonly string[],
      { type, ...window }: Parameters<RecordReads["pagesOfCustomers"]>[3],
      options?: Parameters<RecordReads["pagesOfCustomers"]>[4],
    ) => {
      const isDated = collection !== "gift_cards" && collection !== "loyalty";
      const rows = await runner.run<{
        readonly _id: string;
        readonly found: readonly DocumentOf[Name][];
      }>(
        "customers",
        [
          { $match: { project, _id: { $in: customers } } },
          { $project: { _id: 1 } },
          {
            $lookup: {
              from: collection,
              localField: "_id",
              foreignField: "customer",
              as: "found",
              pipeline: [...ofType(type), ...(isDated ? timeWindowStages(window) : idWindowStages(window))],
            },
          },
        ],
        options,
      );
      return new Map(rows.map(({ _id, found }) => [_id, found]));
    },

    pageOfProject: <Name extends "orders" | "events">(
      project: string,
      collection: Name,
      { type, ...window }: Parameters<RecordReads["pageOfProject"]>[2],
      options?: Parameters<RecordReads["pageOfProject"]>[3],
    ) =>
      runner.run<DocumentOf[Name]>(
        collection,
        [{ $match: { project } }, ...ofType(type), ...timeWindowStages(window)],
        options,
      ),

    countsOfCustomers: async (project, collection, customers, type, options) => {
      const rows = await runner.run<{ readonly _id: string; readonly count: number }>(
        collection,
        [
          { $match: { project, customer: { $in: customers } } },
          ...ofType(type),
          { $group: { _id: "$customer", count: { $sum: 1 } } },
        ],
        options,
      );
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },

    countOfProject: (project, collection, bound, type, options) =>
      countRows(runner, collection, [{ $match: { project } }, ...ofType(type), { $limit: bound }], options),

    idsOfCustomer: (project, collection, customer, limit, options) =>
      idsOf(runner, collection, [{ $match: { project, customer } }, { $limit: limit }], options),

    referralsOf: (project, referee, limit, options) =>
      runner.run<ReferralDocument>(
        "referrals",
        [{ $match: { project, referee } }, { $limit: limit }],
        options,
      ),
  };
}

export function productReads(runner: PipelineRunner): ProductReads {
  return {
    keysNamedBy: async (project, text, options) => {
      const products = await runner.run<Pick<ProductDocument, "key">>(
        "products",
        [
          {
            $match: {
              project,
              $or: [
                { "text.product_id": { $eq: text } },
                { "text.sku": { $eq: text } },
                { "text.name": { $regex: escapePattern(text) } },
              ],
            },
          },
          { $project: { key: 1 } },
        ],
        options,
      );
      return products.map(({ key }) => key).sort();
    },
  };
}
