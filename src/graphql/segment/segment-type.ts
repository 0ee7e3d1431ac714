// A saved segment as GraphQL answers it. Only what the client selects is worked out.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Field, ID, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { SegmentNames } from "../../catalog/segments.js";
import type { SegmentDocument } from "../../documents/documents.js";
import { segmentMembers } from "../../membership/reads/members.js";
import { everySegment, queryOf, segmentsOf } from "../../segments/read.js";
import { PageInfoType } from "../customer/customer-connection-type.js";
import type { RequestContext } from "../server/context.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { freshly } from "./members-type.js";

export const kinds = { STATIC: "static", AUTO_UPDATE: "auto_update" } as const;

registerEnumType(kinds, {
  name: "SegmentKind",
  description: "How a segment comes by its members.",
  valuesConfig: {
    STATIC: { description: "Its members were chosen at one moment, and stay." },
    AUTO_UPDATE: { description: "Its members are whoever its query means, at any moment." },
  },
});

/** The segments' names, read once for all segments of an answer and only where one is asked for its query. */
export type NamesOnce = () => Promise<SegmentNames>;

export function namesOnce({ engine, project }: RequestContext): NamesOnce {
  let names: Promise<SegmentNames> | undefined;
  return () => {
    names ??= everySegment(engine, project);
    return names;
  };
}

@ObjectType("Segment", { description: "A saved segment." })
export class SegmentType {
  readonly #document: SegmentDocument;
  readonly #names: NamesOnce;

  constructor(document: SegmentDocument, names: NamesOnce) {
    this.#document = document;
    this.#names = names;
  }

  @Field(() => ID, { description: "It stays the same, whatever the segment is called." })
  get id(): string {
    return this.#document.segment_id;
  }

  @Field(() => String, { description: "Unique in the project, whatever its case." })
  get name(): string {
    return this.#document.name;
  }

  @Field(() => kinds, { description: "How it comes by its members." })
  get kind() {
    return this.#document.kind;
  }

  @Field(() => Boolean, { description: "True where it is put aside: it can't be named in a query." })
  get archived(): boolean {
    return this.#document.archived;
  }

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  get createdAt(): Date {
    return this.#document.created_at;
  }

  @Field(() => GraphQLDateTime, { description: "When its name or its query last changed." })
  get updatedAt(): Date {
    return this.#document.updated_at;
  }

  @Field(() => String, {
    nullable: true,
    complexity: 5,
    description:
      "The query of an auto-update segment in its canonical form, with other segments under the names that they have now.",
  })
  async query(@Ctx() context: RequestContext): Promise<string | undefined> {
    return (await queryOf(context.engine, this.#document, await this.#names()))?.text;
  }

  @Field(() => String, {
    nullable: true,
    description: "The query of an auto-update segment as it was written.",
  })
  get writtenQuery(): string | undefined {
    return this.#document.query?.written;
  }

  @Field(() => Int, { nullable: true, description: "The version of the language that its query is in." })
  get languageVersion(): number | undefined {
    return this.#document.query?.language_version;
  }

  @Field(() => [DiagnosticType], {
    complexity: 5,
    description:
      "What is wrong with its query as things are now, in the text of `query`: no errors, unless what it names is gone.",
  })
  async diagnostics(@Ctx() context: RequestContext): Promise<readonly Diagnostic[]> {
    return (await queryOf(context.engine, this.#document, await this.#names()))?.diagnostics ?? [];
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The query that a static segment's members were found by; null where they were chosen one by one.",
  })
  get foundBy(): string | undefined {
    return this.#document.members?.found_by;
  }

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The moment of which a static segment's members were found, or at which they were chosen.",
  })
  get membersAsOf(): Date | undefined {
    return this.#document.members?.as_of;
  }

  @Field(() => Int, { complexity: 500, description: "How many customers are in it." })
  async membersCount(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description: "At which moment; now where it is left out.",
    })
    asOf: Date | null | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshly }) fresh: boolean,
  ): Promise<number> {
    if (this.#document.members !== undefined) return this.#document.members.size;
    const members = await segmentMembers(engine, project, this.id, { asOf: asOf?.getTime(), fresh });
    return members.count({ signal });
  }

  @Field(() => [SegmentType], {
    complexity: ({ childComplexity }) => 5 + 5 * childComplexity,
    description: "The segments that its query names.",
  })
  async uses(@Ctx() { engine, project }: RequestContext): Promise<readonly SegmentType[]> {
    return this.#others(await segmentsOf(engine, project, this.#document.query?.uses ?? []));
  }

  @Field(() => [SegmentType], {
    complexity: ({ childComplexity }) => 5 + 5 * childComplexity,
    description:
      "The segments whose queries name this one: while there are any, it can't be deleted or archived.",
  })
  async usedIn(@Ctx() { engine, project }: RequestContext): Promise<readonly SegmentType[]> {
    return this.#others(await segmentsOf(engine, project, this.#document.used_by));
  }

  #others(documents: readonly SegmentDocument[]): readonly SegmentType[] {
    return documents.map((document) => new SegmentType(document, this.#names));
  }
}

@ObjectType("SegmentConnection", { description: "A page of segments." })
export class SegmentConnectionType {
  @Field(() => [SegmentType], { description: "The page's segments, by name." })
  readonly nodes!: readonly SegmentType[];

  @Field(() => PageInfoType, { description: "Where the page stands among the others." })
  readonly pageInfo!: PageInfoType;
}
