// The arguments that every list of customers takes.
import { ArgsType, Field, Int } from "type-graphql";
import { largestPage, type PageRequest } from "../segments/page.js";

const usualPage = 20;

@ArgsType()
export class CustomerPageArguments {
  @Field(() => Int, {
    nullable: true,
    defaultValue: usualPage,
    description: `How many customers at most, up to ${largestPage}.`,
  })
  readonly first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only the customers after this cursor: the `endCursor` of the page before.",
  })
  readonly after?: string | null;
}

/** The page that the arguments ask for; an explicit null is the same as leaving the argument out. */
export function pageRequest(written: CustomerPageArguments): PageRequest {
  return { first: written.first ?? usualPage, after: written.after ?? undefined };
}

/** What a list of customers costs: one for each thing asked of each customer. */
export function pageComplexity({
  childComplexity,
  args,
}: {
  childComplexity: number;
  args: { first?: unknown };
}) {
  const first = typeof args.first === "number" ? args.first : usualPage;
  return 100 + Math.max(first, 1) * childComplexity;
}
