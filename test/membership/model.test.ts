// Random shops under random writes (late, repeated, in the future, taken back), segments that come, change and go, erasures, and
// a clock that jumps over month ends and clock changes: whenever the maintainer has nothing left to do, what is stored is what
// the queries' pipelines say, and the intervals and the list of transitions agree with it.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { RecordCollection } from "../../src/documents/collections.js";
import type { TransitionDocument } from "../../src/documents/membership-documents.js";
import { setConsents } from "../../src/ingest/consents.js";
import { mergeCustomers, upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { readLiveSet } from "../../src/membership/live/live-set.js";
import { rebuildSegment } from "../../src/membership/maintain/coordinator.js";
import { membersByQuery } from "../../src/membership/maintain/populate.js";
import { segmentMembers } from "../../src/membership/reads/members.js";
import { ProjectError } from "../../src/projects/projects.js";
import { previewSegment } from "../../src/query/preview.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { SegmentError } from "../../src/segments/segment-error.js";
import { createStatic } from "../../src/segments/static.js";
import type { Store } from "../../src/store/port.js";
import { draws } from "../draws.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn } from "../store/watched.js";
import { adverseEngine, settleAtPace } from "./adversity.js";
import { faults, type MovableEngine, movableEngine, settle } from "./live-shop.js";

const runs = draws();

const timeout = 900_000 + runs * 5_000;
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Zones, and instants at which something is odd there: a month ends, the clock changes, midnight is skipped. */
const places: readonly (readonly [zone: string, edges: readonly string[]])[] = [
  ["Europe/Warsaw", ["2026-02-28T11:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z"]],
  ["Europe/Warsaw", ["2026-10-24T22:00:00Z", "2026-10-25T01:00:00Z", "2026-10-31T23:00:00Z"]],
  ["America/New_York", ["2026-03-08T07:00:00Z", "2026-04-08T07:00:00Z", "2026-05-31T04:00:00Z"]],
  ["America/Santiago", ["2026-09-06T04:00:00Z", "2026-10-06T03:00:00Z", "2026-08-31T04:00:00Z"]],
  ["Asia/Kolkata", ["2026-12-31T18:30:00Z", "2027-01-31T18:30:00Z", "2027-02-28T18:30:00Z"]],
];

const queries = [
  "country is PL",
  "country is not PL and age is at least 30",
  "age is unknown or age < 30",
  "last order more than 1 month ago",
  "last order in the last 7 days",
  "first order less than 1 week ago",
  "total spent is more than $50",
  "number of orders is at least 2 and last order amount < 100",
  "order contains apple",
  "created exactly 1 month ago",
  "created exactly 3 hours ago or created exactly 5 minutes ago",
  "created is today or created is yesterday",
  "created starts at 28.02",
  "created is on or after start of month",
  "created in the next 2 days",
  "renewal is tomorrow",
  "renewal is in the last 1 month",
  "birthday anniversary is in the next 3 days",
  "birthday anniversary is today and country is PL",
  "visits contains today",
  "visits contains any of (yesterday, 2026-03-29)",
  "performed login in the last 1 day",
  "performed login exactly 2 times in the last 1 month",
  "never performed login since yesterday",
  "last performed login more than 1 month ago",
  "first performed login less than 2 days ago",
  "performed view where value > 10 in the last 1 week",
  "performed view where seen is today",
  "sum of value of view in the last 30 days is at least 20",
  "max of seen of view is in the next 1 day",
  "placed order at least twice in the last 1 month where amount > $40",
  "placed order where product contains pear today",
  "count of order within 3 days is less than 1",
  "redemptions is at least 1",
  "consents contains news",
  "consents is empty or redemptions is at least 1",
  "gift card balance is more than $20",
  'loyalty points in campaign "Club" is at least 10',
  "referred customers is at least 1",
  'in sample 50% of "model"',
  "not (country is PL or last order more than 1 month ago)",
] as const;

/** Queries about fixed dates near the instants of a place: windows that end, and ranges that time turns upside down. */
function fixedQueries(edges: readonly string[]): readonly string[] {
  return edges.flatMap((edge) => {
    const [before, on, after] = [-2 * day, 0, 3 * day].map((by) =>
      written(Date.parse(edge) + by).slice(0, 10),
    );
    return [
      `performed login between ${before} and ${on}`,
      `performed view on ${on} where value > 10`,
      `never performed login since ${before}`,
      `created is before ${on}`,
      `count of order between ${before} and ${after} is at least 2`,
      `sum of amount of order before ${after} is at least 50`,
      `placed order between 2 days ago and ${on}`,
      `last order is between 3 days ago and ${after}`,
      `renewal is not between yesterday and ${on}`,
    ];
  });
}

/** Right as soon as the project has that key, which customers have before. */
const laterQuery = "shade is dark";

const customers = ["c-1", "c-2", "c-3", "c-4"];

/** How a world's maintainer works: how much at once, and which of its transactions conflict with others. */
interface Working {
  readonly markedAtOnce: number;
  readonly drainMs: number;
  readonly scanMs: number;
  readonly conflicts: readonly boolean[];
}

const workings: fc.Arbitrary<Working> = fc.record({
  markedAtOnce: fc.constantFrom(1, 2, 200),
  drainMs: fc.constantFrom(0, 250),
  scanMs: fc.constantFrom(0, 250),
  conflicts: fc.oneof(fc.constant([]), fc.array(fc.boolean(), { minLength: 5, maxLength: 60, size: "max" })),
});

type Step =
  | { readonly kind: "profile"; readonly customer: string; readonly more: object }
  | {
      readonly kind: "record";
      readonly collection: RecordCollection;
      readonly record: object;
    }
  | { readonly kind: "consents"; readonly customer: string; readonly consents: readonly string[] }
  | { readonly kind: "define"; readonly definition: object }
  | { readonly kind: "erase"; readonly customer: string }
  | {
      readonly kind: "create" | "edit";
      readonly query: string;
      readonly which: number;
      readonly nests: number;
    }
  | { readonly kind: "delete" | "rename" | "archive" | "restore" | "rebuild"; readonly which: number }
  | { readonly kind: "move"; readonly by: number }
  | { readonly kind: "settle" };

function instantsOf(edges: readonly string[]): fc.Arbitrary<number> {
  const near = [-1, 0, 1, -30 * minute, 45 * minute, -2 * day, 3 * hour];
  return fc
    .tuple(fc.constantFrom(...edges.map((edge) => Date.parse(edge))), fc.constantFrom(...near))
    .map(([edge, by]) => edge + by);
}

function written(instant: number): string {
  return new Date(instant).toISOString();
}

function writes(edges: readonly string[]): fc.Arbitrary<Step> {
  const at = instantsOf(edges).map(written);
  const date = at.map((instant) => instant.slice(0, 10));
  const customer = fc.constantFrom(...customers);
  const amount = fc.constantFrom(0, 3_000, 6_000, 12_000);
  const status = fc.constantFrom("PAID", "PAID", "CANCELED");
  const items = fc.array(fc.record({ name: fc.constantFrom("Apple", "Pear juice") }), { maxLength: 2 });
  const source_id = fc.constantFrom("o-1", "o-2", "o-3", "o-4");
  return fc.oneof(
    fc.record({
      kind: fc.constant("profile" as const),
      customer,
      more: fc.record(
        {
          address: fc.record({ country: fc.constantFrom("PL", "FR") }),
          created_at: at,
          birthdate: date.map((text) => `1990${text.slice(4)}`),
          metadata: fc.record(
            {
              age: fc.constantFrom(20, 40),
              renewal: date,
              visits: fc.array(at, { maxLength: 2 }),
              shade: fc.constantFrom("dark", "light"),
            },
            { requiredKeys: [] },
          ),
        },
        { requiredKeys: [] },
      ),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("orders" as const),
      record: fc.record({ source_id, customer, created_at: at, amount, status, items }),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("events" as const),
      record: fc.record({
        id: fc.constantFrom("e-1", "e-2", "e-3", "e-4"),
        customer,
        type: fc.constantFrom("login", "view"),
        at,
        properties: fc.record({ value: fc.constantFrom(5, 15), seen: date }, { requiredKeys: [] }),
      }),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("redemptions" as const),
      record: fc.record({
        id: fc.constant("r-1"),
        customer,
        at,
        campaign: fc.constant("A"),
        result: fc.constant("SUCCESS"),
      }),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("gift_cards" as const),
      record: fc.record({
        customer,
        campaign: fc.constant("Xmas"),
        amount,
        spent: fc.constantFrom(0, 3_000),
      }),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("loyalty" as const),
      record: fc.record({ customer, campaign: fc.constant("Club"), points: fc.constantFrom(0, 50) }),
    }),
    fc.record({
      kind: fc.constant("record" as const),
      collection: fc.constant("referrals" as const),
      record: fc.record({
        referrer: customer,
        referee: fc.constant("friend"),
        campaign: fc.constant("Tell"),
        at,
      }),
    }),
    fc.record({
      kind: fc.constant("consents" as const),
      customer,
      consents: fc.uniqueArray(fc.constantFrom("news", "sms")),
    }),
  );
}

function steps(edges: readonly string[]): fc.Arbitrary<readonly Step[]> {
  const which = fc.nat(5);
  const nests = fc.nat(20);
  const query = fc.constantFrom(...queries, ...fixedQueries(edges), laterQuery);
  const by = fc.constantFrom(
    1,
    1_000,
    20 * minute,
    hour,
    6 * hour,
    day,
    3 * day,
    9 * day,
    31 * day,
    50 * day,
  );
  return fc.array(
    fc.oneof(
      { weight: 8, arbitrary: writes(edges) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("erase" as const),
          customer: fc.constantFrom(...customers),
        }),
      },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constantFrom("create" as const, "edit" as const),
          query,
          which,
          nests,
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constantFrom("delete", "rename", "archive", "restore", "rebuild"),
          which,
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant("define" as const),
          definition: fc.constantFrom(
            { metadataSchema: { shade: "string" } },
            { metadataSchema: { renewal: "string" } },
            { timezone: "Pacific/Kiritimati" },
            { consents: ["post"] },
          ),
        }),
      },
      { weight: 4, arbitrary: fc.record({ kind: fc.constant("move" as const), by }) },
      { weight: 4, arbitrary: fc.constant<Step>({ kind: "settle" }) },
    ),
    { minLength: 5, maxLength: 30, size: "max" },
  );
}

