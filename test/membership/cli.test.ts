// The commands about stored membership, one after the other on one data folder.
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCommand } from "../cli/command-line.js";
import { copyWorldTo } from "../support/conformance-world.js";
import { folderOfSuite } from "../support/folders.js";

const data = join(folderOfSuite(), "data");

const run = (words: readonly string[]) => runCommand(["--data", data, ...words]);

it("a saved segment is populated, verified and rebuilt", async () => {
  await copyWorldTo(data);
  expect(await run(["segment", "create", "Away", "last order more than 30 days ago"])).toMatchObject({
    exitCode: 0,
  });
  expect(await run(["segment", "verify"])).toEqual({
    exitCode: 0,
    output: "1 live segments, 0 that differ.\n",
    errors: "",
  });
  expect((await run(["segment", "show", "Away"])).output).toContain(
    "\n  kept       live since 2026-11-23T12:00:00.000Z\n",
  );
  const { membership } = JSON.parse((await run(["segment", "show", "Away", "--json"])).output);
  expect(membership).toEqual({
    status: "live",
    total: membership.total,
    populated: membership.total,
    computedAt: "2026-11-23T12:00:00.000Z",
    liveSince: "2026-11-23T12:00:00.000Z",
  });
  expect(await run(["segment", "rebuild", "away"])).toMatchObject({ exitCode: 0, output: "Rebuilt.\n" });
  expect(await run(["segment", "verify"])).toMatchObject({ output: "1 live segments, 0 that differ.\n" });
  expect(await run(["segment", "rebuild", "nobody"])).toMatchObject({ exitCode: 1 });
});
