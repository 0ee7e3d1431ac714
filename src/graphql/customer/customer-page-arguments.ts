// The arguments that every list of customers takes.
import { ArgsType, Field, Int, registerEnumType } from "type-graphql";
import { maxPageSize, type PageRequest } from "../../query/page.js";
import { type SortKey, sortKeys } from "../../store/customers.js";

const defaultPage = 20;

/** The sort keys as an enumeration: `ORDERS_TOTAL_AMOUNT` for `orders.total_amount`. */
const sortKeyEnumeration = Object.fromEntries(
  Object.keys(sortKeys).map((key) => [key.replaceAll(".", "_").toUpperCase(), key]),
);
registerEnumType(sortKeyEnumeration, {
  name: "CustomerSortKey",
  description:
    "What customers can be listed by. Those without a value come first, and last where descending; equal ones go by source id.",
  valuesConfig: Object.fromEntries(
    Object.entries(sortKeyEnumeration).map(([name, key]) => [
      name,
      { description: `The attribute \`${key}\`.` },
    ]),
  ),
});

@ArgsType()
export class CustomerPageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: defaultPage,
    description: `How many customers at most, up to ${maxPageSize}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only the customers after this cursor: the `endCursor` of the page before.",
  })
  readonly after?: string | null;

  @Field(() => sortKeyEnumeration, {
    nullable: true,
    defaultValue: "source_id",
    description: "What to list them by. A cursor goes on in the order that it is from.",
  })
  readonly sortBy?: SortKey | null;

  @Field(() => Boolean, { nullable: true, defaultValue: false, description: "True for the greatest first." })
  readonly descending?: boolean | null;
}

/** The page that the arguments ask for; an explicit null is the same as leaving the argument out. */
export function pageRequest(written: CustomerPageArguments): PageRequest {
  return {
    first: written.first ?? defaultPage,
    after: written.after ?? undefined,
    sort: { by: written.sortBy ?? "source_id", descending: written.descending ?? false },
  };
}

/** What a page costs by itself, however many customers are on it: its query, and their total, whether asked for or not. */
const onePage = 600;

/**
 * What a list of customers costs: one for each thing asked of each customer, and once for the page. What is asked of the
 * page as a whole has the complexity 0 (`ofThePage`), since an estimator can't tell it from what is asked of each customer.
 */
export function pageComplexity({
  childComplexity,
  args,
}: {
  childComplexity: number;
  args: { first?: unknown };
}) {
  const first = typeof args.first === "number" ? args.first : defaultPage;
  return onePage + Math.max(first, 1) * childComplexity;
}

/** The complexity of what is asked once a page; `pageComplexity` has it in the page's own. */
export const ofThePage = () => 0;
