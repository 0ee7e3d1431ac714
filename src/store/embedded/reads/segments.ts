// Reads of segments, live segments and webhooks as SQL. There are few of each, so documents are filtered in memory where no index
// selects them.

import type { DocumentOf } from "../../../documents/collections.js";
import type { DeadLetterDocument } from "../../../documents/membership-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { ReadOptions } from "../../read-options.js";
import type { MaintenanceReads, SegmentReads } from "../../reads/segments.js";
import type { WebhookReads } from "../../reads/webhooks.js";
import { documentsOf, documentsTable, limited, type QueryRunner, textsOf } from "../run.js";
import type { PlainCollection } from "../tables.js";
import { documentsInTime } from "./time-window.js";

/** Every document of a project in a collection. */
function allOf<Name extends PlainCollection>(
  runner: QueryRunner,
  collection: Name,
  project: string,
  options?: ReadOptions,
): Promise<DocumentOf[Name][]> {
  return documentsOf<DocumentOf[Name]>(
    runner,
    sql`SELECT d.document, d.checksum, d.id FROM ${documentsTable(collection)} WHERE d.project = ${project}`,
    options,
  );
}

export function segmentReads(runner: QueryRunner): SegmentReads {
  return {
    all: (project, options) => allOf(runner, "segments", project, options),

    versions: async (project, options) => {
      const segments = await allOf(runner, "segments", project, options);
      return segments
        .filter(({ kind }) => kind === "auto_update")
        .map(({ _id, state, updated_at, query }) => ({
          _id,
          state,
          updated_at,
          ...(query === undefined ? {} : { canonical: query.canonical, uses: query.uses }),
        }));
    },
  };
}

export function maintenanceReads(runner: QueryRunner): MaintenanceReads {
  return {
    liveSegments: (project, options) => allOf(runner, "live_segments", project, options),

    unsettledSegments: (project, options) =>
      documentsOf(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM live_segments_documents AS d WHERE d.project = ${project} AND d.status <> 'live'`,
        options,
      ),

    maintainers: async (project, options) => {
      const documents = await allOf(runner, "maintenance", project, options);
      return documents.filter((document) => document.kind === "maintainer");
    },
  };
}

export function webhookReads(runner: QueryRunner): WebhookReads {
  return {
    all: async (project, options) => {
      const webhooks = await allOf(runner, "webhooks", project, options);
      return webhooks.sort(
        (one, other) =>
          one.created_at.getTime() - other.created_at.getTime() || (one._id < other._id ? -1 : 1),
      );
    },

    cursorIds: (project, webhook, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM webhook_cursors_documents AS d WHERE d.project = ${project} AND d.webhook = ${webhook}`,
          limit,
        ),
        options,
      ),

    deadLetters: (project, { webhook, partition }, limit, options) => {
      const ofWebhook = webhook === undefined ? sql`` : sql` AND d.webhook = ${webhook}`;
      const ofPartition = partition === undefined ? sql`` : sql` AND d.partition = ${partition}`;
      return documentsOf<DeadLetterDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM dead_letters_documents AS d WHERE d.project = ${project}${ofWebhook}${ofPartition} ORDER BY d.at, d.id`,
          limit,
        ),
        options,
      );
    },

    deadLetterPage: (project, webhook, window, options) =>
      documentsInTime(
        runner,
        "dead_letters",
        sql`d.project = ${project} AND d.webhook = ${webhook}`,
        window,
        options,
      ),

    deadLetterCounts: async (project, options) => {
      const rows = await runner.rows(
        sql`SELECT d.webhook, count(*) FROM dead_letters_documents AS d WHERE d.project = ${project} GROUP BY d.webhook`,
        options,
      );
      return new Map(rows.map(([webhook, count]) => [String(webhook), Number(count)]));
    },
  };
}
