// What a mistake in a query looks like in GraphQL: the shape of grammar/diagnostic.ts, described.
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic, Fix, Severity, Span } from "../../../grammar/diagnostic.js";

const severities: Readonly<Record<Severity, Severity>> = { ERROR: "ERROR", WARNING: "WARNING" };

registerEnumType(severities, {
  name: "Severity",
  description: "How bad it is.",
  valuesConfig: {
    ERROR: { description: "The query can't be answered as it stands." },
    WARNING: { description: "The query is answered, but perhaps it isn't what was meant." },
  },
});

@ObjectType("Span", { description: "A stretch of the query's text." })
export class SpanType implements Span {
  @Field(() => Int, { description: "Where it starts, in UTF-16 units from 0." })
  readonly start!: number;

  @Field(() => Int, {
    description: "Where it ends, in UTF-16 units from 0; the unit there is not part of it.",
  })
  readonly end!: number;

  @Field(() => Int, { description: "The line that it starts on, from 1." })
  readonly line!: number;

  @Field(() => Int, { description: "The column that it starts at, in UTF-16 units from 1." })
  readonly column!: number;
}

@ObjectType("Fix", { description: "A mechanical mend: put `replacement` where `span` is." })
export class FixType implements Fix {
  @Field(() => String, { description: "The text to put there." })
  readonly replacement!: string;

  @Field(() => SpanType, { description: "The text to take out; empty where the replacement is only put in." })
  readonly span!: Span;
}

@ObjectType("Diagnostic", { description: "A mistake in a query, or something that is probably one." })
export class DiagnosticType implements Diagnostic {
  @Field(() => String, { description: "Which mistake it is, stable, as `UNKNOWN_ATTRIBUTE`." })
  readonly code!: string;

  @Field(() => severities, { description: "Whether the query can be answered in spite of it." })
  readonly severity!: Severity;

  @Field(() => String, {
    description: "What is wrong and how to mend it, for somebody who does not program.",
  })
  readonly message!: string;

  @Field(() => SpanType, { description: "The part of the query that is wrong." })
  readonly span!: Span;

  @Field(() => [String], { description: "What could have stood there, where that is known; else empty." })
  readonly expected!: readonly string[];

  @Field(() => FixType, { nullable: true, description: "The mend, where one is known." })
  readonly fix?: Fix;

  @Field(() => String, {
    nullable: true,
    description:
      "Where it is in the query's tree, as a JSON Pointer, as `/expression/operands/0/attribute`; null where no tree was asked for or given.",
  })
  readonly path?: string;
}
