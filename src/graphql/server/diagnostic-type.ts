// Diagnostics of queries, in the shape of grammar/diagnostic.ts.
import { Field, Int, ObjectType, registerEnumType } from "type-graphql";
import type { Diagnostic, Fix, Severity, Span } from "../../../grammar/diagnostic.js";
import { diagnosticDescriptions } from "./diagnostic-descriptions.js";

const severities: Readonly<Record<Severity, Severity>> = {
  ERROR: "ERROR",
  WARNING: "WARNING",
  HINT: "HINT",
};

/** Every code that a diagnostic can have, with its page in docs/diagnostics.md. */
const diagnosticCodes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(diagnosticDescriptions)
    .sort()
    .map((code) => [code, code]),
);

registerEnumType(diagnosticCodes, {
  name: "DiagnosticCode",
  description: "Kind of mistake, stable. docs/diagnostics.md has an example of each.",
  valuesConfig: Object.fromEntries(
    Object.entries(diagnosticDescriptions).map(([code, description]) => [code, { description }]),
  ),
});

registerEnumType(severities, {
  name: "Severity",
  description: "Severity of a diagnostic.",
  valuesConfig: {
    ERROR: { description: "The query cannot be answered." },
    WARNING: { description: "The query can be answered, but may not mean what was intended." },
    HINT: { description: "Nothing is wrong; says how a part was read, such as the year of a month." },
  },
});

@ObjectType("Span", { description: "A range of the query's text." })
export class SpanType implements Span {
  @Field(() => Int, { description: "Start, in UTF-16 units from 0." })
  readonly start!: number;

  @Field(() => Int, {
    description: "End, in UTF-16 units from 0, exclusive.",
  })
  readonly end!: number;

  @Field(() => Int, { description: "Line of the start, from 1." })
  readonly line!: number;

  @Field(() => Int, { description: "Column of the start, in UTF-16 units from 1." })
  readonly column!: number;
}

@ObjectType("Fix", {
  description: "A fix that can be applied mechanically: put `replacement` in place of `span`.",
})
class FixType implements Fix {
  @Field(() => String, { description: "The new text." })
  readonly replacement!: string;

  @Field(() => SpanType, { description: "The range to replace; empty for an insertion." })
  readonly span!: Span;
}

@ObjectType("Diagnostic", { description: "An error or a warning about a query." })
export class DiagnosticType implements Diagnostic {
  @Field(() => diagnosticCodes, { description: "Kind of mistake." })
  readonly code!: string;

  @Field(() => severities, { description: "Whether the query can be answered in spite of it." })
  readonly severity!: Severity;

  @Field(() => String, {
    description: "What is wrong and how to fix it, in plain words.",
  })
  readonly message!: string;

  @Field(() => SpanType, { description: "The part of the query that it is about." })
  readonly span!: Span;

  @Field(() => [String], { description: "What is expected there, if it is known; else empty." })
  readonly expected!: readonly string[];

  @Field(() => FixType, { nullable: true, description: "A fix, if one is known." })
  readonly fix?: Fix;

  @Field(() => String, {
    nullable: true,
    description:
      "Where it is in the query's tree, as the JSON Pointer `/expression/operands/0/attribute`; null if no tree was requested or given.",
  })
  readonly path?: string;
}
