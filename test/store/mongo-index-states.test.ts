// The states of indexes while they are created, on a server that takes its time: on a real one, that passes too fast to be seen.
import type { Db, IndexDescriptionInfo } from "mongodb";
import { expect, it } from "vitest";
import { indexBuilder } from "../../src/store/mongo/index-builder.js";

type Indexes = readonly Pick<IndexDescriptionInfo, "name" | "key">[];

/** A database without documents. @param created is called with a collection's name before its indexes exist. */
function emptyDatabase(created: (collection: string) => Promise<void>): Db {
  const indexes = new Map<string, Indexes>();
  const database = {
    command: async ({ listIndexes }: { readonly listIndexes: string }) => ({
      cursor: { firstBatch: indexes.get(listIndexes) ?? [] },
    }),
    collection: (name: string) => ({
      createIndexes: async (wanted: Indexes) => {
        await created(name);
        indexes.set(name, [...(indexes.get(name) ?? []), ...wanted]);
      },
      find: () => ({ project: () => ({ sort: async function* () {} }) }),
    }),
  };
  return database as unknown as Db;
}

it("indexes are missing, then being built, a collection at a time, then ready", async () => {
  const seen: string[][] = [];
  const builder = indexBuilder(
    emptyDatabase(async (collection) => {
      const states = await builder.states();
      const building = states.filter(({ state }) => state === "building");
      seen.push([...new Set(building.map((each) => each.collection))]);
      expect(seen.at(-1)).toEqual([collection]);
    }),
  );
  const before = await builder.states();
  expect(new Set(before.map(({ state }) => state))).toEqual(new Set(["missing"]));
  await builder.ensure();
  expect(seen).toHaveLength(new Set(before.map(({ collection }) => collection)).size);
  const after = await builder.states();
  expect(new Set(after.map(({ state }) => state))).toEqual(new Set(["ready"]));
});
