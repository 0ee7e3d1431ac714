// A shop in which time moves much, for tests of catching up with it.
import { defineProject } from "../../src/definitions/define.js";
import type { Engine } from "../../src/engine.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { upsertRecords } from "../../src/ingest/records.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";

const day = 86_400_000;
export const catchUpStart = Date.parse("2026-03-10T12:00:00Z");

/** Queries that time moves in many ways, by the hour, by the day and by the minute; each for several numbers. */
const shapes: readonly ((number: number) => string)[] = [
  (number) => `performed login in the last ${number} days`,
  (number) => `last order more than ${number} days ago`,
  (number) => `performed view where value > ${number} in the last ${number * 7} hours`,
  (number) => `created is in the last ${number * 3} days`,
  (number) => `renewal is in the next ${number} days`,
  (number) => `birthday anniversary is in the next ${number} days`,
  (number) => `performed checkout in the last ${number * 9} hours`,
  (number) => `placed order at least twice in the last ${number * 3} days`,
  (number) => `last performed login more than ${number * 13} minutes ago and country is PL`,
  (number) => `total spent is more than $${number * 10}`,
  (number) => `sum of value of view in the last ${number} days is at least ${number}`,
  (number) => `created exactly ${number * 3} days ago or performed login today`,
  (number) => `number of orders is at least ${number}`,
  (number) => `performed checkout between 2026-03-0${(number % 9) + 1} and 2026-03-${number + 10}`,
  (number) => `age > ${number + 20} and never performed login since yesterday`,
];

/** How many shapes of segments there are. */
export const catchUpShapes = shapes.length;

/** A number from 0 up to 1, the same for the same number, and other for the next. */
function spread(number: number): number {
  return ((number * 2_654_435_761) % 2 ** 32) / 2 ** 32;
}

/**
 * Makes a shop whose customers do something before and after the start, and segments of each shape. @returns the `segment_id` of
 * the first segment.
 */
export async function makeCatchUpShop(
  engine: Engine,
  project: string,
  customers: number,
  segmentsOfShape: number,
): Promise<string> {
  const at = (days: number): string => new Date(catchUpStart + days * day).toISOString();
  const people = Array.from({ length: customers }, (_, index) => index);
  await defineProject(engine, project, {
    timezone: "Europe/Warsaw",
    metadataSchema: { age: "number", renewal: "date" },
    eventSchemas: { login: {}, view: { value: "number" }, checkout: {} },
  });
  const ids = people.map((index) => `c-${index}`);
  await upsertCustomers(
    engine,
    project,
    ids.map((source_id, index) => ({
      source_id,
      created_at: at(-60 * spread(index)),
      birthdate: `1990-${String(1 + (index % 12)).padStart(2, "0")}-${String(1 + (index % 28)).padStart(2, "0")}`,
      address: { country: index % 3 === 0 ? "FR" : "PL" },
      metadata: { age: 20 + (index % 50), renewal: at(40 * spread(index + 7) - 10).slice(0, 10) },
    })),
  );
  for (let round = 0; round < 6; round += 1) {
    const when = ids.map((_, index) => at(60 * spread(index * 6 + round) - 45));
    const type = ["login", "view", "checkout"][round % 3];
    const orders = ids.map((customer, index) => ({
      ...{ source_id: `o-${round}-${index}`, customer, created_at: when[index] },
      ...{ amount: Math.floor(20_000 * spread(index + round)), status: "PAID" },
    }));
    if (round < 3) await upsertRecords(engine, project, "orders", orders);
    const events = ids.map((customer, index) => ({
      ...{ id: `e-${round}-${index}`, customer, type, at: when[index] },
      properties: type === "view" ? { value: index % 20 } : {},
    }));
    await upsertRecords(engine, project, "events", events);
  }
  let first = "";
  for (const shape of shapes)
    for (let number = 1; number <= segmentsOfShape; number += 1) {
      const query = shape(number);
      const { segment_id } = await createAutoUpdate(engine, project, { name: query, query });
      if (first === "") first = segment_id;
    }
  return first;
}
