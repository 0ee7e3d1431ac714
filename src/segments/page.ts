// Pages of customers, in the order of their source ids.
import type { CustomerDocument } from "../store/documents.js";
import type { Pipeline, ReadOptions, Store } from "../store/port.js";

/** The most customers that one page may hold. */
export const largestPage = 1_000;

export interface PageRequest {
  /** How many, from 0 to `largestPage`. */
  readonly first: number;
  /** The cursor of the customer that the page follows. */
  readonly after?: string;
}

export interface CustomerPage {
  readonly customers: readonly CustomerDocument[];
  /** One for each customer. */
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** A page was asked for that can't be: `message` says what to ask instead. */
export class CursorError extends Error {
  override readonly name = "CursorError";
}

/**
 * Runs a pipeline of customers for one page.
 * @throws CursorError where `first` is out of bounds or `after` is no cursor.
 */
export async function pageOfCustomers(
  store: Store,
  pipeline: Pipeline,
  request: PageRequest,
  options?: ReadOptions,
): Promise<CustomerPage> {
  if (!Number.isInteger(request.first) || request.first < 0 || request.first > largestPage) {
    throw new CursorError(`\`first\` is ${request.first}; ask for 0 to ${largestPage} customers at once.`);
  }
  const after =
    request.after === undefined ? [] : [{ $match: { source_id: { $gt: readCursor(request.after) } } }];
  // One more than asked for tells whether there is a next page.
  const rows = await store.aggregate<CustomerDocument>(
    "customers",
    [...pipeline, ...after, { $sort: { source_id: 1 } }, { $limit: request.first + 1 }],
    options,
  );
  const customers = rows.slice(0, request.first);
  return {
    customers,
    cursors: customers.map((customer) => writeCursor(customer.source_id)),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== undefined,
  };
}

function writeCursor(sourceId: string): string {
  return Buffer.from(JSON.stringify({ s: sourceId }), "utf8").toString("base64url");
}

function readCursor(cursor: string): string {
  try {
    const { s } = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")) as { s?: unknown };
    if (typeof s === "string") return s;
  } catch {
    // Not of our making: told below.
  }
  throw new CursorError("`after` is no cursor. Use an `endCursor` that an earlier page gave.");
}
