// The race of a segment's population with customers' changes, step by step and on every store: customers change before the
// epoch is raised, after that, between the population's question and its marks, and while the marked customers are evaluated,
// back and forth in every way. All of them have the right membership in the end, with one transition each.
import { describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import type { ChangeDocument } from "../../src/documents/membership-documents.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { partitionCount } from "../../src/ingest/dirty-marks.js";
import { readLiveSet } from "../../src/membership/live/live-set.js";
import { syncSegments } from "../../src/membership/maintain/coordinator.js";
import {
  coordinatorId,
  type Lease,
  newOwner,
  partitionId,
  retire,
  takeLeases,
} from "../../src/membership/maintain/lease.js";
import { evaluateBatch } from "../../src/membership/maintain/partition.js";
import { populateSegments } from "../../src/membership/maintain/populate.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { updateSegment } from "../../src/segments/change.js";
import type { Store } from "../../src/store/port.js";
import { everyStore } from "../store/every-store.js";
import { storeOfSuite } from "../store/store-of-suite.js";
import { documentsIn, holdersIn } from "../store/watched.js";
import { faults, movableEngine, reportedChanges, settle } from "./live-shop.js";

/** The moments at which a customer may change. */
const moments = ["before the epoch", "before the question", "before the marks", "while looked at"] as const;
type Moment = (typeof moments)[number];

/** Where customers are, and where they move to: to Poland, to France, or nowhere. */
const [intervals, moves] = [
  ["P", "F"],
  ["P", "F", "-"],
] as const;

/** Every possible customer: the first place, and the move at each moment, as `F-P-F`. */
const customers: readonly string[] = moments.reduce<readonly string[]>(
  (known, _moment) => known.flatMap((before) => moves.map((move) => before + move)),
  intervals,
);

/** Where a customer is after all of that: `P` or `F`. */
function lastPlace(customer: string): string {
  return customer.replaceAll("-", "").at(-1)!;
}

let shops = 0;

describe.each(everyStore)("on $name", (tested) => {
  const store = storeOfSuite(tested);

  /** Which customers are evaluated when: none before the question, or all; with those it marks, or after the segment is live. */
  const orders = [
    { drained: false, late: false },
    { drained: true, late: false },
    { drained: false, late: true },
  ];
  const cases = orders.flatMap((order) => [
    { what: "a new segment", edited: false, ...order },
    { what: "a query that is edited", edited: true, ...order },
  ]);

  it.each(cases)(
    "$what: drained $drained, late $late",
    { timeout: 900_000 },
    async ({ edited, drained, late }) => {
      shops += 1;
      const project = `race-${shops}`;
      const engine = movableEngine(store, "2026-05-01T10:00:00Z");
      await defineProject(engine, project, {});
      const move = async (who: readonly string[], step: number): Promise<void> => {
        const places = who.filter((customer) => customer[step] !== "-");
        await upsertCustomers(
          engine,
          project,
          places.map((customer) => ({
            source_id: customer,
            address: { country: customer[step] === "P" ? "PL" : "FR" },
          })),
        );
      };
      await move(customers, 0);
      const query = edited ? "country is FR" : "country is PL";
      // Another segment, so that customers are evaluated from the beginning.
      await createAutoUpdate(engine, project, { name: "All", query: "source_id has any value" });
      const first = edited ? await createAutoUpdate(engine, project, { name: "Raced", query }) : undefined;
      await settle(engine, project);

      const reached: Moment[] = [];
      const come = async (moment: Moment, who: readonly string[] = customers): Promise<void> => {
        engine.moveTo(engine.clock() + 1_000);
        if (!reached.includes(moment)) reached.push(moment);
        await move(who, moments.indexOf(moment) + 1);
      };
      /** What happens before the next write of those who maintain. */
      let before: (() => Promise<void>) | undefined;
      const write: Store["write"] = async (work, options) => {
        const happens = before;
        before = undefined;
        await happens?.();
        return store.write(work, options);
      };
      const maintaining = { ...engine, store: { ...store, write } };
      const holder = { owner: newOwner(), clock: () => 0 };
      const partitions = Array.from({ length: partitionCount }, (_, partition) => partition);
      const wanted = [
        { _id: coordinatorId(project), kind: "coordinator" as const },
        ...partitions.map((partition) => ({
          _id: partitionId(project, partition),
          kind: "partition" as const,
        })),
      ];
      const most = { coordinator: 1, partition: partitionCount };
      const { held } = await takeLeases(engine, project, wanted, most, holder);
      const [coordinator, ...owned] = held as [Lease, ...Lease[]];
      const work = { engine: maintaining, holder, lease: coordinator };
      /** Evaluates marked customers, only those that `concern`; `moving` move once, between being read and being written. */
      const reevaluate = async (
        moving: Set<string>,
        concern = (_: ChangeDocument) => true,
      ): Promise<void> => {
        for (;;) {
          const rows = await documentsIn(store, "changes", project);
          const marked = rows.filter(concern);
          if (marked.length === 0) return;
          for (const partition of partitions) {
            const own = marked.filter((change) => change.partition === partition);
            if (own.length === 0) continue;
            const now = own.map(({ _id }) => _id.slice(project.length + 1)).filter((id) => moving.delete(id));
            if (now.length > 0) before = () => come("while looked at", now);
            const lease = owned[partition]!;
            await evaluateBatch(
              { engine: maintaining, holder, lease, partition },
              await readLiveSet(engine, project),
              own,
            );
          }
        }
      };

      const segment = edited
        ? await updateSegment(engine, project, first!.segment_id, { query: "country is PL" })
        : await createAutoUpdate(engine, project, { name: "Raced", query });
      await come("before the epoch");
      expect(await syncSegments(work, undefined)).toBeUndefined();
      await come("before the question");
      if (drained) await reevaluate(new Set());
      before = () => come("before the marks");
      const populate = async () => populateSegments(work, await readLiveSet(engine, project));
      expect(await populate()).toBe(true);
      const moving = new Set(customers);
      if (late) {
        await reevaluate(moving, ({ reasons }) => reasons.some(({ kind }) => kind !== "TIME"));
        // No customer is marked for it any more: it is live.
        expect(await populate()).toBe(true);
      }
      await reevaluate(moving);
      await come("while looked at", [...moving]);
      expect(reached).toEqual(moments);
      await retire(engine, project, held, holder);
      await settle(engine, project);

      const rows = await holdersIn(store, project, segment.segment_id);
      expect(rows.map(({ source_id }) => source_id).sort()).toEqual(
        customers.filter((customer) => lastPlace(customer) === "P").sort(),
      );
      expect(await faults(engine, project)).toBe("");
      // A customer who never moved has one transition, and no one has two without a change.
      const history = await reportedChanges(engine, project, segment.segment_id);
      const of = (customer: string) =>
        history
          .filter((line) => line.startsWith(`${customer} `))
          .map((line) => line.replace(/ \S+T\S+Z/, ""));
      const transitions = Object.fromEntries(["P----", "F----"].map((customer) => [customer, of(customer)]));
      expect(transitions).toEqual(
        edited
          ? {
              "P----": ["P---- entered QUERY_CHANGED"],
              "F----": ["F---- entered POPULATED", "F---- left QUERY_CHANGED"],
            }
          : { "P----": ["P---- entered POPULATED"], "F----": [] },
      );
    },
  );
});
