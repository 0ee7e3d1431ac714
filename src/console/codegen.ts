// Writes the types of the console's operations from the schema: `npm run console:types`.
import type { CodegenConfig } from "@graphql-codegen/cli";

type Output = CodegenConfig["generates"][string];

const scalars = {
  DateTime: "string",
  LocalDate: "string",
  JSON: "unknown",
  SafeInt: "number",
};

const made = (from: string) => [
  { add: { content: `// Made by \`npm run console:types\` from ${from}; not edited.` } },
];

/** The types of some operations, in a module of their own, so that a page that is loaded later brings its operations with it. */
const typesOf = (documents: string, ...shared: readonly string[]): Output => ({
  documents: [documents, ...shared],
  plugins: [
    ...made(`${documents.replace("src/console/", "")} and schema/schema.graphql`),
    { add: { content: 'import type * as Types from "../schema/generated.js";' } },
    { add: { content: 'export type * from "../schema/generated.js";' } },
    "typescript-operations",
    "typed-document-node",
  ],
  config: {
    useTypeImports: true,
    namespacedImportName: "Types",
    enumsAsTypes: true,
    skipTypename: true,
    documentMode: "string",
    nonOptionalTypename: false,
    immutableTypes: true,
    avoidOptionals: { field: true },
    dedupeFragments: true,
    scalars,
  },
});

/** The enums and inputs of the schema, which operations of every page name. */
const schemaTypes: Output = {
  plugins: [...made("schema/schema.graphql"), "typescript"],
  config: { onlyOperationTypes: true, enumsAsTypes: true, skipTypename: true, immutableTypes: true, scalars },
};

const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  errorsOnly: true,
  generates: {
    "src/console/schema/generated.ts": schemaTypes,
    "src/console/data/generated.ts": typesOf("src/console/data/operations/*.graphql"),
    "src/console/promotions/generated.ts": typesOf(
      "src/console/promotions/operations.graphql",
      "src/console/data/operations/job-row.graphql",
    ),
    "src/console/messages/generated.ts": typesOf("src/console/messages/operations.graphql"),
    "src/console/sources/generated.ts": typesOf("src/console/sources/operations.graphql"),
  },
};

export default config;
