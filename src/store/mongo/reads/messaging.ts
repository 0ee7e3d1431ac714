// Reads of distributions and their messages as pipelines.
import type { DistributionDocument, MessageDocument } from "../../../documents/message-documents.js";
import type { MessagingReads } from "../../reads/messaging.js";
import type { PipelineRunner } from "../run.js";

export function messagingReads({ run }: PipelineRunner): MessagingReads {
  return {
    distributions: (project, options) =>
      run<DistributionDocument>("distributions", [{ $match: { project } }, { $sort: { _id: 1 } }], options),

    openDistributions: (project, options) =>
      run<DistributionDocument>(
        "distributions",
        [{ $match: { project, state: { $in: ["active", "canceling"] } } }, { $sort: { _id: 1 } }],
        options,
      ),

    awaitingEvents: (project, options) =>
      run<DistributionDocument>(
        "distributions",
        [
          { $match: { project, state: { $in: ["active", "paused"] }, "trigger.kind": "event" } },
          { $sort: { _id: 1 } },
        ],
        options,
      ),

    dueMessages: (project, distribution, instant, limit, options) =>
      run<MessageDocument>(
        "messages",
        [
          { $match: { project, distribution, status: "planned", due_at: { $lte: instant } } },
          { $sort: { due_at: 1 } },
          { $limit: limit },
        ],
        options,
      ),

    messagesDueBetween: (project, distribution, { statuses, from, before, limit }, options) =>
      run<MessageDocument>(
        "messages",
        [
          {
            $match: {
              project,
              distribution,
              status: { $in: [...statuses] },
              due_at: { $gte: from, $lt: before },
            },
          },
          { $sort: { due_at: 1 } },
          { $limit: limit },
        ],
        options,
      ),

    messagePage: (project, distribution, { backwards, behind, limit, statuses }, options) =>
      run<MessageDocument>(
        "messages",
        [
          {
            $match: {
              project,
              distribution,
              ...(statuses === undefined ? {} : { status: { $in: [...statuses] } }),
              ...(behind === undefined ? {} : { _id: { [backwards ? "$lt" : "$gt"]: behind } }),
            },
          },
          { $sort: { _id: backwards ? -1 : 1 } },
          { $limit: limit },
        ],
        options,
      ),

    statusCounts: async (project, distribution, options) => {
      const rows = await run<{ readonly _id: string; readonly count: number }>(
        "messages",
        [{ $match: { project, distribution } }, { $group: { _id: "$status", count: { $sum: 1 } } }],
        options,
      );
      return Object.fromEntries(rows.map(({ _id, count }) => [_id, count]));
    },

    ofCustomer: (project, customer, limit, options) =>
      run<MessageDocument>("messages", [{ $match: { project, customer } }, { $limit: limit }], options),
  };
}
