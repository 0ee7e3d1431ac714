// The state of one execution.
import type { GraphQLError, GraphQLResolveInfo } from "graphql";
import type { FieldPlan, OperationPlan, Variables } from "./plan.js";

/** A position in the answer. */
export type Path = GraphQLResolveInfo["path"];

/** One execution. */
export interface Run {
  readonly plan: OperationPlan;
  readonly context: unknown;
  readonly rootValue: unknown;
  readonly variables: Variables;
  /** The arguments with variables, computed once for each field. */
  readonly arguments: Map<FieldPlan, Readonly<Record<string, unknown>>>;
  readonly errors: GraphQLError[];
  /** Positions that an error has made null. */
  readonly nulled: Set<Path | undefined>;
  readonly maxSize: number;
  /** Bytes of the answer so far, approximately. */
  size: number;
}
