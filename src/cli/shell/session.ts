// What the shell and its commands share: its environment, and the state between entries.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { ProjectDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import type { PreviewAnswer } from "../../query/preview.js";
import type { Paint } from "../terminal/paint.js";

export interface ShellSurroundings {
  readonly engine: Engine;
  readonly project: string;
  /** Prints a line of an answer. */
  readonly print: (line: string) => void;
  /** Prints lines about an error. */
  readonly complain: (lines: string) => void;
  readonly colours: boolean;
  /** How many columns a line of a table may have; undefined if there is no limit. */
  readonly width?: () => number | undefined;
}

/** How an entry ended: `mistake` if it was invalid, `failed` if it was valid but could not be answered. */
export type EntryOutcome = "fine" | "mistake" | "failed" | "stopped" | "quit";

/** The argument of commands: the entry's environment, and the shell's state. */
export interface ShellSession extends Omit<ShellSurroundings, "width"> {
  readonly signal: AbortSignal;
  readonly paint: Paint;
  readonly definition: ProjectDocument;
  readonly kept: ShellState;
  readonly table: (lines: readonly string[]) => void;
  /** The answer to a query; undefined if it is not valid, and then its diagnostics are printed. */
  readonly preview: (query: string) => Promise<ShellRequest | undefined>;
  /** Shows the customers that a query finds, and their number. */
  readonly show: (query: string, limit: number) => Promise<EntryOutcome>;
  /** Prints a query's diagnostics. */
  readonly printDiagnostics: (query: string, diagnostics: readonly Diagnostic[]) => void;
}

export interface ShellRequest {
  readonly answer: PreviewAnswer;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

/** The shell's state, which lasts from one entry to the next. */
export interface ShellState {
  /** The instant to answer for, as it was written and in milliseconds since the epoch; now if it is undefined. */
  asOf?: { readonly written: string; readonly instant: number };
  /** How many customers are shown. */
  limit: number;
  /** The last valid query. */
  query?: string;
}
