// A record from outside that cannot be taken as it is.

/** A record can't be taken as it is: `message` is the reason and the mend, for the author of the record. */
export class RecordError extends Error {
  override readonly name = "RecordError";
}

/** Runs `work` on a record; a RecordError becomes the reason of a rejection, anything else is thrown on. */
export function attempt<Value>(work: () => Value): { readonly value: Value } | { readonly reason: string } {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof RecordError) return { reason: error.message };
    throw error;
  }
}
