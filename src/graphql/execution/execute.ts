// Executes operations as graphql-js does, with the same answers and errors, but by a plan that is cached for the document.
// https://spec.graphql.org/October2021/#sec-Execution
import {
  type DocumentNode,
  defaultTypeResolver,
  type ExecutionResult,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getOperationAST,
  getVariableValues,
  isObjectType,
  locatedError,
  type OperationDefinitionNode,
  responsePathAsArray,
} from "graphql";
import { answerTooLarge, maxAnswerSize, sizeOf } from "../server/answer-size.js";
import {
  conditionVariables,
  type FieldPlan,
  type Nullability,
  type OperationPlan,
  planOperation,
  type SelectionPlan,
  type Variables,
} from "./plan.js";
import { ResolveInfo } from "./resolve-info.js";
import type { Path, Run } from "./run.js";

interface ExecutionRequest {
  /** Valid for the schema. */
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly context: unknown;
  readonly rootValue?: unknown;
}

export type Execute = (request: ExecutionRequest) => Promise<ExecutionResult> | ExecutionResult;

/** How many plans of one document are cached: one for each operation and combination of values of its condition variables. */
const maxPlans = 16;
/** How many errors in variables are reported, as in graphql-js. */
const maxErrors = 50;
/** The bytes that a key's quotes, colon and comma add to an answer. */
const perField = 4;

/** @param maxSize the largest answer, in bytes. */
export function executor(schema: GraphQLSchema, maxSize = maxAnswerSize): Execute {
  const planFor = plans(schema);
  return ({ document, operationName, variables, context, rootValue }) => {
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [operationMissing(operationName)] };
    const { errors, coerced } = getVariableValues(
      schema,
      operation.variableDefinitions ?? [],
      variables ?? {},
      { maxErrors },
    );
    if (coerced === undefined) return { errors };
    const plan = planFor(document, operation, coerced);
    const run: Run = {
      plan,
      context,
      rootValue,
      variables: coerced,
      arguments: new Map(),
      errors: [],
      nulled: new Set(),
      maxSize,
      size: 0,
    };
    return executeRoot(run);
  };
}

function operationMissing(operationName: string | null | undefined): GraphQLError {
  return new GraphQLError(
    operationName
      ? `Unknown operation named "${operationName}".`
      : "Must provide operation name if query contains multiple operations.",
  );
}

/** Plans are kept as long as their documents. */
function plans(schema: GraphQLSchema) {
  const known = new WeakMap<
    DocumentNode,
    { readonly conditions: readonly string[]; readonly plans: Map<string, OperationPlan> }
  >();
  return (
    document: DocumentNode,
    operation: OperationDefinitionNode,
    variables: Variables,
  ): OperationPlan => {
    let kept = known.get(document);
    if (kept === undefined) {
      kept = { conditions: conditionVariables(document), plans: new Map() };
      known.set(document, kept);
    }
    const key = [operation.name?.value, ...kept.conditions.map((name) => variables[name])].join(" ");
    let plan = kept.plans.get(key);
    if (plan === undefined) {
      plan = planOperation(schema, document, operation, variables);
      if (kept.plans.size >= maxPlans) kept.plans.clear();
      kept.plans.set(key, plan);
    }
    return plan;
  };
}

function executeRoot(run: Run): Promise<ExecutionResult> | ExecutionResult {
  const { operation, root } = run.plan;
  const answer = (data: unknown): ExecutionResult => {
    if (run.size > run.maxSize) return { errors: [answerTooLarge(run.maxSize)] };
    const result = data as ExecutionResult["data"];
    return run.errors.length === 0 ? { data: result } : { errors: run.errors, data: result };
  };
  const fail = (error: unknown): ExecutionResult => {
    addError(run, error as GraphQLError, undefined);
    return answer(null);
  };
  try {
    const data =
      operation.operation === "mutation"
        ? executeSerially(run, root, run.rootValue)
        : executeSelection(run, root, run.rootValue, undefined);
    return isPromise(data) ? data.then(answer, fail) : answer(data);
  } catch (error) {
    return fail(error);
  }
}

/** Adds an error, unless a position above it is already null. */
function addError({ errors, nulled }: Run, error: GraphQLError, path: Path | undefined): void {
  for (let at = path; at !== undefined; at = at.prev) if (nulled.has(at)) return;
  if (nulled.has(undefined)) return;
  nulled.add(path);
  errors.push(error);
}

