// The rough tests: processes that are killed, connections that are reset, attacks, files that are damaged, disks that are full,
// load. One file at a time, since each has the machine's load for its subject. `npm test` leaves them out.
// `npx vitest run --config test/vitest.rough.config.ts`
import { defineConfig } from "vitest/config";
import others from "./vitest.config.js";

export default defineConfig({
  ...others,
  test: { ...others.test, include: ["test/**/*.rough.ts"], fileParallelism: false },
});
