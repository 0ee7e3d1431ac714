// The segments for a command's options: in the store, or over a server.
import { serverSegments } from "../server/segments.js";
import { type GlobalOptions, withEither } from "../session.js";
import { engineSegments } from "./engine-segments.js";
import type { Segments } from "./segments.js";

/** Runs `work` on the segments for the options. @param writes as for `withEngine`. */
export function withSegments<Result>(
  options: GlobalOptions,
  writes: boolean,
  work: (segments: Segments) => Promise<Result>,
): Promise<Result> {
  return withEither(options, writes, {
    engine: (engine) => work(engineSegments(engine, options.project)),
    server: (client) => work(serverSegments(client)),
  });
}
