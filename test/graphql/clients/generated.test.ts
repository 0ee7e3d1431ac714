// What graphql-codegen and gql.tada write for the examples is in the repository (`npm run client:types` writes it).
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "@graphql-codegen/cli";
import { expect, it } from "vitest";
import config from "./codegen.js";

it("the operations' types by graphql-codegen are current", async () => {
  const files: { filename: string; content: string }[] = await generate({ ...config, silent: true }, false);
  expect(files.map(({ filename }) => filename.split("/").at(-1)).sort()).toEqual([
    "gql.ts",
    "graphql.ts",
    "index.ts",
  ]);
  for (const { filename, content } of files) expect(content).toBe(readFileSync(filename, "utf8"));
});

it("the schema's types by gql.tada are current", () => {
  const written = join(mkdtempSync(join(tmpdir(), "segmentql-tada-")), "schema-types.d.ts");
  execFileSync("node_modules/.bin/gql.tada", [
    ...["generate-output", "-c", "test/graphql/clients/tsconfig.tada.json", "-o", written],
  ]);
  expect(readFileSync(written, "utf8")).toBe(
    readFileSync("test/graphql/clients/generated/schema-types.d.ts", "utf8"),
  );
});
