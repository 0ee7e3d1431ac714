import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const quoted = [...page.matchAll(/`([^`\n]+)`/g)].map(([, text]) => text!);

describe("CONTRIBUTING.md", () => {
  it("names files and folders that exist", () => {
    const paths = quoted.filter((text) => /^(?:src|grammar|test|docs|bench)\/[\w./-]*$/.test(text));
    expect(paths.length).toBeGreaterThan(50);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("names functions that exist", () => {
    const code = ["grammar", "src"]
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
          .filter((path) => path.endsWith(".ts") && !path.includes("dist/"))
          .map((path) => readFileSync(join(root, folder, path), "utf8")),
      )
      .join("\n");
    const words = new Set(code.match(/\w+/g));
    const names = quoted.filter((text) => /^[a-z]+(?:[A-Z][a-z]+)+$/.test(text));
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !words.has(name))).toEqual([]);
  });
});
