// Reads of outgoing events as SQL.
import type { OutgoingEventDocument } from "../../../documents/outgoing-documents.js";
import { listOf, sql } from "../../../operators/encodings/sql.js";
import type { OutgoingReads } from "../../reads/outgoing.js";
import { documentsOf, limited, type QueryRunner, textsOf } from "../run.js";

export function outgoingReads(runner: QueryRunner): OutgoingReads {
  return {
    inRange: (project, { partition, from, last, first, types }, options) => {
      const ofTypes = types === undefined ? sql`` : sql` AND d.type IN ${listOf(types)}`;
      return documentsOf<OutgoingEventDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM outgoing_events_documents AS d WHERE d.project = ${project} AND d.partition = ${partition} AND d.sequence > ${from} AND d.sequence <= ${last}${ofTypes} ORDER BY d.sequence`,
          first,
        ),
        options,
      );
    },

    idsOfCustomer: (project, customer, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM outgoing_events_documents AS d WHERE d.project = ${project} AND d.customer = ${customer}`,
          limit,
        ),
        options,
      ),
  };
}
