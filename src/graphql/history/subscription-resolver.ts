// Transitions as they happen, over a subscription.
import { Arg, Ctx, Field, ID, ObjectType, Resolver, Root, Subscription } from "type-graphql";
import {
  presentPosition,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../membership/reads/feed.js";
import { assertFollowable, type Followed, followTransitions } from "../../membership/reads/follow.js";
import { recentProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { SegmentTransitionType } from "./history-type.js";

/** The most segments of one subscription. */
const maxFollowed = 100;

@ObjectType("SegmentChange", { description: "A transition, as a subscription delivers it." })
export class SegmentChangeType {
  @Field(() => SegmentTransitionType, { description: "The transition." })
  readonly transition!: SegmentTransitionType;

  @Field(() => String, {
    description: "Where to continue: `after` of another subscription, or of `segmentTransitions`.",
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
    complexity: costs(500),
    description:
      "Customers that enter and leave auto-update segments, in order for each customer. After a lost connection, subscribe again with the last `cursor`: nothing is missed, and redelivered transitions have the same `id`.",
    subscribe: ({ args, context }) => follow(context as RequestContext, args as unknown as FollowArguments),
  })
  segmentChanges(
    @Root() { transition, position }: Followed,
    @Ctx() { refresh }: RequestContext,
    @Arg("segmentIds", () => [ID], { description: `Ids of the segments, up to ${maxFollowed}.` })
    _segmentIds: readonly string[],
    @Arg("after", () => String, {
      nullable: true,
      description:
        "Cursor to continue at, of a change or of `segmentTransitions`; what happens from now on if omitted.",
    })
    _after?: string | null,
  ): SegmentChangeType {
    // Each change is at a later time, so cached reads are discarded.
    refresh();
    return { transition: new SegmentTransitionType(transition), cursor: writePosition(position) };
  }
}

async function follow(
  { engine, project, signal }: RequestContext,
  { segmentIds, after }: FollowArguments,
): Promise<AsyncIterable<Followed>> {
  await recentProject(engine, project);
  const segments = [...new Set(segmentIds.map((id) => keyOf("Segment", id, "segmentIds")))];
  if (segments.length === 0 || segments.length > maxFollowed)
    throw userError(`Name 1 to ${maxFollowed} segments in \`segmentIds\`.`);
  await assertFollowable(engine, project, segments);
  const from = typeof after === "string" ? readPosition(after) : await presentPosition(engine, project);
  // Fails at once if the feed can't continue from the position.
  await transitionsAfter(engine, project, from, 0);
  return followTransitions(engine, project, from, { segments, signal });
}
