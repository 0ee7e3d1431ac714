// Reads saved segments, and compares them.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, ID, Query, Resolver } from "type-graphql";
import { pageOfList } from "../../query/pages/list-page.js";
import { segmentImpact } from "../../segments/impact.js";
import { listSegments } from "../../segments/list.js";
import { membershipsOf } from "../../segments/of-customer.js";
import { maxCompared, overlapOf } from "../../segments/overlap.js";
import { maxPageSize, PageArguments, pageComplexity, windowOf } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { CustomerInput, profileOf } from "../write/customer-input.js";
import {
  CustomerGroupType,
  ProfileSegmentsType,
  SegmentImpactType,
  SegmentOverlapType,
} from "./segment-answers.js";
import { SegmentByInput } from "./segment-by-input.js";
import { SegmentConnectionType, segmentBy, segmentConnection, segmentIdBy } from "./segment-of.js";
import { SegmentType } from "./segment-type.js";

const asOfDescription = "Moment to answer for; now if omitted.";

@Resolver()
export class SegmentsResolver {
  @Query(() => SegmentType, { nullable: true, description: "One segment; null if there is none." })
  async segment(
    @Ctx() context: RequestContext,
    @Arg("by", () => SegmentByInput, { description: "Which segment." }) by: SegmentByInput,
  ): Promise<SegmentType | null> {
    await context.loaders.definition();
    const found = await segmentBy(context, by);
    return found === undefined ? null : new SegmentType(found);
  }

  @Query(() => SegmentConnectionType, {
    complexity: pageComplexity(100),
    description: "The project's segments, by name.",
  })
  async segments(
    @Ctx() { engine, project, loaders }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
    @Arg("search", () => String, {
      nullable: true,
      description: "Only segments with this text in their name; case is ignored.",
    })
    search?: string | null,
    @Arg("archived", () => Boolean, {
      defaultValue: false,
      description: "True for the archived segments only.",
    })
    archived?: boolean,
  ): Promise<SegmentConnectionType> {
    await loaders.definition();
    const found = await listSegments(engine, project, {
      search: search ?? undefined,
      archived: archived ?? undefined,
    });
    const page = pageOfList(found, ({ name_key }) => name_key, windowOf(given), maxPageSize, "segments");
    return segmentConnection(page, found.length);
  }

  @Query(() => SegmentImpactType, {
    complexity: costs(500),
    description: "How another query would change the members of an auto-update segment. Nothing is saved.",
  })
  async segmentImpact(
    @Ctx() context: RequestContext,
    @Arg("segment", () => SegmentByInput, { description: "Which segment." }) segment: SegmentByInput,
    @Arg("query", () => String, { description: "The other query." }) query: string,
  ): Promise<SegmentImpactType> {
    const { engine, project, loaders } = context;
    const { currency } = await loaders.definition();
    const id = await segmentIdBy(context, segment);
    const { diagnostics, asOf, answer } = await segmentImpact(engine, project, id, query);
    const checked = { valid: answer !== undefined, diagnostics, asOf: new Date(asOf) };
    if (answer === undefined) return checked;
    const group = (part: "before" | "after" | "entering" | "leaving") =>
      new CustomerGroupType(answer[part], currency);
    return {
      ...checked,
      canonical: answer.canonical,
      before: group("before"),
      after: group("after"),
      entering: group("entering"),
      leaving: group("leaving"),
    };
  }

  @Query(() => SegmentOverlapType, {
    complexity: costs(3_000, { assumedSize: 64 }),
    description: `How 2 to ${maxCompared} segments overlap. \`segmentCombine\` saves their union, intersection or difference.`,
  })
  async segmentOverlap(
    @Ctx() context: RequestContext,
    @Arg("segmentIds", () => [ID], { description: "Ids of the segments." }) segmentIds: string[],
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf?: Date | null,
  ): Promise<SegmentOverlapType> {
    const { engine, project, signal } = context;
    const distinct = [...new Set(segmentIds.map((id) => keyOf("Segment", id, "segmentIds")))];
    const overlap = await overlapOf(engine, project, distinct, asOf?.getTime(), { signal });
    const typeOf = await segmentTypes(context, distinct);
    const sum = (counts: (segmentIds: readonly string[]) => boolean) =>
      overlap.regions.reduce((total, { segmentIds, count }) => total + (counts(segmentIds) ? count : 0), 0);
    return {
      asOf: new Date(overlap.asOf),
      sizes: distinct.map((id) => ({ segment: typeOf(id), count: sum((inside) => inside.includes(id)) })),
      inAny: sum(() => true),
      inAll: sum((inside) => inside.length === distinct.length),
      regions: overlap.regions.map(({ segmentIds, count }) => ({ segments: segmentIds.map(typeOf), count })),
    };
  }

  @Query(() => ProfileSegmentsType, {
    complexity: costs(1_000, { assumedSize: 100 }),
    description: "The segments that a customer who does not exist yet would be in.",
  })
  async profileSegments(
    @Ctx() context: RequestContext,
    @Arg("profile", () => CustomerInput, { description: "The profile." }) profile: CustomerInput,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf?: Date | null,
  ): Promise<ProfileSegmentsType> {
    const { engine, project, loaders } = context;
    await loaders.definition();
    const person = { profile: profileOf(profile) };
    const found = await membershipsOf(engine, project, person, undefined, asOf?.getTime());
    const members = found.segments.filter(({ member }) => member).map(({ segment }) => segment.id);
    const unanswerable = found.unanswerable.map(({ id }) => id);
    const typeOf = await segmentTypes(context, [...members, ...unanswerable]);
    return {
      asOf: new Date(found.asOf),
      segments: members.map(typeOf),
      unanswerable: unanswerable.map(typeOf),
    };
  }
}

/** The segments of these ids, found by id. */
async function segmentTypes(
  { loaders }: RequestContext,
  ids: readonly string[],
): Promise<(id: string) => SegmentType> {
  const found = await Promise.all(ids.map((id) => loaders.segment(id)));
  const types = new Map(
    found.flatMap((segment) =>
      segment === undefined ? [] : [[segment.segment_id, new SegmentType(segment)]],
    ),
  );
  return (id) => {
    const type = types.get(id);
    if (type === undefined)
      throw userError("A segment was deleted at this moment. Repeat the request without it.");
    return type;
  };
}
