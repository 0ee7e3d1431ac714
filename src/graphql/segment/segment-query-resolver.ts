// Checks and formats queries for editors, and converts them to trees and back.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Arg, Ctx, Query, Resolver } from "type-graphql";
import { checkText, checkTree } from "../../query/tree.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { SegmentQueryType } from "./segment-query-type.js";

@Resolver()
export class SegmentQueryResolver {
  @Query(() => SegmentQueryType, {
    complexity: costs(100),
    description:
      "Checks a query without finding customers: its mistakes, its canonical form, and its syntax tree for a form to edit.",
  })
  async segmentQuery(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: "A query of the segment language." }) query: string,
    @Arg("asOf", () => GraphQLDateTime, {
      nullable: true,
      description: "Moment that relative dates are relative to; now if omitted.",
    })
    asOf: Date | null | undefined,
    @Arg("values", () => Boolean, {
      defaultValue: true,
      description: "False to omit warnings about values that no customer has, which read the data.",
    })
    values: boolean,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkText(engine, project, query, { asOf: asOf?.getTime(), values }));
  }

  @Query(() => SegmentQueryType, {
    complexity: costs(100),
    description:
      "Converts a syntax tree to its query and checks it. Diagnostics are located in the text and in the tree.",
  })
  async segmentQueryFromTree(
    @Ctx() { engine, project }: RequestContext,
    @Arg("tree", () => GraphQLJSON, { description: "A tree in the shape of schema/query-tree.schema.json." })
    tree: unknown,
  ): Promise<SegmentQueryType> {
    return new SegmentQueryType(await checkTree(engine, project, tree));
  }
}
