// Who is in a segment, and from where that is known.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Members } from "../../membership/reads/members.js";
import type { CustomerPage } from "../../query/page.js";
import { CustomerConnectionType, countedExactly } from "../customer/customer-connection-type.js";

/** What the argument `fresh` of questions about membership says. */
export const freshly =
  "True asks the queries themselves, also where the membership is stored: that is a moment behind the writes.";

export const sources = {
  STORED: "stored",
  HISTORY: "history",
  COMPUTED: "computed",
} as const;

registerEnumType(sources, {
  name: "SegmentMembersSource",
  description: "From where it is known who is in a segment.",
  valuesConfig: {
    STORED: {
      description: "From the membership that is kept as customers change, a moment behind the writes.",
    },
    HISTORY: {
      description: "From the record of who came and went: as it was kept at that moment.",
    },
    COMPUTED: {
      description:
        "From the query, asked as of that moment with the profiles of today: nothing is stored of it, as before a segment is live.",
    },
  },
});

@ObjectType("SegmentMembers", {
  description: "A page of a segment's customers.",
})
export class SegmentMembersType extends CustomerConnectionType {
  readonly #members: Members;

  constructor(members: Members, page: CustomerPage, currency: string, signal: AbortSignal | undefined) {
    super(page, currency, () => members.countUpTo(countedExactly, { signal }));
    this.#members = members;
  }

  @Field(() => sources, { description: "From where it is known." })
  get source() {
    return this.#members.source;
  }

  @Field(() => GraphQLDateTime, { description: "The moment that is told of." })
  get asOf(): Date {
    return new Date(this.#members.asOf);
  }
}
