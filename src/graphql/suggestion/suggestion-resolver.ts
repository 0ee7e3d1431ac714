// Asks what may be written at a place in a query.
import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { suggestQuery, valueSuggestions } from "../../suggest/data/suggest-with-values.js";
import type { RequestContext } from "../server/context.js";
import { QuerySuggestionType, ValueSuggestionType } from "./suggestion-type.js";

const first = "How many at most, 1 to 100.";

@Resolver()
export class SuggestionResolver {
  @Query(() => [QuerySuggestionType], {
    complexity: 200,
    description:
      "What may be written at a place in a query, best first, however broken the query is: names, comparisons, values of the data, words of the language.",
  })
  async segmentQuerySuggestions(
    @Ctx() { engine, project }: RequestContext,
    @Arg("query", () => String, { description: "A sentence of the segment language, or a part of one." })
    query: string,
    @Arg("cursor", () => Int, {
      description: "The place, in UTF-16 units from 0 to the query's length.",
    })
    cursor: number,
    @Arg("first", () => Int, { defaultValue: 20, description: first }) most: number,
  ): Promise<readonly QuerySuggestionType[]> {
    return suggestQuery(engine, project, { query, cursor, first: most });
  }

  @Query(() => [ValueSuggestionType], {
    complexity: 200,
    description:
      "Values that an attribute has in the data and that begin with a text, the most frequent first; none for attributes whose values nobody chooses from, as dates and figures.",
  })
  async segmentValueSuggestions(
    @Ctx() { engine, project }: RequestContext,
    @Arg("attribute", () => String, { description: "An attribute, as a query names it." }) attribute: string,
    @Arg("search", () => String, {
      defaultValue: "",
      description: "What the values, or later words of them, begin with; case doesn't count.",
    })
    search: string,
    @Arg("first", () => Int, { defaultValue: 20, description: first }) most: number,
    @Arg("event", () => String, {
      nullable: true,
      description: "The event whose property `attribute` is; without it, it is a customer's attribute.",
    })
    event?: string | null,
  ): Promise<readonly ValueSuggestionType[]> {
    return valueSuggestions(engine, project, { attribute, event, search, first: most });
  }
}
