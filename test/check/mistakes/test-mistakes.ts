// Tests of one usual mistake: each row is a sentence with nothing else wrong, with all that is reported of it.
import { expect, it } from "vitest";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { withFixes } from "../accept-mends.js";
import { checkMarketer } from "../marketer-world.js";

export interface MistakeRow {
  readonly written: string;
  readonly code: string;
  readonly message: string;
  /** The sentence with the mend that is offered; none is offered if it is left out. */
  readonly mended?: string;
}

export function testMistakes(rows: readonly MistakeRow[]): void {
  it.each(rows)("$written", ({ written, code, message, mended }) => {
    const { diagnostics } = checkMarketer(written);
    expect(diagnostics.map((one) => [one.code, one.message])).toEqual([[code, message]]);
    expect(mendedOf(written, diagnostics)).toBe(mended);
    if (mended === undefined) return;
    const after = checkMarketer(mended).diagnostics;
    expect(after.filter((one) => one.severity === "ERROR" || one.code === code)).toEqual([]);
  });
}

function mendedOf(written: string, diagnostics: readonly Diagnostic[]): string | undefined {
  const fixes = diagnostics.flatMap(({ fix }) => fix ?? []);
  return fixes.length === 0 ? undefined : withFixes(written, fixes);
}
