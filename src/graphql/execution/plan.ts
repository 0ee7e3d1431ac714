// The plan of an operation: its fields in order, with their arguments and the functions that resolve and complete them.
// graphql-js computes all of this again for every object of an answer; a plan computes it once for an operation.
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
} from "graphql";
import { collectFields, collectSubfields } from "graphql/execution/collectFields.js";

export type Variables = Readonly<Record<string, unknown>>;
type Arguments = Readonly<Record<string, unknown>>;

/** How a value of a type becomes a part of the answer. */
type Completion =
  | { readonly kind: "leaf"; readonly type: GraphQLLeafType }
  | { readonly kind: "object"; readonly type: GraphQLObjectType }
  | { readonly kind: "abstract"; readonly type: GraphQLAbstractType }
  | { readonly kind: "list"; readonly item: Nullability };

/** The completion of a type, and whether the type is nullable. */
export interface Nullability {
  readonly nullable: boolean;
  readonly completion: Completion;
}

export interface FieldPlan extends Nullability {
  /** The key in the answer: the alias, or the name. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly definition: GraphQLField<unknown, unknown>;
  /** Undefined for a field whose value is the property of its name. */
  readonly resolve: GraphQLFieldResolver<unknown, unknown> | undefined;
  /** The arguments, if they contain no variable. */
  readonly fixedArguments: Arguments | undefined;
  /** The fields selected of an object of this type. */
  readonly selection: (type: GraphQLObjectType) => SelectionPlan;
}

export interface SelectionPlan {
  readonly type: GraphQLObjectType;
  readonly fields: readonly FieldPlan[];
  /** True if a key is `__proto__`, which can't be assigned as an own property of an ordinary object. */
  readonly hasPrototypeKey: boolean;
}

export interface OperationPlan {
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly root: SelectionPlan;
}

/** The variables that decide which fields are selected, by `@skip` and `@include`. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}

/** @param variables the coerced variables; only those of conditions affect the plan. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): OperationPlan {
  const fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  for (const definition of document.definitions)
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  const rootType = schema.getRootType(operation.operation)!;

  const selectionPlan = (
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
  ): SelectionPlan => ({
    type,
    hasPrototypeKey: fields.has("__proto__"),
    fields: [...fields].flatMap(([key, nodes]) => {
      const definition = fieldDefinition(schema, type, nodes[0]!.name.value);
      return definition === undefined ? [] : [fieldPlan(type, key, nodes, definition)];
    }),
  });

  const fieldPlan = (
    parentType: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
    definition: GraphQLField<unknown, unknown>,
  ): FieldPlan => {
    const selections = new Map<GraphQLObjectType, SelectionPlan>();
    return {
      key,
      nodes,
      parentType,
      definition,
      resolve: definition.resolve,
      fixedArguments: fixedArguments(definition, nodes[0]!),
      ...nullability(definition.type),
      selection: (type) => {
        const known = selections.get(type);
        if (known !== undefined) return known;
        const made = selectionPlan(type, collectSubfields(schema, fragments, variables, type, nodes));
        selections.set(type, made);
        return made;
      },
    };
  };

  const rootFields = collectFields(schema, fragments, variables, rootType, operation.selectionSet);
  return { schema, operation, fragments, root: selectionPlan(rootType, rootFields) };
}

function nullability(type: GraphQLOutputType): Nullability {
  return isNonNullType(type)
    ? { nullable: false, completion: completion(type.ofType) }
    : { nullable: true, completion: completion(type) };
}

function completion(type: GraphQLOutputType): Completion {
  if (isListType(type)) return { kind: "list", item: nullability(type.ofType) };
  if (isLeafType(type)) return { kind: "leaf", type };
  if (isObjectType(type)) return { kind: "object", type };
  return { kind: "abstract", type: type as GraphQLAbstractType };
}

function fieldDefinition(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  name: string,
): GraphQLField<unknown, unknown> | undefined {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

const noArguments: Arguments = Object.freeze({});

/** The arguments; undefined if they contain a variable or are invalid, which is then an error of the field's execution. */
function fixedArguments(definition: GraphQLField<unknown, unknown>, node: FieldNode): Arguments | undefined {
  if (definition.args.length === 0) return noArguments;
  let variable = false;
  for (const argument of node.arguments ?? [])
    visit(argument, {
      Variable() {
        variable = true;
      },
    });
  if (variable) return undefined;
  try {
    return getArgumentValues(definition, node);
  } catch {
    return undefined;
  }
}
