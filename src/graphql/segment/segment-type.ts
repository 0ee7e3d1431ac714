// A saved segment as GraphQL returns it. Its members and history are in `segment-relations.ts`.
import { GraphQLDateTime } from "graphql-scalars";
import { Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { SegmentDocument } from "../../documents/documents.js";
import { queryOf } from "../../segments/read.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { globalId } from "../server/global-id.js";
import { NodeType } from "../server/node-type.js";

export const kinds = { STATIC: "static", AUTO_UPDATE: "auto_update" } as const;

registerEnumType(kinds, {
  name: "SegmentKind",
  description: "How the members of a segment are determined.",
  valuesConfig: {
    STATIC: { description: "The members were chosen at one moment, and do not change." },
    AUTO_UPDATE: { description: "The members are the customers that match the query, at any moment." },
  },
});

const statuses = {
  POPULATING: "populating",
  LIVE: "live",
  REMOVING: "removing",
  FAILED: "failed",
} as const;

registerEnumType(statuses, {
  name: "SegmentStatus",
  description: "State of the stored membership of an auto-update segment.",
  valuesConfig: {
    POPULATING: { description: "The first members are being computed and written." },
    LIVE: { description: "Membership is maintained live." },
    REMOVING: { description: "The segment was deleted, and its members are being removed." },
    FAILED: {
      description:
        "The members could not be determined: they remain as they were, and the evaluation is tried again after ever longer pauses. `problem` says why.",
    },
  },
});

@ObjectType("SegmentProgress", { description: "Progress of populating a segment." })
export class SegmentProgressType {
  @Field(() => Int, {
    nullable: true,
    description: "Number of customers to evaluate; null while it is being determined.",
  })
  readonly total?: number | undefined;

  @Field(() => Int, { description: "Number of customers evaluated so far." })
  readonly done!: number;
}

@ObjectType("Segment", { implements: NodeType, description: "A saved segment." })
export class SegmentType implements NodeType {
  /** The stored document. */
  readonly document: SegmentDocument;

  constructor(document: SegmentDocument) {
    this.document = document;
  }

  @Field(() => ID, { description: "Global id; it does not change when the segment is renamed." })
  get id(): string {
    return globalId("Segment", this.document.segment_id);
  }

  @Field(() => String, { description: "Name: unique in the project, ignoring case." })
  get name(): string {
    return this.document.name;
  }

  @Field(() => kinds, { description: "How its members are determined." })
  get kind() {
    return this.document.kind;
  }

  @Field(() => Boolean, { description: "True if it is archived: queries cannot name it." })
  get archived(): boolean {
    return this.document.archived;
  }

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  get createdAt(): Date {
    return this.document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When its name or its query last changed." })
  get updatedAt(): Date {
    return this.document.updated_at;
  }

  @Field(() => String, {
    nullable: true,
    complexity: costs(5),
    description:
      "The query of an auto-update segment in canonical form, with the current names of other segments.",
  })
  async query(@Ctx() context: RequestContext): Promise<string | undefined> {
    return (await this.#query(context))?.text;
  }

  @Field(() => String, {
    nullable: true,
    description: "The query of an auto-update segment as it was written.",
  })
  get writtenQuery(): string | undefined {
    return this.document.query?.written;
  }

  @Field(() => Int, { nullable: true, description: "Version of the language that the query is in." })
  get languageVersion(): number | undefined {
    return this.document.query?.language_version;
  }

  @Field(() => [DiagnosticType], {
    complexity: costs(5),
    description:
      "What is wrong with the query now, located in `query`; empty unless something it names is gone.",
  })
  async diagnostics(@Ctx() context: RequestContext): Promise<readonly Diagnostic[]> {
    return (await this.#query(context))?.diagnostics ?? [];
  }

  @Field(() => String, {
    nullable: true,
    description: "The query that found the members of a static segment; null if they were listed by id.",
  })
  get foundBy(): string | undefined {
    return this.document.members?.found_by;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The moment as of which the members of a static segment were found or listed.",
  })
  get membersAsOf(): Date | undefined {
    return this.document.members?.as_of;
  }

  @Field(() => statuses, {
    nullable: true,
    complexity: costs(2),
    description:
      "State of the stored membership; null for a static segment, and until a maintainer has picked it up.",
  })
  async status(@Ctx() context: RequestContext) {
    return (await this.#liveState(context))?.status;
  }

  @Field(() => String, {
    nullable: true,
    complexity: costs(2),
    description: "Why the last attempt to determine the members failed; null after one that did not.",
  })
  async problem(@Ctx() context: RequestContext): Promise<string | undefined> {
    return (await this.#liveState(context))?.problem;
  }

  @Field(() => SegmentProgressType, {
    nullable: true,
    complexity: costs(2),
    description: "Progress of populating the segment; null if it is not being populated.",
  })
  async progress(@Ctx() context: RequestContext): Promise<SegmentProgressType | undefined> {
    const state = await this.#liveState(context);
    if (state?.status !== "populating") return undefined;
    return { total: state.total, done: state.populated ?? 0 };
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    complexity: costs(2),
    description: "When the query was last evaluated for all customers.",
  })
  async computedAt(@Ctx() context: RequestContext) {
    return (await this.#liveState(context))?.computed_at;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    complexity: costs(2),
    description:
      "The moment up to which the stored membership follows time, while the service catches up after it was stopped; members are `COMPUTED` until it has. Null if nothing is to be caught up with, and for a static segment.",
  })
  async behindAt(@Ctx() { loaders }: RequestContext): Promise<Date | undefined> {
    return this.document.kind === "static" ? undefined : loaders.behindAt();
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    complexity: costs(2),
    description: "Since when membership is maintained live; null before that.",
  })
  async liveSince(@Ctx() context: RequestContext) {
    return (await this.#liveState(context))?.live_since;
  }

  async #query({ engine, loaders }: RequestContext) {
    return queryOf(engine, this.document, await loaders.segmentNames());
  }

  async #liveState({ loaders }: RequestContext) {
    return this.document.kind === "static" ? undefined : loaders.liveState(this.document.segment_id);
  }
}
