// Reads of webhooks as pipelines.
import type { DeadLetterDocument, WebhookDocument } from "../../../documents/membership-documents.js";
import type { WebhookReads } from "../../reads/webhooks.js";
import { idsOf, type PipelineRunner } from "../run.js";
import { timeWindowStages } from "./time-window.js";

export function webhookReads(runner: PipelineRunner): WebhookReads {
  const { run } = runner;
  return {
    all: (project, options) =>
      run<WebhookDocument>(
        "webhooks",
        [{ $match: { project } }, { $sort: { created_at: 1, _id: 1 } }],
        options,
      ),

    cursorIds: (project, webhook, limit, options) =>
      idsOf(runner, "webhook_cursors", [{ $match: { project, webhook } }, { $limit: limit }], options),

    deadLetters: (project, { webhook, partition }, limit, options) =>
      run<DeadLetterDocument>(
        "dead_letters",
        [
          {
            $match: {
              project,
              ...(webhook === undefined ? {} : { webhook }),
              ...(partition === undefined ? {} : { partition }),
            },
          },
          { $sort: { at: 1, _id: 1 } },
          { $limit: limit },
        ],
        options,
      ),

    deadLetterPage: (project, webhook, window, options) =>
      run<DeadLetterDocument>(
        "dead_letters",
        [{ $match: { project, webhook } }, ...timeWindowStages(window)],
        options,
      ),

    deadLetterCounts: async (project, options) => {
      const rows = await run<{ readonly _id: string; readonly count: number }>(
        "dead_letters",
        [{ $match: { project } }, { $group: { _id: "$webhook", count: { $sum: 1 } } }],
        options,
      );
      return new Map(rows.map(({ _id, count }) => [_id, count]));
    },
  };
}
