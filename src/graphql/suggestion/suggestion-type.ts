// Suggestions for editors of queries, as GraphQL returns them.
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
  description: "Kind of suggestion.",
  valuesConfig: {
    ATTRIBUTE: { description: "An attribute of customers." },
    OPERATOR: { description: "An operator, as `starts with`." },
    VALUE: { description: "A value of the data or of a list; a date; the name of a campaign or a segment." },
    EVENT: { description: "The name of an event." },
    PROPERTY: { description: "A property of an event." },
    UNIT: { description: "A length of time with its unit." },
    CONNECTIVE: { description: "`and` or `or`." },
    KEYWORD: { description: "Any other word of the language, or a bracket." },
  },
});

@ObjectType("TextRange", { description: "A range of a text." })
export class TextRangeType {
  @Field(() => Int, { description: "Start, in UTF-16 units from 0." })
  readonly start!: number;

  @Field(() => Int, {
    description: "End, in UTF-16 units from 0, exclusive.",
  })
  readonly end!: number;
}

@ObjectType("QuerySuggestion", { description: "Something that can be written at a position in a query." })
export class QuerySuggestionType implements Suggestion {
  @Field(() => kinds, { description: "Kind of suggestion." })
  readonly kind!: SuggestionKind;

  @Field(() => String, { description: "Text for a list of suggestions." })
  readonly label!: string;

  @Field(() => String, { description: "Text to put in place of `replace`." })
  readonly insert!: string;

  @Field(() => TextRangeType, {
    description:
      "Range to replace: the part already typed, and the rest of the word at the cursor; empty for an insertion.",
  })
  readonly replace!: TextRangeType;

  @Field(() => String, { description: "One line of documentation." })
  readonly documentation!: string;
}

@ObjectType("ValueSuggestion", { description: "A value of an attribute in the data." })
export class ValueSuggestionType implements ValueSuggestion {
  @Field(() => String, { description: "The value as it is in the data." })
  readonly value!: string;

  @Field(() => String, { description: "The value as a query writes it, quoted if necessary." })
  readonly insert!: string;

  @Field(() => Int, {
    description:
      "Number of occurrences in the rows examined: a fair sample of at most 5,000 or, for a value that is not in it, at most 10,000 rows that start with the search text.",
  })
  readonly count!: number;
}
