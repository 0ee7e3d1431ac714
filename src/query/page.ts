// Keyset pagination of customers: a page begins after the last customer of the previous one, so that writes between two pages
// neither repeat nor skip customers whose position does not change.
import { createHash } from "node:crypto";
import { z } from "zod";
import type { CustomerDocument } from "../documents/documents.js";
import { reader } from "../operators/encodings/encoding.js";
import type { Field } from "../plan/plan.js";
import {
  type CustomerPageRequest,
  type CustomerQuestion,
  type Sort,
  type SortPosition,
  sortKeys,
  type ValuePosition,
} from "../store/customers.js";
import type { CustomerOverview } from "../store/overview.js";
import type { Store } from "../store/port.js";
import type { ReadOptions } from "../store/read-options.js";
import { CursorError, pageOfRows, readWindow, type WindowRequest } from "./pages/window.js";

/** The most customers that one page may hold. */
export const maxPageSize = 1_000;

/** Forwards by `first` and `after`, or backwards by `last` and `before`. */
export interface PageRequest extends WindowRequest {
  readonly sort?: Sort | undefined;
  /** Replaces `sort`. */
  readonly computedSort?: ComputedSort | undefined;
}

/** An order by a computed attribute: unknown values first, or last when descending, and equal ones by source id. */
export interface ComputedSort {
  /** The attribute's name in the project. */
  readonly name: string;
  readonly descending: boolean;
}

export interface CustomerPage<Customer extends CustomerOverview = CustomerDocument> {
  readonly customers: readonly Customer[];
  /** One for each customer. */
  readonly cursors: readonly string[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/**
 * One page of the customers that a question finds.
 * @param identity identifies the query, independently of time: a cursor of another query is refused.
 * @throws CursorError if the size is out of bounds or the cursor is not of this query in this order.
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

/** The same page with the customers' overviews alone. @throws CursorError as `pageOfCustomers` does. */
export function pageOfOverviews(
  { customers }: Store,
  question: CustomerQuestion,
  identity: string,
  request: PageRequest,
  options?: ReadOptions,
): Promise<CustomerPage<CustomerOverview>> {
  return pageBy((page) => customers.overviews(question, page, options), identity, request);
}

/** Reads customers in an order, after a position, at most `limit`. */
export type ReadCustomers<Customer> = (request: CustomerPageRequest) => Promise<readonly Customer[]>;

/**
 * Reads one page of customers.
 * @throws CursorError as `pageOfCustomers` does.
 */
export async function pageBy<Customer extends CustomerOverview>(
  read: ReadCustomers<Customer>,
  identity: string,
  request: PageRequest,
): Promise<CustomerPage<Customer>> {
  const window = readWindow(request, maxPageSize, "customers");
  const asked = request.sort ?? defaultSort;
  const sort: Sort = window.backwards ? { ...asked, backwards: true } : asked;
  const mark = markOf(identity, asked);
  const after = window.cursor === undefined ? undefined : readCursor(window.cursor, window.argument, mark);
  // One more than requested, to find out whether more follow.
  const rows = await read({ sort, limit: window.count + 1, ...(after === undefined ? {} : { after }) });
  const { nodes, hasNextPage, hasPreviousPage } = pageOfRows(window, rows);
  // Computed on first use.
  let cursors: readonly string[] | undefined;
  return {
    customers: nodes,
    hasNextPage,
    hasPreviousPage,
    get cursors() {
      cursors ??= nodes.map((customer) => writeCursor(positionOf(customer, asked), mark));
      return cursors;
    },
  };
}

export interface ComputedOrder {
  /** The attribute's field as of the question's instant, with tests of products bound. */
  readonly field: Field;
  /** The expressions of the project's computed attributes: a cursor of others is refused. */
  readonly expressions: string;
  readonly descending: boolean;
}

/**
 * One page of the customers that a question finds, in the order of a computed attribute.
 * @throws CursorError as `pageOfCustomers` does.
 */
export async function pageByComputed(
  { customers, getMany }: Pick<Store, "customers" | "getMany">,
  question: CustomerQuestion,
  identity: string,
  request: WindowRequest,
  { field, expressions, descending }: ComputedOrder,
  options?: ReadOptions,
): Promise<CustomerPage> {
  const window = readWindow(request, maxPageSize, "customers");
  const mark = markOf(identity, { by: JSON.stringify([field.attribute, expressions]), descending });
  let after = window.cursor === undefined ? undefined : readCursor(window.cursor, window.argument, mark);
  for (;;) {
    const positions: readonly ValuePosition[] = await customers.byValue(
      question,
      {
        field,
        order: { descending, ...(window.backwards ? { backwards: true } : {}) },
        limit: window.count + 1,
        ...(after === undefined ? {} : { after }),
      },
      options,
    );
    const { nodes, hasNextPage, hasPreviousPage } = pageOfRows(window, positions);
    const documents = await getMany(
      "customers",
      nodes.map(({ id }) => id),
    );
    // A customer may have been erased between the two reads.
    const found = nodes.flatMap((position, index): [ValuePosition, CustomerDocument][] => {
      const document = documents[index];
      return document === undefined ? [] : [[position, document]];
    });
    const isWhole = positions.length <= window.count;
    if (found.length > 0 || isWhole || window.count === 0)
      return {
        customers: found.map(([, document]) => document),
        cursors: found.map(([position]) => writeCursor(position, mark)),
        hasNextPage,
        hasPreviousPage,
      };
    // A page without customers has no cursor to go on from.
    after = positions[window.count - 1];
  }
}

/** By source id, ascending. */
const defaultSort: Sort = { by: "source_id", descending: false };

/** The position of a customer in an order. */
function positionOf(customer: CustomerOverview, { by }: Sort): SortPosition {
  const value = reader(sortKeys[by])(customer) as SortPosition["value"] | undefined;
  return { value: value ?? null, sourceId: customer.source_id };
}

function markOf(identity: string, sort: { readonly by: string; readonly descending: boolean }): string {
  return createHash("sha256")
    .update(JSON.stringify([identity, sort.by, sort.descending]))
    .digest("base64url")
    .slice(0, 11);
}

const cursorShape = z.strictObject({
  mark: z.string(),
  id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean(), z.null(), z.strictObject({ at: z.number() })]),
});

function writeCursor({ value, sourceId }: SortPosition, mark: string): string {
  const written = value instanceof Date ? { at: value.getTime() } : value;
  return Buffer.from(JSON.stringify({ mark, id: sourceId, value: written }), "utf8").toString("base64url");
}

function readCursor(cursor: string, argument: string, mark: string): SortPosition {
  const read = cursorShape.safeParse(parsed(cursor));
  if (!read.success)
    throw new CursorError(`\`${argument}\` is not a cursor. Use a cursor of an earlier page.`);
  const { id, value } = read.data;
  if (read.data.mark !== mark) {
    throw new CursorError(
      `\`${argument}\` is a cursor of another query or order. Omit it to start at the beginning.`,
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
