import type { ExplainedStep, Explanation } from "./read-options.js";

// Sums up the steps of a pipeline's run, the same way for every store.

/** The steps with their totals; `rowsReturned` is how many rows the last step returned, if known. */
export function explanationOf(
  steps: readonly ExplainedStep[],
  rowsReturned: number | undefined,
): Explanation {
  const read = steps.flatMap((step) => (step.rowsRead === undefined ? [] : [step.rowsRead]));
  return {
    steps,
    indexes: [...new Set(steps.flatMap((step) => (step.index === undefined ? [] : [step.index])))],
    ...(read.length === 0 ? {} : { rowsRead: read.reduce((sum, rows) => sum + rows, 0) }),
    ...(rowsReturned === undefined ? {} : { rowsReturned }),
  };
}
