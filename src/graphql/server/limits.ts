// The limits of one request: its length, depth, number of fields, and cost.
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from "graphql";
import { fieldExtensionsEstimator, getComplexity, simpleEstimator } from "graphql-query-complexity";

/** The most bytes of a request's body. */
export const maxBodySize = 1024 * 1024;
/** The most characters, and the most tokens, of a GraphQL document. */
const maxDocumentLength = 100_000;
export const maxTokens = 10_000;
/** The greatest depth of nested fields. */
export const deepestSelection = 16;
/** The most selections of one document, with fragments expanded; and the most introspection root fields. */
export const maxSelections = 5_000;
const maxIntrospections = 2;
/** The greatest cost of a request: a field costs 1 (for every customer of a page), and a query costs 500. */
const greatestComplexity = 100_000;

/** A validation rule: fields are nested at most `deepest` levels. graphql-js itself limits introspection. */
export function depthRule(deepest: number): ValidationRule {
  return (context: ValidationContext) => {
    const depths = new Map<string, number>();

    function depthOf(selections: SelectionSetNode): number {
      let depth = 0;
      for (const selection of selections.selections) {
        if (selection.kind === Kind.FIELD) {
          const introspection = selection.name.value.startsWith("__");
          const below = selection.selectionSet && !introspection ? depthOf(selection.selectionSet) : 0;
          depth = Math.max(depth, 1 + below);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) {
          depth = Math.max(depth, depthOf(selection.selectionSet));
        } else {
          const fragment = context.getFragment(selection.name.value);
          if (fragment) depth = Math.max(depth, fragmentDepth(fragment));
        }
      }
      return depth;
    }

    function fragmentDepth(fragment: FragmentDefinitionNode): number {
      const known = depths.get(fragment.name.value);
      if (known !== undefined) return known;
      // A fragment inside itself is reported by another rule; here it must only not recurse endlessly.
      depths.set(fragment.name.value, 0);
      const depth = depthOf(fragment.selectionSet);
      depths.set(fragment.name.value, depth);
      return depth;
    }

    return {
      OperationDefinition(operation) {
        const depth = depthOf(operation.selectionSet);
        if (depth <= deepest) return;
        context.reportError(
          new GraphQLError(
            `The operation is ${depth} fields deep, and ${deepest} is the most. Ask for less at once.`,
            {
              nodes: operation,
            },
          ),
        );
      },
    };
  };
}

/** A validation rule: limits the number of selections, with fragments expanded, and of introspection root fields. */
export function breadthRule(max: number): ValidationRule {
  return (context: ValidationContext) => {
    const counts = new Map<string, number>();
    let introspections = 0;

    function countOf(selections: SelectionSetNode): number {
      let count = 0;
      for (const selection of selections.selections) {
        count += 1;
        if (selection.kind === Kind.FRAGMENT_SPREAD) count += fragmentCount(selection.name.value);
        else if (selection.selectionSet) count += countOf(selection.selectionSet);
        if (count > max) return count;
      }
      return count;
    }

    function fragmentCount(name: string): number {
      const known = counts.get(name);
      if (known !== undefined) return known;
      // A fragment inside itself is reported by another rule.
      counts.set(name, 0);
      const fragment = context.getFragment(name);
      const count = fragment ? countOf(fragment.selectionSet) : 0;
      counts.set(name, count);
      return count;
    }

    return {
      OperationDefinition(operation) {
        if (countOf(operation.selectionSet) <= max) return;
        const message = `The operation selects more than ${max.toLocaleString("en")} fields. Select fewer at once.`;
        context.reportError(new GraphQLError(message, { nodes: operation }));
      },
      Field(field) {
        if (!["__schema", "__type"].includes(field.name.value)) return;
        introspections += 1;
        if (introspections !== maxIntrospections + 1) return;
        const message = `A request may introspect ${maxIntrospections} times. Send several requests.`;
        context.reportError(new GraphQLError(message, { nodes: field }));
      },
    };
  };
}

export interface ParsedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/**
 * Refuses an operation that costs too much, before its execution.
 * @returns the cost; 0 if the variables are invalid, which the execution reports.
 * @throws GraphQLError `REQUEST_TOO_LARGE`.
 */
export function refuseCostly({
  schema,
  document,
  operation,
  operationName,
  variables = {},
}: ParsedOperation): number {
  if (getVariableValues(schema, operation?.variableDefinitions ?? [], variables).errors) return 0;
  const complexity = measure(() =>
    getComplexity({
      schema,
      query: document,
      operationName: operationName ?? undefined,
      variables,
      estimators: [fieldExtensionsEstimator(), simpleEstimator({ defaultComplexity: 1 })],
    }),
  );
  if (complexity > greatestComplexity) {
    throw tooMuch(
      `The operation costs ${complexity}, and ${greatestComplexity} is the most. Request smaller pages (\`first\`), or fewer fields.`,
      complexity,
    );
  }
  return complexity;
}

/** The message for a document that is too long to be parsed; undefined if it is not too long. */
export function tooLong(document: string): string | undefined {
  if (document.length <= maxDocumentLength) return undefined;
  return `The GraphQL document has ${document.length} characters, and ${maxDocumentLength} is the most. Hand in long values as variables.`;
}

function measure(complexity: () => number): number {
  try {
    return complexity();
  } catch (error) {
    // The estimate fails for operations whose fragments expand to thousands of fields.
    if (error instanceof GraphQLError) throw tooMuch(error.message);
    throw error;
  }
}

function tooMuch(message: string, requested?: number): GraphQLError {
  const cost = requested === undefined ? {} : { cost: { requested, maximum: greatestComplexity } };
  return new GraphQLError(message, {
    extensions: { code: "REQUEST_TOO_LARGE", ...cost, http: { status: 400 } },
  });
}