let shops = 0;

async function newShop(engine: MovableEngine, zone: string): Promise<string> {
  shops += 1;
  const project = `model-${shops}`;
  await defineProject(engine, project, {
    timezone: zone,
    metadataSchema: { age: "number", renewal: "date", visits: "datetime[]" },
    eventSchemas: { login: {}, view: { value: "number", seen: "date" } },
    consents: ["news", "sms"],
    campaigns: { discounts: ["A"], gift_cards: ["Xmas"], loyalty: ["Club"], referrals: ["Tell"] },
  });
  await upsertCustomers(engine, project, [
    { source_id: "c-1", address: { country: "PL" } },
    { source_id: "c-2", metadata: { age: 40 } },
    { source_id: "c-3" },
  ]);
  await createStatic(engine, project, { name: "Chosen", sourceIds: ["c-1", "c-3"] });
  return project;
}

/** Takes a step; what the product refuses (a name that is used) is no step. */
async function take(
  engine: MovableEngine,
  project: string,
  step: Step,
  segments: string[],
  keep: () => Promise<void> = () => settle(engine, project),
): Promise<void> {
  switch (step.kind) {
    case "profile":
      await upsertCustomers(engine, project, [{ source_id: step.customer, ...step.more }]);
      return;
    case "record":
      await upsertRecords(engine, project, step.collection, [step.record]);
      return;
    case "consents":
      await setConsents(engine, project, [{ customer: step.customer, consents: step.consents }]);
      return;
    case "define":
      await refusable(async () => {
        await defineProject(engine, project, step.definition);
      });
      return;
    case "erase":
      await eraseCustomer(engine, project, step.customer);
      return;
    case "create":
    case "edit": {
      const inner = segments[step.nests];
      const nested =
        step.nests === 7
          ? ' and in segment "Chosen"'
          : inner === undefined
            ? ""
            : ` or in segment "${inner}"`;
      const query = `${step.query.includes(" or ") ? `(${step.query})` : step.query}${nested}`;
      const edited = step.kind === "edit" ? segments[step.which] : undefined;
      await refusable(async () => {
        if (edited !== undefined)
          await updateSegment(engine, project, await idOf(engine, project, edited), { query });
        else {
          const name = `s-${segments.length}`;
          await createAutoUpdate(engine, project, { name, query });
          segments.push(name);
        }
      });
      return;
    }
    case "delete": {
      const name = segments[step.which];
      if (name !== undefined)
        await refusable(async () => {
          await deleteSegment(engine, project, await idOf(engine, project, name));
        });
      return;
    }
    case "rename":
    case "archive":
    case "restore":
    case "rebuild": {
      const name = segments[step.which];
      if (name === undefined) return;
      const id = await idOf(engine, project, name);
      await refusable(async () => {
        if (step.kind === "rebuild") await rebuildSegment(engine, project, id);
        else if (step.kind === "rename") {
          await updateSegment(engine, project, id, { name: `${name}'` });
          segments[step.which] = `${name}'`;
        } else await updateSegment(engine, project, id, { archived: step.kind === "archive" });
      });
      return;
    }
    case "move":
      engine.moveTo(engine.clock() + step.by);
      return;
    case "settle":
      await keep();
      expect(await faults(engine, project)).toBe("");
  }
}

