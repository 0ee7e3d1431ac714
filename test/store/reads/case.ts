// What a case of a named read is.
import type { Reads } from "../../../src/store/reads/reads.js";

/** A read by its name in `Reads`, as it is asked, and what it is to return. */
export type ReadCase = readonly [name: string, read: (reads: Reads) => Promise<unknown>, expected: unknown];

export const ids = (documents: readonly { readonly _id: string }[]): readonly string[] =>
  documents.map(({ _id }) => _id);

export const sorted = (values: readonly string[]): readonly string[] => values.toSorted();

export const byId = <Document extends { readonly _id: string }>(
  documents: readonly Document[],
): readonly Document[] => documents.toSorted((one, other) => (one._id < other._id ? -1 : 1));
