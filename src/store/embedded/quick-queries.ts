// Which queries are quick enough to run in this thread: those that were when they ran last, asked of the same values.
import { LRUCache } from "lru-cache";
import type { Sql, SqlValue } from "../../operators/encodings/sql.js";

export interface QuickQueries {
  /** True if the query took very little when it ran last. */
  readonly expects: (query: Sql) => boolean;
  /** Reports a run: its milliseconds, and how many rows it returned. */
  readonly ran: (query: Sql, ms: number, rows: number) => void;
}

/** The longest that a query may take to be run in this thread the next time, in milliseconds. */
const maxMs = 3;
const maxRows = 200;

// Longer queries are not remembered.
const maxTextLength = 2_000;
const maxParameters = 20;
const maxParameterLength = 100;
const maxRemembered = 2_000;

export function quickQueries(): QuickQueries {
  const quick = new LRUCache<string, true>({ max: maxRemembered });
  return {
    expects: (query) => {
      const key = keyOf(query);
      return key !== undefined && quick.get(key) === true;
    },
    ran: (query, ms, rows) => {
      const key = keyOf(query);
      if (key === undefined) return;
      if (ms <= maxMs && rows <= maxRows) quick.set(key, true);
      else quick.delete(key);
    },
  };
}

function keyOf({ text, parameters }: Sql): string | undefined {
  if (text.length > maxTextLength || parameters.length > maxParameters) return undefined;
  let key = text;
  for (const parameter of parameters) {
    if (typeof parameter === "string" && parameter.length > maxParameterLength) return undefined;
    key += `\0${typeof parameter === "number" ? roughly(parameter) : (parameter ?? "")}`;
  }
  return key;
}

const hour = 3_600_000;

/** Instants that are the present, or so long before it, are the same for an hour: what is asked again is asked of nearly the same. */
function roughly(value: number): SqlValue {
  return value > 1e11 ? Math.floor(value / hour) : value;
}
