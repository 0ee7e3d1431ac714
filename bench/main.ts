// Runs every benchmark, one after the other, with the same options: `npm run bench`, `npm run bench -- --toy`, or one of them
// by its name, `npm run bench -- parse`.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const benchmarks = [
  "parse",
  "editor",
  "predicate",
  "import",
  "preview",
  "events",
  "api",
  "embedded",
  "live",
  "freshness",
  "load",
  "durable",
  "uses",
  "console",
  "fuzz",
] as const;
const words = process.argv.slice(2);
const named = benchmarks.filter((name) => words.includes(name));
const options = words.filter((word) => !(benchmarks as readonly string[]).includes(word));

// The fuzzer's million inputs run only if asked for by name.
const defaults = benchmarks.filter((name) => name !== "fuzz" || options.includes("--toy"));

for (const name of named.length === 0 ? defaults : named) {
  console.log(`\n── bench/${name}`);
  const main = fileURLToPath(new URL(`./${name}/main.js`, import.meta.url));
  const { status } = spawnSync(process.execPath, [main, ...options], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
