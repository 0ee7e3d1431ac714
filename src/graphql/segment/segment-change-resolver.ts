// Makes, changes and takes away saved segments.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver, registerEnumType } from "type-graphql";
import type { SegmentDocument } from "../../documents/documents.js";
import { recentProject } from "../../projects/projects.js";
import { createAutoUpdate } from "../../segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../segments/change.js";
import { type Combination, combineSegments } from "../../segments/combine.js";
import { maxCompared } from "../../segments/overlap.js";
import { SegmentError } from "../../segments/segment-error.js";
import { createStatic } from "../../segments/static.js";
import type { RequestContext } from "../server/context.js";
import { withUserErrors } from "../server/user-error-type.js";
import { SegmentDeletePayloadType, SegmentPayloadType } from "./segment-answers.js";
import { kinds, namesOnce, SegmentType } from "./segment-type.js";

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

const combinations = { UNION: "union", INTERSECTION: "intersection", DIFFERENCE: "difference" } as const;

registerEnumType(combinations, {
  name: "SegmentCombination",
  description: "How segments are put together.",
  valuesConfig: {
    UNION: { description: "Whoever is in any of them." },
    INTERSECTION: { description: "Whoever is in all of them." },
    DIFFERENCE: { description: "Whoever is in the first and in none of the others." },
  },
});

@InputType("SegmentCombineInput", { description: "A segment that is made of others." })
export class SegmentCombineInput {
  @Field(() => String, { description: "Its name, unique in the project." }) readonly name!: string;
  @Field(() => combinations, { description: "How they are put together." })
  readonly combination!: Combination;
  @Field(() => [ID], { description: `The segments' ids, 2 to ${maxCompared}.` })
  readonly segmentIds!: readonly string[];
  @Field(() => kinds, {
    defaultValue: "auto_update",
    description:
      "`AUTO_UPDATE` is kept up with the segments that it is made of; `STATIC` is of those who are in it now.",
  })
  readonly kind!: SegmentDocument["kind"];
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
    complexity: ({ childComplexity }) => 1_000 + childComplexity,
    description: "Saves the union, the intersection or the difference of segments as a segment of its own.",
  })
  segmentCombine(
    @Ctx() context: RequestContext,
    @Arg("input", () => SegmentCombineInput, { description: "The segment." }) input: SegmentCombineInput,
  ): Promise<SegmentPayloadType> {
    return payload(context, () => combineSegments(context.engine, context.project, input));
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
