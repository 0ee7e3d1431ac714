// The schema follows the naming rules and the connections of Relay, and the example operations are well-formed.
import { fileURLToPath } from "node:url";
import graphqlEslint from "@graphql-eslint/eslint-plugin";
import { ESLint } from "eslint";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ["**/*.graphql"],
      plugins: { "@graphql-eslint": graphqlEslint as never },
      languageOptions: {
        parser: graphqlEslint.parser as never,
        parserOptions: {
          graphQLConfig: { schema: "schema/schema.graphql", documents: "schema/operations/*.graphql" },
        },
      },
    },
    {
      files: ["schema/schema.graphql"],
      rules: {
        "@graphql-eslint/relay-connection-types": "error",
        "@graphql-eslint/relay-edge-types": [
          "error",
          { withEdgeSuffix: true, listTypeCanWrapOnlyEdgeType: false },
        ],
        "@graphql-eslint/relay-page-info": "error",
        "@graphql-eslint/require-deprecation-reason": "error",
        "@graphql-eslint/no-typename-prefix": "error",
        "@graphql-eslint/unique-enum-value-names": "error",
        "@graphql-eslint/naming-convention": [
          "error",
          {
            types: "PascalCase",
            FieldDefinition: "camelCase",
            InputValueDefinition: "camelCase",
            Argument: "camelCase",
            EnumValueDefinition: "UPPER_CASE",
          },
        ],
      },
    },
    {
      files: ["schema/operations/*.graphql", "**/wrong.graphql"],
      rules: {
        "@graphql-eslint/no-anonymous-operations": "error",
        "@graphql-eslint/unique-operation-name": "error",
        "@graphql-eslint/no-unused-variables": "error",
        "@graphql-eslint/no-deprecated": "error",
        "@graphql-eslint/naming-convention": [
          "error",
          {
            OperationDefinition: "PascalCase",
            FragmentDefinition: "PascalCase",
            VariableDefinition: "camelCase",
          },
        ],
      },
    },
  ],
});

const mistakes = (results: readonly ESLint.LintResult[]): readonly string[] =>
  results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message }) => `${filePath.slice(root.length)}:${line} ${message}`),
  );

it("the schema passes the linter", async () => {
  expect(mistakes(await eslint.lintFiles("schema/schema.graphql"))).toEqual([]);
});

it("the example operations pass the linter", async () => {
  expect(mistakes(await eslint.lintFiles("schema/operations/*.graphql"))).toEqual([]);
});

it("the rules find a mistake", async () => {
  const found = await eslint.lintText("query wrongly_named { segmentTemplates { key } }", {
    filePath: "schema/operations/wrong.graphql",
  });
  expect(mistakes(found)).toEqual([expect.stringContaining("should be in PascalCase format")]);
});
