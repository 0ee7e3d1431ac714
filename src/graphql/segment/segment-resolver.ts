// Saved segments: which there are, and who is in them.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import type { CustomerDocument } from "../../documents/documents.js";
import { segmentMembers } from "../../membership/reads/members.js";
import { customerMemberships } from "../../membership/reads/of-customer.js";
import { recentProject } from "../../projects/projects.js";
import { findCustomer } from "../../query/customer.js";
import { segmentImpact } from "../../segments/impact.js";
import { membershipsOf, type Person } from "../../segments/of-customer.js";
import { maxCompared, overlapOf } from "../../segments/overlap.js";
import { listSegments, maxListSize, segmentNamed, segmentsOf } from "../../segments/read.js";
import { CustomerPageArguments, pageComplexity, pageRequest } from "../customer/customer-page-arguments.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/errors.js";
import { CustomerInput, profileOf } from "../write/customer-input.js";
import { freshly, SegmentMembersType } from "./members-type.js";
import {
  CustomerGroupType,
  CustomerSegmentsType,
  SegmentImpactType,
  SegmentMembershipType,
  SegmentOverlapType,
} from "./segment-answers.js";
import { namesOnce, SegmentConnectionType, SegmentType } from "./segment-type.js";

const defaultList = 100;

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
      defaultValue: defaultList,
      description: `How many at most, up to ${maxListSize}.`,
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
      after: typeof after === "string" ? nameOf(after) : undefined,
      search: search ?? undefined,
      archived,
    });
    const names = namesOnce(context);
    return {
      nodes: nodes.map((segment) => new SegmentType(segment, names)),
      pageInfo: {
        hasNextPage: hasMore,
        hasPreviousPage: typeof after === "string",
        startCursor: cursorOf(nodes.at(0)?.name),
        endCursor: cursorOf(nodes.at(-1)?.name),
      },
    };
  }

  @Query(() => SegmentMembersType, {
    complexity: (options) => 500 + pageComplexity(options),
    description:
      "Who is in a segment now, or was at a moment. Of one that is live, that is what is stored; before it was, and where nothing keeps it, its query is asked.",
  })
  async segmentMembers(
    @Ctx() { engine, project, signal }: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshly }) fresh: boolean,
    @Args(() => CustomerPageArguments) written: CustomerPageArguments,
  ): Promise<SegmentMembersType> {
    const { currency } = await recentProject(engine, project);
    const members = await segmentMembers(engine, project, id, { asOf: asOf?.getTime(), fresh });
    const page = await members.customers(pageRequest(written), { signal });
    return new SegmentMembersType(members, page, currency, signal);
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
    description: `How 2 to ${maxCompared} segments overlap. Their union, intersection and difference are queries, which \`segmentCombine\` saves.`,
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
    @Arg("customerId", () => ID, { nullable: true, description: "The customer's `id`." }) customerId:
      | string
      | null
      | undefined,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from.",
    })
    sourceId: string | null | undefined,
    @Arg("profile", () => CustomerInput, {
      nullable: true,
      description: "Or the profile of one who is not there.",
    })
    profile: CustomerInput | null | undefined,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshly }) fresh: boolean,
  ): Promise<CustomerSegmentsType> {
    const { engine, project } = context;
    const person = await personOf(context, customerId, sourceId, profile);
    const at = asOf?.getTime();
    const found =
      "profile" in person
        ? await membershipsOf(engine, project, person, undefined, at)
        : await customerMemberships(engine, project, person.customer, { asOf: at, fresh });
    const inside = found.segments.filter(({ member }) => member);
    const members = inside.map(({ segment }) => segment.id);
    const unanswerable = found.unanswerable.map(({ id }) => id);
    const typeOf = await segmentTypes(context, [...members, ...unanswerable]);
    return {
      asOf: new Date(found.asOf),
      segments: members.map(typeOf),
      computed: inside.flatMap((each) =>
        "source" in each && each.source !== "computed" ? [] : [typeOf(each.segment.id)],
      ),
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
    @Arg("customerId", () => ID, { nullable: true, description: "The customer's `id`." }) customerId:
      | string
      | null
      | undefined,
    @Arg("sourceId", () => String, {
      nullable: true,
      description: "Or the customer's id where they come from.",
    })
    sourceId: string | null | undefined,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: nowOtherwise }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshly }) fresh: boolean,
  ): Promise<readonly SegmentMembershipType[]> {
    const { engine, project } = context;
    const customer = await customerOf(context, customerId, sourceId);
    const request = { ids: segmentIds, asOf: asOf?.getTime(), fresh };
    const found = await customerMemberships(engine, project, customer, request);
    const known = new Map(found.segments.map((each) => [each.segment.id, each]));
    const distinct = [...new Set(segmentIds)];
    const typeOf = await segmentTypes(context, distinct);
    return distinct.map((id) => {
      const { member = null, source = "computed" } = known.get(id) ?? {};
      return { segment: typeOf(id), member, source };
    });
  }
}

function cursorOf(name: string | undefined): string | undefined {
  return name === undefined ? undefined : Buffer.from(name, "utf8").toString("base64url");
}

function nameOf(cursor: string): string {
  const name = Buffer.from(cursor, "base64url").toString("utf8");
  if (name !== "" && cursorOf(name) === cursor) return name;
  throw userError("`after` is no cursor. Use an `endCursor` that an earlier page gave.");
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
  context: RequestContext,
  customerId: string | null | undefined,
  sourceId: string | null | undefined,
  profile: CustomerInput | null | undefined,
): Promise<Person> {
  const asked = [customerId, sourceId, profile].filter((one) => one !== null && one !== undefined);
  if (asked.length !== 1) throw userError(whom);
  await recentProject(context.engine, context.project);
  if (profile) return { profile: profileOf(profile) };
  return { customer: await customerOf(context, customerId, sourceId) };
}

const whom =
  "Say whom you ask about by one of `customerId`, `sourceId` and (for `customerSegments`) `profile`.";

async function customerOf(
  { engine, project }: RequestContext,
  customerId: string | null | undefined,
  sourceId: string | null | undefined,
): Promise<CustomerDocument> {
  if ((typeof customerId === "string") === (typeof sourceId === "string")) throw userError(whom);
  await recentProject(engine, project);
  const customer = await findCustomer(
    engine,
    project,
    typeof customerId === "string" ? { id: customerId } : { sourceId: sourceId ?? "" },
  );
  if (customer === undefined)
    throw userError(`There is no such customer. Ask \`customers\` for those there are.`);
  return customer;
}
