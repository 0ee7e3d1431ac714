// Saved segments: which there are, and who is in them.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import { findCustomer } from "../customers/read.js";
import { recentProject } from "../projects/projects.js";
import { segmentImpact } from "../segments/impact.js";
import { membershipsOf, type Person } from "../segments/of-customer.js";
import { mostCompared, overlapOf } from "../segments/overlap.js";
import { largestList, listSegments, membersOf, segmentNamed, segmentsOf } from "../segments/read.js";
import type { SegmentDocument } from "../store/documents.js";
import type { RequestContext } from "./context.js";
import { CustomerConnectionType, countedExactly } from "./customer-connection-type.js";
import { CustomerInput, profileOf } from "./customer-input.js";
import { CustomerPageArguments, pageComplexity, pageRequest } from "./customer-page-arguments.js";
import { userError } from "./errors.js";
import {
  CustomerGroupType,
  CustomerSegmentsType,
  SegmentImpactType,
  SegmentMembershipType,
  SegmentOverlapType,
} from "./segment-answers.js";
import { namesOnce, SegmentConnectionType, SegmentType } from "./segment-type.js";

const usualList = 100;

const nowOtherwise = "The instant to answer for; now where it is left out.";

@Resolver()
export class SegmentsResolver {
  @Query(() => SegmentType, {
    nullable: true,
    description: "One segment, by id or by name; null where there is none.",
  })
  async segment(
    @Ctx() context: RequestContext,
    @Arg("id", () => ID, { nullable: true, description: "The segment's `id`." }) id?: string | null,
    @Arg("name", () => String, { nullable: true, description: "The segment's name; case doesn't count." })
    name?: string | null,
  ): Promise<SegmentType | null> {
    const { engine, project } = context;
    if (typeof id === typeof name) throw userError("Ask for a segment by `id` or by `name`: one of the two.");
    await recentProject(engine, project);
    const found =
      typeof id === "string"
        ? (await segmentsOf(engine, project, [id]))[0]
        : await segmentNamed(engine, project, name ?? "");
    return found === undefined ? null : new SegmentType(found, namesOnce(context));
  }

  @Query(() => SegmentConnectionType, {
    complexity: ({ childComplexity, args }) => 100 + Math.max(Number(args.first), 1) * childComplexity,
    description: "The project's segments, by name.",
  })
  async segments(
    @Ctx() context: RequestContext,
    @Arg("first", () => Int, {
      defaultValue: usualList,
      description: `How many at most, up to ${largestList}.`,
    })
    first: number,
    @Arg("after", () => String, {
      nullable: true,
      description: "Only those after this cursor: the `endCursor` of the page before.",
    })
    after?: string | null,
    @Arg("search", () => String, {
      nullable: true,
      description: "Only those with this in their name; case doesn't count.",
    })
    search?: string | null,
    @Arg("archived", () => Boolean, {
      defaultValue: false,
      description: "True for those that were put aside.",
    })
    archived?: boolean,
  ): Promise<SegmentConnectionType> {
    const { engine, project } = context;
    await recentProject(engine, project);
    const { nodes, hasMore } = await listSegments(engine, project, {
      first,
      after: typeof after === "string" ? Buffer.from(after, "base64url").toString("utf8") : undefined,
      search: search ?? undefined,
      archived,
    });
    const names = namesOnce(context);
    const cursor = (segment: SegmentDocument | undefined) =>
      segment === undefined ? undefined : Buffer.from(segment.name, "utf8").toString("base64url");
    return {
      nodes: nodes.map((segment) => new SegmentType(segment, names)),
      pageInfo: {
        hasNextPage: hasMore,
        hasPreviousPage: typeof after === "string",
        startCursor: cursor(nodes.at(0)),
        endCursor: cursor(nodes.at(-1)),
      },
    };
  }

  @Query(() => CustomerConnectionType, {
    complexity: (options) => 500 + pageComplexity(options),
    description: "Who is in a segment.",
  })
  async segmentMembers(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf:
      | Date
      | null
      | undefined,
    @Args(() => CustomerPageArguments) written: CustomerPageArguments,
  ): Promise<CustomerConnectionType> {
    const { currency } = await recentProject(engine, project);
    const answer = await membersOf(engine, project, id, asOf?.getTime());
    const page = await answer.customers(pageRequest(written), { signal });
    return new CustomerConnectionType(page, currency, () => answer.countUpTo(countedExactly, { signal }));
  }

