// Lists as connections: edges with cursors, nodes, page information, and the total.
// https://relay.dev/graphql/connections.htm
import { ArgsType, type ClassType, Field, Int, ObjectType } from "type-graphql";
import type { WindowRequest } from "../../query/pages/window.js";
import type { TotalCount } from "../../query/preview.js";
import { type ArgumentWeights, costs, type FieldCost } from "./cost.js";

/** The default number of nodes of a page. */
const defaultPageSize = 20;
/** The most nodes of one page. */
export const maxPageSize = 1_000;

@ArgsType()
export class PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `Number of nodes from the start, up to ${maxPageSize}; ${defaultPageSize} if neither \`first\` nor \`last\` is given.`,
  })
  readonly first?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor to start after." })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: `Number of nodes from the end, up to ${maxPageSize}.` })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: "Cursor to end before." })
  readonly before?: string | null;
}

/** The window that the arguments describe; an explicit null is the same as omitting the argument. */
export function windowOf({ first, after, last, before }: PageArguments): WindowRequest {
  return {
    first: first ?? (typeof last === "number" ? undefined : defaultPageSize),
    after: after ?? undefined,
    last: last ?? undefined,
    before: before ?? undefined,
  };
}

/**
 * The cost of a page: that of the selection of a node, times the number of nodes. The page's own fields cost nothing, because an
 * estimate does not distinguish them from the node's.
 * @param base the cost of a page, independent of its size.
 * @param weights what arguments add to it.
 */
export function pageComplexity(base: number, weights?: ArgumentWeights): FieldCost {
  return costs(base, { slicingArguments: ["first", "last"], assumedSize: defaultPageSize }, weights);
}

const once = costs(0);

@ObjectType("PageInfo", { description: "Where a page is in its list." })
export class PageInfoType {
  @Field(() => Boolean, { complexity: once, description: "True if nodes follow the page." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { complexity: once, description: "True if nodes precede the page." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    complexity: once,
    description: "Cursor of the first node; null on an empty page.",
  })
  readonly startCursor?: string | undefined;

  @Field(() => String, {
    nullable: true,
    complexity: once,
    description: "Cursor to pass as `after` for the next page; null if there is none.",
  })
  readonly endCursor?: string | undefined;
}

export interface Edge<Node> {
  readonly node: Node;
  readonly cursor: string;
}

/** An edge whose cursor is computed only if a client selects it. */
export function lazyEdge<Node>(node: Node, cursor: () => string): Edge<Node> {
  return {
    node,
    get cursor() {
      return cursor();
    },
  };
}

export interface ConnectionInput<Node, Item extends Edge<Node> = Edge<Node>> {
  readonly edges: readonly Item[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** The cursor to continue after, if it is not the last edge's. */
  readonly endCursor?: string;
  /** The number of nodes of the whole list; null if it is unknown. Called once, if a client selects it. */
  readonly count: () => Promise<TotalCount | null>;
}

/** Up to this number, nodes are counted exactly. */
export const maxExactCount = 100_000;

const totalDescription = `Number of nodes on all pages: exact up to ${maxExactCount.toLocaleString("en")}; beyond, an estimate if \`totalCountIsEstimate\`. Null if it is not known.`;

/** The edge type of a connection. @param node the type of its nodes. */
export function edgeType<Node extends object>(name: string, node: () => ClassType<Node> | object) {
  @ObjectType(name, { description: "A node of a list, and its cursor." })
  class EdgeType implements Edge<Node> {
    @Field(() => node() as ClassType<Node>, { description: "The node." })
    readonly node!: Node;

    @Field(() => String, { description: "Cursor of the node, to pass as `after` or `before`." })
    readonly cursor!: string;
  }
  return EdgeType;
}

/** A connection type. @param edge the type of its edges. */
export function connectionType<Node extends object, Item extends Edge<Node> = Edge<Node>>(
  name: string,
  description: string,
  node: () => ClassType<Node> | object,
  edge: () => ClassType<Item>,
) {
  @ObjectType(name, { description })
  class ConnectionType {
    readonly #input: ConnectionInput<Node, Item>;
    #counted: Promise<TotalCount | null> | undefined;

    constructor(input: ConnectionInput<Node, Item>) {
      this.#input = input;
    }

    @Field(() => [edge()], { description: "The page's nodes, each with its cursor." })
    get edges(): readonly Item[] {
      return this.#input.edges;
    }

    @Field(() => [node() as ClassType<Node>], { description: "The page's nodes." })
    get nodes(): readonly Node[] {
      return this.#input.edges.map((each) => each.node);
    }

    @Field(() => PageInfoType, { complexity: once, description: "Where the page is in the list." })
    get pageInfo(): PageInfoType {
      const { edges, hasNextPage, hasPreviousPage, endCursor } = this.#input;
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: edges.at(0)?.cursor,
        endCursor: endCursor ?? edges.at(-1)?.cursor,
      };
    }

    @Field(() => Int, { nullable: true, complexity: once, description: totalDescription })
    async totalCount(): Promise<number | null> {
      return (await this.#total())?.count ?? null;
    }

    @Field(() => Boolean, {
      nullable: true,
      complexity: once,
      description: "True if `totalCount` is an estimate; null if it is not known.",
    })
    async totalCountIsEstimate(): Promise<boolean | null> {
      return (await this.#total())?.isEstimate ?? null;
    }

    #total(): Promise<TotalCount | null> {
      this.#counted ??= this.#input.count();
      return this.#counted;
    }
  }
  return ConnectionType;
}

/** An exact total. */
export function exactly(count: number): TotalCount {
  return { count, isEstimate: false };
}
