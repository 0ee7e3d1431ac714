// Errors of records from outside.

/** A record cannot be stored as it is: `message` is the reason and the fix, for the author of the record. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  /** The mistakes found, one by one. */
  readonly mistakes: readonly string[];

  constructor(message: string, mistakes: readonly string[] = [message]) {
    super(message);
    this.mistakes = mistakes;
  }
}

/** Why a record was rejected: as one text, and mistake by mistake. */
export interface Rejection {
  readonly reason: string;
  readonly mistakes: readonly string[];
}

/** Runs `work` on a record; a RecordError becomes the reason of a rejection, any other error is thrown. */
export function attempt<Value>(work: () => Value): { readonly value: Value } | Rejection {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof RecordError) return { reason: error.message, mistakes: error.mistakes };
    throw error;
  }
}