const emptyResult = ({ hasPrototypeKey }: SelectionPlan): Record<string, unknown> =>
  hasPrototypeKey ? Object.create(null) : {};

/** Executes one field after the other, each when the previous one is complete. */
function executeSerially(
  run: Run,
  selection: SelectionPlan,
  source: unknown,
): Promise<Record<string, unknown>> | Record<string, unknown> {
  type Results = Record<string, unknown>;
  const step = (results: Results, field: FieldPlan): Promise<Results> | Results => {
    const put = (value: unknown): Results => {
      results[field.key] = value;
      return results;
    };
    const result = executeField(run, field, source, undefined);
    return isPromise(result) ? result.then(put) : put(result);
  };
  return selection.fields.reduce<Promise<Results> | Results>(
    (results, field) =>
      results instanceof Promise ? results.then((settled) => step(settled, field)) : step(results, field),
    emptyResult(selection),
  );
}

function executeSelection(
  run: Run,
  selection: SelectionPlan,
  source: unknown,
  path: Path | undefined,
): Promise<Record<string, unknown>> | Record<string, unknown> {
  const results = emptyResult(selection);
  // The answer is too large already, and will be replaced by an error.
  if (run.size > run.maxSize) return results;
  let pending: string[] | undefined;
  try {
    for (const field of selection.fields) {
      const result = executeField(run, field, source, path);
      results[field.key] = result;
      if (isPromise(result)) {
        pending ??= [];
        pending.push(field.key);
      }
    }
  } catch (error) {
    if (pending === undefined) throw error;
    // The other fields may fail, too: they are awaited, so that no rejection is unhandled.
    return settled(results, pending).finally(() => {
      throw error;
    });
  }
  return pending === undefined ? results : settled(results, pending);
}

/** Awaits the results of these keys, which are promises. */
async function settled(
  results: Record<string, unknown>,
  keys: readonly string[],
): Promise<Record<string, unknown>> {
  const values = await Promise.all(keys.map((key) => results[key]));
  for (const [index, key] of keys.entries()) results[key] = values[index];
  return results;
}

function executeField(run: Run, field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
  const { key, parentType, resolve, completion } = field;
  // The path of a leaf is needed only for an error.
  const pathOf = (): Path => ({ prev: parent, key, typename: parentType.name });
  const path = completion.kind === "leaf" ? undefined : pathOf();
  try {
    const value =
      resolve === undefined
        ? property(run, field, source, parent)
        : resolve(source, argumentsOf(run, field), run.context, new ResolveInfo(run, field, parent));
    const completed = isPromise(value)
      ? value.then((settled) => complete(run, field, field, settled, path))
      : complete(run, field, field, value, path);
    return isPromise(completed)
      ? completed.then(undefined, (error: unknown) => failed(run, field, field, error, path ?? pathOf()))
      : completed;
  } catch (error) {
    return failed(run, field, field, error, path ?? pathOf());
  }
}

/** The value of a field without a resolver: the property of its name, called if it is a method. */
function property(run: Run, field: FieldPlan, source: unknown, parent: Path | undefined): unknown {
  if (source === null || (typeof source !== "object" && typeof source !== "function")) return undefined;
  const object = source as Record<string, unknown>;
  const value = object[field.definition.name];
  if (typeof value !== "function") return value;
  return value.call(object, argumentsOf(run, field), run.context, new ResolveInfo(run, field, parent));
}

function argumentsOf(run: Run, field: FieldPlan): Readonly<Record<string, unknown>> {
  if (field.fixedArguments !== undefined) return field.fixedArguments;
  const known = run.arguments.get(field);
  if (known !== undefined) return known;
  const made = getArgumentValues(field.definition, field.nodes[0]!, run.variables);
  run.arguments.set(field, made);
  return made;
}

/** Adds the error with its location, and returns null; throws the error if the type is not nullable. */
function failed(run: Run, field: FieldPlan, { nullable }: Nullability, error: unknown, path: Path): null {
  const located = locatedError(error, field.nodes, responsePathAsArray(path));
  if (!nullable) throw located;
  addError(run, located, path);
  return null;
}

function complete(
  run: Run,
  field: FieldPlan,
  { nullable, completion }: Nullability,
  value: unknown,
  path: Path | undefined,
): unknown {
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) {
    if (nullable) return null;
    throw new Error(
      `Cannot return null for non-nullable field ${field.parentType.name}.${field.definition.name}.`,
    );
  }
  switch (completion.kind) {
    case "leaf":
      return completeLeaf(run, field, completion.type.serialize(value), value, completion.type);
    case "list":
      return completeList(run, field, completion.item, value, path!);
    case "object":
      return completeObject(run, field, completion.type, value, path!);
    case "abstract":
      return completeAbstract(run, field, completion.type, value, path!);
  }
}

