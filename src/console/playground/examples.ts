// The operations of schema/operations, ready to run.

export interface Example {
  /** The file's name without its ending, as `preview-segment`. */
  readonly name: string;
  /** What it does: the file's first line. */
  readonly description: string;
  readonly kind: "query" | "mutation" | "subscription";
  readonly operation: string;
}

/** Finds what variables of examples name. */
export const exampleDataQuery = `query ExampleData {
  segments(first: 50) { nodes { id kind } }
  customers(first: 1) { nodes { sourceId } }
}`;

const files = import.meta.glob<string>("../../../schema/operations/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});

function exampleOf([path, operation]: readonly [string, string]): Example {
  return {
    name: path.slice(path.lastIndexOf("/") + 1, -".graphql".length),
    description: operation.slice(0, operation.indexOf("\n")).replace(/^#\s*/, ""),
    kind: /^(query|mutation|subscription)\b/m.exec(operation)?.[1] as Example["kind"],
    operation,
  };
}

const first = "who-are-they";

/** The examples; the first is the one that the playground opens with, the others are by name. */
export const examples: readonly Example[] = Object.entries(files)
  .map(exampleOf)
  .toSorted((one, other) =>
    one.name === first ? -1 : other.name === first ? 1 : one.name < other.name ? -1 : 1,
  );
