import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { shapeOf } from "./shape.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const maxLinesOfAFile = 500;
const maxLinesOfAFunction = 60;
/** A component's lines are mostly elements, each with its attributes below. */
const maxLinesOfAComponent = 100;
/** What the comment of a longer function says before its reason. */
const reason = "Long because";

const files = ["grammar", "src"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.includes("/dist/") && !path.endsWith("/generated.ts")),
);
const shapes = files.map((path) => ({ path, ...shapeOf(path, readFileSync(join(root, path), "utf8")) }));

describe("the code", () => {
  it(`has no file of more than ${maxLinesOfAFile} lines`, () => {
    expect(shapes.length).toBeGreaterThan(400);
    const long = shapes.filter(({ lines }) => lines > maxLinesOfAFile);
    expect(long.map(({ path, lines }) => `${path}: ${lines}`)).toEqual([]);
  });

  it(`has no function of more than ${maxLinesOfAFunction} lines whose comment does not say "${reason} …"`, () => {
    const long = shapes.flatMap(({ path, functions }) =>
      functions
        .filter(({ lines, isComponent, comment }) => {
          const most = isComponent ? maxLinesOfAComponent : maxLinesOfAFunction;
          return lines > most && !comment.includes(reason);
        })
        .map(({ name, line, lines }) => `${path}:${line} ${name}: ${lines}`),
    );
    expect(long).toEqual([]);
  });

  it("has no default in a switch that does not say what is left for it: `satisfies never`, or a comment", () => {
    const unsaid = shapes.flatMap(({ path, switches }) =>
      switches.filter(({ saysWhatIsLeft }) => !saysWhatIsLeft).map(({ line }) => `${path}:${line}`),
    );
    expect(unsaid).toEqual([]);
  });
});

describe("the shape of a file", () => {
  it("counts a function's own lines, without those of the functions in it", () => {
    const text = [
      "/** Outer. */",
      "export function outer(): void {",
      "  const inner = (): void => {",
      "    one();",
      "    two();",
      "  };",
      "  inner();",
      "}",
      "",
    ].join("\n");
    expect(shapeOf("a.ts", text)).toEqual({
      lines: 8,
      functions: [
        { name: "inner", line: 3, lines: 4, isComponent: false, comment: "" },
        { name: "outer", line: 2, lines: 5, isComponent: false, comment: "/** Outer. */" },
      ],
      switches: [],
    });
  });

  it("finds components, and the comment before the variable that holds a function", () => {
    const text = "// Why.\nexport const Page = () => <p />;\n";
    expect(shapeOf("a.tsx", text).functions).toEqual([
      { name: "Page", line: 2, lines: 1, isComponent: true, comment: "// Why." },
    ]);
  });

  it.each([
    ["default: return 1;", false],
    ["default: return kind satisfies never;", true],
    ["// Any other.\n    default: return 1;", true],
    ["case 2: return 1;", true],
  ])("reads the default of a switch: %s", (clause, saysWhatIsLeft) => {
    const text = `function f(kind) {\n  switch (kind) {\n    case 1: return 0;\n    ${clause}\n  }\n}\n`;
    expect(shapeOf("a.ts", text).switches).toEqual([{ line: 2, saysWhatIsLeft }]);
  });
});
