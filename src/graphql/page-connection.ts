// Pages as connections take them.
import type { ListPage } from "../query/pages/list-page.js";
import type { ConnectionInput } from "./server/connection-type.js";

/** @param nodeOf makes a node of an item of the page. @param count how many nodes the whole list has. */
export function pageConnection<Item, Node>(
  { nodes, cursors, hasNextPage, hasPreviousPage }: ListPage<Item>,
  nodeOf: (item: Item) => Node,
  count: ConnectionInput<Node>["count"],
): ConnectionInput<Node> {
  const edges = nodes.map((item, index) => ({ node: nodeOf(item), cursor: cursors[index]! }));
  return { edges, hasNextPage, hasPreviousPage, count };
}
