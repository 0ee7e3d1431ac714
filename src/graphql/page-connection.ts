// Pages as connections take them.
import type { ListPage } from "../query/pages/list-page.js";
import { type ConnectionInput, lazyEdge } from "./server/connection-type.js";

/** @param nodeOf makes a node of an item of the page. @param count how many nodes the whole list has. */
export function pageConnection<Item, Node>(
  page: ListPage<Item>,
  nodeOf: (item: Item) => Node,
  count: ConnectionInput<Node>["count"],
): ConnectionInput<Node> {
  const { nodes, hasNextPage, hasPreviousPage } = page;
  const edges = nodes.map((item, index) => lazyEdge(nodeOf(item), () => page.cursors[index]!));
  return { edges, hasNextPage, hasPreviousPage, count };
}
