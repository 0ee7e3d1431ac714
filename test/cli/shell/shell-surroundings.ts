// The shell over the conformance world, in this process: on a made-up terminal, or handed its entries.
import { PassThrough } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { vi } from "vitest";
import { createShell, type Shell } from "../../../src/cli/shell/shell.js";
import type { Suggest } from "../../../src/cli/shell/shell-completion.js";
import { runOnTerminal } from "../../../src/cli/shell/shell-terminal.js";
import type { Engine } from "../../../src/engine.js";
import { importFolder } from "../../../src/import/folder.js";

const world = fileURLToPath(new URL("../../conformance", import.meta.url));

/** Puts the world into the engine's store. */
export async function fillWithWorld(engine: Engine): Promise<void> {
  const { rejected } = await importFolder(engine, "default", world, {});
  if (rejected !== 0) throw new Error("The world was not taken whole.");
}

/** A shell whose answers and complaints are gathered, as `! …` where they are complaints. */
export function gatheringShell(engine: Engine): { readonly shell: Shell; readonly said: string[] } {
  const said: string[] = [];
  const shell = createShell({
    engine,
    project: "default",
    colours: false,
    print: (line) => said.push(...line.split("\n")),
    complain: (lines) => said.push(...lines.split("\n").map((line) => `! ${line}`)),
  });
  return { shell, said };
}

export interface Terminal {
  /** Presses keys; `\r` is Enter, `\t` Tab, `\x03` Ctrl+C. */
  readonly press: (keys: string) => void;
  /** Waits until the screen shows this, after what was waited for before. */
  readonly shows: (text: string) => Promise<void>;
  /** Everything that was shown, without colours and movements. */
  readonly screen: () => string;
  /** Everything that was shown, as it was. */
  readonly raw: () => string;
  readonly exitCode: Promise<number>;
}

export function openTerminal(
  engine: Engine,
  options: { readonly history?: string; readonly suggest?: Suggest; readonly colours?: boolean } = {},
): Terminal {
  const [input, output] = [new PassThrough(), new PassThrough()];
  let raw = "";
  let seen = 0;
  output.on("data", (data) => {
    raw += String(data);
  });
  const colours = options.colours ?? false;
  const write = (line: string) => void output.write(`${line}\n`);
  const shell = createShell({ engine, project: "default", print: write, complain: write, colours });
  const exitCode = runOnTerminal(shell, {
    input,
    output,
    colours,
    history: options.history,
    completion: { suggest: options.suggest ?? shell.suggest, customers: shell.customers },
    width: () => 100,
  });
  const screen = () => stripVTControlCharacters(raw);
  return {
    // One by one, as a keyboard does: Tab in a text that comes at once is taken for a part of it.
    press: (keys) => {
      for (const key of keys.match(/\x1b\[A|./gs) ?? []) input.write(key);
    },
    shows: async (text) => {
      await vi.waitFor(
        () => {
          const at = screen().indexOf(text, seen);
          if (at < 0) throw new Error(`The screen does not show "${text}":\n${screen().slice(seen)}`);
          seen = at + text.length;
        },
        { timeout: 60_000, interval: 10 },
      );
      // What follows from the key that showed it has begun by then.
      await turn();
    },
    screen,
    raw: () => raw,
    exitCode,
  };
}
