// A customer changes, and is evaluated by one maintainer, while another scans time, on every store.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { partitionOf } from "../../../src/ingest/dirty-marks.js";
import { upsertRecords } from "../../../src/ingest/records.js";
import { maintainProject } from "../../../src/membership/maintain/maintainer.js";
import { createAutoUpdate } from "../../../src/segments/auto-update.js";
import type { Store } from "../../../src/store/port.js";
import { draws } from "../../draws.js";
import { everyStore } from "../../store/every-store.js";
import { storeOfSuite } from "../../store/store-of-suite.js";
import { documentsIn, watchedStore } from "../../store/watched.js";
import { faults, movableEngine, reportedChanges } from "../live-shop.js";

const start = Date.parse("2026-05-01T10:00:00Z");
const at = (seconds: number): string => new Date(start + seconds * 1_000).toISOString();

/** A write, by the second of the test in which it is made: a country, a login and the second of the login, or a visit. */
interface Write {
  readonly second: number;
  readonly country?: string;
  readonly login?: number;
  /** The page of the customer's only visit; a later one replaces it. */
  readonly visit?: string;
  /** Whether it is evaluated at once, and not together with the next one. */
  readonly isEvaluated: boolean;
}

interface World {
  readonly query: string;
  /** The query of another segment, whose transitions are not returned. */
  readonly other?: string;
  readonly country: string;
  readonly before: readonly Write[];
  /** The second up to which time is scanned. */
  readonly scanned: number;
  /** Made after the coordinator began to scan, and before it knows what time moves. */
  readonly during: readonly Write[];
}

/** The transitions that are reported in a world, without the name of the customer. */
async function reportedIn(store: Store, project: string, world: World): Promise<readonly string[]> {
  const engine = movableEngine(store, at(0));
  await defineProject(engine, project, { eventSchemas: { login: {}, visit: { page: "string" } } });
  const { country } = world;
  const customers = Array.from({ length: 16 }, (_, number) => ({
    source_id: `c-${number}`,
    address: { country },
  }));
  await upsertCustomers(engine, project, customers);
  const { segment_id } = await createAutoUpdate(engine, project, { name: "Asked", query: world.query });
  if (world.other !== undefined)
    await createAutoUpdate(engine, project, { name: "Other", query: world.other });

  const during: (() => Promise<void>)[] = [];
  const scanned = watchedStore(store, async (name) => {
    if (name === "crossings.crossed") await during.pop()?.();
  });
  let machine = 0;
  const coordinator = maintainProject({ ...engine, store: scanned }, project, () => machine);
  const other = maintainProject(engine, project, () => machine);
  while (await coordinator.round());
  // The other becomes known, then gets its half of the partitions.
  for (let turn = 0; turn < 3; turn += 1) {
    await coordinator.round();
    await other.round();
    machine += 5_000;
  }
  const theirs = new Set(other.partitions().map(({ partition }) => partition));
  expect(theirs.size).toBe(4);
  const found = await documentsIn(store, "customers", project);
  const { source_id: customer } = found.find((each) => theirs.has(partitionOf(each)))!;
  const make = async (writes: readonly Write[]): Promise<void> => {
    for (const [index, write] of writes.entries()) {
      engine.moveTo(at(write.second));
      if (write.country !== undefined)
        await upsertCustomers(engine, project, [
          { source_id: customer, address: { country: write.country } },
        ]);
      if (write.visit !== undefined)
        await upsertRecords(engine, project, "events", [
          { id: "visit", customer, type: "visit", at: at(0), properties: { page: write.visit } },
        ]);
      if (write.login !== undefined)
        await upsertRecords(engine, project, "events", [
          { id: `${write.second}-${index}`, customer, type: "login", at: at(write.login) },
        ]);
      if (write.isEvaluated || index === writes.length - 1) await other.round();
    }
  };

  await make(world.before);
  engine.moveTo(at(world.scanned));
  during.push(() => make(world.during));
  await coordinator.round();
  expect(during).toEqual([]);
  await other.round();
  engine.moveTo(at(20));
  await coordinator.round();
  await other.round();
  expect(await faults(engine, project)).toBe("");
  await Promise.all([coordinator.release(), other.release()]);
  const changes = await reportedChanges(engine, project, segment_id);
  return changes
    .filter((each) => each.startsWith(`${customer} `))
    .map((each) => each.slice(customer.length + 1));
}

const often = "performed login at least 2 times";

const ofVisits = "performed visit at least 2 times in the last 1 hour";

