// Chevrotain as the single file that its package contains for browsers. The package's own entry reads 2,000 small files, most of
// them lodash's, which takes longer than everything else that a command does. Bundles of the language replace this file by
// Chevrotain itself.
import type * as Chevrotain from "chevrotain";

async function load(): Promise<typeof Chevrotain> {
  try {
    const entry = import.meta.resolve("chevrotain");
    return await import(new URL("../chevrotain.min.mjs", entry).href);
  } catch {
    // Another version of the package may have the file elsewhere.
    return import("chevrotain");
  }
}

const chevrotain = await load();

export const { createToken, EmbeddedActionsParser, EOF, Lexer } = chevrotain;
