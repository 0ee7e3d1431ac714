// `import` and `define` on the command line: what they print, and what they refuse.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, it } from "vitest";
import { folderOfSuite } from "../../support/folders.js";
import { runCommand } from "../command-line.js";

const folder = folderOfSuite();
const data = join(folder, "data");
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};
const run = (...words: readonly string[]) => runCommand(["--data", data, ...words]);

beforeAll(async () => {
  const people = "source_id,metadata.age,metadata.plan\na,21,gold\nb,thirty,\n";
  expect(await run("import", file("people.csv", people))).toMatchObject({
    exitCode: 0,
    output:
      "Imported into project default:\n" +
      "           READ  NEW OR CHANGED  AS BEFORE  REJECTED\n" +
      "customers     2               2          0         0\n" +
      "2 rows read.\n",
    errors: "",
  });
});

it("a file's encoding and delimiter can be given, and the detected ones are reported", async () => {
  const path = file("odd.csv", Buffer.from("source_id;name\nc;\xa3ucja\n", "latin1"));
  expect(await run("import", path, "--encoding", "windows-1250")).toMatchObject({
    exitCode: 0,
    errors: `${path} was read, separated by semicolons and in windows-1250.\n`,
  });
  expect((await run("query", "name is Łucja", "--json")).output).toContain('"members":["c"]');
  expect((await run("import", path, "--delimiter", "comma")).errors).toContain(
    'has the columns "source_id;name"',
  );
});

it.each<[readonly string[], string]>([
  [["--encoding", "klingon"], '"klingon" is no encoding. Write one as utf-8, utf-16le or windows-1252.'],
  [["--delimiter", "dash"], '"dash" is no delimiter. Write comma, semicolon, tab or bar.'],
  [["--mode", "replace", "--clear-empty"], "--clear-empty is for --mode merge"],
  [["--mode", "add"], "Allowed choices are merge, replace."],
])("import with %j is refused", async (options, message) => {
  const { exitCode, errors } = await run("import", join(folder, "people.csv"), ...options);
  expect(exitCode).toBe(2);
  expect(errors).toContain(message);
});

it("a folder takes no mode", async () => {
  const { exitCode, errors } = await run("import", folder, "--mode", "merge");
  expect({ exitCode, errors }).toEqual({
    exitCode: 2,
    errors: `${folder} is a folder, and --as, --map and --mode are for single files. Leave them out.\n`,
  });
});

it.each([
  [["define", "event", "basket left", "items=number"], "event basket left, items (number)"],
  [["define", "event", "bell rung"], "event bell rung"],
])("%j names what it defines", async (words, defined) => {
  expect(await run(...words)).toMatchObject({
    exitCode: 0,
    output: `Defined in project default: ${defined}.\n`,
  });
});

it("a key's type is changed, after a dry run", async () => {
  const shown = await run("define", "metadata", "age=number", "--dry-run");
  expect(shown).toMatchObject({
    exitCode: 0,
    output:
      "age would be number (was string): 1 values would be converted, 1 can't be.\n" +
      'These would be kept as "age (was string)":\n' +
      '  b: "thirty"\n',
  });
  expect((await run("project", "show")).output).toContain("age (string)");
  const done = await run("define", "metadata", "age=number", "score=number");
  expect(done.output).toBe(
    "Defined in project default: score (number).\n" +
      "age is number (was string): 1 values are converted, 1 can't be.\n" +
      'These are kept as "age (was string)":\n' +
      '  b: "thirty"\n',
  );
  expect((await run("query", "age is 21", "--json")).output).toContain('"members":["a"]');
  const missing = await run("define", "--missing");
  expect(missing.output).toBe(
    "KIND      NAME              TYPE    RECORDS\nmetadata  age (was string)  string        1\n",
  );
});

it("a key of several types is not defined, which is said", async () => {
  const people =
    '[{"source_id":"m1","metadata":{"odd":"x","even":2}},{"source_id":"m2","metadata":{"odd":1}}]';
  await run("import", file("mixed.json", people), "--as", "customers");
  const { output } = await run("define", "--missing", "--yes");
  expect(output).toMatch(/^metadata +odd +several +2$/m);
  const said =
    "Those of several types are not defined: no query can name them until their values are of one type.\n";
  expect(output).toContain(`\nDefined in project default.\n${said}`);
  const again = await run("define", "--missing", "--yes");
  expect(again).toMatchObject({
    exitCode: 0,
    output: `KIND      NAME  TYPE     RECORDS\nmetadata  odd   several        2\n${said}`,
  });
});

it.each<[readonly string[], string]>([
  [["define"], "Say what to define: metadata, event, consent, attribute or project, or --missing."],
  [["define", "metadata", "age"], '"age" is no key with its type. Write it as age=number'],
  [["define", "metadata", "age=float"], "a type is one of string, number, boolean, date, datetime"],
  [["define", "event", "Order", "x=string"], "the built-in event is called so; give yours another name"],
  [["define", "project", "--timezone", "Mars"], '"Mars" is no IANA time zone'],
])("%j is refused", async (words, message) => {
  const { exitCode, errors } = await run(...words);
  expect(exitCode).not.toBe(0);
  expect(errors).toContain(message);
});

it("an attribute is defined by an expression; redefining it shows first how segments change", async () => {
  expect(await run("define", "attribute", "lifetime value", "sum of amount of order")).toMatchObject({
    exitCode: 0,
    output: "Defined in project default: lifetime value (sum of amount of order).\n",
  });
  expect(await run("segment", "create", "No orders", "lifetime value is 0")).toMatchObject({ exitCode: 0 });
  const shown = await run("define", "attribute", "lifetime value", "orders.average_amount", "--dry-run");
  expect(shown.exitCode).toBe(0);
  expect(shown.output).toMatch(/^SEGMENT +BEFORE +AFTER +ENTER +LEAVE\nNo orders +\d +0 +0 +\d\n$/);
  expect(await run("define", "attribute", "lifetime value", "--rename", "worth")).toMatchObject({
    exitCode: 0,
    output: '"lifetime value" is "worth" now in project default.\n',
  });
  const refused = await run("define", "attribute", "worth", "--remove");
  expect(refused.exitCode).not.toBe(0);
  expect(refused.errors).toContain('"worth" is used by the segment "No orders". Change these first.');
  expect((await run("define", "attribute", "worth")).errors).toContain("Give an expression");
});
