// Static segments on every store: made whole or not at all, one of a name, one of a set of members.
import { describe, expect, it } from "vitest";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { readSegments } from "../../src/query/catalog.js";
import { findCustomer } from "../../src/query/customer.js";
import { previewSegment } from "../../src/query/preview.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { listSegments } from "../../src/segments/list.js";
import { membersHash, withoutMembers } from "../../src/segments/members-hash.js";
import { clearLeftovers } from "../../src/segments/removal.js";
import { createStatic } from "../../src/segments/static.js";
import type { Store } from "../../src/store/port.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { movableClock } from "../support/movable-clock.js";
import { digits, dyingStore, newShop, noon, refusal } from "./shops.js";

it("the hash of members ignores their order, and allows one to be removed", () => {
  expect(membersHash(["a", "b", "c"])).toBe(membersHash(["c", "a", "b"]));
  expect(membersHash(["a", "b"])).not.toBe(membersHash(["a", "c"]));
  expect(withoutMembers(membersHash(["a", "b", "c"]), ["b"])).toBe(membersHash(["a", "c"]));
  expect(withoutMembers(membersHash(["a"]), ["a"])).toBe("0".repeat(64));
  // SHA-256 of "abc", FIPS 180-2.
  expect(membersHash(["abc"])).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

describe.each(everyStore)("static segments on $name", (tested) => {
  const store = storeOfSuite(tested);
  const { clock, moveBy } = movableClock(noon);
  const engine: Engine = { store, clock };

  async function found(project: string, query: string): Promise<string> {
    const { answer, diagnostics } = await previewSegment(engine, project, { query });
    expect(diagnostics).toEqual([]);
    return (await answer!.sourceIds()).map((sourceId) => sourceId.slice(2)).join("");
  }

  it("are made of chosen customers, each once, and queried by name", async () => {
    const project = await newShop(engine);
    const vip = await createStatic(engine, project, { name: " VIP ", sourceIds: ["c-3", "c-1", "c-3"] });
    expect(vip).toMatchObject({ name: "VIP", kind: "static", state: "active", members: { size: 2 } });
    expect(vip.members?.builder).toBeUndefined();
    expect(await digits(engine, project, vip.segment_id)).toBe("13");
    expect(await found(project, "in segment vip")).toBe("13");
    expect(await found(project, "not in segment VIP")).toBe("245");
    expect(await found(project, "in segment VIP and country is Poland")).toBe("1");
    expect(await found(project, "not (in segment VIP or country is Poland)")).toBe("45");
    // A profile that is written anew stays where it was.
    await upsertCustomers(engine, project, [{ source_id: "c-3", name: "Eve" }]);
    expect(await found(project, "in segment vip")).toBe("13");
  });

  it("are made of the customers that a query finds at one instant, and not changed by later events", async () => {
    const project = await newShop(engine);
    const query = "the number of orders is at least 1";
    const now = await createStatic(engine, project, { name: "Now", query });
    const asOf = Date.parse("2026-11-10T00:00:00Z");
    const then = await createStatic(engine, project, { name: "Then", query, asOf });
    expect(now.members).toMatchObject({ found_by: "orders.count is at least 1", as_of: new Date(noon) });
    expect(then.members?.as_of).toEqual(new Date(asOf));
    expect(await digits(engine, project, now.segment_id)).toBe("13");
    expect(await digits(engine, project, then.segment_id)).toBe("1");
    expect(await found(project, "in segment now and not in segment then")).toBe("3");
  });

  it("are refused with what to do, and leave nothing", async () => {
    const project = await newShop(engine);
    await createStatic(engine, project, { name: "VIP", sourceIds: ["c-1", "c-2"] });
    const refused = (request: object, most?: number) =>
      refusal(createStatic({ ...engine, maxStaticMembers: most }, project, { name: "Other", ...request }));
    expect(await refused({ name: "vip", sourceIds: ["c-3"] })).toBe(
      'NAME_TAKEN name: There is a segment "VIP" already. Choose another name, or change that one.',
    );
    expect(await refused({ sourceIds: ["c-2", "c-1"] })).toBe(
      'MEMBERS_TAKEN sourceIds: The static segment "VIP" has just these customers already. Use that one, or choose others.',
    );
    expect(await refused({ query: "country is Poland" })).toContain("MEMBERS_TAKEN query");
    expect(await refused({ sourceIds: ["c-3"], asOf: noon })).toContain("INVALID_INPUT asOf");
    expect(await refused({ name: "  ", sourceIds: ["c-3"] })).toBe(
      "INVALID_NAME name: The name is blank. Choose another one.",
    );
    expect(await refused({ name: "x".repeat(201), sourceIds: ["c-3"] })).toContain("INVALID_NAME");
    expect(await refused({ sourceIds: ["c-3", "x-1", "x-2"] })).toBe(
      'UNKNOWN_CUSTOMER sourceIds: There is no customer "x-1", "x-2". Leave them out, or add them first.',
    );
    expect(await refused({ sourceIds: [] })).toContain("NO_MEMBERS");
    expect(await refused({ query: "country is Spain" })).toContain("NO_MEMBERS query");
    expect(await refused({ query: "emial is x" })).toContain(
      "INVALID_QUERY query: The query has a mistake: There is no",
    );
    expect(await refused({})).toContain("INVALID_INPUT");
    expect(await refused({ query: "country is Poland", sourceIds: ["c-1"] })).toContain("INVALID_INPUT");
    expect(await refused({ query: "source_id has any value" }, 4)).toBe(
      "TOO_MANY_MEMBERS query: These are 5 customers, and a static segment has 4 at most. " +
        "Make an auto-update segment of the query: that has no limit.",
    );
    expect(await refused({ sourceIds: ["c-1", "c-2", "c-3"] }, 2)).toContain("TOO_MANY_MEMBERS sourceIds");
    expect((await readSegments(engine, project)).map(({ name }) => name)).toEqual(["VIP"]);
  });

  it("of two with one name, or with the same members, created simultaneously, one is refused", async () => {
    const project = await newShop(engine);
    const made = async (requests: readonly { name: string; sourceIds: string[] }[]) =>
      (await Promise.all(requests.map((request) => refusal(createStatic(engine, project, request)))))
        .map((line) => line.split(" ")[0])
        .sort();
    const taken = ["NAME_TAKEN", "NAME_TAKEN", "NAME_TAKEN", "nothing"];
    expect(
      await made(["A", "a", "A ", " a"].map((name, index) => ({ name, sourceIds: [`c-${index + 1}`] }))),
    ).toEqual(taken);
    expect(await made(["W", "X", "Y", "Z"].map((name) => ({ name, sourceIds: ["c-4", "c-5"] })))).toEqual(
      taken.map((code) => code.replace("NAME", "MEMBERS")),
    );
    expect(await readSegments(engine, project)).toHaveLength(2);
    expect(await listSegments(engine, project)).toHaveLength(2);
  });

  it("remains of a crashed process are never seen, and are removed", async () => {
    const project = await newShop(engine);
    // Dead after the mark, in the middle of the members, before it is there for everybody.
    for (const writes of [1, 2]) {
      const dying = { store: dyingStore(store, writes), clock };
      const request = { name: "Half", sourceIds: ["c-1", "c-2"] };
      expect(await refusal(createStatic(dying, project, request))).toBe("The process is dead.");
      expect((await readSegments(engine, project)).map(({ state }) => state)).toEqual(["building"]);
      expect(await listSegments(engine, project)).toEqual([]);
      const { diagnostics } = await previewSegment(engine, project, { query: "in segment Half" });
      expect(diagnostics.map(({ code }) => code)).toEqual(["UNKNOWN_SEGMENT"]);
      const whole = await createStatic(engine, project, request);
      expect(await digits(engine, project, whole.segment_id)).toBe("12");
      const customer = await findCustomer(engine, project, { sourceId: "c-1" });
      expect(customer?.segments).toEqual([whole.segment_id]);
      await deleteSegment(engine, project, whole.segment_id);
    }
    expect((await findCustomer(engine, project, { sourceId: "c-1" }))?.segments).toEqual([]);
  });

  it("one that another live process is making is left alone", async () => {
    const project = await newShop(engine);
    const dying = { store: dyingStore(store, 2), clock };
    await refusal(createStatic(dying, project, { name: "Half", sourceIds: ["c-1"] }));
    const [half] = await readSegments(engine, project);
    const builder = { process: "another", seen_at: new Date(clock()) };
    await store.write((transaction) =>
      transaction.put("segments", [{ ...half!, members: { ...half!.members!, builder } }]),
    );
    const name = "half";
    expect(await clearLeftovers(engine, project)).toBe(0);
    expect(await refusal(createStatic(engine, project, { name, sourceIds: ["c-2"] }))).toBe(
      'NAME_TAKEN name: A segment "Half" is being made at this moment. Choose another name, or wait for it.',
    );
    moveBy(61_000);
    expect(await clearLeftovers(engine, project)).toBe(1);
    await createStatic(engine, project, { name, sourceIds: ["c-1"] });
  });

  it("are renamed, archived and deleted; the name and members are then free", async () => {
    const project = await newShop(engine);
    const { segment_id: id } = await createStatic(engine, project, { name: "VIP", sourceIds: ["c-1"] });
    const renamed = await updateSegment(engine, project, id, { name: "Best" });
    expect(renamed.name).toBe("Best");
    expect(await found(project, "in segment best")).toBe("1");
    expect(await refusal(updateSegment(engine, project, id, { query: "vip" }))).toContain("STATIC query");
    await updateSegment(engine, project, id, { name: "BEST" });
    await updateSegment(engine, project, id, { archived: true });
    const listed = async (archived: boolean) =>
      (await listSegments(engine, project, { archived })).map(({ name }) => name);
    expect([await listed(false), await listed(true)]).toEqual([[], ["BEST"]]);
    const { diagnostics } = await previewSegment(engine, project, { query: "in segment best" });
    expect(diagnostics.map(({ code }) => code)).toEqual(["ARCHIVED_SEGMENT"]);
    expect(await digits(engine, project, id)).toBe("1");
    expect(await refusal(createStatic(engine, project, { name: "best", sourceIds: ["c-2"] }))).toContain(
      '"BEST" in the archive already',
    );
    await deleteSegment(engine, project, id);
    expect(await refusal(deleteSegment(engine, project, id))).toContain("NOT_FOUND id");
    await createStatic(engine, project, { name: "VIP", sourceIds: ["c-2"] });
    await createStatic(engine, project, { name: "best", sourceIds: ["c-1"] });
  });

  it("contain no erased customer, and the remaining members are claimed as before", async () => {
    const project = await newShop(engine);
    const both = await createStatic(engine, project, { name: "Both", sourceIds: ["c-1", "c-2"] });
    const one = await createStatic(engine, project, { name: "One", sourceIds: ["c-1"] });
    const erased = await eraseCustomer(engine, project, "c-2");
    expect(erased?.segments.map(({ name }) => name)).toEqual(["Both"]);
    expect(await digits(engine, project, both.segment_id)).toBe("1");
    const sizes = (await readSegments(engine, project)).map(({ name, members }) => [name, members?.size]);
    expect(sizes).toEqual([
      ["Both", 1],
      ["One", 1],
    ]);
    // Both have the same member now, and the one that was made of it has the claim.
    await deleteSegment(engine, project, both.segment_id);
    expect(await refusal(createStatic(engine, project, { name: "Two", sourceIds: ["c-1"] }))).toContain(
      'segment "One" has just these',
    );
    await deleteSegment(engine, project, one.segment_id);
    await createStatic(engine, project, { name: "Two", sourceIds: ["c-1"] });
    // What is left of a segment is taken as much as what was chosen.
    await createStatic(engine, project, { name: "Three", sourceIds: ["c-3", "c-4", "c-5"] });
    await eraseCustomer(engine, project, "c-5");
    expect(await refusal(createStatic(engine, project, { name: "X", sourceIds: ["c-3", "c-4"] }))).toContain(
      'segment "Three" has just these',
    );
    // The same person again is another one.
    await upsertCustomers(engine, project, [{ source_id: "c-2" }]);
    expect(await found(project, "in segment Two")).toBe("1");
  });

  it("customers who are erased while it is made are not in it", async () => {
    const project = await newShop(engine);
    let writes = 0;
    const erasing: Store = {
      ...store,
      write: async (work) => {
        writes += 1;
        // After the segment was begun, before its members are marked.
        if (writes === 2) await eraseCustomer(engine, project, "c-2");
        return store.write(work);
      },
    };
    const made = await createStatic({ store: erasing, clock }, project, {
      name: "Both",
      sourceIds: ["c-1", "c-2"],
    });
    expect(made.members).toMatchObject({ size: 1, hash: membersHash([`${project}/c-1`]) });
    expect(await digits(engine, project, made.segment_id)).toBe("1");
  });
});
