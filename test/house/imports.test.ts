import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cruise, type ICruiseResult, type IForbiddenRuleType } from "dependency-cruiser";
import extractTSConfig from "dependency-cruiser/config-utl/extract-ts-config";
import { beforeAll, describe, expect, it } from "vitest";
import { browserRooms, maxFilesOfAFolder, nameOf, rooms, roomsTable, shared } from "./rooms.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pathOf = new Map(rooms.map((room) => [nameOf(room), room.path]));

const roomRules: readonly IForbiddenRuleType[] = rooms.map(({ path, mayImport }) => ({
  name: `imports of ${path}`,
  severity: "error",
  from: { path: `^${path}/` },
  to: {
    path: "^(src|grammar)/",
    pathNot: [...shared, path, ...mayImport.map((name) => pathOf.get(name) ?? `no room ${name}`)].map(
      (each) => (each.endsWith(".ts") ? `^${each}$` : `^${each}/`),
    ),
  },
}));

const otherRules: readonly IForbiddenRuleType[] = [
  { name: "no circle", severity: "error", from: {}, to: { circular: true } },
  {
    name: "no module of Node in what a browser runs",
    severity: "error",
    from: { path: browserRooms.map((path) => (path.endsWith(")") ? `^${path}` : `^${path}/`)) },
    to: {
      reachable: true,
      path: "^(node:)?(fs|fs/promises|path|url|util|crypto|timers|timers/promises|stream|zlib|os|events|worker_threads|http|net)$",
    },
  },
];

let found: ICruiseResult;

beforeAll(async () => {
  const { output } = await cruise(
    ["grammar", "src"],
    {
      baseDir: root,
      validate: true,
      ruleSet: { forbidden: [...roomRules, ...otherRules] },
      tsPreCompilationDeps: true,
      doNotFollow: { path: "node_modules" },
      exclude: { path: "(^|/)dist/" },
    },
    { extensions: [".ts", ".tsx", ".js"], extensionAlias: { ".js": [".ts", ".tsx", ".js"] } } as never,
    { tsConfig: extractTSConfig(join(root, "tsconfig.json")) },
  );
  found = output as ICruiseResult;
});

/** A violation as the failure of a test shows it. */
function violationsOf(rule: string): readonly string[] {
  return found.summary.violations
    .filter((violation) => violation.rule.name === rule)
    .map(({ from, to, cycle, via }) =>
      [from, ...(cycle ?? via ?? [{ name: to }]).map(({ name }) => name)].join(" → "),
    );
}

describe("imports", () => {
  it("dependency-cruiser sees the code and its imports", () => {
    expect(found.summary.totalCruised).toBeGreaterThan(350);
    const preview = found.modules.find(({ source }) => source === "src/query/preview.ts");
    expect(preview?.dependencies.map(({ resolved }) => resolved)).toContain("src/pipeline/compile.ts");
  });

  it.each([...roomRules, ...otherRules].map(({ name }) => name!))("%s", (name) => {
    expect(violationsOf(name)).toEqual([]);
  });

  it("a room imports none that comes after it in the table", () => {
    const names = rooms.map(nameOf);
    for (const [index, { mayImport }] of rooms.entries()) {
      expect(mayImport.filter((name) => !names.slice(0, index).includes(name))).toEqual([]);
    }
  });

  it("every folder of the code is a room of the table", () => {
    const folders = readdirSync(join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => `src/${name}`);
    expect(folders.filter((path) => !rooms.some((room) => room.path === path))).toEqual([]);
  });

  it("no folder has too many files", () => {
    const sizes = new Map<string, number>();
    for (const { source } of found.modules) {
      if (!/^(src|grammar)\//.test(source)) continue;
      const folder = source.slice(0, source.lastIndexOf("/"));
      sizes.set(folder, (sizes.get(folder) ?? 0) + 1);
    }
    expect([...sizes].filter(([, size]) => size > maxFilesOfAFolder)).toEqual([]);
  });

  it("CONTRIBUTING.md shows the table", () => {
    expect(readFileSync(join(root, "CONTRIBUTING.md"), "utf8")).toContain(roomsTable());
  });
});
