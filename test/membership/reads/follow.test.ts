// Followers of transitions, on every store: in another process nothing wakes them, and they receive every transition all the
// same.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { WorkDocument } from "../../../src/documents/membership-documents.js";
import { partitionCount } from "../../../src/ingest/dirty-marks.js";
import { partitionId } from "../../../src/membership/maintain/lease.js";
import { transitionId } from "../../../src/membership/maintain/transitions.js";
import {
  feedBounds,
  readPosition,
  transitionsAfter,
  writePosition,
} from "../../../src/membership/reads/feed.js";
import { followTransitions } from "../../../src/membership/reads/follow.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { type Store, StoreError } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn } from "../../store/watched.js";
import { movableEngine, settle, upsertFrom } from "../live-shop.js";

let shops = 0;

it.each(["", "1", "1.2.3.4.5.6.7.8.9", "1.2.3.4.5.6.7.x", "1.2.3.4.5.6.7.-8", "1.2.3.4.5.6.7.8e3", "now"])(
  '"%s" is no cursor',
  (text) => expect(() => readPosition(text)).toThrow("`after` is no cursor"),
);
it("a cursor is read as it was written", () => {
  expect(readPosition(writePosition([1, 0, 3, 4, 5, 6, 7, 123_456]))).toEqual([1, 0, 3, 4, 5, 6, 7, 123_456]);
});

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function shop() {
    shops += 1;
    const project = `followed-${shops}`;
    const engine = movableEngine(store, "2026-05-01T10:00:00Z");
    await defineProject(engine, project, {});
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await settle(engine, project);
    const move = async (country: string, from: number, to: number) => {
      const numbers = Array.from({ length: to - from }, (_, index) => from + index);
      await upsertFrom(engine, project, country, numbers);
      await settle(engine, project);
    };
    return { project, engine, segment: segment_id, move };
  }

  it.each([
    ["in the same process", (each: Store) => each],
    ["in another", (each: Store) => ({ ...each })],
  ])("every transition is delivered, %s, from any position on", async (_where, seen) => {
    const { project, engine, segment, move } = await shop();
    const { present: start } = await feedBounds(engine, project);
    const other = { ...engine, store: seen(store) };
    const following = followTransitions(other, project, start, { segments: [segment] });
    const first = following.next();
    await move("PL", 0, 450);
    const received = [(await first).value];
    const rest = followTransitions(other, project, received[0].position, { segments: [segment] });
    for (let index = 1; index < 450; index += 1) received.push((await rest.next()).value);
    const last = rest.next();
    await move("FR", 7, 8);
    received.push((await last).value);
    expect(received.map(({ transition }) => transition.kind).slice(-2)).toEqual(["entered", "left"]);
    expect(new Set(received.map(({ transition }) => transition.customer)).size).toBe(450);
    expect(received.at(-1).position).toEqual((await feedBounds(engine, project)).present);
    // Returned while it waits, it ends.
    const waiting = rest.next();
    await rest.return!();
    expect(await waiting).toEqual({ value: undefined, done: true });
    await following.return!();
  });

  it("a segment's rare transitions are found far behind, in bounded reads", async () => {
    const { project, engine, segment, move } = await shop();
    await move("PL", 0, 1);
    const { present: start } = await feedBounds(engine, project);
    const [transition] = await documentsIn(store, "transitions", project);
    const id = partitionId(project, 0);
    const [lease] = await store.getMany("maintenance", [id]);
    const far = start[0]! + 250_000;
    // As if much had happened in other segments meanwhile.
    await store.write(async (transaction) => {
      await transaction.put("maintenance", [{ ...(lease as WorkDocument), sequence: far }]);
      const found = { ...transition!, _id: transitionId(project, 0, far), partition: 0, sequence: far };
      await transaction.put("transitions", [found]);
    });
    const page = await transitionsAfter(engine, project, start, 10, [segment]);
    expect(page).toMatchObject({ transitions: [], hasMore: true });
    expect(page.position.slice(0, partitionCount)).toEqual([start[0]! + 100_000, ...start.slice(1)]);
    const following = followTransitions(engine, project, start, { segments: [segment] });
    expect((await following.next()).value.transition.sequence).toBe(far);
    await following.return!();
  });

  it("a position ahead of everything is refused, and a failure of the store is reported", async () => {
    const { project, engine } = await shop();
    const ahead = [0, 0, 0, 0, 0, 0, 0, 1_000];
    await expect(transitionsAfter(engine, project, ahead, 10)).rejects.toThrow("ahead of everything");
    const failing = {
      ...store,
      getMany: async () => {
        throw new StoreError("UNAVAILABLE", "gone");
      },
    };
    const following = followTransitions({ ...engine, store: failing }, project, ahead);
    await expect(following.next()).rejects.toThrow("gone");
  });
});
