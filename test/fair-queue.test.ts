import { describe, expect, it } from "vitest";
import { fairQueue, QueueFullError } from "../src/fair-queue.js";

const never = new AbortController().signal;
const limits = { running: 2, runningOfOne: 2, waiting: 5, waitingOfOne: 3 };

describe("turns", () => {
  it("alternate between clients, also when one has more requests", async () => {
    const { enter } = fairQueue(limits);
    const order: string[] = [];
    const leaves = [await enter("busy", never), await enter("busy", never)];
    const waiting = ["busy", "busy", "busy", "quiet", "quiet"].map(async (client) => {
      const leave = await enter(client, never);
      order.push(client);
      leave();
      leave();
    });
    for (const leave of leaves) leave();
    await Promise.all(waiting);
    expect(order.slice(0, 4).filter((client) => client === "quiet")).toHaveLength(2);
  });

  it("leave room for others if one client has its share", async () => {
    const { enter } = fairQueue({ ...limits, running: 3 });
    await enter("busy", never);
    await enter("busy", never);
    const third = enter("busy", never);
    const leave = await enter("quiet", never);
    leave();
    expect(await Promise.race([third, "waits"])).toBe("waits");
  });

  it("are refused beyond a number of waiting requests of one client, and dropped when the client goes away", async () => {
    const { enter } = fairQueue(limits);
    const leave = await enter("one", never);
    await enter("one", never);
    const going = new AbortController();
    const gone = enter("one", going.signal);
    const patient = [enter("one", never), enter("one", never)];
    const refused = await enter("one", never).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(QueueFullError);
    expect(refused).toMatchObject({ of: "one client", retrySeconds: 1 });
    going.abort(new Error("gone"));
    await expect(gone).rejects.toThrow("gone");
    leave();
    await patient[0];
  });

  it("are refused beyond a number of waiting requests of all clients, and granted again once there is room", async () => {
    const { enter } = fairQueue(limits);
    const leaves = [await enter("a", never), await enter("a", never)];
    const waiting = ["b", "c", "d", "e", "f"].map((client) => enter(client, never));
    await expect(enter("g", never)).rejects.toMatchObject({ of: "all clients" });
    leaves[0]!();
    await waiting[0];
    const admitted = enter("g", never);
    leaves[1]!();
    for (const each of waiting.slice(1)) (await each)();
    (await admitted)();
  });

  it("are refused with the time that the waiting requests take", async () => {
    const { enter } = fairQueue({ running: 1, runningOfOne: 1, waiting: 2, waitingOfOne: 2 });
    const first = await enter("a", never);
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    first();
    await enter("a", never);
    void enter("b", never);
    void enter("c", never);
    const refused: unknown = await enter("d", never).catch((error: unknown) => error);
    // Two turns of 1.1 seconds are waited for; on a slow machine the first one took longer.
    expect((refused as QueueFullError).retrySeconds).toBeGreaterThanOrEqual(3);
  });

  it("begin one per iteration of the event loop, so that sockets are read between them", async () => {
    const { enter } = fairQueue({ running: 8, runningOfOne: 8, waiting: 8, waitingOfOne: 8 });
    let iterations = 0;
    let isCounting = true;
    const count = (): void => {
      iterations += 1;
      if (isCounting) setImmediate(count);
    };
    setImmediate(count);
    const begunAt = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        enter(`client ${index % 3}`, new AbortController().signal).then(() => iterations),
      ),
    );
    isCounting = false;
    expect(new Set(begunAt).size).toBe(8);
  });
});
