// A query analysed without running it: its text, canonical form, tree and diagnostics.
import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, ObjectType } from "type-graphql";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { QueryTree } from "../../../grammar/query-tree.js";
import type { CheckedText } from "../../query/tree.js";
import { DiagnosticType } from "../server/diagnostic-type.js";

@ObjectType("SegmentQuery", { description: "A query that was checked, without finding customers." })
export class SegmentQueryType {
  readonly #checked: CheckedText;

  constructor(checked: CheckedText) {
    this.#checked = checked;
  }

  @Field(() => String, {
    nullable: true,
    description:
      "The text of the query, as it was given or as the tree reads; null if the tree could not be read.",
  })
  get text(): string | undefined {
    return this.#checked.text;
  }

  @Field(() => Boolean, { description: "True if the query has no errors; it may have warnings." })
  get valid(): boolean {
    return this.#checked.canonical !== undefined;
  }

  @Field(() => String, {
    nullable: true,
    description: "The query in canonical form, with its comments; null if it is not valid.",
  })
  get canonical(): string | undefined {
    return this.#checked.canonical;
  }

  @Field(() => GraphQLJSON, {
    nullable: true,
    description:
      "The syntax tree, in the shape of schema/query-tree.schema.json, with names as they were written; null if a part of the query could not be parsed.",
  })
  get tree(): QueryTree | undefined {
    return this.#checked.tree;
  }

  @Field(() => [DiagnosticType], { description: "Errors and warnings, in the order of the text." })
  get diagnostics(): readonly Diagnostic[] {
    return this.#checked.diagnostics;
  }

  @Field(() => GraphQLDateTime, { description: "The moment that the query was checked for." })
  get asOf(): Date {
    return new Date(this.#checked.asOf);
  }
}
