// Standard output and standard error, as commands write to them.
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";
import { diagnosticsText } from "../query/diagnostics-text.js";
import { currentStreams, type Output } from "./streams.js";

/** Writes a line to standard output. */
export function print(line = ""): void {
  currentStreams().stdout.write(`${line}\n`);
}

/** Writes a line to standard error. */
export function complain(line: string): void {
  currentStreams().stderr.write(`${line}\n`);
}

/** True if the stream is a terminal with colours, and NO_COLOR doesn't forbid them. */
export function hasColours(stream: Output): boolean {
  return stream.isTTY === true && stream.hasColors?.() === true;
}

/** Writes diagnostics to standard error. */
export function printDiagnostics(source: string, diagnostics: readonly Diagnostic[]): void {
  if (diagnostics.length > 0)
    complain(diagnosticsText(source, diagnostics, hasColours(currentStreams().stderr)));
}

/** Writes diagnostics to standard error, and ends the command if the query has errors. */
export function refuseWrongQuery(source: string, diagnostics: readonly Diagnostic[]): void {
  printDiagnostics(source, diagnostics);
  if (diagnostics.some((diagnostic) => diagnostic.severity === "ERROR")) {
    throw new CommandFailure(exitCodes.wrongQuery, "");
  }
}
