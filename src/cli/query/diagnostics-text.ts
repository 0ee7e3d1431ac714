// Shows a query's diagnostics on a terminal: the line, carets under the mistake, and the fix.
import { styleText } from "node:util";
import type { Diagnostic, Fix } from "../../../grammar/diagnostic.js";
import { cutToWidth, displayWidth, printable } from "../terminal/terminal-text.js";

// Of a longer line, only the part around the mistake is shown.
const widestLine = 100;
const contextBefore = 40;
const maxExpected = 12;
const tab = "    ";

/**
 * All diagnostics of `source`, each as
 *
 *     error: There is no attribute `emial`. [UNKNOWN_ATTRIBUTE, line 1, column 1]
 *       1 | emial is x
 *         | ^^^^^
 *       try: email is x
 */
export function diagnosticsText(
  source: string,
  diagnostics: readonly Diagnostic[],
  colours: boolean,
): string {
  return diagnostics.map((diagnostic) => diagnosticText(source, diagnostic, colours)).join("\n\n");
}

function diagnosticText(source: string, diagnostic: Diagnostic, colours: boolean): string {
  const paint = (format: "red" | "yellow" | "green" | "dim" | "bold", text: string) =>
    colours ? styleText(format, text, { validateStream: false }) : text;
  const { code, message, span } = diagnostic;
  const colour = diagnostic.severity === "ERROR" ? "red" : "yellow";
  const { text, carets } = markedLine(source, span.start, span.end);
  const number = String(span.line);
  const margin = " ".repeat(number.length);
  const where = `[${code}, line ${span.line}, column ${span.column}]`;
  const lines = [
    `${paint(colour, `${diagnostic.severity.toLowerCase()}:`)} ${paint("bold", printable(message))} ${paint("dim", where)}`,
    `  ${paint("dim", `${number} |`)} ${text}`,
    `  ${paint("dim", `${margin} |`)} ${paint(colour, carets)}`,
  ];
  if (diagnostic.expected.length > 0) lines.push(`  expected: ${expectedText(diagnostic.expected)}`);
  if (diagnostic.fix) lines.push(`  ${paint("green", "try:")} ${mendedText(source, diagnostic.fix)}`);
  return lines.join("\n");
}

function expectedText(expected: readonly string[]): string {
  const shown = expected.slice(0, maxExpected).map(printable).join(", ");
  return expected.length > maxExpected ? `${shown}, … (${expected.length - maxExpected} more)` : shown;
}

/** The line of `start`, and the carets to show under it; a range over several lines is marked on its first line. */
function markedLine(
  source: string,
  start: number,
  end: number,
): { readonly text: string; readonly carets: string } {
  const { lineStart, line } = lineAt(source, start);
  const from = Math.min(start - lineStart, line.length);
  const to = Math.max(from, Math.min(end - lineStart, line.length));
  let before = shown(line.slice(0, from));
  const marked = shown(line.slice(from, to));
  const after = shown(line.slice(to));
  if (displayWidth(before + marked + after) > widestLine) before = endOfText(before, contextBefore);
  const text = cutToWidth(before + marked + after, widestLine);
  const room = Math.max(1, displayWidth(text) - displayWidth(before));
  const carets = "^".repeat(Math.max(1, Math.min(displayWidth(marked), room)));
  return { text, carets: " ".repeat(displayWidth(before)) + carets };
}

/** Replaces tabs by spaces, so that carets are in the right column whatever the terminal's tab stops. */
function shown(text: string): string {
  return printable(text.replaceAll("\t", tab));
}

function endOfText(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const characters = Array.from(text);
  let kept = characters.length;
  for (let used = 0; kept > 0 && used < width - 1; kept -= 1) used += displayWidth(characters[kept - 1]!);
  return `…${characters.slice(kept).join("")}`;
}

/** The query with the fix applied, or only the line of the fix. */
function mendedText(source: string, fix: Fix): string {
  const mended = source.slice(0, fix.span.start) + fix.replacement + source.slice(fix.span.end);
  const { lineStart, line } = lineAt(mended, fix.span.start);
  const text = shown(line);
  if (displayWidth(text) <= widestLine) return text.trim();
  const from = fix.span.start - lineStart;
  return cutToWidth(
    endOfText(shown(line.slice(0, from)), contextBefore) + shown(line.slice(from)),
    widestLine,
  ).trim();
}

/** The line of an offset, without its line break, and the line's start. */
function lineAt(text: string, offset: number): { readonly lineStart: number; readonly line: string } {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  const rest = text.slice(lineStart);
  return { lineStart, line: rest.slice(0, rest.search(/[\r\n]|$/)) };
}
