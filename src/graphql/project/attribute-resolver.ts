// Reads what queries can use: attributes, forms of conditions, and templates.
import { Ctx, Query, Resolver } from "type-graphql";
import { catalogOf } from "../../catalog/catalog.js";
import { segmentTemplates } from "../../query/templates.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { AttributeType, SegmentFiltersType, SegmentTemplateType } from "./attribute-type.js";

@Resolver()
export class AttributeResolver {
  @Query(() => [AttributeType], {
    complexity: costs(0, { assumedSize: 50 }),
    description: "All attributes of customers that a query of this project can use.",
  })
  async attributes(@Ctx() { loaders }: RequestContext): Promise<readonly AttributeType[]> {
    const { attributes } = catalogOf(await loaders.definition());
    return attributes.map((attribute) => new AttributeType(attribute));
  }

  @Query(() => SegmentFiltersType, {
    complexity: costs(10),
    description: "Attributes and events with their operators and types of input, for a form of conditions.",
  })
  async segmentFilters(@Ctx() { loaders }: RequestContext): Promise<SegmentFiltersType> {
    const { attributes, events } = catalogOf(await loaders.definition());
    return {
      attributes: attributes.map((attribute) => new AttributeType(attribute)),
      events: events.map(({ name, builtIn, properties }) => ({
        name,
        builtIn,
        properties: properties.map((property) => new AttributeType(property)),
      })),
    };
  }

  @Query(() => [SegmentTemplateType], {
    complexity: costs(50, { assumedSize: 20 }),
    description:
      "Segments that most shops can use, as queries that are valid under the project's definitions.",
  })
  async segmentTemplates(@Ctx() { engine, project, loaders }: RequestContext) {
    await loaders.definition();
    return segmentTemplates(engine, project);
  }
}
