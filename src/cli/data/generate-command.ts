// `segmentql generate`: generates a made-up shop, in the project or in an interchange folder.

import { commandEnvironment, type GlobalOptions, withEngine } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { print } from "../terminal/output.js";
import { progressDisplay } from "../terminal/progress.js";
import { currentStreams } from "../terminal/streams.js";
import { printCounts } from "./counts-table.js";

export interface GenerateCommandOptions extends GlobalOptions {
  readonly customers: number;
  readonly seed: number;
  readonly events: number;
  readonly out?: string;
  readonly plain?: boolean;
}

export async function generateCommand(options: GenerateCommandOptions): Promise<void> {
  // Loaded only when it is needed: names in many languages are large.
  const { generateFolder, generateIntoStore } = await import("../../generate/generate.js");
  const { customers, seed, events, out, plain, project } = options;
  const display = progressDisplay(currentStreams().stderr);
  const message =
    out === undefined
      ? "Stopped. What is in stays in; run the same command again and it goes on to the same end."
      : "Stopped. Nothing of the folder is left.";
  const counts = await stoppable(message, (signal) => {
    const progress = { signal, onProgress: display.update };
    const made =
      out === undefined
        ? withEngine(options, true, (engine) =>
            generateIntoStore(engine, project, { customers, seed, events, now: engine.clock() }, progress),
          )
        : generateFolder(
            out,
            { customers, seed, events, now: commandEnvironment().clock() },
            { ...progress, plain },
          );
    return made.finally(display.stop);
  });
  print(out === undefined ? `Generated into project ${project}:` : `Generated into ${out}:`);
  printCounts(counts);
}
