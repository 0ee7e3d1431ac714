// A page of customers, in the shape of the GraphQL Cursor Connections Specification.
// https://relay.dev/graphql/connections.htm
import { Field, Int, ObjectType } from "type-graphql";
import type { CustomerPage } from "../../query/page.js";
import type { TotalCount } from "../../query/preview.js";
import { ofThePage } from "./customer-page-arguments.js";
import { CustomerType } from "./customer-type.js";

/** Up to how many customers a list's total is counted one by one. */
export const countedExactly = 100_000;

@ObjectType("PageInfo", { description: "Where a page stands among the others." })
export class PageInfoType {
  @Field(() => Boolean, { description: "True where more follow." })
  readonly hasNextPage!: boolean;

  @Field(() => Boolean, { description: "True where the page follows others: it was asked for with `after`." })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Cursor of the first one on the page; null on an empty page.",
  })
  readonly startCursor?: string;

  @Field(() => String, {
    nullable: true,
    description:
      "Cursor of the last one on the page, to hand in as `after` for the next page; null on an empty page.",
  })
  readonly endCursor?: string;
}

@ObjectType("CustomerEdge", { description: "A customer and where they stand." })
export class CustomerEdgeType {
  @Field(() => CustomerType, { description: "The customer." })
  readonly node!: CustomerType;

  @Field(() => String, { description: "Hand it in as `after` for the customers that follow this one." })
  readonly cursor!: string;
}

@ObjectType("CustomerConnection", { description: "A page of customers." })
export class CustomerConnectionType {
  @Field(() => [CustomerType], { description: "The page's customers." })
  readonly nodes: readonly CustomerType[];

  @Field(() => [CustomerEdgeType], { description: "The page's customers, each with its cursor." })
  readonly edges: readonly CustomerEdgeType[];

  @Field(() => PageInfoType, {
    complexity: ofThePage,
    description: "Where the page stands among the others.",
  })
  readonly pageInfo: PageInfoType;

  readonly #count: () => Promise<TotalCount | null>;
  #counted: Promise<TotalCount | null> | undefined;

  /** `count` tells how many there are on all pages; it is asked once, when the client asks. */
  constructor(page: CustomerPage, currency: string, count: () => Promise<TotalCount | null>) {
    this.nodes = page.customers.map((customer) => new CustomerType(customer, currency));
    this.edges = this.nodes.map((node, index) => ({ node, cursor: page.cursors[index]! }));
    this.pageInfo = {
      hasNextPage: page.hasNextPage,
      hasPreviousPage: page.hasPreviousPage,
      startCursor: page.cursors.at(0),
      endCursor: page.cursors.at(-1),
    };
    this.#count = count;
  }

  @Field(() => Int, {
    nullable: true,
    complexity: ofThePage,
    description: `How many there are on all pages, counted when asked for: exact up to ${countedExactly.toLocaleString("en")}, past that about as many; null where the query is not valid.`,
  })
  async totalCount(): Promise<number | null> {
    return (await this.#total())?.count ?? null;
  }

  @Field(() => Boolean, {
    nullable: true,
    complexity: ofThePage,
    description: "True where `totalCount` is an estimate; null where the query is not valid.",
  })
  async totalCountIsEstimate(): Promise<boolean | null> {
    return (await this.#total())?.isEstimate ?? null;
  }

  #total(): Promise<TotalCount | null> {
    this.#counted ??= this.#count();
    return this.#counted;
  }
}

/** The page of a query that has no answer. */
export const emptyPage: CustomerPage = {
  customers: [],
  cursors: [],
  hasNextPage: false,
  hasPreviousPage: false,
};
