// Where not every instant of the past was followed, members as of then are computed by the query: the stored intervals would be
// wrong.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { maxDue } from "../../../src/ingest/dirty-marks.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { defaultPace } from "../../../src/membership/maintain/pace.js";
import { segmentMembers } from "../../../src/membership/reads/members.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { movableEngine, testMaintainer } from "../live-shop.js";

const start = Date.parse("2026-05-04T10:00:00Z");
const minute = 60_000;
const day = 1_440 * minute;
/** Time is scanned at once, however slow the machine is: a mark that is evaluated between two slices loses no instant. */
const unsliced = { ...defaultPace, scanMs: Number.POSITIVE_INFINITY };

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  /** A customer c-1, a segment of the query, and logins some minutes after the start. */
  async function shop(project: string, query: string, logins: readonly number[]) {
    const engine = movableEngine(store, new Date(start).toISOString());
    await defineProject(engine, project, { eventSchemas: { login: {}, view: {} } });
    await upsertCustomers(engine, project, [{ source_id: "c-1" }]);
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Lately", query });
    const events = logins.map((minutes, index) => ({
      ...{ id: `e-${index}`, customer: "c-1", type: "login" },
      at: new Date(start + minutes * minute).toISOString(),
    }));
    await upsertRecords(engine, project, "events", events);
    // With every lease held, what is written is evaluated before time is followed.
    const { keep } = testMaintainer(engine, project, unsliced);
    await keep();
    const membersAt = async (minutes: number, segment = segment_id): Promise<string> => {
      const members = await segmentMembers(engine, project, segment, { asOf: start + minutes * minute });
      return `${members.source} ${(await members.sourceIds()).join()}`;
    };
    return { engine, project, membersAt, keep };
  }

  it("members are computed within the time before a change that was evaluated before time was followed", async () => {
    const { engine, project, membersAt, keep } = await shop(
      "behind",
      "performed login in the last 30 minutes",
      [-5, 40],
    );
    engine.moveTo(start + 120 * minute);
    await upsertCustomers(engine, project, [{ source_id: "c-1", name: "Ann" }]);
    await keep();
    // In until 10:25, and from 10:40 to 11:10: by then, the change has been evaluated as of noon.
    expect([await membersAt(20), await membersAt(35), await membersAt(50), await membersAt(80)]).toEqual([
      "computed c-1",
      "computed ",
      "computed c-1",
      "computed ",
    ]);
    engine.moveTo(start + 180 * minute);
    await keep();
    expect(await membersAt(150)).toBe("history ");
  });

  it("so are those of a segment that time moves no more, since its window ended meanwhile", async () => {
    const { engine, project, membersAt, keep } = await shop(
      "ended",
      "performed login between 2026-05-01 and 2026-05-04",
      [40],
    );
    await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await keep();
    engine.moveTo(start + 2 * day);
    await upsertCustomers(engine, project, [{ source_id: "c-1", address: { country: "PL" } }]);
    await keep();
    expect([await membersAt(30), await membersAt(50), await membersAt(1_440)]).toEqual([
      "computed ",
      "computed c-1",
      "computed c-1",
    ]);
    engine.moveTo(start + 3 * day);
    await keep();
    expect(await membersAt(2.5 * 1_440)).toBe("history c-1");
  });

  // 4,096 transitions of one customer take a while to write, and no store has a part in what is tested.
  if (tested.name === "embedded")
    it("members are computed where a customer had more instants than are kept", async () => {
      // Four instants each: a bound may be exclusive or inclusive, and there are two.
      const logins = Array.from({ length: maxDue / 4 + 50 }, (_, index) => index * 2 + 1);
      const { engine, project, membersAt, keep } = await shop(
        "many",
        "performed login in the last 1 minute",
        logins,
      );
      const { segment_id: viewers } = await createAutoUpdate(engine, project, {
        name: "Viewers",
        query: "performed view in the last 9 days",
      });
      // Its only instant is among the earliest, which are not kept.
      const view = {
        id: "v",
        customer: "c-1",
        type: "view",
        at: new Date(start + 10 * minute).toISOString(),
      };
      await upsertRecords(engine, project, "events", [view]);
      await keep();
      engine.moveTo(start + 7 * day);
      await keep();
      expect([await membersAt(15.5), await membersAt(16.5)]).toEqual(["computed c-1", "computed "]);
      expect([await membersAt(5, viewers), await membersAt(5_000, viewers)]).toEqual([
        "computed ",
        "computed c-1",
      ]);
      engine.moveTo(start + 8 * day);
      await keep();
      expect([await membersAt(7.5 * 1_440), await membersAt(7.5 * 1_440, viewers)]).toEqual([
        "history ",
        "history c-1",
      ]);
    });
});
