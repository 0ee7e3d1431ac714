// Sentences over the whole grammar with the trees that they are, in the compact form of shape.ts. What is expected is
// written down from the language page; every parser of the language must give it.
import { comparisonCases } from "./comparison-cases.js";
import { eventCases } from "./event-cases.js";
import { structureCases } from "./structure-cases.js";
import { valueCases } from "./value-cases.js";

/** A sentence and its shape. */
export type Case = readonly [text: string, tree: string];

export const cases: readonly { readonly text: string; readonly tree: string }[] = [
  ...structureCases,
  ...comparisonCases,
  ...valueCases,
  ...eventCases,
].map(([text, tree]) => ({ text, tree }));
