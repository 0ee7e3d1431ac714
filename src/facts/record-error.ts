// A record from outside that cannot be taken as it is.

/** A record cannot be stored as it is: `message` is the reason and the fix, for the author of the record. */
export class RecordError extends Error {
  override readonly name = "RecordError";
  /** Every mistake that was found, each by itself. */
  readonly mistakes: readonly string[];

  constructor(message: string, mistakes: readonly string[] = [message]) {
    super(message);
    this.mistakes = mistakes;
  }
}

/** Why a record was rejected: in one text, and mistake by mistake. */
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
