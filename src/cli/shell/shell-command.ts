// `segmentql shell`: an interactive shell for queries.

import { hasAny } from "../../definitions/define.js";
import type { Engine } from "../../engine.js";
import { findProject } from "../../projects/projects.js";
import { makeDemo } from "../data/demo.js";
import { CommandFailure } from "../failure.js";
import { type GlobalOptions, withEngine } from "../session.js";
import { stoppable } from "../terminal/interruption.js";
import { complain, hasColours, print } from "../terminal/output.js";
import { painter } from "../terminal/paint.js";
import { currentStreams } from "../terminal/streams.js";
import { createShell } from "./shell.js";
import { runThrough } from "./shell-batch.js";
import { greetingLines } from "./shell-greeting.js";
import { historyFile } from "./shell-history.js";
import { runOnTerminal } from "./shell-terminal.js";

export interface ShellOptions extends GlobalOptions {
  readonly demo?: boolean;
}

export async function shellCommand(options: ShellOptions): Promise<void> {
  const exitCode = await withEngine(options, options.demo === true, async (engine) => {
    if (options.demo) await makeDemo(engine, options.project);
    // An unknown project is reported at once, not with the first query.
    await findProject(engine, options.project);
    const { stdin, stdout } = currentStreams();
    return stdin.isTTY && stdout.isTTY
      ? onTerminal(engine, options.project)
      : stoppable("Stopped.", (signal) => through(engine, options.project, signal));
  });
  if (exitCode !== 0) throw new CommandFailure(exitCode, "");
}

async function onTerminal(engine: Engine, project: string): Promise<number> {
  const { stdin, stdout } = currentStreams();
  const colours = hasColours(stdout);
  const width = () => stdout.columns;
  // Answers and errors go to one stream, so that they are in order between the prompts.
  const shell = createShell({ engine, project, print, complain: print, colours, width });
  const isEmpty = !(await hasAny(engine, project, "customers"));
  const paint = painter(colours);
  for (const line of greetingLines(await shell.catalog(), shell.asOf(), isEmpty, paint)) print(line);
  return runOnTerminal(shell, {
    input: stdin,
    output: stdout,
    colours,
    width,
    history: historyFile(process.env),
    completion: shell,
  });
}

function through(engine: Engine, project: string, signal: AbortSignal): Promise<number> {
  const { stdin, stdout } = currentStreams();
  const shell = createShell({ engine, project, print, complain, colours: hasColours(stdout) });
  return runThrough(shell, stdin, signal);
}
