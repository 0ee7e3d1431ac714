// How the console is built: into dist/console, under names that hold a hash of the content, so that they may be cached
// indefinitely; with a compressed copy next to each file, which the server sends as it is.
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { precompress } from "./precompress.js";

const folder = fileURLToPath(new URL(".", import.meta.url));
const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What a bundle of the language leaves out: Chevrotain's printer of type declarations and its checks of the grammar, which the
 * parser never runs, its reading of regular expressions, its trees, its recovery from errors, its content assist and its
 * messages, all of lodash, of the list of countries and of Temporal but the functions that are called.
 */
export const languageAliases = [
  { find: /^(?:\.|\.\/parser|\.\.\/parser)\/chevrotain\.js$/, replacement: "chevrotain" },
  { find: /^\.\/temporal\.js$/, replacement: `${folder}language/bundled/few-temporal.ts` },
  { find: "lodash-es", replacement: `${folder}language/bundled/few-functions.ts` },
  { find: /^i18n-iso-countries$/, replacement: `${folder}language/bundled/few-countries.ts` },
  { find: /^\.\/reg_exp(?:_parser)?\.js$/, replacement: `${folder}language/bundled/no-patterns.ts` },
  { find: "@chevrotain/cst-dts-gen", replacement: `${folder}language/bundled/no-declarations.ts` },
  {
    find: /^(?:\.\.\/\.\.\/grammar|\.\.\/grammar|\.\.|\.)\/checks\.js$/,
    replacement: `${folder}language/bundled/no-grammar-checks.ts`,
  },
  { find: /^\.\/traits\/tree_builder\.js$/, replacement: `${folder}language/bundled/no-trees.ts` },
  { find: /^\.\.?(?:\/.+)?\/errors_public\.js$/, replacement: `${folder}language/bundled/no-messages.ts` },
  { find: /^\.\/traits\/context_assist\.js$/, replacement: `${folder}language/bundled/no-assistance.ts` },
  { find: /^\.\/(?:traits\/)?recoverable\.js$/, replacement: `${folder}language/bundled/no-recovery.ts` },
];

/** Leaves out Chevrotain's validation of lexers, which a test runs on ours. */
export const withoutLexerValidation = (): Plugin => ({
  name: "segmentql-without-lexer-validation",
  transform(code, id) {
    if (!id.endsWith("/scan/lexer_public.js")) return null;
    const without = code.replaceAll("this.config.skipValidations === false", "false");
    if (without === code) this.error("Chevrotain asks in another way whether to validate a lexer.");
    return { code: without, map: null };
  },
});

export default defineConfig({
  root: folder,
  base: "/",
  cacheDir: `${root}node_modules/.cache/vite-console`,
  resolve: { alias: languageAliases },
  plugins: [react(), precompress()],
  worker: { format: "es", plugins: () => [withoutLexerValidation()] },
  build: {
    outDir: `${root}dist/console`,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // Loaded as they are met; a list of what to load ahead would be an inline script for browsers that lack it.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rollupOptions: {
      // The web widget is for the pages of shops, which name it, so its name has no hash.
      input: { index: `${folder}index.html`, widget: `${root}src/widget/widget.ts` },
      output: {
        entryFileNames: ({ name }) => (name === "widget" ? "widget.js" : "assets/[name]-[hash].js"),
      },
    },
  },
});
