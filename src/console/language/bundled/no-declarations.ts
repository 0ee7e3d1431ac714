// Replaces `@chevrotain/cst-dts-gen` in bundles: it prints TypeScript declarations of a grammar, which nothing here uses.

/** @throws Error always: no bundle prints declarations. */
export function generateCstDts(): never {
  throw new Error("Declarations of the grammar are not printed in a browser.");
}
