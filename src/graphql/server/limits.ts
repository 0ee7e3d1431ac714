// What one request may ask for at most: how long, how deep, how much.
import type { ApolloServerPlugin } from "@apollo/server";
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
export const maxDocumentLength = 100_000;
export const maxTokens = 10_000;
/** The most fields inside one another. The deepest answer there is has six. */
export const deepestSelection = 10;
/** The most that a request may cost, where a field costs 1, each on every customer of a page, and a query 500. */
export const greatestComplexity = 100_000;

/** A validation rule: no more than `deepest` fields inside one another. graphql-js bounds introspection by itself. */
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
      // A fragment inside itself is another rule's error; here it only must not run for ever.
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

export interface ParsedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode | undefined;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** Refuses, before it is run, an operation that asks for too much. @throws GraphQLError. */
export function refuseCostly({
  schema,
  document,
  operation,
  operationName,
  variables = {},
}: ParsedOperation): void {
  // Execution tells what is wrong with variables, and better.
  if (getVariableValues(schema, operation?.variableDefinitions ?? [], variables).errors) return;
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
      `The operation costs ${complexity}, and ${greatestComplexity} is the most. Ask for fewer customers at once (\`first\`), or for fewer fields of each.`,
    );
  }
}

/** Refuses, before they are run, operations over HTTP that ask for too much, and subscriptions. */
export const operationsPlugin: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didResolveOperation({ schema, document, operation, request }) {
        if (operation?.operation === "subscription") {
          const message =
            "Subscriptions are answered over a websocket at the same address: use a client of graphql-ws.";
          throw new GraphQLError(message, { extensions: { code: "BAD_REQUEST", http: { status: 400 } } });
        }
        const { operationName, variables } = request;
        refuseCostly({ schema, document, operation, operationName, variables });
      },
    };
  },
};

/** What is said of a document that is too long to be parsed; undefined of another. */
export function tooLong(document: string): string | undefined {
  if (document.length <= maxDocumentLength) return undefined;
  return `The GraphQL document has ${document.length} characters, and ${maxDocumentLength} is the most. Hand in long values as variables.`;
}

function measure(complexity: () => number): number {
  try {
    return complexity();
  } catch (error) {
    // It gives up on operations whose fragments unfold to thousands of fields.
    if (error instanceof GraphQLError) throw tooMuch(error.message);
    throw error;
  }
}

function tooMuch(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: "REQUEST_TOO_LARGE", http: { status: 400 } } });
}
