// Creates, changes and deletes saved segments.
import { GraphQLDateTime } from "graphql-scalars";
import {
  Arg,
  Ctx,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  registerEnumType,
} from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { SegmentDocument } from "../../documents/documents.js";
import { createAutoUpdate } from "../../segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../segments/change.js";
import { combineSegments, type SegmentCombination } from "../../segments/combine.js";
import { maxCompared } from "../../segments/overlap.js";
import { SegmentError } from "../../segments/segment-error.js";
import { createStatic } from "../../segments/static.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { DiagnosticType } from "../server/diagnostic-type.js";
import { globalId, keyOf } from "../server/global-id.js";
import { UserErrorType, userErrorsField, withUserErrors } from "../server/user-error-type.js";
import { kinds, SegmentType } from "./segment-type.js";

@InputType("StaticMembersInput", { description: "The members of a static segment." })
export class StaticMembersInput {
  @Field(() => [String], { nullable: true, description: "Source ids of the customers." })
  readonly sourceIds?: readonly string[] | null;

  @Field(() => String, { nullable: true, description: "A query of the segment language that finds them." })
  readonly query?: string | null;
}

@InputType("StaticSegmentInput", { description: "A static segment." })
export class StaticSegmentInput {
  @Field(() => String, { description: "Name, unique in the project." }) readonly name!: string;
  @Field(() => StaticMembersInput, { description: "Its members." })
  readonly members!: StaticMembersInput;
  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "Moment as of which the query finds the members; now if omitted.",
  })
  readonly asOf?: Date | null;
}

@InputType("AutoUpdateSegmentInput", { description: "An auto-update segment." })
export class AutoUpdateSegmentInput {
  @Field(() => String, { description: "Name, unique in the project." }) readonly name!: string;
  @Field(() => String, { description: "A query of the segment language." }) readonly query!: string;
}

@InputType("SegmentUpdateInput", { description: "Changes of a segment; omitted fields are unchanged." })
export class SegmentUpdateInput {
  @Field(() => ID, { description: "Id of the segment." }) readonly id!: string;
  @Field(() => String, { nullable: true, description: "New name." }) readonly name?: string | null;
  @Field(() => String, { nullable: true, description: "New query, of an auto-update segment." })
  readonly query?: string | null;
  @Field(() => Boolean, { nullable: true, description: "True to archive it, false to restore it." })
  readonly archived?: boolean | null;
}

@InputType("SegmentDeleteInput", { description: "A segment to delete." })
export class SegmentDeleteInput {
  @Field(() => ID, { description: "Id of the segment." }) readonly id!: string;
}

const combinations = { UNION: "union", INTERSECTION: "intersection", DIFFERENCE: "difference" } as const;

registerEnumType(combinations, {
  name: "SegmentCombination",
  description: "How segments are combined.",
  valuesConfig: {
    UNION: { description: "Customers in at least one of them." },
    INTERSECTION: { description: "Customers in all of them." },
    DIFFERENCE: { description: "Customers in the first and in none of the others." },
  },
});

@InputType("SegmentCombineInput", { description: "A segment that combines others." })
export class SegmentCombineInput {
  @Field(() => String, { description: "Name, unique in the project." }) readonly name!: string;
  @Field(() => combinations, { description: "How they are combined." })
  readonly combination!: SegmentCombination;
  @Field(() => [ID], { description: `Ids of the segments, 2 to ${maxCompared}.` })
  readonly segmentIds!: readonly string[];
  @Field(() => kinds, {
    defaultValue: "auto_update",
    description: "`AUTO_UPDATE` follows the combined segments; `STATIC` holds their members of now.",
  })
  readonly kind!: SegmentDocument["kind"];
}

@ObjectType("SegmentPayload", { description: "Result of creating or changing a segment." })
export class SegmentPayloadType {
  @Field(() => SegmentType, { nullable: true, description: "The segment; null if there are user errors." })
  readonly segment?: SegmentType | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];

  @Field(() => [DiagnosticType], { description: "All mistakes of a query that was refused." })
  readonly diagnostics!: readonly Diagnostic[];
}

