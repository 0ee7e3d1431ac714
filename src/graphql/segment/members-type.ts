// The members of a segment, and their source.
import { GraphQLDateTime } from "graphql-scalars";
import { Field, ObjectType, registerEnumType } from "type-graphql";
import type { Members } from "../../membership/reads/members.js";
import { CustomerConnectionType } from "../customer/customer-connection-type.js";
import type { CustomerType } from "../customer/customer-type.js";
import type { ConnectionInput } from "../server/connection-type.js";
import { costs } from "../server/cost.js";

/** Describes the argument `fresh`. */
export const freshDescription =
  "True to evaluate the queries even if the membership is stored: the stored membership follows the writes a moment later.";

export const sources = {
  STORED: "stored",
  HISTORY: "history",
  COMPUTED: "computed",
} as const;

registerEnumType(sources, {
  name: "SegmentMembersSource",
  description: "Source of a membership.",
  valuesConfig: {
    STORED: {
      description: "The stored membership, which is maintained live and follows the writes a moment later.",
    },
    HISTORY: { description: "The history of the membership: what was stored at that moment." },
    COMPUTED: {
      description:
        "The query, evaluated as of that moment with today's profiles: nothing is stored, for example because the segment was not live yet.",
    },
  },
});

@ObjectType("SegmentMemberConnection", { description: "A page of a segment's members." })
export class SegmentMemberConnectionType extends CustomerConnectionType {
  readonly #members: Members;

  constructor(members: Members, input: ConnectionInput<CustomerType>) {
    super(input);
    this.#members = members;
  }

  @Field(() => sources, { complexity: costs(0), description: "Source of the membership." })
  get source() {
    return this.#members.source;
  }

  @Field(() => GraphQLDateTime, { complexity: costs(0), description: "The moment that the page is as of." })
  get asOf(): Date {
    return new Date(this.#members.asOf);
  }
}
