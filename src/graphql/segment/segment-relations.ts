// The relations of a segment: its members, history, sizes, and the segments that it uses or that use it.
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Args, Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import { sizesAt } from "../../membership/reads/history.js";
import { countTransitions, transitionsOfSegment } from "../../membership/reads/transition-page.js";
import { pageOfList } from "../../query/pages/list-page.js";
import {
  CustomerPageArguments,
  customerEdges,
  customerPageComplexity,
  customerPageRequest,
} from "../customer/customer-connection-type.js";
import { SegmentTransitionConnectionType, SegmentTransitionType } from "../history/history-type.js";
import { pageConnection } from "../page-connection.js";
import {
  maxExactCount,
  maxPageSize,
  PageArguments,
  pageComplexity,
  windowOf,
} from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { userError } from "../server/user-error.js";
import { freshDescription, SegmentMemberConnectionType } from "./members-type.js";
import { SegmentConnectionType, segmentConnection } from "./segment-of.js";
import { SegmentType } from "./segment-type.js";

/** The most instants of one request for sizes. */
const maxInstants = 400;

const asOfDescription = "Moment to answer for; now if omitted.";

@Resolver(() => SegmentType)
export class SegmentRelations {
  @FieldResolver(() => SegmentMemberConnectionType, {
    complexity: customerPageComplexity(1_100),
    description:
      "The members, now or at a moment. For a live segment they are read from the stored membership; before it was live, the query is evaluated.",
  })
  async members(
    @Root() { document }: SegmentType,
    @Ctx() { signal, loaders }: RequestContext,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshDescription }) fresh: boolean,
    @Args(() => CustomerPageArguments) given: CustomerPageArguments,
  ): Promise<SegmentMemberConnectionType> {
    const { currency } = await loaders.definition();
    const request = { asOf: asOf?.getTime(), fresh };
    const { members, page } = await loaders.memberPage(
      document.segment_id,
      request,
      customerPageRequest(given),
    );
    const count = () => members.countUpTo(maxExactCount, { signal });
    return new SegmentMemberConnectionType(members, customerEdges(page, currency, count));
  }

  @FieldResolver(() => Int, { complexity: costs(500), description: "Number of members, now or at a moment." })
  async membersCount(
    @Root() { document }: SegmentType,
    @Ctx() { loaders }: RequestContext,
    @Arg("asOf", () => GraphQLDateTime, { nullable: true, description: asOfDescription }) asOf:
      | Date
      | null
      | undefined,
    @Arg("fresh", () => Boolean, { defaultValue: false, description: freshDescription }) fresh: boolean,
  ): Promise<number> {
    if (document.members !== undefined) return document.members.size;
    return loaders.memberCount(document.segment_id, { asOf: asOf?.getTime(), fresh });
  }

  @FieldResolver(() => SegmentTransitionConnectionType, {
    complexity: pageComplexity(100),
    description: "Customers that entered and left, the latest first.",
  })
  async history(
    @Root() { document }: SegmentType,
    @Ctx() { engine, project, signal }: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<SegmentTransitionConnectionType> {
    const { segment_id } = document;
    const page = await transitionsOfSegment(engine, project, segment_id, windowOf(given), { signal });
    return new SegmentTransitionConnectionType(
      pageConnection(
        page,
        (transition) => new SegmentTransitionType(transition),
        () => countTransitions(engine, project, [segment_id], maxExactCount, { signal }),
      ),
    );
  }

  @FieldResolver(() => [Int], {
    complexity: costs(500),
    description:
      "Number of members at each of some moments, in their order. A static segment has the same size at all of them.",
  })
  async sizes(
    @Root() { document }: SegmentType,
    @Ctx() { engine, project }: RequestContext,
    @Arg("at", () => [GraphQLDateTime], { description: `Up to ${maxInstants} moments, ascending.` })
    at: readonly Date[],
  ): Promise<readonly number[]> {
    const instants = at.map((instant) => instant.getTime());
    if (instants.length > maxInstants) throw userError(`Request ${maxInstants} moments at most.`);
    if (instants.some((instant, index) => index > 0 && instant < instants[index - 1]!))
      throw userError("The moments in `at` have to be ascending.");
    return sizesAt(engine, project, document.segment_id, instants);
  }

  @FieldResolver(() => SegmentConnectionType, {
    complexity: pageComplexity(5),
    description: "The segments that its query names.",
  })
  uses(
    @Root() { document }: SegmentType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<SegmentConnectionType> {
    return segmentsAmong(context, document.query?.uses ?? [], given);
  }

  @FieldResolver(() => SegmentConnectionType, {
    complexity: pageComplexity(5),
    description:
      "The segments whose queries name this one. As long as there are any, or a validation rule names it, it cannot be deleted or archived.",
  })
  usedIn(
    @Root() { document }: SegmentType,
    @Ctx() context: RequestContext,
    @Args(() => PageArguments) given: PageArguments,
  ): Promise<SegmentConnectionType> {
    return segmentsAmong(context, document.used_by, given);
  }
}

async function segmentsAmong(
  { loaders }: RequestContext,
  ids: readonly string[],
  given: PageArguments,
): Promise<SegmentConnectionType> {
  const found = await Promise.all(ids.map((id) => loaders.segment(id)));
  const segments = found
    .filter((segment) => segment !== undefined)
    .sort((one, other) => (one.name_key < other.name_key ? -1 : 1));
  const page = pageOfList(segments, ({ name_key }) => name_key, windowOf(given), maxPageSize, "segments");
  return segmentConnection(page, segments.length);
}
