// Messages are deleted after their time, on every store: those whose status is final, and of a distribution to an audience only once it
// has ended.
import { describe, expect, it } from "vitest";
import type { MessageDocument, MessageStatus } from "../../src/documents/message-documents.js";
import { cancelDistribution } from "../../src/messaging/lifecycle.js";
import { deleteOldMessages } from "../../src/messaging/retention.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { messagingShop } from "./shop.js";

const day = (number: number) => new Date(Date.UTC(2026, 0, number));

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const onEvents = { trigger: { kind: "event", type: "cart_left" } } as const;

  async function shop() {
    const made = await messagingShop(store);
    const { project, engine } = made;
    return {
      ...made,
      add: (distribution: string, given: readonly (readonly [MessageStatus, due: Date, at: Date])[]) =>
        store.write((transaction) =>
          transaction.put(
            "messages",
            given.map(
              ([status, due_at, at], index): MessageDocument => ({
                ...{ _id: `${project}/${distribution}/to/${index}`, project, distribution },
                ...{ message_id: String(index), customer: `${project}/ann`, attempts: 0 },
                ...{ status, due_at, at },
              }),
            ),
          ),
        ),
      left: async () =>
        (await documentsIn(store, "messages", project)).map(({ message_id, status }) => [
          Number(message_id),
          status,
        ]),
      forget: () => deleteOldMessages(engine, project, day(10).getTime()),
    };
  }

  it("those with a final status before the instant are deleted", async () => {
    const { start, add, left, forget } = await shop();
    const { distribution_id } = await start(onEvents);
    await add(distribution_id, [
      ["sent", day(1), day(2)],
      ["failed", day(1), day(9)],
      ["no_consent", day(9), day(9)],
      ["sent", day(9), day(10)],
      ["sent", new Date(0), day(11)],
      ["planned", day(1), day(1)],
      ["sending", day(1), day(1)],
      ["in_doubt", day(1), day(1)],
    ]);
    expect(await forget()).toBe(3);
    expect(await left()).toEqual([
      [3, "sent"],
      [4, "sent"],
      [5, "planned"],
      [6, "sending"],
      [7, "in_doubt"],
    ]);
    expect(await forget()).toBe(0);
  });

  it("more than one transaction deletes are all found, behind others that are kept", async () => {
    const { start, add, left, forget } = await shop();
    const { distribution_id } = await start(onEvents);
    const kept = Array.from({ length: 600 }, () => ["sent", day(1), day(20)] as const);
    const old = Array.from({ length: 700 }, () => ["sent", day(2), day(3)] as const);
    await add(distribution_id, [...kept, ...old]);
    expect(await forget()).toBe(700);
    expect(await left()).toHaveLength(600);
  });

  it("a distribution to an audience keeps all until it has ended, and what was planned late is canceled", async () => {
    const { start, add, left, forget, main, engine, project } = await shop();
    const { distribution_id, name } = await start({
      trigger: { kind: "at", at: new Date("2027-01-01T00:00:00Z") },
    });
    await add(distribution_id, [["sent", day(1), day(2)]]);
    expect(await forget()).toBe(0);
    await cancelDistribution(engine, project, name);
    await main.work();
    await add(distribution_id, [
      ["sent", day(1), day(2)],
      ["planned", day(1), day(2)],
    ]);
    expect(await forget()).toBe(1);
    expect(await left()).toEqual([[1, "canceled"]]);
  });
});
