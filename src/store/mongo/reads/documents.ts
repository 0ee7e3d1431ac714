// Reads over documents, records and products as pipelines.
import type { CollectionName, DocumentOf } from "../../../documents/collections.js";
import type { ProductDocument, ReferralDocument } from "../../../documents/documents.js";
import type { Pipeline } from "../../../pipeline/stage.js";
import { escapePattern } from "../../../plan/text.js";
import type {
  BriefRecord,
  DocumentReads,
  ProductReads,
  RecordFilter,
  RecordReads,
} from "../../reads/documents.js";
import { hasRow, idsOf, type PipelineRunner } from "../run.js";

/** Ids after one of the project's: "0" is the character after "/", so that no other project's are read. */
export function behind(project: string, after: string): object {
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

export function recordReads(runner: PipelineRunner): RecordReads {
  return {
    ofCustomers: async <Name extends keyof DocumentOf>(
      project: string,
      collection: Name,
      customers: readonly string[],
      filter?: RecordFilter,
      options?: Parameters<RecordReads["ofCustomers"]>[4],
    ) => runner.run<DocumentOf[Name]>(collection, recordsOf(project, customers, filter), options),

    briefOfCustomers: async <Name extends "events" | "orders">(
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
