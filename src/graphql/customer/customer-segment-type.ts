// A segment that a customer is in: since when, and why.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ObjectType } from "type-graphql";
import type { CustomerDocument } from "../../documents/documents.js";
import type { MembershipDocument } from "../../documents/membership-documents.js";
import type { MembersSource } from "../../membership/reads/members.js";
import { queryOf } from "../../segments/read.js";
import { why } from "../../why/why.js";
import { causes } from "../history/history-type.js";
import { sources } from "../segment/members-type.js";
import { SegmentType } from "../segment/segment-type.js";
import { connectionType, type Edge } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { SegmentWhyType } from "./why-type.js";

export interface CustomerSegment {
  readonly segment: SegmentType;
  readonly source: MembersSource;
  readonly cursor: string;
  readonly customer: CustomerDocument;
  /** Milliseconds since the epoch; undefined for now. */
  readonly asOf: number | undefined;
  /** The open interval, if the membership is stored. */
  readonly interval: MembershipDocument | undefined;
}

@ObjectType("CustomerSegmentEdge", { description: "A segment that a customer is in." })
export class CustomerSegmentEdgeType implements Edge<SegmentType> {
  readonly #found: CustomerSegment;

  constructor(found: CustomerSegment) {
    this.#found = found;
  }

  @Field(() => SegmentType, { description: "The segment." })
  get node(): SegmentType {
    return this.#found.segment;
  }

  @Field(() => String, { description: "Cursor of the segment, to pass as `after` or `before`." })
  get cursor(): string {
    return this.#found.cursor;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Since when the customer is in it; null if the membership is not stored.",
  })
  get since(): Date | undefined {
    const { interval, segment } = this.#found;
    return interval?.entered_at ?? segment.document.members?.as_of;
  }

  @Field(() => causes, {
    nullable: true,
    description: "Why the customer entered; null for a static segment, and if the membership is not stored.",
  })
  get cause() {
    return this.#found.interval?.entered_by.kind;
  }

  @Field(() => sources, { description: "Source of the membership." })
  get source() {
    return this.#found.source;
  }

  @Field(() => SegmentWhyType, {
    nullable: true,
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description: "Why the customer matches the segment's query, clause by clause; null for a static segment.",
  })
  async why(@Ctx() context: RequestContext): Promise<SegmentWhyType | undefined> {
    const { engine, project, signal, loaders } = context;
    const { segment, customer, asOf } = this.#found;
    const query = await queryOf(engine, segment.document, await loaders.segmentNames());
    if (query === undefined) return undefined;
    const request = { query: query.text, customer: { id: customer._id }, asOf };
    const [answer, { currency }] = await Promise.all([
      why(engine, project, request, { signal }),
      loaders.definition(),
    ]);
    return new SegmentWhyType(answer, currency);
  }
}

export const CustomerSegmentConnectionType = connectionType<SegmentType, CustomerSegmentEdgeType>(
  "CustomerSegmentConnection",
  "A page of the segments that a customer is in.",
  () => SegmentType,
  () => CustomerSegmentEdgeType,
);
export type CustomerSegmentConnectionType = InstanceType<typeof CustomerSegmentConnectionType>;
