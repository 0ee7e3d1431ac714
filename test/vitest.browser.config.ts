// How the browser tests run: apart from the others, since they need a Chromium. CHROMIUM names it; /usr/bin/chromium is
// where Debian has it. `npx vitest run --config test/vitest.browser.config.ts`
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { retryInCi } from "./retry.js";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["test/browser/**/*.browser.ts"],
    globalSetup: ["test/browser/build.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    retry: retryInCi,
  },
});
