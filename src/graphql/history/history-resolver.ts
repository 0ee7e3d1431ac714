// How membership came to be: what came and went, how large segments were, and how far one is being populated.
import DataLoader from "dataloader";
import { GraphQLDateTime } from "graphql-scalars";
import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root, registerEnumType } from "type-graphql";
import type { LiveSegmentDocument } from "../../documents/membership-documents.js";
import {
  feedBounds,
  maxHistoryPageSize,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../membership/reads/feed.js";
import { assertFollowable } from "../../membership/reads/follow.js";
import { liveStatesOf, sizesAt } from "../../membership/reads/history.js";
import { recentProject } from "../../projects/projects.js";
import { SegmentType } from "../segment/segment-type.js";
import type { RequestContext } from "../server/context.js";
import { userError } from "../server/errors.js";
import { SegmentHistoryType, SegmentTransitionType } from "./history-type.js";

const statuses = { POPULATING: "populating", LIVE: "live", REMOVING: "removing" } as const;

registerEnumType(statuses, {
  name: "SegmentStatus",
  description: "How far the stored membership of an auto-update segment is.",
  valuesConfig: {
    POPULATING: { description: "Those who are in it are being found and written." },
    LIVE: { description: "Whoever comes or goes is noticed, as it happens." },
    REMOVING: { description: "It was deleted, and its customers are let go." },
  },
});

const defaultPage = 100;
/** The most instants that one question of sizes names. */
const maxInstants = 400;

@Resolver(() => SegmentType)
export class SegmentHistoryResolver {
  @Query(() => SegmentHistoryType, {
    complexity: ({ childComplexity, args }) => 50 + Math.max(Number(args.first), 1) * childComplexity,
    description:
      "Who came into auto-update segments and who left, and why: from the beginning, behind a cursor, or from now on. Asked again with `endCursor`, it goes on where it was; a page may hold nothing while there are more.",
  })
  async segmentHistory(
    @Ctx() { engine, project }: RequestContext,
    @Arg("segmentIds", () => [ID], {
      nullable: true,
      description: "Only of these; of all where it is left out.",
    })
    segmentIds: readonly string[] | null | undefined,
    @Arg("first", () => Int, {
      defaultValue: defaultPage,
      description: `How many at most, up to ${maxHistoryPageSize}.`,
    })
    first: number,
    @Arg("after", () => String, {
      nullable: true,
      description: "The `endCursor` to go on behind; `now` begins with what has yet to happen.",
    })
    after?: string | null,
  ): Promise<SegmentHistoryType> {
    await recentProject(engine, project);
    if (!Number.isInteger(first) || first < 0 || first > maxHistoryPageSize)
      throw userError(`\`first\` is ${first}; ask for 0 to ${maxHistoryPageSize} at once.`);
    if ((segmentIds?.length ?? 0) > maxHistoryPageSize)
      throw userError(`Ask for ${maxHistoryPageSize} segments at most, or leave \`segmentIds\` out.`);
    if (segmentIds) await assertFollowable(engine, project, [...new Set(segmentIds)]);
    const { oldest, present } = await feedBounds(engine, project);
    const from = after === "now" ? present : typeof after === "string" ? readPosition(after) : oldest;
    const page = await transitionsAfter(engine, project, from, first, segmentIds ?? undefined);
    return {
      nodes: page.transitions.map((transition) => new SegmentTransitionType(transition)),
      endCursor: writePosition(page.position),
      hasNextPage: page.hasMore,
    };
  }

  @Query(() => [Int], {
    complexity: 500,
    description:
      "How many customers were in a segment at each of some instants, in their order: in a static one, the same at each.",
  })
  async segmentSizes(
    @Ctx() { engine, project }: RequestContext,
    @Arg("id", () => ID, { description: "The segment's `id`." }) id: string,
    @Arg("at", () => [GraphQLDateTime], { description: `Up to ${maxInstants} instants, ascending.` })
    at: readonly Date[],
  ): Promise<readonly number[]> {
    await recentProject(engine, project);
    const instants = at.map((instant) => instant.getTime());
    if (instants.length > maxInstants) throw userError(`Ask for ${maxInstants} instants at most.`);
    if (instants.some((instant, index) => index > 0 && instant < instants[index - 1]!))
      throw userError("The instants in `at` are to be ascending.");
    await assertFollowable(engine, project, [id]);
    return sizesAt(engine, project, id, instants);
  }

  @FieldResolver(() => statuses, {
    nullable: true,
    complexity: 5,
    description:
      "How far the stored membership of an auto-update segment is; null for a static one, and before a maintainer has taken it in.",
  })
  async status(@Root() segment: SegmentType, @Ctx() context: RequestContext) {
    return (await this.#liveState(segment, context))?.status;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    complexity: 5,
    description:
      "How many customers are to be looked at while it is populated; null while they are being found.",
  })
  async total(@Root() segment: SegmentType, @Ctx() context: RequestContext) {
    return (await this.#liveState(segment, context))?.total;
  }

  @FieldResolver(() => Int, { nullable: true, complexity: 5, description: "How many of `total` have been." })
  async populated(@Root() segment: SegmentType, @Ctx() context: RequestContext) {
    return (await this.#liveState(segment, context))?.populated;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    complexity: 5,
    description: "When its query was last asked of everybody.",
  })
  async computedAt(@Root() segment: SegmentType, @Ctx() context: RequestContext) {
    return (await this.#liveState(segment, context))?.computed_at;
  }

  #liveState({ id }: SegmentType, context: RequestContext) {
    let states = liveStates.get(context);
    if (states === undefined) {
      states = liveStatesIn(context);
      liveStates.set(context, states);
    }
    return states.load(id);
  }
}

type LiveStates = DataLoader<string, LiveSegmentDocument | undefined>;
const liveStates = new WeakMap<RequestContext, LiveStates>();

/** Reads what is asked of all segments of an answer at once. Nothing is kept: a subscription's next answer is of another moment. */
function liveStatesIn({ engine, project }: RequestContext): LiveStates {
  return new DataLoader(
    async (ids) => {
      const distinct = [...new Set(ids)];
      const found = await liveStatesOf(engine, project, distinct);
      const states = new Map(distinct.map((id, index) => [id, found[index]]));
      return ids.map((id) => states.get(id));
    },
    { cache: false },
  );
}
