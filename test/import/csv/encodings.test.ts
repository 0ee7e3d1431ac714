// Files as spreadsheets and tools save them: encodings, delimiters, archives.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { openCsv } from "../../../src/import/csv/csv-file.js";
import { decoderOf } from "../../../src/import/csv/encoding/decoding.js";
import { inputFromStream, openInputFile } from "../../../src/import/files/input-file.js";
import { temporaryFolder } from "../temporary-engine.js";

async function read(
  bytes: Buffer | Uint8Array,
  format: { encoding?: string; delimiter?: "," | ";" } = {},
  name = "people.csv",
) {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  const csv = await openCsv(await openInputFile(path), format);
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  for await (const { fields, line } of csv.rows()) {
    rows.push(fields);
    lines.push(line);
  }
  return { header: csv.header, rows, lines, encoding: csv.encoding(), delimiter: csv.delimiter };
}

const text = "name,city\nJürgen,Köln\nŽ,€5\n";
const utf16le = Buffer.from(text, "utf16le");
const swapped = Buffer.from(utf16le).swap16();
const mark = (bytes: readonly number[], rest: Buffer) => Buffer.concat([Buffer.from(bytes), rest]);
const windows = Buffer.from("name,city\nJ\xfcrgen,K\xf6ln\n\x8e,\x805\n", "latin1");

describe("an encoding is detected in the file", () => {
  it.each<[string, Buffer, string]>([
    ["UTF-8", Buffer.from(text), "utf-8"],
    ["UTF-8 with a mark", mark([0xef, 0xbb, 0xbf], Buffer.from(text)), "utf-8"],
    ["UTF-16 with a mark", mark([0xff, 0xfe], utf16le), "utf-16le"],
    ["UTF-16, big end first, with a mark", mark([0xfe, 0xff], swapped), "utf-16be"],
    ["UTF-16 without a mark", utf16le, "utf-16le"],
    ["UTF-16, big end first, without a mark", swapped, "utf-16be"],
    ["Windows-1252", windows, "windows-1252"],
  ])("%s", async (_, bytes, encoding) => {
    expect(await read(bytes)).toMatchObject({
      header: ["name", "city"],
      rows: [
        ["Jürgen", "Köln"],
        ["Ž", "€5"],
      ],
      encoding,
    });
  });

  it("Windows-1250, whose letters come late in a long file", async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => `Anna ${row},Warsaw`);
    const polish = Buffer.from(`name,city\n${rows.join("\n")}\nPawe\xb3,\xa3\xf3d\x9f\n`, "latin1");
    const { rows: found, encoding } = await read(polish);
    expect([found.length, found.at(-1), encoding]).toEqual([20_001, ["Paweł", "Łódź"], "windows-1250"]);
  });

  it("in chunks of any size", () => {
    for (const [bytes, encoding] of [
      [Buffer.from(text), "utf-8"],
      [windows, "windows-1252"],
      [mark([0xff, 0xfe], utf16le), "utf-16le"],
    ] as const) {
      const decoder = decoderOf(undefined, () => "the file");
      let decoded = "";
      for (const byte of bytes) decoded += decoder.decode(Buffer.from([byte]));
      expect(decoded + decoder.end()).toBe(text);
      expect(decoder.encoding()).toBe(encoding);
    }
  });

  it("and a given one takes precedence", async () => {
    const { rows } = await read(Buffer.from("name\n\xb3\xf3d\x9f\n", "latin1"), { encoding: "windows-1250" });
    expect(rows).toEqual([["łódź"]]);
  });

  it("and a file with two encodings is refused", async () => {
    const mixed = Buffer.concat([Buffer.from("name\nJürgen\n"), Buffer.from([0xfc, 0x0a])]);
    await expect(read(mixed)).rejects.toThrow(
      "It begins as UTF-8; save it in one encoding, or name its encoding",
    );
  });
});

describe("a delimiter is detected in the first line", () => {
  it.each<[string, string, string]>([
    ["commas", 'a,"b;c",d\n1,2,3\n', ","],
    ["semicolons", 'a;"b,c,d,e";f\n1;2;3\n', ";"],
    ["tabs", "a\tb, c\td\n1\t2\t3\n", "\t"],
    ["bars", "a|b|c\n1|2|3\n", "|"],
  ])("%s", async (_, content, delimiter) => {
    const found = await read(Buffer.from(content));
    expect(found).toMatchObject({ rows: [["1", "2", "3"]], delimiter });
    expect(found.header).toHaveLength(3);
  });

  it("or named by Excel in a separate line, which keeps its number", async () => {
    expect(await read(Buffer.from("\ufeffsep=;\r\na,x;b\r\n1;2\r\n"))).toMatchObject({
      header: ["a,x", "b"],
      rows: [["1", "2"]],
      lines: [3],
      delimiter: ";",
    });
  });

  it("or given", async () => {
    expect(await read(Buffer.from("a;b,c\n1;2,3\n"), { delimiter: "," })).toMatchObject({
      header: ["a;b", "c"],
      rows: [["1;2", "3"]],
    });
  });
});

it("skips rows of only delimiters", async () => {
  expect(await read(Buffer.from("a,b\n,\n1,2\n\n,,\n"))).toMatchObject({ rows: [["1", "2"]], lines: [3] });
});

describe("an archive", () => {
  const people = strToU8("name\nAda\n");

  it("is unpacked under any name", async () => {
    const zipped = zipSync({ "folder/people.csv": people, "__MACOSX/folder/._people.csv": people });
    expect(await read(zipped, {}, "people.csv")).toMatchObject({ rows: [["Ada"]] });
    expect(await read(gzipSync(people), {}, "people.csv")).toMatchObject({ rows: [["Ada"]] });
    const stream = inputFromStream(Readable.from([Buffer.from(zipped)]), "stdin");
    const csv = await openCsv(stream, {});
    expect((await csv.rows().next()).value).toMatchObject({ fields: ["Ada"] });
  });

  it("of a large file is unpacked in pieces", async () => {
    const rows = Array.from({ length: 100_000 }, (_, row) => `customer ${row}`);
    const found = await read(zipSync({ "a.csv": strToU8(`name\n${rows.join("\n")}\n`) }));
    expect(found.rows).toHaveLength(100_000);
    expect(found.rows.at(-1)).toEqual(["customer 99999"]);
  });

  it.each<[string, Uint8Array, string]>([
    [
      "of several files",
      zipSync({ "subscribed.csv": people, "unsubscribed.csv": people }),
      "holds several files (subscribed.csv, unsubscribed.csv, …). Unpack it, and import each of them.",
    ],
    [
      "that is a workbook",
      zipSync({ "[Content_Types].xml": people, "xl/workbook.xml": people }),
      'is a spreadsheet. Open it, save the sheet as "CSV UTF-8 (comma delimited)", and import that file.',
    ],
    ["of an old workbook", Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), "is a spreadsheet."],
    [
      "that stops short",
      zipSync({ "a.csv": strToU8("name\n".repeat(9_999)) }).subarray(0, 60),
      "is a damaged archive, or stops short",
    ],
    ["without a file", zipSync({}), "is an archive without any file"],
  ])("%s is refused with the way out", async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(message);
  });
});
