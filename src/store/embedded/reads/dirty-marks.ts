// Reads of dirty marks and of crossings as SQL.

import type { ChangeDocument } from "../../../documents/membership-documents.js";
import { listOf, named, type Sql, sql, unknownValue } from "../../../operators/encodings/sql.js";
import type { Layout } from "../../../sql/layout.js";
import type { ReadOptions } from "../../read-options.js";
import type {
  Crossed,
  CrossedValues,
  CrossingReads,
  CrossingSource,
  DirtyMarkReads,
} from "../../reads/dirty-marks.js";
import type { Cell } from "../adapter.js";
import { cellOf } from "../derived.js";
import { documentsOf, hasRow, limited, materialised, numberOf, type QueryRunner, textsOf } from "../run.js";

export function dirtyMarkReads(runner: QueryRunner): DirtyMarkReads {
  const marks = (project: string): Sql => sql`FROM changes_documents AS d WHERE d.project = ${project}`;
  const documents = (project: string): Sql => sql`SELECT d.document, d.checksum, d.id ${marks(project)}`;
  const without = (excluded: readonly string[]): Sql =>
    excluded.length === 0 ? sql`` : sql` AND d.id NOT IN ${listOf(excluded)}`;
  const found = (query: Sql, limit: number, options?: ReadOptions): Promise<readonly ChangeDocument[]> =>
    documentsOf<ChangeDocument>(runner, limited(query, limit), options);
  return {
    ofPartitions: async (project, partitions, excluded, limit, options) =>
      partitions.length === 0
        ? []
        : found(
            sql`${documents(project)} AND d.partition IN ${listOf(partitions)}${without(excluded)}`,
            limit,
            options,
          ),

    ofPartition: (project, partition, after, excluded, limit, options) =>
      found(
        sql`${documents(project)} AND d.partition = ${partition} AND d.id > ${after}${without(excluded)} ORDER BY d.id`,
        limit,
        options,
      ),

    ids: (project, options) =>
      textsOf(runner, materialised(sql`SELECT d.id ${marks(project)}`, "id"), options),

    changedIds: (project, options) =>
      textsOf(runner, materialised(sql`SELECT d.id ${marks(project)} AND d.has_before = 1`, "id"), options),

    withEffectiveTime: async (project, options) => {
      const rows = await runner.rows(
        materialised(
          sql`SELECT d.id, d.effective_at ${marks(project)} AND d.effective_at IS NOT NULL`,
          "id, effective_at",
        ),
        options,
      );
      return rows.map(([id, at]) => ({ _id: String(id), effective_at: new Date(Number(at)) }));
    },

    countUpTo: (project, bound, options) =>
      numberOf(
        runner,
        sql`SELECT count(*) FROM (${limited(sql`SELECT 1 ${marks(project)}`, bound)})`,
        options,
      ),

    countOfSegment: (project, segment, options) =>
      numberOf(
        runner,
        sql`SELECT count(*) ${marks(project)} AND d.reason_count > 0 AND EXISTS (SELECT 1 FROM json_each(d.document, '$.document.reasons') AS reason WHERE reason.value ->> '$.segment' = ${segment} AND reason.value ->> '$.kind' <> 'TIME')`,
        options,
      ),

    anyErasedFrom: (project, segment, options) =>
      hasRow(
        runner,
        sql`SELECT 1 ${marks(project)} AND d.erased_count > 0 AND EXISTS (SELECT 1 FROM json_each(d.document, '$.document.erased') AS erased WHERE erased.value = ${segment})`,
        options,
      ),

    backlog: async (project, bound, options) => {
      const some = limited(sql`SELECT d.since ${marks(project)}`, bound);
      const [row] = await runner.rows(sql`SELECT count(*), min(since) FROM (${some})`, options);
      const [waiting, oldest] = row ?? [0, null];
      return {
        waiting: Number(waiting),
        ...(typeof oldest === "number" ? { oldest: new Date(oldest) } : {}),
      };
    },
  };
}

