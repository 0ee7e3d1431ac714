// How the playground is built: into dist/playground, as the console is into dist/console, of which it shares no file.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { precompress } from "../precompress.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/playground/",
  cacheDir: `${root}node_modules/.cache/vite-playground`,
  plugins: [react(), precompress()],
  build: {
    outDir: `${root}dist/playground`,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
