// How the tests run: from the package's root, with graphql loaded once (Vitest otherwise loads it twice, as ESM
// and as CommonJS, and graphql refuses schemas of "another module or realm"). Files share a worker's modules, since loading
// them anew for each file takes longer than most files' tests; so a test leaves the process as it found it.
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL("..", import.meta.url));

export default defineConfig({
  root,
  resolve: { alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }] },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/build-once.ts"],
    isolate: false,
    // As many as there are cores: Vitest leaves one for its watching, which these have no use for.
    maxWorkers: availableParallelism(),
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
