// The console's operations against the schema: the types in data/generated.ts are those of today, and the documents that are
// put together as they are asked are valid.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { generate } from "@graphql-codegen/cli";
import { formatDocument } from "@urql/core";
import { buildSchema, parse, print, validate } from "graphql";
import { describe, expect, it } from "vitest";
import config from "../../src/console/codegen.js";
import { countsDocument } from "../../src/console/data/counts-document.js";
import { DistributionsDocument } from "../../src/console/messages/generated.js";
import { CampaignsDocument, ValidationRulesDocument } from "../../src/console/promotions/generated.js";
import { SourcesDocument } from "../../src/console/sources/generated.js";
import { runService } from "../graphql/running-service.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("the console's operations", () => {
  it("have the generated types; else run `npm run console:types`", async () => {
    const files: readonly { readonly filename: string; readonly content: string }[] = await generate(
      { ...config, cwd: root, errorsOnly: true },
      false,
    );
    for (const { filename, content } of files) {
      const written = readFileSync(`${root}${filename.replace(root, "")}`, "utf8");
      expect(plain(content)).toBe(plain(written));
    }
    expect(files.length).toBeGreaterThan(0);
  });

  it.each([1, 2, 25])("count %i queries at once", (queries) => {
    const schema = buildSchema(readFileSync(`${root}schema/schema.graphql`, "utf8"));
    expect(validate(schema, parse(countsDocument(queries)))).toEqual([]);
  });
});

it.each([
  ["campaigns", CampaignsDocument.toString()],
  ["rules", ValidationRulesDocument.toString()],
  ["distributions", DistributionsDocument.toString()],
  ["sources", SourcesDocument.toString()],
])(
  "the whole list of %s, as the console's client asks it, does not cost more than an operation may",
  async (_, document) => {
    const { ask } = await runService();
    const { body } = await ask(print(formatDocument(parse(document))));
    expect(body.errors).toBeUndefined();
  },
);

/** The text without what a formatter may change. */
function plain(text: string): string {
  return text.replace(/["'`;,\s()|]/g, "");
}
