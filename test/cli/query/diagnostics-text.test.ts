// What a mistake looks like on a terminal. The bad span is between » and « in each source.
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../grammar/diagnostic.js";
import { diagnosticsText } from "../../../src/cli/query/diagnostics-text.js";

function marked(text: string): { source: string; diagnostic: Diagnostic } {
  const start = text.indexOf("»");
  const end = text.indexOf("«") - 1;
  const source = text.replace(/[»«]/g, "");
  const lines = source.slice(0, start).split(/\r\n|\r|\n/);
  const span = { start, end, line: lines.length, column: lines.at(-1)!.length + 1 };
  return {
    source,
    diagnostic: { code: "SOME_CODE", severity: "ERROR", message: "It is wrong.", span, expected: [] },
  };
}

function shown(text: string, more: Partial<Diagnostic> = {}): string[] {
  const { source, diagnostic } = marked(text);
  return diagnosticsText(source, [{ ...diagnostic, ...more }], false).split("\n");
}

describe("diagnosticsText", () => {
  it("puts carets under the part that is wrong", () => {
    expect(shown("city is Paris and »emial« is x")).toEqual([
      "error: It is wrong. [SOME_CODE, line 1, column 19]",
      "  1 | city is Paris and emial is x",
      "    |                   ^^^^^",
    ]);
  });

  it("shows what was expected, and the query with the fix applied", () => {
    const { source, diagnostic } = marked("»emial« is x");
    const text = diagnosticsText(
      source,
      [
        {
          ...diagnostic,
          severity: "WARNING",
          expected: ["email", "name"],
          fix: { replacement: "email", span: diagnostic.span },
        },
      ],
      false,
    );
    expect(text.split("\n")).toEqual([
      "warning: It is wrong. [SOME_CODE, line 1, column 1]",
      "  1 | emial is x",
      "    | ^^^^^",
      "  expected: email, name",
      "  try: email is x",
    ]);
  });

  it.each([
    ["at the end of the query", "email starts»«", ["  1 | email starts", "    |             ^"]],
    ["in an empty query", "»«", ["  1 | ", "    | ^"]],
    ["on a later line", "city is Paris\nand »emial« is x", ["  2 | and emial is x", "    |     ^^^^^"]],
    [
      "on a later line, with CRLF",
      "city is Paris\r\nand »emial« is x\r\nor y",
      ["  2 | and emial is x", "    |     ^^^^^"],
    ],
    ["after a tab", "\tcity\tis »Pariss«", ["  1 |     city    is Pariss", "    |                ^^^^^^"]],
    [
      "after wide characters",
      "city is 東京 and »emial« is x",
      ["  1 | city is 東京 and emial is x", "    |                  ^^^^^"],
    ],
    ["over wide characters", "city »東京«", ["  1 | city 東京", "    |      ^^^^"]],
    ["over a mark that has no width", "city »Zoe\u0308«", ["  1 | city Zoe\u0308", "    |      ^^^"]],
    ["over several lines: on the first", "a »is (b,\nc« d", ["  1 | a is (b,", "    |   ^^^^^^"]],
    ["over what a terminal would obey", "a »\u001b[31m« b", ["  1 | a ␛[31m b", "    |   ^^^^^"]],
  ])("marks a span %s", (_, text, lines) => {
    expect(shown(text).slice(1)).toEqual(lines);
  });

  it("shows a long line in part, around the mistake", () => {
    const [, line, carets] = shown(
      `${"city is Paris or ".repeat(20)}»emial« is x ${"or city is Rome ".repeat(20)}`,
    );
    expect(line).toMatch(/^ {2}1 \| ….*or emial is x or city.*…$/);
    expect(line!.length).toBeLessThanOrEqual(106);
    expect(line!.indexOf("emial")).toBe(carets!.indexOf("^"));
    expect(carets!.trimStart().slice(2).trim()).toBe("^^^^^");
  });

  it("keeps the carets within the part of a long line that it shows", () => {
    const [, line, carets] = shown(`name is »${"x".repeat(500)}«`);
    expect(line!.length).toBe(106);
    expect(carets!.length).toBe(106);
  });

  it("uses colours only on request", () => {
    const { source, diagnostic } = marked("»x«");
    expect(diagnosticsText(source, [diagnostic], false)).not.toContain("\u001b");
    expect(diagnosticsText(source, [diagnostic], true)).toContain("\u001b[31merror:\u001b[39m");
  });
});
