// Lists of the API are read to their end.
import { expect, it } from "vitest";
import { type Ask, type Page, wholeList } from "../../../src/cli/promotion/api.js";

const pages: Readonly<Record<string, Page<string>>> = {
  first: { nodes: ["a", "b"], pageInfo: { hasNextPage: true, endCursor: "second" } },
  second: { nodes: ["c"], pageInfo: { hasNextPage: true, endCursor: "third" } },
  third: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } },
};

it("a list of several pages is read whole", async () => {
  const asked: string[] = [];
  const ask = (async (query: string, { after }: { readonly after: string | null }) => {
    asked.push(query);
    return { campaigns: pages[after ?? "first"] };
  }) as Ask;
  expect(await wholeList<string>(ask, "campaigns", "name")).toEqual(["a", "b", "c"]);
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatch(/campaigns\(first: 100, after: \$after\) \{\s+nodes \{ name \}/);
});
