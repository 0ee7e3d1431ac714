// docs/diagnostics.md is made here, of examples that are tested.
import { describe, expect, it } from "vitest";
import { syntaxMessages, treeMessages } from "../../grammar/messages.js";
import { messages } from "../../src/check/messages.js";
import { readQueryTree } from "../../src/check/tree.js";
import { marked, unmarked } from "../check/marked.js";
import { examples, treeExamples } from "./diagnostic-examples.js";
import { diagnosticsPage } from "./diagnostics-page.js";
import { diagnosticsOf } from "./example-world.js";

describe("every code has examples, which get it where they say and nothing else", () => {
  it.each(Object.entries(examples))("%s", async (code, texts) => {
    expect(texts.length).toBeGreaterThan(0);
    for (const text of texts) {
      const diagnostics = await diagnosticsOf(unmarked(text), code === "NO_SUCH_VALUE");
      expect(diagnostics.map((diagnostic) => diagnostic.code)).toEqual([code]);
      expect(marked(unmarked(text), diagnostics)).toBe(text);
    }
  });

  it.each(Object.entries(treeExamples))("%s", (code, { tree, path }) => {
    const { diagnostics } = readQueryTree(tree);
    expect(diagnostics?.map((diagnostic) => [diagnostic.code, diagnostic.path])).toEqual([[code, path]]);
  });

  it("there is no other code", () => {
    expect(Object.keys({ ...syntaxMessages, ...messages }).toSorted()).toEqual(
      Object.keys(examples).toSorted(),
    );
    expect(Object.keys(treeMessages).toSorted()).toEqual(Object.keys(treeExamples).toSorted());
  });
});

it("docs/diagnostics.md is what is made of them (mend: npm run docs)", async () => {
  await expect(await diagnosticsPage()).toMatchFileSnapshot("../../docs/diagnostics.md");
});
