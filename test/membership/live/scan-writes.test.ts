// How a scan of time stores its marks and how far it came, on every store.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { StoredDocument } from "../../../src/documents/documents.js";
import type { ChangeDocument, WorkDocument } from "../../../src/documents/membership-documents.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { type Store, StoreError } from "../../../src/store/port.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { faults, movableEngine, reportedChanges, testMaintainer } from "../live-shop.js";

/** The scan's part of a transaction: how many customers it marked, and whether it moved the cursor to the instant. */
type Written = `${number} marked${"" | ", cursor"}`;

/** The store, which notes what transactions of a scan up to an instant wrote, and refuses those that mark more than `most`. */
function watchedScan(store: Store, instant: string, most: number) {
  const written: Written[] = [];
  const write: Store["write"] = async (work, options) => {
    let [marked, isMoved] = [0, false];
    const result = await store.write((transaction) => {
      [marked, isMoved] = [0, false];
      return work({
        ...transaction,
        put: async (collection, documents) => {
          const all: readonly StoredDocument[] = documents;
          if (collection === "changes")
            marked += (all as readonly ChangeDocument[]).filter(({ reasons }) => reasons.length > 0).length;
          if (collection === "maintenance")
            isMoved ||= (all as readonly WorkDocument[]).some(
              ({ kind, cursor }) => kind === "coordinator" && cursor?.getTime() === Date.parse(instant),
            );
          if (marked > most) throw new StoreError("TIMEOUT", "Another transaction has them.");
          await transaction.put(collection, documents);
        },
      });
    }, options);
    if (marked > 0 || isMoved) written.push(`${marked} marked${isMoved ? ", cursor" : ""}`);
    return result;
  };
  return { store: { ...store, write }, written };
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  it.each<[name: string, most: number, expected: readonly Written[]]>([
    ["by one transaction", 10, ["3 marked, cursor"]],
    [
      "the cursor last, if others are in the way",
      1,
      ["1 marked", "1 marked", "1 marked", "0 marked, cursor"],
    ],
  ])("marks are stored %s", async (name, most, expected) => {
    const project = `scan-${most}`;
    const instant = "2026-05-01T10:02:00.000Z";
    const { store: watched, written } = watchedScan(store, instant, most);
    const engine = { ...movableEngine(store, "2026-05-01T10:00:00Z"), store: watched };
    await defineProject(engine, project, { eventSchemas: { login: {} } });
    const sources = ["c-1", "c-2", "c-3"];
    await upsertCustomers(
      engine,
      project,
      sources.map((source_id) => ({ source_id })),
    );
    const query = "performed login in the last 1 minute";
    const { segment_id } = await createAutoUpdate(engine, project, { name, query });
    const at = "2026-05-01T10:00:00Z";
    await upsertRecords(
      engine,
      project,
      "events",
      sources.map((customer) => ({ customer, type: "login", at })),
    );
    const { keep, release } = testMaintainer(engine, project);
    await keep();
    written.length = 0;
    engine.moveTo(instant);
    await keep();
    expect(written).toEqual(expected);
    const changes = await reportedChanges(engine, project, segment_id);
    expect(changes.filter((change) => change.includes(" left ")).sort()).toEqual(
      sources.map((customer) => `${customer} left 2026-05-01T10:01:00.001Z TIME`),
    );
    expect(await faults(engine, project)).toBe("");
    await release();
  });
});
