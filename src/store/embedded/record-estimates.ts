// Estimates how many of a type's records fall in a time interval, and which share of all, from a sample: the records of a few
// adjacent customers, at a few places among all customers. The read takes some tenths of a millisecond in this thread.
import type { Layout } from "../../sql/layout.js";
import type { Connection } from "./adapter.js";

const places = 8;
const customersAtPlace = 32;
/** A customer may have any number of records. */
const maxRecords = 4_000;

const ofType = "FROM records WHERE type = ?1";
const begins = `lowest + (highest - lowest) * place / ${places}`;
const text = `WITH
  ends (lowest, highest) AS (SELECT (SELECT customer ${ofType} ORDER BY customer LIMIT 1), (SELECT customer ${ofType} ORDER BY customer DESC LIMIT 1)),
  places (place) AS (VALUES ${Array.from({ length: places }, (_, place) => `(${place})`).join(", ")})
SELECT count(*), total(at >= ?2 AND at <= ?3), (SELECT highest - lowest + 1 FROM ends) FROM (
  SELECT r.at FROM ends CROSS JOIN places CROSS JOIN records AS r
  WHERE r.type = ?1 AND r.customer >= ${begins} AND r.customer < ${begins} + ${customersAtPlace} LIMIT ${maxRecords}
)`;

export type RecordEstimates = Required<Pick<Layout, "recordShare" | "recordCount">>;

/** @param connection one that runs no other long work. */
export function recordEstimatesOf(connection: Connection): RecordEstimates {
  const statement = connection.prepare(text);
  return {
    recordShare: (type, from, to) => {
      const [all, within] = statement.get([type, from, to]) ?? [];
      return typeof all === "number" && all > 0 ? Number(within) / all : undefined;
    },
    recordCount: (type, from, to) => {
      const [all, within, customers] = statement.get([type, from, to]) ?? [];
      return typeof all === "number" && all > 0
        ? (Number(within) * Number(customers)) / (places * customersAtPlace)
        : undefined;
    },
  };
}
