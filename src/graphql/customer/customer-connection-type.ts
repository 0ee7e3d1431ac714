// Pages of customers.
import type { GraphQLResolveInfo } from "graphql";
import { ArgsType, Field, registerEnumType } from "type-graphql";
import type { CustomerDocument } from "../../documents/documents.js";
import type { CustomerPage, PageRequest } from "../../query/page.js";
import type { PreviewAnswer, TotalCount } from "../../query/preview.js";
import { type SortKey, sortKeys } from "../../store/customers.js";
import type { CustomerOverview } from "../../store/overview.js";
import type { ReadOptions } from "../../store/read-options.js";
import {
  type ConnectionInput,
  connectionType,
  edgeType,
  lazyEdge,
  PageArguments,
  pageComplexity,
  windowOf,
} from "../server/connection-type.js";
import type { FieldCost } from "../server/cost.js";
import { CustomerType } from "./customer-type.js";
import { selectsOverviews } from "./overview-selection.js";

/** The sort keys as an enumeration: `ORDERS_TOTAL_AMOUNT` for `orders.total_amount`. */
const sortKeyEnumeration = Object.fromEntries(
  Object.keys(sortKeys).map((key) => [key.replaceAll(".", "_").toUpperCase(), key]),
);
registerEnumType(sortKeyEnumeration, {
  name: "CustomerSortKey",
  description:
    "What customers can be sorted by. Customers without a value come first, and last if descending; equal values are sorted by source id.",
  valuesConfig: Object.fromEntries(
    Object.entries(sortKeyEnumeration).map(([name, key]) => [
      name,
      { description: `The attribute \`${key}\`.` },
    ]),
  ),
});

@ArgsType()
export class CustomerPageArguments extends PageArguments {
  @Field(() => sortKeyEnumeration, {
    nullable: true,
    defaultValue: "source_id",
    description: "Sort order. A cursor is valid only in the order that it was returned in.",
  })
  readonly sortBy?: SortKey | null;

  @Field(() => String, {
    nullable: true,
    description:
      "The name of a computed attribute, to sort by it instead of `sortBy`. Every customer's value is computed: sorting many takes longer. Members of a past moment that are read from the history are not sorted by it.",
  })
  readonly sortByComputed?: string | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: "True for the largest first." })
  readonly descending?: boolean | null;
}

/** The cost of a page of customers. @param base as for `pageComplexity`. */
export function customerPageComplexity(base: number): FieldCost {
  return pageComplexity(base, { sortByComputed: 5_000 });
}

/** The page that the arguments describe. */
export function customerPageRequest(given: CustomerPageArguments): PageRequest {
  const descending = given.descending ?? false;
  const sort = { by: given.sortBy ?? "source_id", descending } as const;
  const name = given.sortByComputed ?? undefined;
  return { ...windowOf(given), sort, ...(name === undefined ? {} : { computedSort: { name, descending } }) };
}

const CustomerEdgeType = edgeType<CustomerType>("CustomerEdge", () => CustomerType);

export const CustomerConnectionType = connectionType<CustomerType>(
  "CustomerConnection",
  "A page of customers.",
  () => CustomerType,
  () => CustomerEdgeType,
);
export type CustomerConnectionType = InstanceType<typeof CustomerConnectionType>;

/** Reads a page that a request selects: the overviews of its customers, if they are all that the request needs. */
export function readCustomerPage(
  answer: Pick<PreviewAnswer, "customers" | "overviews">,
  given: CustomerPageArguments,
  info: GraphQLResolveInfo,
  options: ReadOptions,
): Promise<CustomerPage<CustomerOverview>> {
  const request = customerPageRequest(given);
  return selectsOverviews(info) ? answer.overviews(request, options) : answer.customers(request, options);
}

/**
 * The page as a connection takes it.
 * @param page of overviews only if the request selects nothing else of its customers.
 * @param currency the project's.
 */
export function customerEdges(
  page: CustomerPage<CustomerOverview>,
  currency: string,
  count: () => Promise<TotalCount | null>,
): ConnectionInput<CustomerType> {
  const { hasNextPage, hasPreviousPage } = page;
  const edges = page.customers.map((customer, index) =>
    lazyEdge(new CustomerType(customer as CustomerDocument, currency), () => page.cursors[index]!),
  );
  return { edges, hasNextPage, hasPreviousPage, count };
}

/** The page as GraphQL returns it. @param currency the project's. */
export function customerConnection(
  page: CustomerPage<CustomerOverview>,
  currency: string,
  count: () => Promise<TotalCount | null>,
): CustomerConnectionType {
  return new CustomerConnectionType(customerEdges(page, currency, count));
}

/** The page of a query that is not valid. */
export const emptyPage: CustomerPage = {
  customers: [],
  cursors: [],
  hasNextPage: false,
  hasPreviousPage: false,
};
