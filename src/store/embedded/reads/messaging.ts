// Reads of distributions and their messages as SQL.
import type { DistributionDocument, MessageDocument } from "../../../documents/message-documents.js";
import { sql } from "../../../operators/encodings/sql.js";
import type { MessagingReads } from "../../reads/messaging.js";
import { documentsOf, limited, type QueryRunner } from "../run.js";

export function messagingReads(runner: QueryRunner): MessagingReads {
  return {
    distributions: (project, options) =>
      documentsOf<DistributionDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM distributions_documents AS d WHERE d.project = ${project} ORDER BY d.id`,
        options,
      ),

    openDistributions: (project, options) =>
      documentsOf<DistributionDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM distributions_documents AS d WHERE d.project = ${project} AND d.state IN ('active', 'canceling') ORDER BY d.id`,
        options,
      ),

    awaitingEvents: (project, options) =>
      documentsOf<DistributionDocument>(
        runner,
        sql`SELECT d.document, d.checksum, d.id FROM distributions_documents AS d WHERE d.project = ${project} AND d.state IN ('active', 'paused') AND d.trigger_kind = 'event' ORDER BY d.id`,
        options,
      ),

    dueMessages: (project, distribution, instant, limit, options) =>
      documentsOf<MessageDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM messages_documents AS d WHERE d.project = ${project} AND d.distribution = ${distribution} AND d.status = 'planned' AND d.due_at <= ${instant.getTime()} ORDER BY d.due_at`,
          limit,
        ),
        options,
      ),

    messagesDueBetween: (project, distribution, { statuses, from, before, limit }, options) =>
      documentsOf<MessageDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM messages_documents AS d WHERE d.project = ${project} AND d.distribution = ${distribution} AND d.status IN (SELECT value FROM json_each(${JSON.stringify(statuses)})) AND d.due_at >= ${from.getTime()} AND d.due_at < ${before.getTime()} ORDER BY d.due_at`,
          limit,
        ),
        options,
      ),

    messagePage: (project, distribution, { backwards, behind, limit, statuses }, options) => {
      const ofStatus =
        statuses === undefined
          ? sql``
          : sql` AND d.status IN (SELECT value FROM json_each(${JSON.stringify(statuses)}))`;
      const after =
        behind === undefined ? sql`` : backwards ? sql` AND d.id < ${behind}` : sql` AND d.id > ${behind}`;
      const order = backwards ? sql`d.id DESC` : sql`d.id`;
      return documentsOf<MessageDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM messages_documents AS d WHERE d.project = ${project} AND d.distribution = ${distribution}${ofStatus}${after} ORDER BY ${order}`,
          limit,
        ),
        options,
      );
    },

    statusCounts: async (project, distribution, options) => {
      const rows = await runner.rows(
        sql`SELECT d.status, count(*) FROM messages_documents AS d WHERE d.project = ${project} AND d.distribution = ${distribution} GROUP BY d.status`,
        options,
      );
      return Object.fromEntries(rows.map(([status, count]) => [String(status), Number(count)]));
    },

    ofCustomer: (project, customer, limit, options) =>
      documentsOf<MessageDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM messages_documents AS d WHERE d.project = ${project} AND d.customer = ${customer}`,
          limit,
        ),
        options,
      ),
  };
}
