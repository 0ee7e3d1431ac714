// Pages of in-memory lists, in the order of a text key.
import { CursorError, pageOfRows, type RowsPage, readWindow, type WindowRequest } from "./window.js";

export interface ListPage<Item> extends RowsPage<Item> {
  readonly cursors: readonly string[];
}

/**
 * One page of a list.
 * @param items ascending by `keyOf` (compared by code units), with unique keys.
 * @param what names the items, in the plural.
 * @throws CursorError.
 */
export function pageOfList<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  request: WindowRequest,
  max: number,
  what: string,
): ListPage<Item> {
  const window = readWindow(request, max, what);
  const key = window.cursor === undefined ? undefined : readKey(window.cursor, window.argument);
  const beyond = items.filter(
    (item) => key === undefined || (window.backwards ? keyOf(item) < key : keyOf(item) > key),
  );
  const rows = window.backwards ? beyond.toReversed() : beyond;
  const page = pageOfRows(window, rows.slice(0, window.count + 1));
  return { ...page, cursors: page.nodes.map((item) => writeKey(keyOf(item))) };
}

function writeKey(key: string): string {
  return Buffer.from(key, "utf8").toString("base64url");
}

function readKey(cursor: string, argument: string): string {
  const key = Buffer.from(cursor, "base64url").toString("utf8");
  if (key !== "" && writeKey(key) === cursor) return key;
  throw new CursorError(`\`${argument}\` is not a cursor. Use a cursor of an earlier page.`);
}
