// A process that is killed while it makes a static segment: there is the whole segment afterwards or none at all, and what it
// left is cleared away by the next who makes one. Runs where SEGMENTQL_KILL_TESTS is set; on DocumentDB on a server of its own,
// which is started anew after each kill: else what was open stays open.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { readSegments } from "../../src/query/catalog.js";
import { deleteSegment } from "../../src/segments/change.js";
import { listSegments } from "../../src/segments/list.js";
import { createStatic } from "../../src/segments/static.js";
import { hasDocdbServer, restartServer } from "../store/docdb-server.js";
import { everyStore, mongoUri } from "../store/every-store.js";
import { documentsIn, holdersIn } from "../store/watched.js";
import { refusal } from "./shops.js";

const program = fileURLToPath(new URL("static-process.mjs", import.meta.url));
const project = "shop";
const customers = Array.from({ length: 2_500 }, (_, index) => ({ source_id: `c-${index}` }));

const stores = everyStore.filter(({ isDocumentDb }) => !isDocumentDb || hasDocdbServer);

describe.skipIf(!process.env.SEGMENTQL_KILL_TESTS).each(stores)(
  "on $name",
  ({ name, place, open, destroy, isDocumentDb }) => {
    let at: string;

    beforeAll(async () => {
      at = place();
      const store = await open(at);
      const engine: Engine = { store, clock: systemClock };
      await defineProject(engine, project, {});
      for (let start = 0; start < customers.length; start += 1_000)
        await upsertCustomers(engine, project, customers.slice(start, start + 1_000));
      await store.close();
    });
    afterAll(() => destroy(at));

    /** Makes a segment in a process of its own, and kills that at a moment after it said a line. */
    async function killedAfter(line: string, segment: string): Promise<void> {
      const child = spawn(process.execPath, [program, at, project, segment, line], {
        stdio: ["ignore", "pipe", "inherit"],
        env: { PATH: process.env.PATH, ...(name === "embedded" ? {} : { STORE_MONGODB_URI: mongoUri }) },
      });
      const exit = once(child, "exit");
      for await (const said of createInterface({ input: child.stdout })) {
        if (said === line) break;
      }
      await wait(Math.random() * 30);
      child.kill("SIGKILL");
      await exit;
      if (isDocumentDb) await restartServer();
    }

    // Its transactions: the invisible segment, three batches of members, the visible segment.
    it.each(["write 1", "write 2", "write 3", "write 4", "write 5", "made"])(
      "killed after it said %s",
      async (line) => {
        await killedAfter(line, "Half");
        const store = await open(at);
        try {
          // Whoever is dead is seen to be after a minute.
          const engine: Engine = { store, clock: () => Date.now() + 61_000 };
          const holders = async (segment: string) => (await holdersIn(store, project, segment)).length;
          const nodes = await listSegments(engine, project);
          if (line === "made") expect(nodes).toHaveLength(1);
          else if (line !== "write 5") expect(nodes).toHaveLength(0);
          const request = { name: "Half", sourceIds: customers.map(({ source_id }) => source_id) };
          if (nodes.length > 0) {
            expect([nodes[0]!.members?.size, await holders(nodes[0]!.segment_id)]).toEqual([2_500, 2_500]);
            expect(await refusal(createStatic(engine, project, request))).toContain("NAME_TAKEN");
            await deleteSegment(engine, project, nodes[0]!.segment_id);
          }
          const made = await createStatic(engine, project, request);
          expect((await readSegments(engine, project)).map(({ segment_id }) => segment_id)).toEqual([
            made.segment_id,
          ]);
          const all = await documentsIn(store, "customers", project);
          expect(all).toHaveLength(2_500);
          expect(new Set(all.map(({ segments }) => JSON.stringify(segments)))).toEqual(
            new Set([JSON.stringify([made.segment_id])]),
          );
          await deleteSegment(engine, project, made.segment_id);
        } finally {
          await store.close();
        }
      },
    );
  },
);
