// Who comes into segments and who leaves, told as it happens.
import { Arg, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import {
  presentPosition,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../membership/reads/feed.js";
import { assertFollowable, type Followed, followTransitions } from "../../membership/reads/follow.js";
import { recentProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/errors.js";
import { SegmentTransitionType } from "./history-type.js";

/** The most segments of one subscription. */
const maxFollowed = 100;

@ObjectType("SegmentChange", { description: "A coming or going, as it is told to a subscriber." })
export class SegmentChangeType {
  @Field(() => SegmentTransitionType, { description: "Who came or left, and why." })
  readonly event!: SegmentTransitionType;

  @Field(() => String, {
    description: "Where to go on behind it: `after` of another subscription, or of `segmentHistory`.",
  })
  readonly cursor!: string;
}

interface FollowArguments {
  readonly segmentIds: readonly string[];
  readonly after?: string | null;
}

@Resolver()
export class SegmentSubscriptionResolver {
  @Subscription(() => SegmentChangeType, {
    complexity: ({ childComplexity }) => 500 + childComplexity,
    description:
      "Who comes into auto-update segments and who leaves, in order for each customer. Where a connection breaks, another one goes on behind the last `cursor`: nothing is lost, and what comes twice has the same `id`.",
    subscribe: ({ args, context }) => follow(context as RequestContext, args as unknown as FollowArguments),
  })
  segmentChanges(
    @Root() { transition, position }: Followed,
    @Arg("segmentIds", () => [ID], { description: `The segments' ids, up to ${maxFollowed}.` })
    _segmentIds: readonly string[],
    @Arg("after", () => String, {
      nullable: true,
      description:
        "The cursor to go on behind, of a change or of `segmentHistory`; with what has yet to happen where it is left out.",
    })
    _after?: string | null,
  ): SegmentChangeType {
    return { event: new SegmentTransitionType(transition), cursor: writePosition(position) };
  }
}

async function follow(
  { engine, project, signal }: RequestContext,
  { segmentIds, after }: FollowArguments,
): Promise<AsyncIterable<Followed>> {
  await recentProject(engine, project);
  const segments = [...new Set(segmentIds)];
  if (segments.length === 0 || segments.length > maxFollowed)
    throw userError(`Name 1 to ${maxFollowed} segments in \`segmentIds\`.`);
  await assertFollowable(engine, project, segments);
  const from = typeof after === "string" ? readPosition(after) : await presentPosition(engine, project);
  // Says at once whether it can go on from there.
  await transitionsAfter(engine, project, from, 0);
  return followTransitions(engine, project, from, { segments, signal });
}
