// Reads of intervals and transitions as SQL.

import type { MembershipDocument, TransitionDocument } from "../../../documents/membership-documents.js";
import { listOf, type Sql, sql } from "../../../operators/encodings/sql.js";
import type { IntervalReads, TransitionReads } from "../../reads/history.js";
import { pageOf } from "../questions.js";
import { documentsOf, hasRow, limited, materialised, numberOf, type QueryRunner, textsOf } from "../run.js";
import { documentsInTime, timeWindow } from "./time-window.js";

/** Intervals that contain an instant. */
function containing(instant: Date): Sql {
  const at = instant.getTime();
  return sql`i.entered_at <= ${at} AND (i.left_at IS NULL OR i.left_at > ${at})`;
}

export function intervalReads(runner: QueryRunner): IntervalReads {
  const ofSegment = (project: string, segment: string): Sql =>
    sql`i.project = ${project} AND i.segment = ${segment}`;
  return {
    countAt: (project, segment, instant, options) =>
      numberOf(
        runner,
        sql`SELECT count(*) FROM memberships_documents AS i WHERE ${ofSegment(project, segment)} AND ${containing(instant)}`,
        options,
      ),

    customersAt: (project, segment, instant, request, options) =>
      pageOf(
        runner,
        sql`memberships_documents AS i JOIN customer_keys AS k ON k.id = i.customer JOIN customers AS c ON c.customer = k.customer`,
        sql`${ofSegment(project, segment)} AND ${containing(instant)}`,
        request,
        options,
      ),

    customerIdsAt: (project, segment, instant, after, limit, options) =>
      textsOf(
        runner,
        materialised(
          limited(
            sql`SELECT i.customer FROM memberships_documents AS i WHERE ${ofSegment(project, segment)} AND ${containing(instant)} AND i.customer > ${after} ORDER BY i.customer`,
            limit,
          ),
          "customer",
        ),
        options,
      ),

    segmentsOfCustomerAt: (project, customer, instant, options) =>
      textsOf(
        runner,
        sql`SELECT i.segment FROM memberships_documents AS i WHERE i.project = ${project} AND i.customer = ${customer} AND ${containing(instant)}`,
        options,
      ),

    segmentsOfCustomersAt: async (project, customers, instant, options) => {
      const rows = await runner.rows(
        materialised(
          sql`SELECT i.customer, i.segment FROM memberships_documents AS i WHERE i.project = ${project} AND i.customer IN ${listOf(customers)} AND ${containing(instant)}`,
          "customer, segment",
        ),
        options,
      );
      return rows.map(([customer, segment]) => ({ customer: String(customer), segment: String(segment) }));
    },

    openOfCustomers: (project, customers, options) =>
      documentsOf<MembershipDocument>(
        runner,
        sql`SELECT i.document, i.checksum, i.id FROM memberships_documents AS i WHERE i.project = ${project} AND i.customer IN ${listOf(customers)} AND i.left_at IS NULL`,
        options,
      ),

    lasting: (project, segment, options) =>
      textsOf(
        runner,
        materialised(
          sql`SELECT i.customer FROM memberships_documents AS i WHERE ${ofSegment(project, segment)} AND i.left_at IS NULL`,
          "customer",
        ),
        options,
      ),

    countsBetween: async (project, segment, first, last, options) => {
      const behind = last.getTime() + 1;
      const began = sql`max(i.entered_at, ${first.getTime()})`;
      const ended = sql`min(max(coalesce(i.left_at, ${behind}), ${first.getTime()}), ${behind})`;
      const rows = await runner.rows(
        materialised(
          sql`SELECT ${began}, ${ended}, count(*) FROM memberships_documents AS i WHERE ${ofSegment(project, segment)} AND i.entered_at < ${behind} GROUP BY 1, 2`,
          "began, ended, count",
        ),
        options,
      );
      return rows.map(([began, ended, count]) => ({
        began: new Date(Number(began)),
        ended: new Date(Number(ended)),
        count: Number(count),
      }));
    },

    endedBefore: async (project, instant, limit, options) => {
      const rows = await runner.rows(
        limited(
          sql`SELECT i.id, i.left_at FROM memberships_documents AS i WHERE i.project = ${project} AND i.left_at < ${instant.getTime()} ORDER BY i.left_at`,
          limit,
        ),
        options,
      );
      return rows.map(([id, leftAt]) => ({ _id: String(id), left_at: new Date(Number(leftAt)) }));
    },

    idsOfCustomer: (project, customer, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT i.id FROM memberships_documents AS i WHERE i.project = ${project} AND i.customer = ${customer}`,
          limit,
        ),
        options,
      ),
  };
}

export function transitionReads(runner: QueryRunner): TransitionReads {
  return {
    inRange: (project, { partition, from, last, first, segments }, options) => {
      const ofSegments = segments === undefined ? sql`` : sql` AND d.segment IN ${listOf(segments)}`;
      return documentsOf<TransitionDocument>(
        runner,
        limited(
          sql`SELECT d.document, d.checksum, d.id FROM transitions_documents AS d WHERE d.project = ${project} AND d.partition = ${partition} AND d.sequence > ${from} AND d.sequence <= ${last}${ofSegments} ORDER BY d.sequence`,
          first,
        ),
        options,
      );
    },

    pageOfSegment: (project, segment, window, options) =>
      documentsInTime(
        runner,
        "transitions",
        sql`d.project = ${project} AND d.segment = ${segment}`,
        window,
        options,
      ),

    countOfSegments: (project, segments, bound, options) => {
      const some = sql`SELECT 1 FROM transitions_documents AS d WHERE d.project = ${project} AND d.segment IN ${listOf(segments)}`;
      return numberOf(runner, sql`SELECT count(*) FROM (${limited(some, bound)})`, options);
    },

    latestOfCustomers: async (project, customers, window, options) => {
      const { behind, order } = timeWindow(sql`d.at`, sql`d.id`, window);
      const transitions = await documentsOf<TransitionDocument>(
        runner,
        sql`SELECT document, checksum, id FROM (SELECT d.document AS document, d.checksum AS checksum, d.id AS id, d.customer AS customer, row_number() OVER (PARTITION BY d.customer ORDER BY ${order}) AS place FROM transitions_documents AS d WHERE d.project = ${project} AND d.customer IN ${listOf(customers)} AND ${behind}) WHERE place <= ${window.limit} ORDER BY customer, place`,
        options,
      );
      const found = new Map<string, TransitionDocument[]>();
      for (const transition of transitions) {
        const list = found.get(transition.customer);
        if (list === undefined) found.set(transition.customer, [transition]);
        else list.push(transition);
      }
      return found;
    },

    anyOfSegment: (project, segment, options) =>
      hasRow(
        runner,
        sql`SELECT 1 FROM transitions_documents AS d WHERE d.project = ${project} AND d.segment = ${segment}`,
        options,
      ),

    idsOfCustomer: (project, customer, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT d.id FROM transitions_documents AS d WHERE d.project = ${project} AND d.customer = ${customer}`,
          limit,
        ),
        options,
      ),
  };
}
