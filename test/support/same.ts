// Equality of much data.
import { isDeepStrictEqual } from "node:util";
import { expect } from "vitest";

/** Expects thousands of documents to equal others. `toEqual` takes much longer, and only shows what differs. */
export function expectSame(found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) expect(found).toEqual(expected);
}
