// The members of segments, on every store: as stored while a maintainer runs, as of the past, or by the query.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { eraseCustomer } from "../../../src/definitions/erase.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { type Members, segmentMembers } from "../../../src/membership/reads/members.js";
import { customerMemberships } from "../../../src/membership/reads/of-customer.js";
import { findCustomer } from "../../../src/query/customer.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import { updateSegment } from "../../../src/segments/change.js";
import { combineSegments } from "../../../src/segments/combine.js";
import { createStatic } from "../../../src/segments/static.js";
import type { SortKey } from "../../../src/store/customers.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { movableEngine } from "../live-shop.js";

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  async function shop(start: string) {
    shops += 1;
    const project = `members-${shops}`;
    const engine = movableEngine(store, start);
    await defineProject(engine, project, {});
    const live = async (country: Readonly<Record<string, string>>) =>
      upsertCustomers(
        engine,
        project,
        Object.entries(country).map(([source_id, each]) => ({
          source_id,
          name: source_id,
          address: { country: each },
        })),
      );
    await live({ "c-1": "PL", "c-2": "PL", "c-3": "FR" });
    const maintainer = maintainProject(engine, project);
    const keep = async () => {
      while (await maintainer.round());
    };
    return { project, engine, live, maintainer, keep };
  }

  /** `stored 12 (2)`: whence, the digits of the members' source ids, and how many they are counted to be. */
  async function namesOf(members: Members): Promise<string> {
    const ids = await members.sourceIds();
    return `${members.source} ${ids.map((id) => id.slice(2)).join("")} (${await members.count()})`;
  }

  async function pagesOf(members: Members, by: SortKey, descending: boolean): Promise<string> {
    const found: string[] = [];
    let after: string | undefined;
    do {
      const page = await members.customers({ first: 1, after, sort: { by, descending } });
      found.push(...page.customers.map(({ source_id }) => source_id.slice(2)));
      after = page.hasNextPage ? page.cursors[0] : undefined;
    } while (after !== undefined);
    return found.join("");
  }

  it("members are read as of now, and of every moment since the segment is live", async () => {
    const { project, engine, live, maintainer, keep } = await shop("2026-05-01T10:00:00Z");
    const { segment_id } = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    const members = (request: { asOf?: string; fresh?: boolean } = {}) => {
      const { asOf, fresh } = request;
      const given = asOf === undefined ? undefined : Date.parse(asOf);
      return segmentMembers(engine, project, segment_id, { asOf: given, fresh });
    };
    // No maintainer has taken it in.
    expect(await namesOf(await members())).toBe("computed 12 (2)");
    await keep();
    expect(await namesOf(await members())).toBe("stored 12 (2)");
    engine.moveTo("2026-05-02T10:00:00Z");
    // Maintenance lags, and the stored membership is a day old.
    expect(await namesOf(await members())).toBe("computed 12 (2)");
    await keep();
    await live({ "c-1": "FR", "c-3": "PL" });
    // The customers that changed are not evaluated yet.
    expect(await namesOf(await members())).toBe("stored 12 (2)");
    expect(await namesOf(await members({ fresh: true }))).toBe("computed 23 (2)");
    await keep();
    expect(await namesOf(await members())).toBe("stored 23 (2)");
    expect(await namesOf(await members({ asOf: "2026-05-01T10:00:00Z" }))).toBe("history 12 (2)");
    expect(await namesOf(await members({ asOf: "2026-05-02T09:59:59.999Z" }))).toBe("history 12 (2)");
    expect(await namesOf(await members({ asOf: "2026-05-02T10:00:00Z" }))).toBe("history 23 (2)");
    // Before it was live, and after now, there is only the query to ask.
    expect(await namesOf(await members({ asOf: "2026-05-01T09:59:59Z" }))).toBe("computed 23 (2)");
    expect(await namesOf(await members({ asOf: "2026-06-01T00:00:00Z" }))).toBe("computed 23 (2)");
    for (const asOf of [undefined, "2026-05-02T10:00:00Z"]) {
      const answer = await members({ asOf });
      expect(await pagesOf(answer, "source_id", false)).toBe("23");
      expect(await pagesOf(answer, "source_id", true)).toBe("32");
      expect(await pagesOf(answer, "country", true)).toBe("23");
      expect(await answer.countUpTo(1)).toEqual({ count: 2, isEstimate: false });
      await expect(answer.customers({ first: 1, after: "x" })).rejects.toThrow("not a cursor");
    }
    // Who was erased was there, and is not named.
    engine.moveTo("2026-05-03T10:00:00Z");
    await eraseCustomer(engine, project, "c-2");
    await keep();
    expect(await namesOf(await members({ asOf: "2026-05-02T12:00:00Z" }))).toBe("history 3 (2)");
    expect(await namesOf(await members())).toBe("stored 3 (1)");
    // A query that changes is asked until its members are stored.
    engine.moveTo("2026-05-04T10:00:00Z");
    await updateSegment(engine, project, segment_id, { query: "country is FR" });
    await maintainer.release();
    expect(await namesOf(await members())).toBe("computed 1 (1)");
    // History that was kept is still known; later history is not.
    expect(await namesOf(await members({ asOf: "2026-05-02T12:00:00Z" }))).toBe("history 3 (2)");
    expect(await namesOf(await members({ asOf: "2026-05-04T09:00:00Z" }))).toBe("computed 1 (1)");
  });

  it("a cursor stays valid when the source, the query or the name of the segment changes", async () => {
    const { project, engine, maintainer, keep } = await shop("2026-05-01T10:00:00Z");
    const poles = await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    const chosen = await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-1", "c-2"] });
    const pageOf = async (id: string, after?: string) => {
      const members = await segmentMembers(engine, project, id);
      const page = await members.customers({ first: 1, after });
      return {
        found: `${members.source} ${page.customers.map(({ source_id }) => source_id)}`,
        after: page.cursors[0],
      };
    };
    const computed = await pageOf(poles.segment_id);
    await keep();
    const stored = await pageOf(poles.segment_id);
    const afterComputed = await pageOf(poles.segment_id, computed.after);
    await updateSegment(engine, project, poles.segment_id, { name: "French", query: "country is FR" });
    await maintainer.release();
    const afterStored = await pageOf(poles.segment_id, stored.after);
    expect([computed, stored, afterComputed, afterStored].map(({ found }) => found)).toEqual([
      "computed c-1",
      "stored c-1",
      "stored c-2",
      "computed c-3",
    ]);
    const first = await pageOf(chosen.segment_id);
    await updateSegment(engine, project, chosen.segment_id, { name: "Picked" });
    expect([first.found, (await pageOf(chosen.segment_id, first.after)).found]).toEqual([
      "stored c-1",
      "stored c-2",
    ]);
    await expect(pageOf(poles.segment_id, first.after)).rejects.toThrow("a cursor of another query");
  });

  it("a customer's segments are read as of now and of a moment", async () => {
    const { project, engine, live, maintainer, keep } = await shop("2026-05-01T10:00:00Z");
    await createAutoUpdate(engine, project, { name: "Poles", query: "country is PL" });
    await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-1"] });
    await keep();
    engine.moveTo("2026-05-02T10:00:00Z");
    await keep();
    await live({ "c-1": "FR" });
    await createAutoUpdate(engine, project, { name: "French", query: "country is FR" });
    const of = async (asOf?: string, fresh?: boolean) => {
      const customer = (await findCustomer(engine, project, { sourceId: "c-1" }))!;
      const given = asOf === undefined ? undefined : Date.parse(asOf);
      const { segments } = await customerMemberships(engine, project, customer, { asOf: given, fresh });
      return segments.map(
        ({ segment, member, source }) => `${member ? "" : "not "}${segment.name} ${source}`,
      );
    };
    // No maintainer has evaluated them yet.
    expect(await of()).toEqual(["Chosen stored", "French computed", "Poles stored"]);
    expect(await of(undefined, true)).toEqual(["Chosen stored", "French computed", "not Poles computed"]);
    await keep();
    expect(await of()).toEqual(["Chosen stored", "French stored", "not Poles stored"]);
    expect(await of("2026-05-01T12:00:00Z")).toEqual(["Chosen stored", "French computed", "Poles history"]);
    expect(await of("2026-05-02T10:00:00Z")).toEqual([
      "Chosen stored",
      "French history",
      "not Poles history",
    ]);
    const customer = (await findCustomer(engine, project, { sourceId: "c-1" }))!;
    await expect(customerMemberships(engine, project, customer, { ids: ["x"] })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await maintainer.release();
  });

  it("segments are combined, and the result follows them", async () => {
    const { project, engine, live, maintainer, keep } = await shop("2026-05-01T10:00:00Z");
    const poles = await createAutoUpdate(engine, project, { name: 'The "Poles"', query: "country is PL" });
    const chosen = await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-2", "c-3"] });
    const segmentIds = [poles.segment_id, chosen.segment_id];
    const made = async (
      combination: "union" | "intersection" | "difference",
      kind: "static" | "auto_update",
    ) =>
      (
        await combineSegments(engine, project, {
          name: `${combination} ${kind}`,
          combination,
          segmentIds,
          kind,
        })
      ).segment_id;
    const union = await made("union", "auto_update");
    const intersection = await made("intersection", "auto_update");
    const difference = await made("difference", "auto_update");
    const fixed = await made("difference", "static");
    await keep();
    const all = async () => {
      const found = [];
      for (const id of [union, intersection, difference, fixed])
        found.push(await namesOf(await segmentMembers(engine, project, id)));
      return found;
    };
    expect(await all()).toEqual(["stored 123 (3)", "stored 2 (1)", "stored 1 (1)", "stored 1 (1)"]);
    engine.moveTo("2026-05-02T10:00:00Z");
    await live({ "c-1": "FR", "c-4": "PL" });
    await keep();
    expect(await all()).toEqual(["stored 234 (3)", "stored 2 (1)", "stored 4 (1)", "stored 1 (1)"]);
    const again = { name: "More", combination: "union", kind: "static" } as const;
    await expect(
      combineSegments(engine, project, { ...again, segmentIds: [union, union] }),
    ).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await expect(
      combineSegments(engine, project, { ...again, segmentIds: [union, "x"] }),
    ).rejects.toMatchObject({ code: "NOT_FOUND", field: "segmentIds" });
    const noMembers = {
      ...again,
      combination: "intersection",
      segmentIds: [difference, intersection],
    } as const;
    await expect(combineSegments(engine, project, noMembers)).rejects.toMatchObject({
      code: "NO_MEMBERS",
      field: "segmentIds",
    });
    await maintainer.release();
  });
});