export function crossingReads(runner: QueryRunner): CrossingReads {
  return {
    crossed: async (project, source, values, options) => {
      const passes = (value: Sql): Sql => conditionOf(value, values);
      const layout = runner.layout(project);
      const query =
        source.collection === "customers"
          ? customersCrossed(layout, source, passes)
          : recordsCrossed(layout, source, passes);
      if (query === undefined) return [];
      const isDate = "from" in values && values.from instanceof Date;
      const rows = await runner.rows(materialised(query, "customer, value"), options);
      return rows.map(([customer, cell]): Crossed => {
        const value = isDate ? new Date(Number(cell)) : storedValue(cell!, values);
        return { customer: String(customer), value: source.set === true ? [value] : value };
      });
    },
  };
}

/** Booleans are stored as 1 and 0. */
function storedValue(cell: Cell, values: CrossedValues): unknown {
  return "from" in values && typeof values.from === "boolean" ? cell === 1 : cell;
}

function conditionOf(value: Sql, values: CrossedValues): Sql {
  return "anyOf" in values
    ? sql`${value} IN ${listOf(values.anyOf)}`
    : sql`${value} BETWEEN ${cellOf(values.from)} AND ${cellOf(values.to)}`;
}

type Passes = (value: Sql) => Sql;

/** The path of the date that a path under `yearly` is derived from; undefined for any other path. */
function dateOfYearly(path: string, facts: string): string | undefined {
  return path.startsWith("yearly.") ? `${facts}${path.slice("yearly.".length)}` : undefined;
}

function customersCrossed(layout: Layout, { path, set }: CrossingSource, passes: Passes): Sql | undefined {
  const project = layout.project ?? -1;
  if (set === true) {
    const number = layout.customerSet(path);
    if (number === undefined) return undefined;
    return sql`SELECT k.id, e.value FROM customer_elements AS e CROSS JOIN customer_keys AS k ON k.customer = e.customer WHERE e.set_number = ${number} AND ${passes(sql`e.value`)}`;
  }
  const date = layout.customerColumn(path) === undefined ? dateOfYearly(path, "facts.") : undefined;
  const column = layout.customerColumn(date ?? path);
  if (column === undefined) return undefined;
  const stored = sql`t.${named(column.name)}`;
  const value = date === undefined ? stored : sql`substr(${stored}, 6, 5)`;
  const table = named(column.table === "m" ? "customer_metadata" : "customers");
  return sql`SELECT k.id, ${value} FROM ${table} AS t JOIN customer_keys AS k ON k.customer = t.customer WHERE t.project = ${project} AND ${passes(value)}`;
}

function recordsCrossed(
  layout: Layout,
  { collection, type: eventType, path, set }: CrossingSource,
  passes: Passes,
): Sql | undefined {
  const type = collection === "customers" ? undefined : layout.recordType(collection, eventType);
  if (type === undefined) return undefined;
  const customers = sql`JOIN customer_keys AS k ON k.customer = r.customer`;
  if (set === true) {
    const number = layout.recordSet(type, path);
    if (number === undefined) return undefined;
    return sql`SELECT k.id, e.value FROM records AS r CROSS JOIN record_elements AS e ON e.record = r.record AND e.set_number = ${number} ${customers} WHERE r.type = ${type} AND ${passes(sql`e.value`)}`;
  }
  const date = dateOfYearly(path, collection === "orders" ? "facts.metadata." : "facts.");
  const name = layout.recordColumn(type, date ?? path);
  const stored = path === "at" ? sql`r.at` : name === undefined ? unknownValue : sql`r.${named(name)}`;
  const value = date === undefined ? stored : sql`substr(${stored}, 6, 5)`;
  return sql`SELECT k.id, ${value} FROM records AS r ${customers} WHERE r.type = ${type} AND ${passes(value)}`;
}
