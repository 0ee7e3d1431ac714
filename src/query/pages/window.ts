// Windows of a list: forwards by `first` and `after`, or backwards by `last` and `before`, as the GraphQL Cursor Connections
// Specification defines them. https://relay.dev/graphql/connections.htm

/** The request for a page is invalid: `message` says what to request instead. */
export class CursorError extends Error {
  override readonly name = "CursorError";
}

export interface WindowRequest {
  /** How many items from the beginning, or from `after` on. */
  readonly first?: number | undefined;
  readonly after?: string | undefined;
  /** How many items from the end, or back from `before`. */
  readonly last?: number | undefined;
  readonly before?: string | undefined;
}

export interface Window {
  readonly count: number;
  readonly backwards: boolean;
  readonly cursor?: string;
  /** The argument that the cursor was given in. */
  readonly argument: "after" | "before";
}

/**
 * The window that a request describes.
 * @param max the largest page; `what` names what is listed, in the plural.
 * @throws CursorError if the size is out of bounds, or both directions are given.
 */
export function readWindow(request: WindowRequest, max: number, what: string): Window {
  const { first, after, last, before } = request;
  const backwards = last !== undefined;
  if (backwards ? first !== undefined || after !== undefined : before !== undefined)
    throw new CursorError("Page forwards with `first` and `after`, or backwards with `last` and `before`.");
  const [argument, count, cursor] = backwards ? ["last", last, before] : ["first", first ?? max, after];
  if (!Number.isInteger(count) || count < 0 || count > max)
    throw new CursorError(`\`${argument}\` is ${count}; request 0 to ${max} ${what} at once.`);
  return {
    count,
    backwards,
    argument: backwards ? "before" : "after",
    ...(cursor === undefined ? {} : { cursor }),
  };
}

export interface RowsPage<Row> {
  /** In the list's own order. */
  readonly nodes: readonly Row[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The page of a window. @param rows read in the window's direction, up to one more than the page holds. */
export function pageOfRows<Row>(window: Window, rows: readonly Row[]): RowsPage<Row> {
  const nodes = rows.slice(0, window.count);
  const more = rows.length > window.count;
  const behind = window.cursor !== undefined;
  return window.backwards
    ? { nodes: nodes.reverse(), hasNextPage: behind, hasPreviousPage: more }
    : { nodes, hasNextPage: more, hasPreviousPage: behind };
}
