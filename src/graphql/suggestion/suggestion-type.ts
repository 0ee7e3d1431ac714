// Suggestions for those who write queries, as GraphQL answers them.
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { ValueSuggestion } from "../../suggest/data/suggest-with-values.js";
import type { Suggestion, SuggestionKind } from "../../suggest/suggestion.js";

const kinds: Readonly<Record<SuggestionKind, SuggestionKind>> = {
  ATTRIBUTE: "ATTRIBUTE",
  OPERATOR: "OPERATOR",
  VALUE: "VALUE",
  EVENT: "EVENT",
  PROPERTY: "PROPERTY",
  UNIT: "UNIT",
  CONNECTIVE: "CONNECTIVE",
  KEYWORD: "KEYWORD",
};

registerEnumType(kinds, {
  name: "SuggestionKind",
  description: "What a suggestion is.",
  valuesConfig: {
    ATTRIBUTE: { description: "Something about a customer." },
    OPERATOR: { description: "A comparison, as `starts with`." },
    VALUE: { description: "A value, of the data or of a list; a date; the name of a campaign or a segment." },
    EVENT: { description: "The name of an event." },
    PROPERTY: { description: "A property of an event." },
    UNIT: { description: "A length of time with its unit." },
    CONNECTIVE: { description: "`and` or `or`." },
    KEYWORD: { description: "Another word of the language, or a bracket." },
  },
});

@ObjectType("TextRange", { description: "A stretch of a text." })
export class TextRangeType {
  @Field(() => Int, { description: "Where it starts, in UTF-16 units from 0." })
  readonly start!: number;

  @Field(() => Int, {
    description: "Where it ends, in UTF-16 units from 0; the unit there is not part of it.",
  })
  readonly end!: number;
}

@ObjectType("QuerySuggestion", { description: "Something that may be written at a place in a query." })
export class QuerySuggestionType implements Suggestion {
  @Field(() => kinds, { description: "What it is." })
  readonly kind!: SuggestionKind;

  @Field(() => String, { description: "What a list shows." })
  readonly label!: string;

  @Field(() => String, { description: "What to put where `replace` is." })
  readonly insert!: string;

  @Field(() => TextRangeType, {
    description:
      "What it replaces: what is typed of it, and the rest of the word under the cursor; empty where it is only put in.",
  })
  readonly replace!: TextRangeType;

  @Field(() => String, { description: "One line on what it is." })
  readonly documentation!: string;
}

@ObjectType("ValueSuggestion", { description: "A value that an attribute has in the data." })
export class ValueSuggestionType implements ValueSuggestion {
  @Field(() => String, { description: "The value, as somebody wrote it." })
  readonly value!: string;

  @Field(() => String, { description: "The value as a query writes it: quoted where it must be." })
  readonly insert!: string;

  @Field(() => Int, {
    description:
      "How often it was found in the rows looked at: a fair sample of at most 5,000 or, for a value that is not in it, at most 10,000 of those that begin with the search.",
  })
  readonly count!: number;
}
