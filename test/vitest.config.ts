// How the tests run: from the package's root, with graphql loaded once (Vitest otherwise loads it twice, as ESM
// and as CommonJS, and graphql refuses schemas of "another module or realm"). Files share a worker's modules, since loading
// them anew for each file takes longer than most files' tests; so a test leaves the process as it found it.
import { statfsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { retryInCi } from "./retry.js";

const root = fileURLToPath(new URL("..", import.meta.url));

/** If there is room in memory, the tests' stores are kept there, since each of their writes waits for its disk. */
function temporaryFiles(): { readonly TMPDIR?: string } {
  const place = "/dev/shm";
  try {
    const { bavail, bsize } = statfsSync(place);
    return bavail * bsize > 2 ** 31 ? { TMPDIR: place } : {};
  } catch {
    return {};
  }
}

export default defineConfig({
  root,
  resolve: { alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }] },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build-once.ts"],
    env: temporaryFiles(),
    isolate: false,
    // Files that did not change are not transformed again: that is a sixth of the run's processor time.
    experimental: { fsModuleCache: true },
    // Tests allocate much that is soon garbage: with room for the young, it is collected in less time.
    execArgv: ["--max-semi-space-size=64"],
    // As many as there are cores: Vitest leaves one for its watching, which these have no use for.
    maxWorkers: availableParallelism(),
    // For what hangs, and for nothing else: where others use the machine, anything may take ten times as long as usual.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    retry: retryInCi,
  },
});
