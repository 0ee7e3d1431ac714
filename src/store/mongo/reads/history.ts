// Reads of intervals and transitions as pipelines.

import type { CustomerDocument } from "../../../documents/documents.js";
import type { MembershipDocument, TransitionDocument } from "../../../documents/membership-documents.js";
import type { Filter } from "../../../operators/encodings/encoding.js";
import type { CustomerPageRequest } from "../../customers.js";
import type { ReadOptions } from "../../read-options.js";
import type { IntervalCount, IntervalReads, TransitionReads } from "../../reads/history.js";
import { countRows, hasRow, idsOf, type PipelineRunner } from "../run.js";
import { afterStage, pathOrder, sortStage } from "../sort.js";
import { timeWindowStages } from "./time-window.js";

/** Intervals that contain an instant. */
function containing(instant: Date): Filter {
  return { entered_at: { $lte: instant }, $or: [{ left_at: null }, { left_at: { $gt: instant } }] };
}

type OfCustomer = Pick<MembershipDocument, "customer">;

/** @param documentsById reads customers by their ids, in the same order. */
export function intervalReads(
  runner: PipelineRunner,
  documentsById: (ids: readonly string[]) => Promise<readonly (CustomerDocument | undefined)[]>,
): IntervalReads {
  const { run } = runner;

  /** A page by source id. Customers' ids are in the order of their source ids, so the page is read by id. */
  const bySourceId = async (
    match: Filter,
    project: string,
    { sort: { descending, backwards = false }, after, limit }: CustomerPageRequest,
    options?: ReadOptions,
  ): Promise<readonly CustomerDocument[]> => {
    const ascending = descending === backwards;
    const found: CustomerDocument[] = [];
    let last = after === undefined ? undefined : `${project}/${after.sourceId}`;
    for (;;) {
      const behind = last === undefined ? {} : { customer: { [ascending ? "$gt" : "$lt"]: last } };
      const rows = await run<OfCustomer>(
        "memberships",
        [
          { $match: { ...match, ...behind } },
          { $sort: { customer: ascending ? 1 : -1 } },
          { $limit: limit },
          { $project: { customer: 1 } },
        ],
        options,
      );
      const customers = await documentsById(rows.map(({ customer }) => customer));
      for (const customer of customers) if (customer !== undefined) found.push(customer);
      if (rows.length < limit || found.length >= limit) return found.slice(0, limit);
      last = rows.at(-1)!.customer;
    }
  };

  return {
    countAt: (project, segment, instant, options) =>
      countRows(runner, "memberships", [{ $match: { project, segment, ...containing(instant) } }], options),

    customersAt: (project, segment, instant, request, options) => {
      const { sort, after, limit } = request;
      const match = { project, segment, ...containing(instant) };
      if (sort.by === "source_id") return bySourceId(match, project, request, options);
      return run<CustomerDocument>(
        "memberships",
        [
          { $match: match },
          {
            $lookup: {
              from: "customers",
              localField: "customer",
              foreignField: "_id",
              as: "person",
            },
          },
          { $match: { person: { $ne: [] } } },
          { $replaceRoot: { newRoot: { $first: "$person" } } },
          ...(after === undefined ? [] : [afterStage(pathOrder(sort), after)]),
          sortStage(pathOrder(sort)),
          { $limit: limit },
        ],
        options,
      );
    },

    customerIdsAt: async (project, segment, instant, after, limit, options) => {
      const rows = await run<OfCustomer>(
        "memberships",
        [
          { $match: { project, segment, ...containing(instant), customer: { $gt: after } } },
          { $sort: { customer: 1 } },
          { $limit: limit },
          { $project: { customer: 1 } },
        ],
        options,
      );
      return rows.map(({ customer }) => customer);
    },

    segmentsOfCustomerAt: async (project, customer, instant, options) => {
      const rows = await run<Pick<MembershipDocument, "segment">>(
        "memberships",
        [{ $match: { project, customer, ...containing(instant) } }, { $project: { segment: 1 } }],
        options,
      );
      return rows.map(({ segment }) => segment);
    },

    lasting: async (project, segment, options) => {
      const rows = await run<OfCustomer>(
        "memberships",
        [{ $match: { project, segment, left_at: null } }, { $project: { customer: 1 } }],
        options,
      );
      return rows.map(({ customer }) => customer);
    },

    countsBetween: (project, segment, first, last, options) => {
      const behind = new Date(last.getTime() + 1);
      const began = { $max: ["$entered_at", first] };
      const ended = { $min: [{ $max: [{ $ifNull: ["$left_at", behind] }, first] }, behind] };
      return run<IntervalCount>(
        "memberships",
        [
          { $match: { project, segment, entered_at: { $lt: behind } } },
          { $group: { _id: { began, ended }, count: { $sum: 1 } } },
          { $project: { _id: 0, began: "$_id.began", ended: "$_id.ended", count: 1 } },
        ],
        options,
      );
    },

    endedBefore: (project, instant, limit, options) =>
      run<Required<Pick<MembershipDocument, "_id" | "left_at">>>(
        "memberships",
        [
          { $match: { project, left_at: { $lt: instant } } },
          { $sort: { left_at: 1 } },
          { $limit: limit },
          { $project: { left_at: 1 } },
        ],
        options,
      ),

    segmentsOfCustomersAt: (project, customers, instant, options) =>
      run<Pick<MembershipDocument, "customer" | "segment">>(
        "memberships",
        [
          { $match: { project, customer: { $in: customers }, ...containing(instant) } },
          { $project: { customer: 1, segment: 1 } },
        ],
        options,
      ),

    openOfCustomers: (project, customers, options) =>
      run<MembershipDocument>(
        "memberships",
        [{ $match: { project, customer: { $in: customers }, left_at: null } }],
        options,
      ),

    idsOfCustomer: (project, customer, limit, options) =>
      idsOf(runner, "memberships", [{ $match: { project, customer } }, { $limit: limit }], options),
  };
}

