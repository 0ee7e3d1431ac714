// Where a command reads and writes: the process's own streams or, while `withStreams` runs it, others.
import { AsyncLocalStorage } from "node:async_hooks";
import type { Readable, Writable } from "node:stream";
import type { WriteStream } from "node:tty";

/** A stream that may be a terminal. */
export type Output = Writable & Partial<Pick<WriteStream, "isTTY" | "columns" | "hasColors">>;

export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: Output;
}

// Handed down by the call and not as an argument, as every line that is printed would need it.
const given = new AsyncLocalStorage<Streams>();

/** Runs `work`, which reads from and writes to these streams, whatever it awaits. */
export function withStreams<Result>(streams: Streams, work: () => Promise<Result>): Promise<Result> {
  return given.run(streams, work);
}

/** The streams of the command that runs. */
export function currentStreams(): Streams {
  return given.getStore() ?? process;
}
