// The streams that a command reads and writes: the process's or, inside `withStreams`, others.
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

// Passed by async context and not as an argument, which every function that prints would need.
const given = new AsyncLocalStorage<Streams>();

/** Runs `work` with these streams, also across its awaits. */
export function withStreams<Result>(streams: Streams, work: () => Promise<Result>): Promise<Result> {
  return given.run(streams, work);
}

/** The streams of the running command. */
export function currentStreams(): Streams {
  return given.getStore() ?? process;
}
