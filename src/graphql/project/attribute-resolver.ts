// Asks what queries may name.
import { Ctx, Query, Resolver } from "type-graphql";
import { catalogOf, listAttributes } from "../../catalog/catalog.js";
import { findProject } from "../../projects/projects.js";
import type { RequestContext } from "../server/context.js";
import { AttributeType } from "./attribute-type.js";

@Resolver()
export class AttributeResolver {
  @Query(() => [AttributeType], {
    complexity: ({ childComplexity }) => 100 * childComplexity,
    description: "Everything about customers that a query of this project may name.",
  })
  async attributes(@Ctx() context: RequestContext): Promise<readonly AttributeType[]> {
    return listAttributes(catalogOf(await findProject(context.engine, context.project)));
  }
}
