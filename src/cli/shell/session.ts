// What the shell and its commands share: its surroundings, and what an entry leaves to the next.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import type { ProjectDocument } from "../../documents/documents.js";
import type { Engine } from "../../engine.js";
import type { PreviewAnswer } from "../../query/preview.js";
import type { Paint } from "../terminal/paint.js";

export interface ShellSurroundings {
  readonly engine: Engine;
  readonly project: string;
  /** Takes a line of an answer. */
  readonly print: (line: string) => void;
  /** Takes lines on what went wrong. */
  readonly complain: (lines: string) => void;
  readonly colours: boolean;
  /** How many columns a line of a table may have; undefined where any number. */
  readonly width?: () => number | undefined;
}

/** How an entry ended: `mistake` where it was wrong, `failed` where it was right and could not be answered. */
export type EntryOutcome = "fine" | "mistake" | "failed" | "stopped" | "quit";

/** What commands are handed: they see the entry's surroundings, and keep what outlasts it. */
export interface ShellSession extends Omit<ShellSurroundings, "width"> {
  readonly signal: AbortSignal;
  readonly paint: Paint;
  readonly definition: ProjectDocument;
  readonly kept: ShellState;
  readonly table: (lines: readonly string[]) => void;
  /** The answer to a query; undefined if it has mistakes, which are printed. */
  readonly preview: (query: string) => Promise<ShellRequest | undefined>;
  /** Shows how many customers a query finds, and who they are. */
  readonly show: (query: string, limit: number) => Promise<EntryOutcome>;
  /** Prints a query's diagnostics. */
  readonly printDiagnostics: (query: string, diagnostics: readonly Diagnostic[]) => void;
}

export interface ShellRequest {
  readonly answer: PreviewAnswer;
  /** Milliseconds since the epoch. */
  readonly asOf: number;
}

/** What one entry leaves to the next. */
export interface ShellState {
  /** The instant to answer for, as it was written and in milliseconds since the epoch; now where there is none. */
  asOf?: { readonly written: string; readonly instant: number };
  /** How many customers are shown. */
  limit: number;
  /** The last query that was right. */
  query?: string;
}
