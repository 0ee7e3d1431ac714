// The web widget is small: pages of shops load it.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, it } from "vitest";

it("has less than 5 kB, compressed", async () => {
  const entry = fileURLToPath(new URL("../../src/widget/widget.ts", import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      modulePreload: { polyfill: false },
      rollupOptions: { input: { widget: entry } },
    },
  });
  const { output } = built as { readonly output: readonly { readonly code?: string }[] };
  expect(output).toHaveLength(1);
  const code = output[0]!.code!;
  // A script that is no module: it declares nothing that the page's other scripts see.
  expect(code).not.toMatch(/\b(?:import|export)\b/);
  expect(gzipSync(code).length).toBeLessThan(5_000);
});