@ObjectType("SegmentDeletePayload", { description: "Result of deleting a segment." })
export class SegmentDeletePayloadType {
  @Field(() => ID, {
    nullable: true,
    description: "Id of the deleted segment; null if there are user errors.",
  })
  readonly deletedId?: string | undefined;

  @Field(() => [UserErrorType], userErrorsField)
  readonly userErrors!: readonly UserErrorType[];
}

@Resolver()
export class SegmentChangeResolver {
  @Mutation(() => SegmentPayloadType, {
    complexity: costs(1_000),
    description:
      "Creates a static segment. Its members do not change later, except for customers who are erased.",
  })
  segmentCreateStatic(
    @Ctx() context: RequestContext,
    @Arg("input", () => StaticSegmentInput, { description: "The segment." }) input: StaticSegmentInput,
  ): Promise<SegmentPayloadType> {
    const { engine, project } = context;
    const { name, members, asOf } = input;
    return payload(context, async () => {
      await context.loaders.definition();
      return createStatic(engine, project, {
        name,
        sourceIds: members.sourceIds ?? undefined,
        query: members.query ?? undefined,
        asOf: asOf?.getTime(),
      });
    });
  }

  @Mutation(() => SegmentPayloadType, {
    complexity: costs(500),
    description:
      "Creates an auto-update segment: its members are the customers that match the query, at any moment.",
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
    complexity: costs(1_000),
    description: "Creates a segment from the union, the intersection or the difference of others.",
  })
  segmentCombine(
    @Ctx() context: RequestContext,
    @Arg("input", () => SegmentCombineInput, { description: "The segment." }) input: SegmentCombineInput,
  ): Promise<SegmentPayloadType> {
    const { engine, project } = context;
    const segmentIds = input.segmentIds.map((id) => keyOf("Segment", id, "segmentIds"));
    return payload(context, () => combineSegments(engine, project, { ...input, segmentIds }));
  }

  @Mutation(() => SegmentPayloadType, {
    complexity: costs(500),
    description: "Renames a segment, changes its query, archives or restores it.",
  })
  segmentUpdate(
    @Ctx() context: RequestContext,
    @Arg("input", () => SegmentUpdateInput, { description: "The changes." }) input: SegmentUpdateInput,
  ): Promise<SegmentPayloadType> {
    const changes = {
      name: input.name ?? undefined,
      query: input.query ?? undefined,
      archived: input.archived ?? undefined,
    };
    const id = keyOf("Segment", input.id);
    return payload(context, () => updateSegment(context.engine, context.project, id, changes));
  }

  @Mutation(() => SegmentDeletePayloadType, {
    complexity: costs(500),
    description:
      "Deletes a segment. Refused while the query of another segment names it. The customers remain.",
  })
  async segmentDelete(
    @Ctx() { engine, project, refresh }: RequestContext,
    @Arg("input", () => SegmentDeleteInput, { description: "The segment." }) input: SegmentDeleteInput,
  ): Promise<SegmentDeletePayloadType> {
    const id = keyOf("Segment", input.id);
    const { value, userErrors } = await withUserErrors(["input"], () => deleteSegment(engine, project, id));
    refresh();
    return {
      deletedId: value === undefined ? undefined : globalId("Segment", value.segment_id),
      userErrors,
    };
  }
}

async function payload(
  context: RequestContext,
  work: () => Promise<SegmentDocument>,
): Promise<SegmentPayloadType> {
  const { value, userErrors, thrown } = await withUserErrors(["input"], work);
  context.refresh();
  const diagnostics = thrown instanceof SegmentError ? thrown.diagnostics : [];
  const segment = value === undefined ? undefined : new SegmentType(value);
  return { segment, userErrors, diagnostics };
}