function completeLeaf(
  run: Run,
  field: FieldPlan,
  serialized: unknown,
  value: unknown,
  type: object,
): unknown {
  if (serialized === null || serialized === undefined) {
    throw new Error(
      `Expected \`${type}.serialize(${String(value)})\` to return non-nullable value, returned: ${serialized}`,
    );
  }
  run.size += field.key.length + perField + sizeOf(serialized, run.maxSize);
  if (run.size > run.maxSize) throw answerTooLarge(run.maxSize);
  return serialized;
}

function completeList(run: Run, field: FieldPlan, item: Nullability, value: unknown, path: Path): unknown {
  if (typeof value !== "object" || value === null || !(Symbol.iterator in value)) {
    throw new GraphQLError(
      `Expected Iterable, but did not find one for field "${field.parentType.name}.${field.definition.name}".`,
    );
  }
  const completed: unknown[] = [];
  let pending = false;
  try {
    for (const each of value as Iterable<unknown>) {
      const result = completeItem(run, field, item, each, path, completed.length);
      if (isPromise(result)) pending = true;
      completed.push(result);
    }
  } catch (error) {
    // The pending elements of the list are not awaited, and their errors are ignored.
    if (pending) Promise.allSettled(completed);
    throw error;
  }
  return pending ? Promise.all(completed) : completed;
}

function completeItem(
  run: Run,
  field: FieldPlan,
  item: Nullability,
  value: unknown,
  list: Path,
  index: number,
): unknown {
  const pathOf = (): Path => ({ prev: list, key: index, typename: undefined });
  const path = item.completion.kind === "leaf" ? undefined : pathOf();
  try {
    const completed = isPromise(value)
      ? value.then((settled) => complete(run, field, item, settled, path))
      : complete(run, field, item, value, path);
    return isPromise(completed)
      ? completed.then(undefined, (error: unknown) => failed(run, field, item, error, path ?? pathOf()))
      : completed;
  } catch (error) {
    return failed(run, field, item, error, path ?? pathOf());
  }
}

function completeObject(
  run: Run,
  field: FieldPlan,
  type: GraphQLObjectType,
  value: unknown,
  path: Path,
): unknown {
  const selection = field.selection(type);
  if (type.isTypeOf) {
    const isOfType = type.isTypeOf(value, run.context, new ResolveInfo(run, field, path.prev));
    const go = (itIs: boolean): unknown => {
      if (itIs) return executeSelection(run, selection, value, path);
      const message = `Expected value of type "${type.name}" but got: ${String(value)}.`;
      throw new GraphQLError(message, { nodes: field.nodes });
    };
    return isPromise(isOfType) ? isOfType.then(go) : go(isOfType);
  }
  return executeSelection(run, selection, value, path);
}

function completeAbstract(
  run: Run,
  field: FieldPlan,
  type: Extract<FieldPlan["completion"], { kind: "abstract" }>["type"],
  value: unknown,
  path: Path,
): unknown {
  const resolveType = type.resolveType ?? defaultTypeResolver;
  const name = resolveType(value, run.context, new ResolveInfo(run, field, path.prev), type);
  const go = (found: string | undefined): unknown =>
    completeObject(run, field, possibleType(run, field, type.name, found), value, path);
  return isPromise(name) ? name.then(go) : go(name);
}

function possibleType(
  { plan: { schema } }: Run,
  field: FieldPlan,
  abstract: string,
  found: unknown,
): GraphQLObjectType {
  const type = typeof found === "string" ? schema.getType(found) : undefined;
  const abstractType = schema.getType(abstract);
  if (isObjectType(type) && schema.isSubType(abstractType as never, type)) return type;
  const message =
    found === undefined || found === null
      ? `Abstract type "${abstract}" must resolve to an Object type at runtime for field "${field.parentType.name}.${field.definition.name}". Either the "${abstract}" type should provide a "resolveType" function or each possible type should provide an "isTypeOf" function.`
      : `Runtime Object type "${String(found)}" is not a possible type for "${abstract}".`;
  throw new GraphQLError(message, { nodes: field.nodes });
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === "function";
}
