// Suggests what can be written at a position in a query.
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { suggestQuery, valueSuggestions } from "../../suggest/data/suggest-with-values.js";
import type { RequestContext } from "../server/context.js";
import { costs } from "../server/cost.js";
import { QuerySuggestionType, ValueSuggestionType } from "./suggestion-type.js";

const first = "How many at most, 1 to 100.";

@Resolver()
export class SuggestionResolver {
  @Query(() => [QuerySuggestionType], {
    complexity: costs(200),
    description:
      "What can be written at a position in a query, best first, even if the query has mistakes: names, operators, values of the data, keywords.",
  })
  async segmentQuerySuggestions(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: "A query of the segment language, or a part of one." })
    query: string,
    @Arg("cursor", () => Int, {
      description: "Position, in UTF-16 units from 0 to the length of the query.",
    })
    cursor: number,
    @Arg("first", () => Int, { defaultValue: 20, description: first }) most: number,
  ): Promise<readonly QuerySuggestionType[]> {
    return suggestQuery(engine, project, { query, cursor, first: most });
  }

  @Query(() => [ValueSuggestionType], {
    complexity: costs(200),
    description:
      "Values of an attribute in the data that start with a text, the most frequent first; none for dates and figures.",
  })
  async segmentValueSuggestions(
    @Ctx() { engine, project }: RequestContext,
    @Arg("attribute", () => String, { description: "Attribute, as queries write it." }) attribute: string,
    @Arg("search", () => String, {
      defaultValue: "",
      description: "Start of the values, or of a later word of them; case is ignored.",
    })
    search: string,
    @Arg("first", () => Int, { defaultValue: 20, description: first }) most: number,
    @Arg("event", () => String, {
      nullable: true,
      description: "Event that `attribute` is a property of; an attribute of customers if omitted.",
    })
    event?: string | null,
  ): Promise<readonly ValueSuggestionType[]> {
    return valueSuggestions(engine, project, { attribute, event, search, first: most });
  }
}
