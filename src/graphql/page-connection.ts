// Converts pages to connections.
import type { ListPage } from "../query/pages/list-page.js";
import { type ConnectionInput, lazyEdge } from "./server/connection-type.js";

/** @param nodeOf converts an item of the page to a node. @param count the number of nodes of the whole list. */
export function pageConnection<Item, Node>(
  page: ListPage<Item>,
  nodeOf: (item: Item) => Node,
  count: ConnectionInput<Node>["count"],
): ConnectionInput<Node> {
  const { nodes, hasNextPage, hasPreviousPage } = page;
  const edges = nodes.map((item, index) => lazyEdge(nodeOf(item), () => page.cursors[index]!));
  return { edges, hasNextPage, hasPreviousPage, count };
}