async function refusable(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof SegmentError || error instanceof ProjectError)) throw error;
  }
}

async function idOf(engine: MovableEngine, project: string, name: string): Promise<string> {
  const segments = await documentsIn(engine.store, "segments", project);
  return segments.find((segment) => segment.name === name)?.segment_id ?? "gone";
}

/** Every transition but for its number, in one order. */
async function history(engine: MovableEngine, project: string): Promise<readonly string[]> {
  const rows = await transitionsIn(engine, project);
  const names = await documentsIn(engine.store, "segments", project);
  return rows
    .map(({ customer, segment, kind, at, cause }) => {
      const name = names.find(({ segment_id }) => segment_id === segment)?.name;
      return `${customer.slice(project.length + 1)} ${name} ${at.toISOString()} ${kind} ${cause.kind}`;
    })
    .sort();
}

/**
 * Transitions reported by time, or by a record whose time came, that contradict the query's answers then and a millisecond
 * before.
 */
async function inexact(engine: MovableEngine, project: string): Promise<readonly string[]> {
  const set = await readLiveSet(engine, project);
  const answers = new Map<string, readonly string[]>();
  const isMember = async ({ segment, customer }: TransitionDocument, at: number): Promise<boolean> => {
    const key = `${segment} ${at}`;
    const members = answers.get(key) ?? (await membersByQuery(engine, set, segment, at)) ?? [];
    answers.set(key, members);
    return members.includes(customer);
  };
  const wrong: string[] = [];
  for (const row of await transitionsIn(engine, project)) {
    if (row.cause.kind === "POPULATED") continue;
    const at = row.at.getTime();
    const answer = [await isMember(row, at - 1), await isMember(row, at)];
    if (answer[0] === answer[1] || answer[1] !== (row.kind === "entered"))
      wrong.push(
        `${row.customer} ${row.kind} ${row.at.toISOString()}, while the answers are ${answer.join()}`,
      );
  }
  return wrong;
}

