// Pages of customers by keyset: a page begins behind the last customer of the one before, so that writes between two pages
// neither repeat nor skip anybody who stays where they were.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CustomerDocument } from "../documents/documents.js";
import type { CustomerPageRequest, CustomerQuestion, Sort, SortPosition } from "../store/customers.js";
import type { Store } from "../store/port.js";
import type { ReadOptions } from "../store/read-options.js";
import { defaultSort, positionOf } from "./sort.js";

/** The most customers that one page may hold. */
export const maxPageSize = 1_000;

export interface PageRequest {
  /** How many, from 0 to `largestPage`. */
  readonly first: number;
  /** The cursor of the customer that the page follows. */
  readonly after?: string;
  readonly sort?: Sort;
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
 * One page of the customers whom a question means.
 * @param identity what the question means, whatever the time: a cursor of another query is refused.
 * @throws CursorError where `first` is out of bounds or `after` is no cursor of this query in this order.
 */
export function pageOfCustomers(
  { customers }: Store,
  question: CustomerQuestion,
  identity: string,
  request: PageRequest,
  options?: ReadOptions,
): Promise<CustomerPage> {
  return pageBy((page) => customers.page(question, page, options), identity, request);
}

/** Reads customers in an order, those behind a position, at most `limit`. */
export type ReadCustomers = (request: CustomerPageRequest) => Promise<readonly CustomerDocument[]>;

/**
 * Reads one page of customers.
 * @throws CursorError as `pageOfCustomers` does.
 */
export async function pageBy(
  read: ReadCustomers,
  identity: string,
  request: PageRequest,
): Promise<CustomerPage> {
  if (!Number.isInteger(request.first) || request.first < 0 || request.first > maxPageSize) {
    throw new CursorError(`\`first\` is ${request.first}; ask for 0 to ${maxPageSize} customers at once.`);
  }
  const sort = request.sort ?? defaultSort;
  const mark = markOf(identity, sort);
  const after = request.after === undefined ? undefined : readCursor(request.after, mark);
  // One more than asked for tells whether there is a next page.
  const rows = await read({ sort, limit: request.first + 1, ...(after === undefined ? {} : { after }) });
  const customers = rows.slice(0, request.first);
  return {
    customers,
    cursors: customers.map((customer) => writeCursor(positionOf(customer, sort), mark)),
    hasNextPage: rows.length > request.first,
    hasPreviousPage: request.after !== undefined,
  };
}

function markOf(identity: string, sort: Sort): string {
  return createHash("sha256")
    .update(JSON.stringify([identity, sort.by, sort.descending]))
    .digest("base64url")
    .slice(0, 11);
}

const cursorShape = z.strictObject({
  mark: z.string(),
  id: z.string(),
  value: z.union([z.string(), z.number(), z.null(), z.strictObject({ at: z.number() })]),
});

function writeCursor({ value, sourceId }: SortPosition, mark: string): string {
  const written = value instanceof Date ? { at: value.getTime() } : value;
  return Buffer.from(JSON.stringify({ mark, id: sourceId, value: written }), "utf8").toString("base64url");
}

function readCursor(cursor: string, mark: string): SortPosition {
  const read = cursorShape.safeParse(parsed(cursor));
  if (!read.success)
    throw new CursorError("`after` is no cursor. Use an `endCursor` that an earlier page gave.");
  const { id, value } = read.data;
  if (read.data.mark !== mark) {
    throw new CursorError(
      "`after` is a cursor of another query or order. Leave it out to begin with the first page.",
    );
  }
  return { sourceId: id, value: typeof value === "object" && value !== null ? new Date(value.at) : value };
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
}
