// Auto-update segments on every store: saved, edited, named by one another, kept right.

import { describe, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readSegments } from "../../src/query/catalog.js";
import { findCustomer } from "../../src/query/customer.js";
import { previewSegment } from "../../src/query/preview.js";
import { changeQuery, createAutoUpdate } from "../../src/segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { segmentImpact } from "../../src/segments/impact.js";
import { listSegments } from "../../src/segments/list.js";
import { membershipsOf } from "../../src/segments/of-customer.js";
import { overlapOf } from "../../src/segments/overlap.js";
import { everySegment, findSegment, queryOf, segmentNamed, segmentsOf } from "../../src/segments/read.js";
import { createStatic } from "../../src/segments/static.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { digits, newShop, noon, refusal } from "./shops.js";

describe.each(everyStore)("auto-update segments on $name", { timeout: 600_000 }, (tested) => {
  const store = storeOfSuite(tested);
  const engine: Engine = { store, clock: fixedClock(noon) };

  const make = async (project: string, name: string, query: string): Promise<string> =>
    (await createAutoUpdate(engine, project, { name, query })).segment_id;

  const textOf = async (project: string, id: string) =>
    (await queryOf(engine, await findSegment(engine, project, id), await everySegment(engine, project)))
      ?.text;

  it("members follow the customers' facts, exactly at any instant", async () => {
    const project = await newShop(engine);
    const buyers = await make(project, "Buyers", "number of orders at least 1 -- who buy");
    expect(await findSegment(engine, project, buyers)).toMatchObject({
      name: "Buyers",
      kind: "auto_update",
      query: { written: "number of orders at least 1 -- who buy", language_version: 2, uses: [] },
    });
    expect(await textOf(project, buyers)).toBe("orders.count is at least 1\n-- who buy");
    expect((await segmentNamed(engine, project, "bUYERS"))?.segment_id).toBe(buyers);
    expect(await segmentNamed(engine, project, "Sellers")).toBeUndefined();
    expect(await digits(engine, project, buyers)).toBe("13");
    expect(await digits(engine, project, buyers, Date.parse("2026-11-10T00:00:00Z"))).toBe("1");
    await upsertRecords(engine, project, "orders", [
      { source_id: "o-9", customer: "c-5", created_at: "2026-11-20T00:00:00Z", amount: 1 },
    ]);
    expect(await digits(engine, project, buyers)).toBe("135");
  });

  it("segments name segments, and a renamed one is printed by its new name", async () => {
    const project = await newShop(engine);
    const poles = await make(project, "Poles", "country is Poland");
    const { segment_id: chosen } = await createStatic(engine, project, {
      name: "Chosen",
      sourceIds: ["c-1", "c-5"],
    });
    const young = await make(project, "Young", 'in segment poles and age < 30 or in segment "chosen"');
    const others = await make(project, "Others", "not in segment young");
    expect(await digits(engine, project, young)).toBe("15");
    expect(await digits(engine, project, others)).toBe("234");
    await updateSegment(engine, project, poles, { name: 'Polish "folk"' });
    await updateSegment(engine, project, chosen, { name: "Picked" });
    expect(await textOf(project, young)).toBe(
      'in segment "Polish \\"folk\\""\nand metadata.age is less than 30\nor in segment "Picked"',
    );
    // The name is another segment's now, and the query means what it meant.
    await make(project, "Poles", "country is Germany");
    expect(await digits(engine, project, young)).toBe("15");
    const used = await segmentsOf(engine, project, (await findSegment(engine, project, young)).used_by);
    expect(used.map(({ name }) => name)).toEqual(["Others"]);
    await changeQuery(engine, project, young, (await textOf(project, young))!, async (_, same) => same);
    expect(await digits(engine, project, young)).toBe("15");
  });

  it("a segment that others name is not deleted or archived", async () => {
    const project = await newShop(engine);
    const poles = await make(project, "Poles", "country is Poland");
    const young = await make(project, "Young", "in segment poles and age < 30");
    const refused = 'IN_USE id: "Poles" can\'t be deleted: the query of "Young" names it. Change that first.';
    expect(await refusal(deleteSegment(engine, project, poles))).toBe(refused);
    expect(await refusal(updateSegment(engine, project, poles, { archived: true }))).toBe(
      refused.replace("deleted", "archived"),
    );
    await updateSegment(engine, project, young, { query: "age < 30", name: "Youth" });
    expect((await findSegment(engine, project, young)).name).toBe("Youth");
    await deleteSegment(engine, project, poles);
    expect(await refusal(make(project, "Again", "in segment poles"))).toContain("INVALID_QUERY");
    await deleteSegment(engine, project, young);
    expect(await readSegments(engine, project)).toEqual([]);
  });

  it("no cycle is saved, not even by simultaneous edits", async () => {
    const project = await newShop(engine);
    const ids: string[] = [];
    for (const name of ["A", "B", "C", "D"]) ids.push(await make(project, name, "age < 30"));
    const [a, b, c, d] = ids as [string, string, string, string];
    expect(await refusal(updateSegment(engine, project, a, { query: "in segment A" }))).toContain(
      "A segment can't depend on itself: `A` names `A`.",
    );
    await updateSegment(engine, project, b, { query: "in segment C" });
    await updateSegment(engine, project, d, { query: "in segment A" });
    // Either is right alone; together they are A, B, C, D, A.
    const answers = await Promise.all([
      refusal(updateSegment(engine, project, a, { query: "in segment B" })),
      refusal(updateSegment(engine, project, c, { query: "in segment D" })),
    ]);
    expect(answers.filter((one) => one === "nothing")).toHaveLength(1);
    expect(answers.find((one) => one !== "nothing")).toMatch(/INVALID_QUERY|BUSY/);
    for (const id of ids) expect(await digits(engine, project, id)).toBe("1");
  });

  it("of two segments with one name created simultaneously, one is refused", async () => {
    const project = await newShop(engine);
    const answers = await Promise.all(
      ["x", "X", "x ", "X"].map((name) => refusal(make(project, name, "age < 30"))),
    );
    expect(answers.map((one) => one.split(" ")[0]).sort()).toEqual([
      "NAME_TAKEN",
      "NAME_TAKEN",
      "NAME_TAKEN",
      "nothing",
    ]);
  });

  it("the impact of another query is who would enter, and who would leave", async () => {
    const project = await newShop(engine);
    const poles = await make(project, "Poles", "country is Poland");
    const user = await make(project, "User", "in segment Poles");
    const { answer } = await segmentImpact(engine, project, poles, "age is at least 40 or plan is gold");
    const found = async (part: "before" | "after" | "entering" | "leaving") =>
      [await answer![part].count(), (await answer![part].sourceIds()).join()] as const;
    expect(await found("before")).toEqual([2, "c-1,c-2"]);
    expect(await found("after")).toEqual([3, "c-1,c-2,c-5"]);
    expect(await found("entering")).toEqual([1, "c-5"]);
    expect(await found("leaving")).toEqual([0, ""]);
    expect((await digits(engine, project, poles)).length).toBe(2);
    const wrong = await segmentImpact(engine, project, poles, "in segment User");
    expect(wrong.answer).toBeUndefined();
    expect(wrong.diagnostics.map(({ code }) => code)).toEqual(["SEGMENT_CYCLE"]);
    expect((await segmentImpact(engine, project, user, "age < 30")).answer).toBeDefined();
    const { segment_id } = await createStatic(engine, project, { name: "S", sourceIds: ["c-1"] });
    expect(await refusal(segmentImpact(engine, project, segment_id, "age < 30"))).toContain("STATIC");
  });

  it("the overlap of segments is counted by region", async () => {
    const project = await newShop(engine);
    const poles = await make(project, "Poles", "country is Poland");
    const gold = await make(project, "Gold", "plan is gold");
    const { segment_id: chosen } = await createStatic(engine, project, {
      name: "Chosen",
      sourceIds: ["c-1", "c-3", "c-5"],
    });
    expect((await overlapOf(engine, project, [poles, gold, chosen])).regions).toEqual([
      { segmentIds: [poles, gold, chosen], count: 1 },
      { segmentIds: [gold, chosen], count: 1 },
      { segmentIds: [poles], count: 1 },
      { segmentIds: [chosen], count: 1 },
    ]);
    expect(await refusal(overlapOf(engine, project, [poles, poles]))).toContain("INVALID_INPUT ids");
    expect(await refusal(overlapOf(engine, project, [poles, "x"]))).toContain("NOT_FOUND");
    // The union, the intersection and the difference are queries.
    await make(project, "Union", "in segment Poles or in segment Gold");
    const difference = await make(project, "Difference", "in segment Poles and not in segment Gold");
    expect(await digits(engine, project, difference)).toBe("2");
  });

  it("a customer's segments agree with the segments' members at any instant", async () => {
    const project = await newShop(engine);
    await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-1", "c-4"] });
    for (const [name, query] of [
      ["Poles", "country is Poland"],
      ["Buyers", "number of orders at least 1"],
      ["Recent", "last order in the last 3 days"],
      ["Logged in", "performed login in the last 2 days"],
      ["Came back", "performed login then performed login within 30 days"],
      ["Bought later", "performed login then placed order"],
      ["Sampled", 'in sample 50% of "x"'],
      ["Spenders", "sum of amount of order in the last 30 days is more than 60"],
      ["Rest", "not in segment Chosen and not in segment Poles"],
    ] as const) {
      await make(project, name, query);
    }
    const segments = await listSegments(engine, project);
    for (const asOf of [noon, Date.parse("2026-11-03T00:00:00Z"), Date.parse("2026-10-01T00:00:00Z")]) {
      for (const digit of "12345") {
        const customer = (await findCustomer(engine, project, { sourceId: `c-${digit}` }))!;
        const { segments: answers, unanswerable } = await membershipsOf(
          engine,
          project,
          { customer },
          undefined,
          asOf,
        );
        expect(unanswerable).toEqual([]);
        const expected = [];
        for (const { segment_id, name } of segments) {
          expected.push([name, (await digits(engine, project, segment_id, asOf)).includes(digit)]);
        }
        expect(answers.map(({ segment, member }) => [segment.name, member])).toEqual(expected);
      }
    }
    const profile = { source_id: "new", address: { country: "Polskaland" } };
    const newcomer = await membershipsOf(engine, project, { profile });
    expect(newcomer.segments.filter(({ member }) => member).map(({ segment }) => segment.name)).toEqual([
      "Rest",
    ]);
    const pole = { ...profile, address: { country: "Poland" } };
    const asked = await membershipsOf(engine, project, { profile: pole }, [
      segments.find(({ name }) => name === "Poles")!.segment_id,
    ]);
    expect(asked.segments.map(({ segment, member }) => [segment.name, member])).toEqual([["Poles", true]]);
    expect(await refusal(membershipsOf(engine, project, { profile }, ["x"]))).toContain("NOT_FOUND");
    expect(await refusal(membershipsOf(engine, project, { profile: {} }))).toContain("source_id");
  });

  it("a definition that would break a saved query is refused, and says which", async () => {
    const project = "new-shop";
    await defineProject(engine, project, { currency: "EUR", metadataSchema: { plan: "string" } });
    await make(project, "Big", "total spent > 500 EUR");
    await make(project, "Biggest", "in segment Big");
    await make(project, "Plans", "plan starts with g");
    expect(await refusal(defineProject(engine, project, { currency: "USD" }))).toMatch(
      /^This would break the queries of "Big" \(Amounts here are in USD.*\)\. Change these queries first/s,
    );
    expect(await refusal(defineProject(engine, project, { metadataSchema: { plan: "boolean" } }))).toContain(
      '"Plans"',
    );
    // Once there is data, a type does not change at all; what adds to the definition always may.
    await upsertCustomers(engine, project, [{ source_id: "c-1", metadata: { plan: "gold" } }]);
    await defineProject(engine, project, { metadataSchema: { age: "number" }, timezone: "Europe/Warsaw" });
    const { diagnostics } = await previewSegment(engine, project, {
      query: "in segment Biggest and in segment Plans",
    });
    expect(diagnostics).toEqual([]);
  });
});
