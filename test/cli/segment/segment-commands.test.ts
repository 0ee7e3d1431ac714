// The commands about segments and one customer, over a folder with the conformance world in it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { copyWorldTo } from "../../support/conformance-world.js";
import { folderOfSuite } from "../../support/folders.js";
import { runCommand } from "../command-line.js";

const folder = folderOfSuite();
const data = join(folder, "data");

beforeAll(() => copyWorldTo(data));
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Runs the words of a command. */
const run = (...words: readonly string[]) => runCommand(["--data", data, ...words]);

describe("segment", () => {
  it("create, list, show, members, delete", async () => {
    expect(await run("segment", "list")).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("no segment yet"),
    });
    expect(await run("segment", "create", "Poles", "the country is Poland")).toEqual({
      exitCode: 0,
      output: 'auto-update segment "Poles": 24 customers.\n',
      errors: "",
    });
    expect((await run("segment", "create", "Chosen", "--members", "crm-001, crm-002")).output).toBe(
      'static segment "Chosen": 2 customers.\n',
    );
    const list = join(folder, "ids.txt");
    writeFileSync(list, "crm-003\r\n\r\n crm-001 \n");
    expect((await run("segment", "create", "Listed", "--members-file", list)).output).toBe(
      'static segment "Listed": 2 customers.\n',
    );
    const then = ["segment", "create", "Then", "number of orders at least 1", "--static"];
    expect((await run(...then, "--as-of", "2020-01-01")).errors).toContain("finds nobody");
    expect((await run(...then, "--as-of", "2026-11-01")).output).toMatch(
      /^static segment "Then": \d+ customers?\.\n$/,
    );
    expect((await run("segment", "create", "Both", "in segment poles and in segment chosen")).output).toBe(
      'auto-update segment "Both": 1 customer.\n',
    );

    const shown = await run("segment", "show", "BOTH");
    expect(shown.output.split("\n").map((line) => line.trim().replace(/\s+/g, " "))).toEqual([
      "Both",
      expect.stringMatching(/^id [0-9a-f-]{36}$/),
      "kind auto-update",
      "customers 1",
      'query in segment "Poles" and in segment "Chosen"',
      "made 2026-11-23T12:00:00.000Z",
      "changed 2026-11-23T12:00:00.000Z",
      expect.stringMatching(/^names (Poles, Chosen|Chosen, Poles)$/),
      "",
    ]);
    const { id, foundBy, usedIn } = JSON.parse((await run("segment", "show", "then", "--json")).output);
    expect([foundBy, usedIn]).toEqual(["orders.count is at least 1", []]);
    expect(JSON.parse((await run("segment", "members", "both", "--json")).output)).toEqual({
      count: 1,
      asOf: "2026-11-23T12:00:00.000Z",
      source: "computed",
      members: ["crm-002"],
    });
    expect((await run("segment", "members", "Poles", "--as-of", "2026-01-01")).output).toContain(
      " TOTAL NOW\n",
    );
    expect((await run("segment", "members", "Poles", "--limit", "1")).output).toMatch(
      /^Poles: 24 customers, by its query\n\nSOURCE ID .*\ncrm-000 .*\n\n23 more/s,
    );
    expect(await run("segment", "combine", "x", "--any", "Poles")).toMatchObject({ exitCode: 1 });
    expect(await run("segment", "combine", "x")).toMatchObject({ exitCode: 2 });
    expect(await run("segment", "combine", "Either", "--any", "Poles", "Chosen")).toMatchObject({
      exitCode: 0,
      output: expect.stringMatching(/^auto-update segment "Either": \d+ customers\.\n$/),
    });
    expect(await run("segment", "delete", "Either")).toMatchObject({ exitCode: 0 });
    expect((await run("segment", "list")).output.split("\n").map((line) => line.split("  ")[0])).toEqual([
      "NAME",
      "Both",
      "Chosen",
      "Listed",
      "Poles",
      "Then",
      "",
    ]);
    expect(JSON.parse((await run("segment", "list", "--json")).output)).toHaveLength(5);

    expect(await run("segment", "delete", "poles")).toEqual({
      exitCode: 1,
      output: "",
      errors: '"Poles" can\'t be deleted: the query of "Both" names it. Change that first.\n',
    });
    expect((await run("segment", "delete", id)).output).toBe(
      'Segment "Then" is deleted. Its customers are not touched.\n',
    );
    expect(await run("segment", "show", "then")).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining('no segment "then"'),
    });
  });

  it("update: the impact of another query, then the query, the name, and whether it is archived", async () => {
    await run("segment", "create", "Small", 'source id is any of ("crm-001", "crm-002")');
    const dry = await run(
      "segment",
      "update",
      "small",
      'source id is any of ("crm-002", "crm-003")',
      "--dry-run",
    );
    expect(dry).toMatchObject({ exitCode: 0, errors: "" });
    expect(dry.output.replace(/ {2}.*/g, "")).toBe(
      `Small: 2 customers now, 2 by this query. Nothing is saved.

1 customer would enter:
SOURCE ID
crm-003

1 customer would leave:
SOURCE ID
crm-001
`,
    );
    expect((await run("segment", "update", "Small", "city is Prais", "--dry-run")).errors).toContain(
      "warning: No customer has `Prais` as `city` today.",
    );
    const shown = await run("segment", "update", "Small", 'source id is "crm-001"', "--dry-run", "--json");
    expect(JSON.parse(shown.output)).toEqual({
      asOf: "2026-11-23T12:00:00.000Z",
      query: "source_id is crm-001",
      before: 2,
      after: 1,
      enter: [],
      leave: ["crm-002"],
    });
    expect((await run("segment", "update", "Small", "--name", "Smaller", "--archive")).output).toBe(
      'auto-update segment "Smaller", put aside: 2 customers.\n',
    );
    const changed = await run(
      "segment",
      "update",
      "smaller",
      'source id is "crm-001"',
      "--restore",
      "--json",
    );
    expect(JSON.parse(changed.output)).toMatchObject({ name: "Smaller", archived: false, count: 1 });
    expect(await run("segment", "update", "smaller", "emial is x")).toMatchObject({
      exitCode: 3,
      output: "",
    });
    expect(await run("segment", "update", "smaller", "emial is x", "--dry-run")).toMatchObject({
      exitCode: 3,
    });
    for (const words of [[], ["--archive", "--restore"], ["--dry-run"], ["vip", "--dry-run", "--archive"]])
      expect(await run("segment", "update", "smaller", ...words)).toMatchObject({ exitCode: 2, output: "" });
    expect(await run("segment", "delete", "smaller")).toMatchObject({ exitCode: 0 });
  });

  it("reports a mistake in the query at its place, and other refusals", async () => {
    const wrong = await run("segment", "create", "Wrong", "emial is x");
    expect(wrong).toMatchObject({ exitCode: 3, output: "" });
    expect(wrong.errors).toContain("  1 | emial is x\n    | ^^^^^");
    expect(await run("segment", "create", "X", "vip", "--members", "crm-001")).toMatchObject({ exitCode: 2 });
    expect(await run("segment", "create", "X", "vip", "--as-of", "2026-01-01")).toMatchObject({
      exitCode: 2,
    });
    vi.stubEnv("SEGMENTQL_STATIC_MEMBERS", "3");
    expect((await run("segment", "create", "X", "country is Poland", "--static")).errors).toContain(
      "3 at most",
    );
    vi.stubEnv("SEGMENTQL_STATIC_MEMBERS", "many");
    expect(await run("segment", "list")).toMatchObject({
      exitCode: 2,
      errors: expect.stringContaining("STATIC_MEMBERS"),
    });
  });

  it("show warns of a range that time has turned upside down, and that matches no one", async () => {
    await run("segment", "create", "Turning", "placed order between 7 days ago and 2026-11-25");
    const show = ["--data", data, "segment", "show", "Turning"];
    const later = await runCommand(show, "", { SEGMENTQL_CLOCK: "2026-12-10T12:00:00Z" });
    expect([later.exitCode, later.output + later.errors]).toEqual([
      0,
      expect.stringMatching(
        /customers +0\n.*warning: The range is empty, so it matches no one.*\[UPSIDE_DOWN/s,
      ),
    ]);
    expect((await run("segment", "show", "Turning")).errors).toBe("");
    await run("segment", "delete", "Turning");
  });
});

describe("customer show", () => {
  it("shows the profile, the activity and the segments", async () => {
    const { output } = await run("customer", "show", "crm-002");
    expect(output).toMatch(/^Cédric Okafor\n {2}source id {4}crm-002\n/);
    expect(output).toMatch(/\n {2}orders {7}2, \$4,896\.00 in all, the last on 2025-12-24\n/);
    expect(output).toMatch(/\n {2}segments {5}Both, Chosen, Poles\n$/);
    const then = await run("customer", "show", "crm-002", "--as-of", "2025-12-01");
    expect(then.output).toContain(
      "\n\nAll this is as of now; as of 2025-12-01 00:00:00 (Europe/Warsaw):\n  segments     ",
    );
    const shown = JSON.parse((await run("customer", "show", "crm-001", "--json")).output);
    expect(shown).toMatchObject({ profile: { name: "Bob O'Brien" }, segments: ["Chosen", "Listed"] });
    expect(await run("customer", "show", "CRM-001")).toMatchObject({ exitCode: 1, output: "" });
  });
});
