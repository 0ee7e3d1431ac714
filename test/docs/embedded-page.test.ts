// What docs/embedded.md says of the store's format is what this program has.
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { formatVersion } from "../../src/documents/collections.js";

it("the page names the newest format that is known", async () => {
  const page = await readFile(new URL("../../docs/embedded.md", import.meta.url), "utf8");
  const named = [...page.matchAll(/knows formats up to (\d+)/g)].map(([, format]) => Number(format));
  expect(named).toEqual([formatVersion]);
});
