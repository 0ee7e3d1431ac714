// Taking files apart into records, however the bytes are cut.
import { describe, expect, it } from "vitest";
import {
  maxRecordLength,
  type ReadRecord,
  recordsByLine,
  recordsOfList,
} from "../../../src/import/files/json-records.js";

async function* cut(text: string | Buffer, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text as string, "utf8");
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all(records: AsyncIterable<ReadRecord>): Promise<ReadRecord[]> {
  const found: ReadRecord[] = [];
  for await (const record of records) found.push(record);
  return found;
}

const sizes = [1, 2, 3, 7, 1_000] as const;
const list = '\ufeff[\n {"a": "]},{[\\"\\\\", "b": [1, {"c": "ł"}]},\n\n  7, "x,]",\n{}\r\n]\n';
const lines = '\ufeff{"a": "ł"}\n\n  \n{"b": [1,\n"two"\r\nnull';

describe.each(sizes)("in chunks of %d bytes", (size) => {
  it("a list is read record by record, each with its line", async () => {
    expect(await all(recordsOfList(cut(list, size), "f.json"))).toEqual([
      { line: 2, value: { a: ']},{["\\', b: [1, { c: "ł" }] } },
      { line: 4, value: 7 },
      { line: 4, value: "x,]" },
      { line: 5, value: {} },
    ]);
  });

  it("lines are read one by one, and invalid JSON is reported", async () => {
    expect(await all(recordsByLine(cut(lines, size)))).toEqual([
      { line: 1, value: { a: "ł" } },
      { line: 4, problem: expect.stringMatching(/^the line is no JSON: /), text: '{"b": [1,' },
      { line: 5, value: "two" },
      { line: 6, value: null },
    ]);
  });
});

describe("a list", () => {
  it.each([["[]"], [" [ ]\n"]])("may be empty: %j", async (text) => {
    expect(await all(recordsOfList(cut(text, 9), "f.json"))).toEqual([]);
  });

  it.each([
    ["", "f.json, line 1: the file is empty; it must hold a list of records: [ {…}, {…} ]"],
    ['\n{"a": 1}', "f.json, line 2: the file must hold a list of records: [ {…}, {…} ]"],
    ["[{},\n{}", "f.json, line 2: the file stops short before its closing ]; 1 records of it are whole"],
    ['[{"a": "\n', "f.json, line 2: the file stops short before its closing ]; 0 records of it are whole"],
    ["[{},\n]", "f.json, line 2: a comma has no record beside it"],
    ["[,{}]", "f.json, line 1: a comma has no record beside it"],
    ["[{}]\n[", "f.json, line 2: something follows the end of the list"],
    ["[{},\n{a: 1}]", "f.json, line 2: record 2 is no JSON: "],
    ["[{} {}]", "f.json, line 1: record 1 is no JSON: "],
    ["[1}]", "f.json, line 1: record 1 is no JSON: "],
  ])("that is broken is refused with the place: %j", async (text, message) => {
    await expect(all(recordsOfList(cut(text, 4), "f.json"))).rejects.toThrow(message);
  });
});

describe("a record", () => {
  const long = `"${"x".repeat(maxRecordLength)}"`;
  const problem = `the record has ${maxRecordLength + 2} bytes; ${maxRecordLength} is the most that one may have`;

  it("that is too long is reported, and the next is read", async () => {
    expect(await all(recordsByLine(cut(`${long}\n1`, 65_536)))).toEqual([
      { line: 1, problem, text: long.slice(0, 1_000) },
      { line: 2, value: 1 },
    ]);
    expect(await all(recordsOfList(cut(`[${long},1]`, 65_536), "f.json"))).toEqual([
      { line: 1, problem, text: long.slice(0, 1_000) },
      { line: 1, value: 1 },
    ]);
  });

  it("that is not UTF-8 is reported", async () => {
    const [record] = await all(recordsByLine(cut(Buffer.from([0x22, 0xff, 0x22]), 9)));
    expect(record).toMatchObject({
      line: 1,
      problem: "the record is not UTF-8; save the file in that encoding",
    });
  });
});
