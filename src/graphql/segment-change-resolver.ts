// Makes, changes and takes away saved segments.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from "type-graphql";
import { recentProject } from "../projects/projects.js";
import { createAutoUpdate } from "../segments/auto-update.js";
import { deleteSegment, updateSegment } from "../segments/change.js";
import { SegmentError } from "../segments/segment-error.js";
import { createStatic } from "../segments/static.js";
import type { SegmentDocument } from "../store/documents.js";
import type { RequestContext } from "./context.js";
import { SegmentDeletePayloadType, SegmentPayloadType } from "./segment-answers.js";
import { namesOnce, SegmentType } from "./segment-type.js";
import { withUserErrors } from "./user-error-type.js";

@InputType("StaticSegmentInput", {
  description:
    "A static segment: its customers are chosen by `sourceIds`, or found by `query` at one moment.",
})
export class StaticSegmentInput {
  @Field(() => String, { description: "Its name, unique in the project." }) readonly name!: string;
  @Field(() => [String], { nullable: true, description: "The customers' ids where they come from." })
  readonly sourceIds?: readonly string[] | null;
  @Field(() => String, { nullable: true, description: "A sentence of the segment language that finds them." })
  readonly query?: string | null;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "The moment of which the query is answered; now where it is left out.",
  })
  readonly asOf?: Date | null;
}

@InputType("AutoUpdateSegmentInput", { description: "A segment of whoever a query means, at any moment." })
export class AutoUpdateSegmentInput {
  @Field(() => String, { description: "Its name, unique in the project." }) readonly name!: string;
  @Field(() => String, { description: "A sentence of the segment language." }) readonly query!: string;
}

@InputType("SegmentUpdateInput", { description: "What changes of a segment; what is left out stays." })
export class SegmentUpdateInput {
  @Field(() => String, { nullable: true, description: "Another name." }) readonly name?: string | null;
  @Field(() => String, { nullable: true, description: "Another query, of an auto-update segment." })
  readonly query?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True puts it aside, false takes it back." })
  readonly archived?: boolean | null;
}

@Resolver()
export class SegmentChangeResolver {
  @Mutation(() => SegmentPayloadType, {
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description:
      "Makes a static segment, whole or not at all. It never changes after, but for customers who are erased.",
  })
  segmentCreateStatic(
    @Ctx() context: RequestContext,
    @Arg("input", () => StaticSegmentInput, { description: "The segment." }) input: StaticSegmentInput,
  ): Promise<SegmentPayloadType> {
    const { engine, project } = context;
    const { name, sourceIds, query, asOf } = input;
    return payload(context, async () => {
      await recentProject(engine, project);
      return createStatic(engine, project, {
        name,
        sourceIds: sourceIds ?? undefined,
        query: query ?? undefined,
        asOf: asOf?.getTime(),
      });
    });
  }

  @Mutation(() => SegmentPayloadType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description: "Saves a query under a name: its members are whoever it means, at any moment.",
  })
  segmentCreateAutoUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => AutoUpdateSegmentInput, { description: "The segment." })
    input: AutoUpdateSegmentInput,
  ): Promise<SegmentPayloadType> {
    const { name, query } = input;
    return payload(context, () => createAutoUpdate(context.engine, context.project, { name, query }));
  }

  @Mutation(() => SegmentPayloadType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description: "Renames a segment, gives it another query, puts it aside or takes it back.",
  })
  segmentUpdate(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
    @Arg("input", () => SegmentUpdateInput, { description: "What changes." }) input: SegmentUpdateInput,
  ): Promise<SegmentPayloadType> {
    const changes = {
      name: input.name ?? undefined,
      query: input.query ?? undefined,
      archived: input.archived ?? undefined,
    };
    return payload(context, () => updateSegment(context.engine, context.project, id, changes));
  }

  @Mutation(() => SegmentDeletePayloadType, {
    complexity: 500,
    description: "Takes a segment away. Refused while the query of another one names it; the customers stay.",
  })
  async segmentDelete(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
  ): Promise<SegmentDeletePayloadType> {
    const { value, userErrors } = await withUserErrors([], () => deleteSegment(engine, project, id));
    return { deletedId: value?.segment_id, userErrors };
  }
}

async function payload(
  context: RequestContext,
  work: () => Promise<SegmentDocument>,
): Promise<SegmentPayloadType> {
  const { value, userErrors, thrown } = await withUserErrors(["input"], work);
  const diagnostics = thrown instanceof SegmentError ? thrown.diagnostics : [];
  const segment = value === undefined ? undefined : new SegmentType(value, namesOnce(context));
  return { segment, userErrors, diagnostics };
}
