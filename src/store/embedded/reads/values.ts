// Reads of the values in the data as SQL.
import { named, type Sql, sql } from "../../../operators/encodings/sql.js";
import { testSql } from "../../../operators/encodings/sql-tests.js";
import type { ReadOptions } from "../../read-options.js";
import type { ValueCount, ValueReads, ValueSource } from "../../reads/values.js";
import { behindId, limited, materialised, type QueryRunner } from "../run.js";

export function valueReads(runner: QueryRunner): ValueReads {
  /** Counts the rows of a query with the columns `value` and `id` (of a document that has the value), by value. */
  const counted = async (values: Sql, limit: number, options?: ReadOptions): Promise<ValueCount[]> => {
    const rows = await runner.rows(
      materialised(
        limited(sql`SELECT value, count(*), min(id) FROM (${values}) GROUP BY 1 ORDER BY 2 DESC, 1`, limit),
        "value, count, example",
      ),
      options,
    );
    return rows.map(([value = null, count, example]) => ({
      value,
      count: Number(count),
      example: String(example),
    }));
  };

  return {
    frequent: (source, documents, limit, options) => {
      // The number of documents is bounded, so the values are read from the documents themselves.
      const path = JSON.stringify(source.path.split(".")).slice(1, -1).replaceAll(",", ".");
      const at = `$.document.${path}`;
      const some = limited(documentsInOrder(runner, source), documents);
      const values = source.set
        ? sql`SELECT element.value AS value, found.id AS id FROM (${some}) AS found LEFT JOIN json_each(found.document, ${at}) AS element`
        : sql`SELECT found.document ->> ${at} AS value, found.id AS id FROM (${some}) AS found`;
      return counted(values, limit, options);
    },

    beginningWith: (source, prefix, documents, limit, options) => {
      const begins = (value: Sql): Sql => testSql({ value }, { kind: "startsWith", text: prefix });
      const values = valuesThat(runner, source, begins);
      return values === undefined ? Promise.resolve([]) : counted(limited(values, documents), limit, options);
    },
  };
}

/** Documents with their ids, in an order in which the first ones are a sample. */
function documentsInOrder({ layout }: QueryRunner, { project, collection, type }: ValueSource): Sql {
  const found = layout(project);
  const number = found.project ?? -1;
  switch (collection) {
    case "customers":
      return sql`SELECT d.document, k.id FROM customers AS c CROSS JOIN customers_documents AS d ON d.customer = c.customer CROSS JOIN customer_keys AS k ON k.customer = c.customer WHERE c.project = ${number} ORDER BY c.sample`;
    case "orders":
      return sql`SELECT d.document, d.id FROM orders_documents AS d WHERE ${behindId(sql`d.id`, project, `${project}/`)} AND d.project = ${number} ORDER BY d.id`;
    case "events":
      return sql`SELECT d.document, d.id FROM records AS r CROSS JOIN events_documents AS d ON d.record = r.record WHERE r.type = ${found.recordType("events", type) ?? -1} ORDER BY r.at DESC`;
  }
}

/**
 * The values that pass, from the columns or sets that hold them, with the ids of their documents; undefined if no document has
 * one.
 */
function valuesThat(
  { layout }: QueryRunner,
  { project, collection, type, path, set }: ValueSource,
  passes: (value: Sql) => Sql,
): Sql | undefined {
  const found = layout(project);
  if (collection === "customers") {
    const keys = (customer: Sql) => sql`CROSS JOIN customer_keys AS k ON k.customer = ${customer}`;
    if (set) {
      const number = found.customerSet(path);
      if (number === undefined) return undefined;
      return sql`SELECT e.value AS value, k.id AS id FROM customer_elements AS e ${keys(sql`e.customer`)} WHERE e.set_number = ${number} AND ${passes(sql`e.value`)}`;
    }
    const column = found.customerColumn(path);
    if (column === undefined) return undefined;
    const table = named(column.table === "m" ? "customer_metadata" : "customers");
    const value = sql`t.${named(column.name)}`;
    return sql`SELECT ${value} AS value, k.id AS id FROM ${table} AS t ${keys(sql`t.customer`)} WHERE t.project = ${found.project ?? -1} AND ${passes(value)}`;
  }
  const number = found.recordType(collection, type);
  if (number === undefined) return undefined;
  const documents = sql`CROSS JOIN ${named(`${collection}_documents`)} AS d ON d.record = r.record`;
  if (set) {
    const elements = found.recordSet(number, path);
    if (elements === undefined) return undefined;
    return sql`SELECT e.value AS value, d.id AS id FROM records AS r CROSS JOIN record_elements AS e ON e.record = r.record AND e.set_number = ${elements} ${documents} WHERE r.type = ${number} AND ${passes(sql`e.value`)}`;
  }
  const column = found.recordColumn(number, path);
  if (column === undefined) return undefined;
  const value = sql`r.${named(column)}`;
  return sql`SELECT ${value} AS value, d.id AS id FROM records AS r ${documents} WHERE r.type = ${number} AND ${passes(value)}`;
}
