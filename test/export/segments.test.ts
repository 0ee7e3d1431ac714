// Segments in exports: the same segments come of them, on whatever pair of stores, and once is as good as twice.

import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { eraseCustomer } from "../../src/definitions/erase.js";
import type { Engine } from "../../src/engine.js";
import { exportProject } from "../../src/export/export.js";
import { importFolder } from "../../src/import/folder.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { createAutoUpdate } from "../../src/segments/auto-update.js";
import { deleteSegment, updateSegment } from "../../src/segments/change.js";
import { listSegments } from "../../src/segments/list.js";
import { everySegment, membersOf, queryOf, segmentNamed } from "../../src/segments/read.js";
import { createStatic } from "../../src/segments/static.js";
import { temporaryFolder } from "../import/temporary-engine.js";
import { everyStore } from "../store/every-store.js";
import { engineOfTest } from "./engine-of-test.js";

const project = "carried";

/** Every segment as `Name (kind): query or found by, members`, those put aside in brackets. */
async function segmentLines(engine: Engine): Promise<readonly string[]> {
  const names = await everySegment(engine, project);
  const lines: string[] = [];
  for (const archived of [false, true]) {
    for (const segment of await listSegments(engine, project, { archived })) {
      const { name, kind, segment_id, members } = segment;
      const means = (await queryOf(engine, segment, names))?.text ?? members?.found_by ?? "chosen";
      const ids = await (await membersOf(engine, project, segment_id)).sourceIds();
      const when = members === undefined ? "" : ` as of ${members.as_of.toISOString()}`;
      const line = `${name} (${kind}): ${means}${when}, ${ids.length > 9 ? ids.length : ids.join(" ")}`;
      lines.push(archived ? `[${line}]` : line);
    }
  }
  return lines;
}

const pairs = everyStore.flatMap((from) => everyStore.map((to) => ({ from, to })));

it.each(pairs)("from $from.name to $to.name", async ({ from, to }) => {
  const [source, target] = [
    await engineOfTest(from, "2026-05-01T10:00:00Z"),
    await engineOfTest(to, "2026-06-01T10:00:00Z"),
  ];
  await defineProject(source, project, {});
  const people = Array.from({ length: 1_203 }, (_, index) => ({
    source_id: `c-${String(index).padStart(4, "0")}`,
    address: { country: index < 3 ? "PL" : "FR" },
  }));
  await upsertCustomers(source, project, people);
  const sourceIds = people.map(({ source_id }) => source_id);
  await createAutoUpdate(source, project, { name: "A later", query: "country is PL" });
  const inner = await createAutoUpdate(source, project, { name: "Z first", query: "country is PL" });
  await updateSegment(source, project, (await segmentNamed(source, project, "a LATER"))!.segment_id, {
    query: 'in segment "Z first"',
  });
  await createStatic(source, project, { name: "Many", sourceIds });
  await createStatic(source, project, { name: "Chosen", sourceIds: ["c-0001", "c-0002", "c-0005"] });
  await createStatic(source, project, { name: "Found", query: 'in segment "Z first"' });
  const aside = await createAutoUpdate(source, project, { name: "Aside", query: 'in segment "Chosen"' });
  await updateSegment(source, project, aside.segment_id, { archived: true });
  await eraseCustomer(source, project, "c-0002");
  const folder = join(await temporaryFolder(), "out");
  expect(await exportProject(source, project, folder, { plain: true })).toMatchObject({
    customers: 1_202,
    segments: 6,
  });
  const written = await readFile(join(folder, "segments.ndjson"), "utf8");
  expect(written).not.toContain("c-0002");
  const expected = [
    'A later (auto_update): in segment "Z first", c-0000 c-0001',
    "Chosen (static): chosen as of 2026-05-01T10:00:00.000Z, c-0001 c-0005",
    'Found (static): in segment "Z first" as of 2026-05-01T10:00:00.000Z, c-0000 c-0001',
    "Many (static): chosen as of 2026-05-01T10:00:00.000Z, 1202",
    `Z first (auto_update): ${inner.query?.canonical}, c-0000 c-0001`,
    '[Aside (auto_update): in segment "Chosen", c-0001 c-0005]',
  ];
  expect(await segmentLines(source)).toEqual(expected);
  const rejectsFile = join(await temporaryFolder(), "rejects");
  const scratchFolder = await temporaryFolder();
  const carry = async () =>
    (await importFolder(target, project, folder, { rejectsFile, scratchFolder })).segments;
  expect(await carry()).toEqual({ read: 6, written: 6, unchanged: 0, rejected: 0 });
  expect(await segmentLines(target)).toEqual(expected);
  expect(await carry()).toEqual({ read: 6, written: 0, unchanged: 6, rejected: 0 });
  // A customer who was erased at the destination does not return with the segment, and changes there are reverted.
  await eraseCustomer(target, project, "c-0005");
  const later = (await segmentNamed(target, project, "A later"))!;
  await updateSegment(target, project, later.segment_id, { query: "country is FR", archived: true });
  await writeFile(join(folder, "customers.ndjson"), "");
  expect(await carry()).toEqual({ read: 6, written: 1, unchanged: 5, rejected: 0 });
  expect(await segmentLines(target)).toEqual(
    expected.map((line) => line.replace("c-0001 c-0005", "c-0001").replace("1202", "1201")),
  );
  // What cannot be imported is reported.
  await deleteSegment(target, project, later.segment_id);
  await writeFile(
    join(folder, "segments.ndjson"),
    [
      { kind: "static", name: "Chosen", members: ["c-0000"] },
      { kind: "static", name: "Z first", members: ["c-0000"] },
      { kind: "static", name: "Gone", members: ["c-0005"] },
      { kind: "static", name: "Half", members: ["c-0000"], continues: true },
      { kind: "auto_update", name: "Wrong", query: "cuontry is PL" },
      { kind: "auto_update", name: "Chosen", query: "country is PL" },
      { kind: "both", name: "x" },
      { kind: "static", name: "Second", members: ["c-0001", "c-0000"] },
    ]
      .map((record) => JSON.stringify(record))
      .join("\n"),
  );
  expect(await carry()).toEqual({ read: 8, written: 0, unchanged: 0, rejected: 8 });
  const reasons = (await readFile(rejectsFile, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { line: number; reason: string })
    .map(({ line, reason }) => `${line} ${reason.slice(0, 36)}`);
  expect(reasons).toEqual([
    '1 There is a static segment "Chosen" w',
    '2 "Z first" is an auto-update segment ',
    "3 None of its customers are there. Imp",
    "4 its last line says that more members",
    "5 its query: There is no attribute `cu",
    '6 "Chosen" is a static segment here. R',
    "7 it is no segment: `kind`: Invalid di",
    '8 The static segment "Found" has just ',
  ]);
});
