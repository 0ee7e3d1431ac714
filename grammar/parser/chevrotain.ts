// Chevrotain as the one file that its package holds for browsers. The package's own entry reads 2,000 small files, most of them
// lodash's, which takes longer than all else that a command does. Bundles of the language have Chevrotain itself in this file's place.
import type * as Chevrotain from "chevrotain";

async function load(): Promise<typeof Chevrotain> {
  try {
    const entry = import.meta.resolve("chevrotain");
    return await import(new URL("../chevrotain.min.mjs", entry).href);
  } catch {
    // Another version of the package may hold it elsewhere.
    return import("chevrotain");
  }
}

const chevrotain = await load();

export const { createToken, EmbeddedActionsParser, EOF, Lexer } = chevrotain;