  @Query(() => SegmentImpactType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description:
      "What another query would do to an auto-update segment: who would enter it, and who would leave. Nothing is saved.",
  })
  async segmentImpact(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
    @Arg("query", () => String, { description: "The query that it would have." }) query: string,
  ): Promise<SegmentImpactType> {
    const { currency } = await recentProject(engine, project);
    const { diagnostics, asOf, answer } = await segmentImpact(engine, project, id, query);
    const told = { valid: answer !== undefined, diagnostics, asOf: new Date(asOf) };
    if (answer === undefined) return told;
    const group = (part: "before" | "after" | "entering" | "leaving") =>
      new CustomerGroupType(answer[part], currency);
    return {
      ...told,
      canonical: answer.canonical,
      before: group("before"),
      after: group("after"),
      entering: group("entering"),
      leaving: group("leaving"),
    };
  }

  @Query(() => SegmentOverlapType, {
    complexity: ({ childComplexity }) => 3_000 + 64 * childComplexity,
    description: `How 2 to ${mostCompared} segments overlap. Their union, intersection and difference are queries, which can be saved: \`in segment "A" and not in segment "B"\`.`,
  })
  async segmentOverlap(
    @Ctx() context: RequestContext,
    @Arg("ids", () => [ID], { description: "The segments' ids." }) ids: string[],
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf?: Date | null,
  ): Promise<SegmentOverlapType> {
    const { engine, project, signal } = context;
    const overlap = await overlapOf(engine, project, ids, asOf?.getTime(), { signal });
    const distinct = [...new Set(ids)];
    const typeOf = await segmentTypes(context, distinct);
    const sum = (holds: (segmentIds: readonly string[]) => boolean) =>
      overlap.regions.reduce((total, { segmentIds, count }) => total + (holds(segmentIds) ? count : 0), 0);
    return {
      asOf: new Date(overlap.asOf),
      sizes: distinct.map((id) => ({ segment: typeOf(id), count: sum((inside) => inside.includes(id)) })),
      inAny: sum(() => true),
      inAll: sum((inside) => inside.length === distinct.length),
      regions: overlap.regions.map(({ segmentIds, count }) => ({ segments: segmentIds.map(typeOf), count })),
    };
  }

  @Query(() => CustomerSegmentsType, {
    complexity: ({ childComplexity }) => 1_000 + 100 * childComplexity,
    description:
      "The segments that a customer is in; or, given a profile, those that a customer who does not exist yet would be in.",
  })
  async customerSegments(
    @Ctx() context: RequestContext,
    @Arg("customerId", () => ID, { nullable: true, description: "The customer's `id`." }) customerId?:
      | string
      | null,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from.",
    })
    sourceId?: string | null,
    @Arg("profile", () => CustomerInput, {
      nullable: true,
      description: "Or the profile of one who is not there.",
    })
    profile?: CustomerInput | null,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf?: Date | null,
  ): Promise<CustomerSegmentsType> {
    const { engine, project } = context;
    const person = await personOf(context, customerId, sourceId, profile);
    const found = await membershipsOf(engine, project, person, undefined, asOf?.getTime());
    const members = found.segments.flatMap(({ segment, member }) => (member ? [segment.id] : []));
    const unanswerable = found.unanswerable.map(({ id }) => id);
    const typeOf = await segmentTypes(context, [...members, ...unanswerable]);
    return {
      asOf: new Date(found.asOf),
      segments: members.map(typeOf),
      unanswerable: unanswerable.map(typeOf),
    };
  }

  @Query(() => [SegmentMembershipType], {
    complexity: ({ childComplexity, args }) =>
      500 + Math.max(args.segmentIds?.length ?? 0, 1) * childComplexity,
    description: "Whether a customer is in segments, each of those that are named.",
  })
  async segmentMembership(
    @Ctx() context: RequestContext,
    @Arg("segmentIds", () => [ID], { description: "The segments' ids." }) segmentIds: string[],
    @Arg("customerId", () => ID, { nullable: true, description: "The customer's `id`." }) customerId?:
      | string
      | null,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from.",
    })
    sourceId?: string | null,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf?: Date | null,
  ): Promise<readonly SegmentMembershipType[]> {
    const { engine, project } = context;
    const person = await personOf(context, customerId, sourceId, undefined);
    const found = await membershipsOf(engine, project, person, segmentIds, asOf?.getTime());
    const members = new Map(found.segments.map(({ segment, member }) => [segment.id, member]));
    const distinct = [...new Set(segmentIds)];
    const typeOf = await segmentTypes(context, distinct);
    return distinct.map((id) => ({ segment: typeOf(id), member: members.get(id) ?? null }));
  }
}

/** The segments of these ids, found by id. */
async function segmentTypes(
  context: RequestContext,
  ids: readonly string[],
): Promise<(id: string) => SegmentType> {
  const names = namesOnce(context);
  const found = await segmentsOf(context.engine, context.project, ids);
  const types = new Map(found.map((segment) => [segment.segment_id, new SegmentType(segment, names)]));
  return (id) => {
    const type = types.get(id);
    if (type === undefined)
      throw userError(`The segment ${id} was deleted at this moment. Ask again without it.`);
    return type;
  };
}

async function personOf(
  { engine, project }: RequestContext,
  customerId: string | null | undefined,
  sourceId: string | null | undefined,
  profile: CustomerInput | null | undefined,
): Promise<Person> {
  const asked = [customerId, sourceId, profile].filter((one) => one !== null && one !== undefined);
  if (asked.length !== 1) {
    throw userError(
      "Say whom you ask about by one of `customerId`, `sourceId` and (for `customerSegments`) `profile`.",
    );
  }
  await recentProject(engine, project);
  if (profile) return { profile: profileOf(profile) };
  const customer = await findCustomer(
    engine,
    project,
    typeof customerId === "string" ? { id: customerId } : { sourceId: sourceId ?? "" },
  );
  if (customer === undefined)
    throw userError(`There is no such customer. Ask \`customers\` for those there are.`);
  return { customer };
}
