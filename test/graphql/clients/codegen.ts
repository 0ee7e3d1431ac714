// Writes the types of the examples' operations: `npm run client:types`.
import type { CodegenConfig } from "@graphql-codegen/cli";

const config: CodegenConfig = {
  schema: "schema/schema.graphql",
  emitLegacyCommonJSImports: false,
  documents: "test/graphql/clients/apollo.ts",
  generates: {
    "test/graphql/clients/generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        onlyOperationTypes: true,
        enumsAsTypes: true,
        scalars: { DateTime: "string", LocalDate: "string", JSON: "unknown", SafeInt: "number" },
        strictScalars: true,
        defaultScalarType: "unknown",
      },
    },
  },
};

export default config;
