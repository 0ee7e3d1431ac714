// The shell on a terminal: a prompt, a history, Tab, Ctrl+C.
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { exitCodes } from "../exit-codes.js";
import { type Paint, painter } from "../terminal/paint.js";
import { tableLines } from "../terminal/table.js";
import { cutToWidth, displayWidth } from "../terminal/terminal-text.js";
import type { Shell } from "./shell.js";
import {
  type Completed,
  type CompletionSources,
  completeEntry,
  type ShellOffer,
} from "./shell-completion.js";
import { asOneLine, entryReader } from "./shell-entry.js";
import { appendHistory, maxEntries, readHistory } from "./shell-history.js";

export interface TerminalOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly colours: boolean;
  /** The file of the history; undefined for no history. */
  readonly history?: string;
  readonly completion: CompletionSources;
  readonly width: () => number | undefined;
}

/** The most offers that Tab lists. */
const maxListed = 12;

/**
 * Reads entries until they end, and returns the exit code.
 * Long because its listeners share what was typed and what runs.
 */
export async function runOnTerminal(shell: Shell, options: TerminalOptions): Promise<number> {
  const { input, output } = options;
  const paint = painter(options.colours);
  const say = (text: string): void => void output.write(`${text}\n`);
  const history = options.history === undefined ? [] : await readHistory(options.history);
  const entries = entryReader();
  const lines = lineQueue();
  let running: AbortController | undefined;
  let asked = false;
  let exitCode: number = exitCodes.fine;
  let leave: () => void = () => undefined;
  const left = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined);
  });

  const terminal = createInterface({
    input,
    output,
    terminal: true,
    history,
    historySize: maxEntries,
    tabSize: 2,
    completer: (line: string, done: (error: null, result: [string[], string]) => void) => {
      complete(line).then(
        (completed) => done(null, readlineResult(line, completed)),
        () => done(null, [[], line]),
      );
    },
  });
  // At the end of input, entries that were typed ahead are still answered, but no prompt is shown: from Node 24 on, readline
  // refuses to.
  let isClosed = false;
  const prompt = (): void => {
    if (isClosed) return;
    const promptText = shell.prompt();
    const goesOn = `${paint("dim", "…".padStart(Math.max(1, plainWidth(promptText) - 2)))}> `;
    terminal.setPrompt(entries.pending() === "" ? promptText : goesOn);
    // Text typed while an answer was awaited is preserved, including the cursor.
    terminal.prompt(true);
  };
  const complete = async (line: string): Promise<Completed> => {
    const completed = await completeEntry(entries.pending(), line, options.completion);
    if (completed.offers.length > 0) list(completed.offers);
    return completed;
  };
  const list = (offers: readonly ShellOffer[]): void => {
    // If the line has several rows, readline moves up as many rows before it shows the line again.
    if (isClosed) return;
    say("\n".repeat(terminal.getCursorPos().rows));
    for (const line of offerLines(offers, paint, options.width())) say(line);
    terminal.prompt(true);
  };

  // The history has whole entries, and not single lines as readline would store them.
  let kept = [...history];
  terminal.on("history", (changed) => changed.splice(0, changed.length, ...kept));
  const remember = async (entry: string): Promise<void> => {
    const line = asOneLine(entry);
    if (line === "" || line === kept[0]) return;
    kept = [line, ...kept].slice(0, maxEntries);
    history.splice(0, history.length, ...kept);
    if (options.history === undefined) return;
    try {
      await appendHistory(options.history, line);
    } catch (error) {
      say(paint("dim", `What is typed is not kept: ${(error as Error).message}`));
    }
  };

  terminal.on("line", lines.add);
  terminal.on("close", () => {
    isClosed = true;
    lines.end();
  });
  terminal.on("SIGINT", () => {
    if (running !== undefined && !running.signal.aborted) {
      running.abort();
      return;
    }
    if (running === undefined && (terminal.line !== "" || entries.pending() !== "")) {
      entries.take();
      Object.assign(terminal, { line: "", cursor: 0 });
      asked = false;
      say("^C");
      prompt();
      return;
    }
    if (running === undefined && !asked) {
      asked = true;
      say(`\n${paint("dim", "Ctrl+C once more leaves; so do \\quit and Ctrl+D.")}`);
      prompt();
      return;
    }
    exitCode = exitCodes.interrupted;
    lines.end();
    leave();
  });

  prompt();
  for (;;) {
    const wasTypedAhead = lines.isWaiting();
    const line = await lines.next();
    if (line === undefined) break;
    // A line typed ahead was echoed among the answers to earlier entries.
    if (wasTypedAhead) say(line);
    asked = false;
    const entry = entries.add(line);
    if (entry !== undefined) {
      running = new AbortController();
      await remember(entry);
      // After a second Ctrl+C, the shell exits without waiting for the query.
      const outcome = await Promise.race([shell.execute(entry, running.signal), left]);
      if (outcome === "stopped") say(paint("yellow", "Stopped."));
      running = undefined;
      if (outcome === "quit" || exitCode !== exitCodes.fine) break;
      say("");
    }
    prompt();
  }
  terminal.close();
  return exitCode;
}

/** A queue of lines, in the order in which they arrive. */
function lineQueue() {
  const waiting: string[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  return {
    add: (line: string): void => {
      waiting.push(line);
      wake();
    },
    end: (): void => {
      isOver = true;
      wake();
    },
    isWaiting: (): boolean => waiting.length > 0,
    async next(): Promise<string | undefined> {
      if (waiting.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return waiting.shift();
    },
  };
}

/** The result in readline's form: it replaces the second element, the text before the cursor, by the only completion. */
function readlineResult(line: string, { drop, insert }: Completed): [string[], string] {
  if (insert === "" && drop === 0) return [[], line];
  return [[insert], line.slice(line.length - drop)];
}

function offerLines(offers: readonly ShellOffer[], paint: Paint, width = 100): readonly string[] {
  const shown = offers.slice(0, maxListed);
  const table = tableLines(
    [
      { title: "", align: "left", widest: 50 },
      { title: "", align: "left", widest: 200 },
    ],
    shown.map(({ label, documentation }) => [label, documentation]),
  ).slice(1);
  const lines = table.map((line) => cutToWidth(`  ${line}`, width));
  const more = offers.length - shown.length;
  return more > 0 ? [...lines, paint("dim", `  … and ${more} more: type on.`)] : lines;
}

function plainWidth(painted: string): number {
  // Colour codes have no width.
  return displayWidth(painted.replaceAll(/\u001b\[[0-9;]*m/g, ""));
}
