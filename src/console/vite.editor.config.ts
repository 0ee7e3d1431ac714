// How `segmentql/editor` is built: into dist/editor, as a module, its worker and a style sheet, under fixed names.
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { languageAliases, withoutLexerValidation } from "./vite.config.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/** Keeps the styles to the editor: the page around it has its own. */
function scopedStyles(): Plugin {
  return {
    name: "segmentql-scoped-styles",
    enforce: "pre",
    transform: (code, id) => {
      if (id.endsWith("/styles/tokens.css")) return code.replaceAll(":root", ".segmentql-editor");
      return id.endsWith("/styles/editor.css") ? `.segmentql-editor {\n${code}\n}` : undefined;
    },
  };
}

export default defineConfig({
  root: folder,
  base: "./",
  cacheDir: `${root}node_modules/.cache/vite-editor`,
  resolve: { alias: languageAliases },
  plugins: [scopedStyles(), withoutLexerValidation()],
  build: {
    outDir: `${root}dist/editor`,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      input: { editor: `${folder}embed/editor.ts`, worker: `${folder}language/worker.ts` },
      preserveEntrySignatures: "strict",
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "shared-[hash].js",
        assetFileNames: "[name][extname]",
      },
    },
  },
});