async function transitionsIn(engine: MovableEngine, project: string): Promise<readonly TransitionDocument[]> {
  return documentsIn(engine.store, "transitions", project);
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  const numRuns = tested.name === "embedded" ? runs : Math.ceil(runs / 6);
  let taken = 0;

  /** The store for the next world. It is renewed now and then, since each question takes longer the more the store holds. */
  async function storeOfWorld(): Promise<Store> {
    taken += 1;
    if (taken % 50 === 0) await store.renew();
    return store;
  }

  it("every query of the model is valid", async () => {
    const engine = movableEngine(store, "2026-06-01T00:00:00Z");
    const project = await newShop(engine, "Europe/Warsaw");
    await defineProject(engine, project, { metadataSchema: { shade: "string" } });
    const mistakes: string[] = [];
    for (const query of [...queries, ...fixedQueries(["2026-06-10T00:00:00Z"]), laterQuery]) {
      const { diagnostics } = await previewSegment(engine, project, { query });
      for (const { severity, message } of diagnostics)
        if (severity === "ERROR") mistakes.push(`${query}: ${message}`);
    }
    expect(mistakes).toEqual([]);
  });

  it("membership equals the pipelines' answers after any events", { timeout }, async () => {
    const worlds = fc.constantFrom(...places).chain(([zone, edges]) =>
      fc.record({
        zone: fc.constant(zone),
        start: instantsOf(edges),
        // Live from the beginning, so that the writes concern some customers.
        asked: fc.uniqueArray(fc.constantFrom(...queries, ...fixedQueries(edges)), {
          maxLength: 6,
          size: "max",
        }),
        steps: steps(edges),
        working: workings,
      }),
    );
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const engine = movableEngine(await storeOfWorld(), written(world.start));
        const project = await newShop(engine, world.zone);
        const segments: string[] = [];
        const { conflicts, ...pace } = world.working;
        const adverse = adverseEngine(engine, conflicts);
        const keep = () => settleAtPace(adverse, project, pace);
        for (const [which, query] of world.asked.entries())
          await take(engine, project, { kind: "create", query, which, nests: 20 }, segments);
        await settle(engine, project);
        for (const step of [...world.steps, { kind: "settle" } as const])
          await take(engine, project, step, segments, keep);
      }),
      { numRuns },
    );
  });

  it("time yields the same history in one leap and in many small steps, exact to the instant", {
    timeout,
  }, async () => {
    const worlds = fc.constantFrom(...places).chain(([zone, edges]) =>
      fc.record({
        zone: fc.constant(zone),
        start: instantsOf(edges),
        writes: fc.array(writes(edges), { minLength: 4, maxLength: 15, size: "max" }),
        asked: fc.uniqueArray(fc.constantFrom(...queries, ...fixedQueries(edges)), {
          minLength: 2,
          maxLength: 6,
        }),
        // Of more than 45 days in one leap, time is not followed instant by instant.
        moves: fc
          .array(fc.constantFrom(1, 999, 20 * minute, hour, 7 * hour, day, 6 * day, 20 * day), {
            minLength: 1,
            maxLength: 12,
          })
          .filter((moves) => moves.reduce((sum, by) => sum + by, 0) < 45 * day),
        working: workings,
      }),
    );
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const delivered: (readonly string[])[] = [];
        const here = await storeOfWorld();
        for (const inSteps of [true, false]) {
          const engine = movableEngine(here, written(world.start));
          const project = await newShop(engine, world.zone);
          for (const step of world.writes) await take(engine, project, step, []);
          for (const [index, query] of world.asked.entries())
            await refusable(async () => {
              await createAutoUpdate(engine, project, { name: `s-${index}`, query });
            });
          await settle(engine, project);
          for (const by of world.moves) {
            engine.moveTo(engine.clock() + by);
            if (inSteps) await settle(engine, project);
          }
          const { conflicts: _none, ...pace } = world.working;
          await settleAtPace(adverseEngine(engine, []), project, pace);
          expect(await faults(engine, project)).toBe("");
          if (!inSteps) expect(await inexact(engine, project)).toEqual([]);
          delivered.push(await history(engine, project));
        }
        expect(delivered[0]).toEqual(delivered[1]);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });

  it("members as of a past instant are those of the query, wherever they come from history", {
    timeout,
  }, async () => {
    const worlds = fc.constantFrom(...places).chain(([zone, edges]) =>
      fc.record({
        zone: fc.constant(zone),
        start: instantsOf(edges),
        writes: fc.array(writes(edges), { minLength: 6, maxLength: 25, size: "max" }),
        asked: fc.uniqueArray(fc.constantFrom(...queries, ...fixedQueries(edges)), {
          minLength: 3,
          maxLength: 8,
        }),
        moves: fc.array(fc.constantFrom(hour, 37 * hour, 9 * day, 31 * day, 50 * day), {
          minLength: 2,
          maxLength: 3,
        }),
        // Customers that change after the last leap, in nothing that is asked, before time is followed.
        touched: fc.array(fc.constantFrom("c-1", "c-2", "c-3"), { maxLength: 3 }),
        // Shares of a leap, in thousandths.
        moments: fc.array(fc.noBias(fc.nat(999)), { minLength: 12, maxLength: 12 }),
      }),
    );
    let asHistory = 0;
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        const engine = movableEngine(await storeOfWorld(), written(world.start));
        const project = await newShop(engine, world.zone);
        for (const step of world.writes) await take(engine, project, step, []);
        const ids: string[] = [];
        for (const [index, query] of world.asked.entries())
          await refusable(async () => {
            ids.push((await createAutoUpdate(engine, project, { name: `s-${index}`, query })).segment_id);
          });
        await settle(engine, project);
        const moments: number[] = [];
        for (const [leap, by] of world.moves.entries()) {
          const from = engine.clock();
          engine.moveTo(from + by);
          for (const source_id of leap === world.moves.length - 1 ? world.touched : [])
            await mergeCustomers(engine, project, [{ source_id, metadata: { note: written(from) } }]);
          await settle(engine, project);
          moments.push(...world.moments.map((share) => from + 1 + Math.floor((share * (by - 1)) / 1_000)));
        }
        const set = await readLiveSet(engine, project);
        for (const id of ids) {
          for (const asOf of moments) {
            const members = await segmentMembers(engine, project, id, { asOf });
            if (members.source !== "history") continue;
            asHistory += 1;
            const expected = (await membersByQuery(engine, set, id, asOf))!;
            expect(
              (await members.sourceIds()).toSorted(),
              `${set.segments.get(id)?.document.query.canonical} as of ${written(asOf)}`,
            ).toEqual(expected.map((customer) => customer.slice(project.length + 1)).toSorted());
          }
        }
      }),
      { numRuns: Math.ceil(numRuns / 2) },
    );
    expect(asHistory).toBeGreaterThan(numRuns);
  });
});