export function transitionReads(runner: PipelineRunner): TransitionReads {
  return {
    inRange: (project, { partition, from, last, first, segments }, options) =>
      runner.run<TransitionDocument>(
        "transitions",
        [
          {
            $match: {
              project,
              partition,
              sequence: { $gt: from, $lte: last },
              ...(segments === undefined ? {} : { segment: { $in: segments } }),
            },
          },
          { $sort: { sequence: 1 } },
          { $limit: first },
        ],
        options,
      ),

    pageOfSegment: (project, segment, window, options) =>
      runner.run<TransitionDocument>(
        "transitions",
        [{ $match: { project, segment } }, ...timeWindowStages(window)],
        options,
      ),

    countOfSegments: (project, segments, bound, options) =>
      countRows(
        runner,
        "transitions",
        [{ $match: { project, segment: { $in: segments } } }, { $limit: bound }],
        options,
      ),

    latestOfCustomers: async (project, customers, window, options) => {
      const { limit, ...rest } = window;
      const rows = await runner.run<{
        readonly _id: string;
        readonly found: readonly TransitionDocument[];
      }>(
        "transitions",
        [
          { $match: { project, customer: { $in: customers } } },
          ...timeWindowStages(rest),
          { $group: { _id: "$customer", found: { $push: "$$ROOT" } } },
          { $project: { found: { $slice: ["$found", Math.max(limit, 1)] } } },
        ],
        options,
      );
      return new Map(rows.map(({ _id, found }) => [_id, found.slice(0, limit)]));
    },

    anyOfSegment: (project, segment, options) =>
      hasRow(runner, "transitions", [{ $match: { project, segment } }], options),

    idsOfCustomer: (project, customer, limit, options) =>
      idsOf(runner, "transitions", [{ $match: { project, customer } }, { $limit: limit }], options),
  };
}