const cases: readonly (readonly [title: string, world: World, expected: readonly string[]])[] = [
  [
    "an entry that is evaluated during a scan is not undone as of the instant that was scanned",
    {
      query: often,
      country: "PL",
      before: [{ second: 5, login: 5, isEvaluated: true }],
      scanned: 10,
      during: [{ second: 12, login: 11, isEvaluated: true }],
    },
    ["entered 2026-05-01T10:00:12.000Z EVENT"],
  ],
  [
    "a customer does not leave for an instant if the profile and a record change during a scan",
    {
      query: `country is PL or ${often}`,
      country: "PL",
      before: [{ second: 5, login: 5, isEvaluated: true }],
      scanned: 10,
      during: [
        { second: 12, country: "FR", isEvaluated: false },
        { second: 12, login: 11, isEvaluated: true },
      ],
    },
    ["entered 2026-05-01T10:00:00.000Z POPULATED"],
  ],
  [
    "nor if they change before the scan",
    {
      query: `country is PL or ${often}`,
      country: "PL",
      before: [
        { second: 5, login: 5, isEvaluated: true },
        { second: 8, country: "FR", isEvaluated: false },
        { second: 8, login: 8, isEvaluated: true },
      ],
      scanned: 10,
      during: [],
    },
    ["entered 2026-05-01T10:00:00.000Z POPULATED"],
  ],
  [
    "an entry by time is reported as of its instant if what changes during the scan does not concern it",
    {
      query: often,
      country: "PL",
      before: [
        { second: 5, login: 5, isEvaluated: true },
        { second: 6, login: 7, isEvaluated: true },
      ],
      scanned: 10,
      during: [{ second: 12, country: "FR", isEvaluated: true }],
    },
    ["entered 2026-05-01T10:00:07.000Z TIME"],
  ],
  [
    "an exit by time is reported as of its instant if an event is replaced of a type that only another segment reads",
    {
      query: "country is PL and performed login in the last 1 minute",
      other: ofVisits,
      country: "PL",
      before: [
        { second: 1, login: -53, isEvaluated: true },
        { second: 2, visit: "/home", isEvaluated: true },
      ],
      scanned: 10,
      during: [{ second: 12, visit: "/cart", isEvaluated: true }],
    },
    ["entered 2026-05-01T10:00:01.000Z EVENT", "left 2026-05-01T10:00:07.001Z TIME"],
  ],
  [
    "also if the profile, which its own segment reads, changed before that exit",
    {
      query: "country is PL or performed login in the last 1 minute",
      other: ofVisits,
      country: "PL",
      before: [
        { second: 1, login: -53, isEvaluated: true },
        { second: 2, visit: "/home", isEvaluated: true },
        { second: 3, country: "FR", isEvaluated: true },
      ],
      scanned: 10,
      during: [{ second: 12, visit: "/cart", isEvaluated: true }],
    },
    ["entered 2026-05-01T10:00:00.000Z POPULATED", "left 2026-05-01T10:00:07.001Z TIME"],
  ],
];

/** Queries of a country and of logins, and whether one is true of a country and of the seconds since the logins so far. */
const queries: readonly (readonly [
  query: string,
  holds: (country: string, since: readonly number[]) => boolean,
])[] = [
  [`country is PL or ${often}`, (country, since) => country === "PL" || since.length >= 2],
  [`country is PL and ${often}`, (country, since) => country === "PL" && since.length >= 2],
  [
    "country is PL or performed login exactly 2 times",
    (country, since) => country === "PL" || since.length === 2,
  ],
  ["not (country is PL and performed login)", (country, since) => !(country === "PL" && since.length > 0)],
];

const worlds: fc.Arbitrary<World> = fc
  .record({
    query: fc.constantFrom(...queries.map(([query]) => query)),
    country: fc.constantFrom("PL", "FR"),
    scanned: fc.integer({ min: 8, max: 10 }),
    writes: fc.uniqueArray(
      fc.record({
        second: fc.integer({ min: 1, max: 15 }),
        what: fc.constantFrom("PL", "FR", 0, 0, 1, -1, -3),
        isEvaluated: fc.boolean(),
      }),
      { minLength: 2, maxLength: 6, size: "max", selector: ({ second }) => second },
    ),
  })
  .map(({ writes, ...world }) => {
    const made = writes
      .toSorted((one, other) => one.second - other.second)
      .map(
        ({ second, what, isEvaluated }): Write => ({
          ...{ second, isEvaluated },
          ...(typeof what === "string" ? { country: what } : { login: second + what }),
        }),
      );
    const before = made.filter(({ second }) => second <= world.scanned);
    return { ...world, before, during: made.slice(before.length) };
  });

/**
 * The reported transitions that contradict the query at their instant, by the country of then and the logins of until then: all of
 * them, and those that had arrived by then.
 */
function untrue({ query, country, before, during }: World, reported: readonly string[]): readonly string[] {
  const [, holds] = queries.find(([text]) => text === query)!;
  const writes = [...before, ...during];
  return reported.filter((line) => {
    const [kind, instant] = line.split(" ");
    const now = (Date.parse(instant!) - start) / 1_000;
    const arrived = writes.filter(({ second }) => second <= now);
    const here = arrived.findLast((write) => write.country !== undefined)?.country ?? country;
    const sinceLogins = (among: readonly Write[]) =>
      among.flatMap(({ login }) => (login !== undefined && login <= now ? [now - login] : []));
    const isEntry = kind === "entered";
    return ![writes, arrived].some((among) => holds(here, sinceLogins(among)) === isEntry);
  });
}

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);
  let shops = 0;

  it.each(cases)("%s", async (_, world, expected) => {
    shops += 1;
    expect(await reportedIn(store, `raced-${shops}`, world)).toEqual(expected);
  });

  it("whatever changes before and during a scan, what is reported is true of its instant", async () => {
    const numRuns = draws(tested.name === "embedded" ? 2 : 1 / 4);
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        shops += 1;
        const reported = await reportedIn(store, `raced-${shops}`, world);
        expect(untrue(world, reported), reported.join("\n")).toEqual([]);
      }),
      { numRuns },
    );
  });
});
