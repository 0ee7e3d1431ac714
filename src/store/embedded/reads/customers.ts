// Reads over customers as SQL.
import { sql } from "../../../operators/encodings/sql.js";
import type { CustomerReads, SampledCustomer } from "../../reads/customers.js";
import { behindId, documentsOf, limited, materialised, type QueryRunner, textsOf } from "../run.js";

export function customerReads(runner: QueryRunner): CustomerReads {
  const numberOfProject = (project: string): number => runner.layout(project).project ?? -1;
  return {
    sample: (project, limit, options) => {
      const first = limited(
        sql`SELECT c.customer, c.sample FROM customers AS c WHERE c.project = ${numberOfProject(project)} ORDER BY c.sample`,
        limit,
      );
      return documentsOf<SampledCustomer>(
        runner,
        sql`WITH found (customer, sample) AS MATERIALIZED (${first}) SELECT d.document, d.checksum, d.customer FROM found CROSS JOIN customers_documents AS d ON d.customer = found.customer ORDER BY found.sample`,
        options,
      );
    },

    identities: async (project, after, limit, options) => {
      const page = limited(
        sql`SELECT k.id, c.source_id FROM customer_keys AS k CROSS JOIN customers AS c ON c.customer = k.customer WHERE ${behindId(sql`k.id`, project, after)} AND c.project = ${numberOfProject(project)} ORDER BY k.id`,
        limit,
      );
      const rows = await runner.rows(materialised(page, "id, source_id"), options);
      return rows.map(([id, sourceId]) => ({ _id: String(id), source_id: String(sourceId) }));
    },

    summaryState: async (project, instant, options) => {
      const ofProject = sql`SELECT 1 FROM customers AS c WHERE c.project = ${numberOfProject(project)}`;
      const at = instant.getTime();
      const [row] = await runner.rows(
        sql`SELECT EXISTS (${ofProject} AND c.latest_at > ${at}), EXISTS (${ofProject} AND c.next_at <= ${at})`,
        options,
      );
      return { beyond: row?.[0] === 1, behind: row?.[1] === 1 };
    },

    summariesDue: (project, instant, limit, options) =>
      textsOf(
        runner,
        limited(
          sql`SELECT k.id FROM customers AS c JOIN customer_keys AS k ON k.customer = c.customer WHERE c.project = ${numberOfProject(project)} AND c.next_at <= ${instant.getTime()}`,
          limit,
        ),
        options,
      ),
  };
}
