// The `info` argument of resolvers. Hardly any resolver uses it, so it is computed lazily.
import type { GraphQLResolveInfo } from "graphql";
import type { FieldPlan } from "./plan.js";
import type { Path, Run } from "./run.js";

export class ResolveInfo implements GraphQLResolveInfo {
  readonly #run: Run;
  readonly #field: FieldPlan;
  readonly #parent: Path | undefined;

  constructor(run: Run, field: FieldPlan, parent: Path | undefined) {
    this.#run = run;
    this.#field = field;
    this.#parent = parent;
  }

  get fieldName(): string {
    return this.#field.definition.name;
  }
  get fieldNodes() {
    return this.#field.nodes;
  }
  get returnType() {
    return this.#field.definition.type;
  }
  get parentType() {
    return this.#field.parentType;
  }
  get path(): Path {
    return { prev: this.#parent, key: this.#field.key, typename: this.#field.parentType.name };
  }
  get schema() {
    return this.#run.plan.schema;
  }
  get fragments() {
    return this.#run.plan.fragments;
  }
  get rootValue(): unknown {
    return this.#run.rootValue;
  }
  get operation() {
    return this.#run.plan.operation;
  }
  get variableValues() {
    return this.#run.variables as Record<string, unknown>;
  }
}
