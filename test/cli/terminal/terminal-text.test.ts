import { describe, expect, it } from "vitest";
import { cutToWidth, displayWidth, padToWidth, printable } from "../../../src/cli/terminal/terminal-text.js";

describe("displayWidth", () => {
  it.each([
    ["", 0],
    ["plain", 5],
    ["Zoë", 3],
    ["Zoe\u0308", 3], // decomposed: the mark takes no column
    ["日本", 4],
    ["Ｆｕｌｌ", 8],
    ["한국", 4],
    ["👍", 2],
    ["👩‍👩‍👧", 2], // one grapheme of several emoji
    ["a\u200bb", 2], // zero-width space
  ])("of %j is %i", (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe("printable", () => {
  it.each([
    ["a\u001b[31mb", "a␛[31mb"],
    ["a\tb\nc", "a␉b␊c"],
    ["del\u007f", "del␡"],
    ["c1\u009b31m", "c1\ufffd31m"],
    ["left\u202eright", "left\ufffdright"],
    ["Łódź", "Łódź"],
  ])("makes %j %j", (text, shown) => {
    expect(printable(text)).toBe(shown);
  });
});

describe("cutToWidth", () => {
  it.each([
    ["short", 5, "short"],
    ["longer", 5, "long…"],
    ["日本語", 5, "日本…"],
    ["日本語", 4, "日…"],
    ["日本語", 6, "日本語"],
  ])("cuts %j to %i columns as %j", (text, width, cut) => {
    expect(cutToWidth(text, width)).toBe(cut);
  });
});

describe("padToWidth", () => {
  it.each([
    ["ab", 4, "left", "ab  "],
    ["ab", 4, "right", "  ab"],
    ["日", 4, "left", "日  "],
    ["toolong", 4, "left", "toolong"],
  ] as const)("pads %j to %i, %s", (text, width, align, padded) => {
    expect(padToWidth(text, width, align)).toBe(padded);
  });
});
