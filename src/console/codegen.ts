// Writes the types of the console's operations from the schema: `npm run console:types`.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  documents: "src/console/data/operations/*.graphql",
  errorsOnly: true,
  generates: {
    "src/console/data/generated.ts": {
      plugins: [
        {
          add: {
            content:
              "// Made by `npm run console:types` from data/operations and schema/schema.graphql; not edited.",
          },
        },
        "typescript",
        "typescript-operations",
        "typed-document-node",
      ],
      config: {
        useTypeImports: true,
        onlyOperationTypes: true,
        enumsAsTypes: true,
        skipTypename: true,
        documentMode: "string",
        nonOptionalTypename: false,
        immutableTypes: true,
        avoidOptionals: { field: true },
        dedupeFragments: true,
        scalars: {
          DateTime: "string",
          LocalDate: "string",
          JSON: "unknown",
          SafeInt: "number",
        },
      },
    },
  },
};

export default config;
