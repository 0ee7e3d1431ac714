// Reading how often an event happened: `at least 3 times`, `twice`.
import type { EventCount, Value } from "../tree.js";
import { clauseAt } from "./clause-scanner.js";
import { numberLength, startsValue } from "./lookahead.js";
import type { Reader } from "./reader.js";
import { readRun, reportMissingValue } from "./values.js";
import { countComparisons } from "./windows.js";

/**
 * `at least 3 times`, `twice`. Undefined if the number is missing, and where the clause turns out to be a measure's
 * comparison: then nothing is taken.
 */
export function readCount(reader: Reader): EventCount | undefined {
  const start = reader.position;
  const first = reader.peek(1).image;
  const words = first === "exactly" ? 1 : ["at", "more", "less"].includes(first) ? 2 : 0;
  const written = words === 0 ? "at least" : words === 1 ? first : `${first} ${reader.peek(2).image}`;
  const amount = reader.peek(1 + words);
  const alone = amount.image === "once" || amount.image === "twice";
  const length = numberLength(reader.peek, 1 + words);
  const unit = reader.peek(1 + words + length).image;
  const counted = unit === "times" || unit === "time";
  if (!alone && !counted && reader.context === "measure") return undefined;
  reader.takeMany(words);
  const comparison = countComparisons[written] ?? "at_least";
  if (alone) {
    reader.take();
    const text = amount.image === "once" ? "1" : "2";
    const times: Value = {
      kind: "Value",
      text,
      span: reader.span(amount.startOffset),
      raw: reader.raw(amount.startOffset),
    };
    return { kind: "EventCount", comparison, times, span: reader.span(start), raw: reader.raw(start) };
  }
  if (!startsValue(amount) || (!counted && clauseAt(reader.peek, 1) !== undefined)) {
    reportMissingValue(reader, written);
    return undefined;
  }
  if (!counted && (amount.image === "times" || amount.image === "time")) {
    reportMissingValue(reader, written);
    reader.take();
    return undefined;
  }
  const times = readRun(reader, length);
  if (counted) reader.take();
  else {
    const end = reader.behind();
    reader.report("MISSING_TIMES", [], { expected: ["times"], fix: reader.source.fix(" times", end, end) });
  }
  return { kind: "EventCount", comparison, times, span: reader.span(start), raw: reader.raw(start) };
}
