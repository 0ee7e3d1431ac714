// What depends on segments, on every store: the reads of those that a question names, and edits that would break what names them.
import { describe, expect, it } from "vitest";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { createRule } from "../../src/promotions/rules.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import { recentSegmentsOf } from "../../src/segments/named.js";
import { messagingShop } from "../messaging/shop.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";

/** A query with as many conditions on events; all segments that a query names may have 50 together. */
const carts = (count: number): string =>
  Array.from({ length: count }, (_, index) => `performed cart_left at least ${index + 1} times`).join(" or ");

type Create = (shop: Awaited<ReturnType<typeof messagingShop>>, allOf: readonly string[]) => Promise<unknown>;

const dependents: readonly (readonly [words: string, create: Create])[] = [
  [
    'the validation rule "All"',
    ({ engine, project }, allOf) => createRule(engine, project, { name: "All", allOf }),
  ],
  ['the distribution "All"', ({ create }, allOf) => create({ name: "All", allOf, query: undefined })],
];

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it.each(dependents)(
    "an edit after which the segments of %s come to too much is refused",
    async (words, create) => {
      const shop = await messagingShop(store);
      const { engine, project } = shop;
      const ids: string[] = [];
      for (const count of [10, 19, 20]) {
        const request = { name: `Carts ${count}`, query: carts(count) };
        ids.push((await createAutoUpdate(engine, project, request)).segment_id);
      }
      await create(shop, ids);
      await expect(updateSegment(engine, project, ids[0]!, { query: carts(12) })).rejects.toThrow(
        new RegExp(`that of ${words}, which depends on this segment, .* 50 conditions on events`),
      );
      await updateSegment(engine, project, ids[0]!, { query: carts(11) });
    },
  );

  it("a distribution that was canceled forbids no edit", async () => {
    const shop = await messagingShop(store);
    const { engine, project } = shop;
    const ids: string[] = [];
    for (const name of ["One", "Two", "Three"])
      ids.push((await createAutoUpdate(engine, project, { name, query: carts(16) })).segment_id);
    await shop.create({ name: "All", allOf: ids, query: undefined });
    const edit = () => updateSegment(engine, project, ids[0]!, { query: carts(19) });
    await expect(edit()).rejects.toThrow('the distribution "All"');
    await cancelDistribution(engine, project, "All");
    await edit();
  });

  it("segments that were read within a second are not read again", async () => {
    const { engine, project } = await messagingShop(store);
    const query = "country is PL";
    const { segment_id: id } = await createAutoUpdate(engine, project, { name: "Poles", query });
    const read: (readonly string[])[] = [];
    const getMany: typeof store.getMany = (collection, ids) => {
      if (collection === "segments") read.push(ids);
      return store.getMany(collection, ids);
    };
    const watched = { ...engine, store: { ...store, getMany } };
    for (let question = 0; question < 2; question += 1)
      expect((await recentSegmentsOf(watched, project, [id])).byId.get(id)?.name).toBe("Poles");
    expect(read.filter((ids) => ids.length === 0)).toEqual([]);
    expect(read[0]).toEqual([`${project}/${id}`]);
  });
});
