// Remembers which queries are quick enough to run in this thread: those whose last run, with the same parameters, was quick.
import { LRUCache } from "lru-cache";
import type { Sql, SqlValue } from "../../../operators/encodings/sql.js";

export interface QuickQueries {
  /** True if the query's last run was quick. */
  readonly expects: (query: Sql) => boolean;
  /** Records a run: its milliseconds, and how many rows it returned. */
  readonly ran: (query: Sql, ms: number, rows: number) => void;
}

/** The longest run, in milliseconds, after which a query is run in this thread the next time. */
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

/** Instants count as equal within an hour, because repeated queries are relative to the present. */
function roughly(value: number): SqlValue {
  return value > 1e11 ? Math.floor(value / hour) : value;
}
