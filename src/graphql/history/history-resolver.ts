// The project's transitions as a feed that can be resumed at any later time.
import { Arg, Ctx, ID, Int, Query, Resolver } from "type-graphql";
import {
  feedBounds,
  maxHistoryPageSize,
  positionsOf,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../membership/reads/feed.js";
import { assertFollowable } from "../../membership/reads/follow.js";
import { countTransitions } from "../../membership/reads/transition-page.js";
import { exactly, maxExactCount, pageComplexity } from "../server/connection-type.js";
import type { RequestContext } from "../server/context.js";
import { keyOf } from "../server/global-id.js";
import { userError } from "../server/user-error.js";
import { SegmentTransitionConnectionType, SegmentTransitionType } from "./history-type.js";

const defaultPage = 100;

@Resolver()
export class SegmentHistoryResolver {
  @Query(() => SegmentTransitionConnectionType, {
    complexity: pageComplexity(50),
    description:
      "Customers that entered and left auto-update segments, in order for each customer. Request it again with `endCursor` at any later time to continue; a page may be empty and still have a next page.",
  })
  async segmentTransitions(
    @Ctx() { engine, project, loaders, signal }: RequestContext,
    @Arg("segmentIds", () => [ID], {
      nullable: true,
      description: `Only of these segments, up to ${maxHistoryPageSize}; of all if omitted.`,
    })
    segmentIds: readonly string[] | null | undefined,
    @Arg("first", () => Int, {
      defaultValue: defaultPage,
      description: `How many at most, up to ${maxHistoryPageSize}.`,
    })
    first: number,
    @Arg("after", () => String, {
      nullable: true,
      description:
        "Cursor to continue at; `now` for what happens from now on. From the beginning if omitted.",
    })
    after?: string | null,
  ): Promise<SegmentTransitionConnectionType> {
    await loaders.definition();
    if (first < 0 || first > maxHistoryPageSize)
      throw userError(`\`first\` is ${first}; request 0 to ${maxHistoryPageSize} at once.`);
    const segments = segmentIds && [...new Set(segmentIds.map((id) => keyOf("Segment", id, "segmentIds")))];
    if (segments && segments.length > maxHistoryPageSize)
      throw userError(`Request ${maxHistoryPageSize} segments at most, or omit \`segmentIds\`.`);
    if (segments) await assertFollowable(engine, project, segments);
    const bounds = await feedBounds(engine, project);
    const from =
      after === "now" ? bounds.present : typeof after === "string" ? readPosition(after) : bounds.oldest;
    const page = await transitionsAfter(engine, project, from, first, segments ?? undefined);
    const cursors = positionsOf(from, page).map(writePosition);
    return new SegmentTransitionConnectionType({
      edges: page.transitions.map((transition, index) => ({
        node: new SegmentTransitionType(transition),
        cursor: cursors[index]!,
      })),
      hasNextPage: page.hasMore,
      hasPreviousPage: from.some((sequence, partition) => sequence > bounds.oldest[partition]!),
      endCursor: writePosition(page.position),
      count: async () => {
        if (segments) return countTransitions(engine, project, segments, maxExactCount, { signal });
        // Transitions are numbered without gaps, partition by partition.
        const kept = bounds.present.map((last, partition) => last - bounds.oldest[partition]!);
        return exactly(kept.reduce((sum, count) => sum + count, 0));
      },
    });
  }
}
