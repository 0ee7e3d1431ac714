// Looks at queries for those who edit them: checks and formats them, and turns them into trees and back.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { checkText, checkTree } from "../../query/tree.js";
import type { RequestContext } from "../server/context.js";
import { SegmentQueryType } from "./segment-query-type.js";

const sentence = "A sentence of the segment language.";
const complexity = 100;

@Resolver()
export class SegmentQueryResolver {
  @Query(() => SegmentQueryType, {
    complexity,
    description: "Tells whether a query is right, and what is wrong with it, without asking who is in.",
  })
  async segmentQueryCheck(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: sentence }) query: string,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description: "The instant to check for, which relative dates go by; now where it is left out.",
    })
    asOf: Date | null | undefined,
    @Arg("values", () => Boolean, {
      defaultValue: true,
      description:
        "False to leave out warnings of values that no customer has, which take reads of the data.",
    })
    values: boolean,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkText(engine, project, query, { asOf: asOf?.getTime(), values }));
  }

  @Query(() => SegmentQueryType, {
    complexity,
    description: "Writes a query in its one canonical form, `canonical`, with its comments.",
  })
  async segmentQueryFormat(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: sentence }) query: string,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkText(engine, project, query));
  }

  @Query(() => SegmentQueryType, {
    complexity,
    description: "Turns a query into its syntax tree, `tree`, for a form to edit.",
  })
  async segmentQueryTree(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: sentence }) query: string,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkText(engine, project, query));
  }

  @Query(() => SegmentQueryType, {
    complexity,
    description:
      "Turns a syntax tree into its query, and checks it as a text is checked: within the same limits, with diagnostics that have their place in the text and in the tree.",
  })
  async segmentQueryFromTree(
    @Ctx() { engine, project }: RequestContext,
    @Arg("tree", () => GraphQLJSON, {
      description: "A tree of the shape in schema/query-tree.schema.json.",
    })
    tree: unknown,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkTree(engine, project, tree));
  }
}
