// What codegen writes of the examples is in the repository.
import { readFileSync } from "node:fs";
import { generate } from "@graphql-codegen/cli";
import { expect, it } from "vitest";
import config from "./codegen.js";

it("the generated types are current (mend: npx graphql-codegen --config test/graphql/clients/codegen.ts)", async () => {
  const files: { filename: string; content: string }[] = await generate({ ...config, silent: true }, false);
  expect(files.map(({ filename }) => filename.split("/").at(-1)).sort()).toEqual([
    "gql.ts",
    "graphql.ts",
    "index.ts",
  ]);
  for (const { filename, content } of files) expect(content).toBe(readFileSync(filename, "utf8"));
});
