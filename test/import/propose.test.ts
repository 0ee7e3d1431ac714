// What is proposed for a file, by its beginning.
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { proposeMapping } from "../../src/import/propose.js";

const proposed = (fileName: string, text: string) => proposeMapping(fileName, new TextEncoder().encode(text));

it("recognises a vendor's export, and proposes a target for each column", async () => {
  const head =
    "Email Address,First Name,Last Name,Birthday,MEMBER_RATING,UNSUB_TIME,Favourite\nada@example.com,Ada,Example,02/28,4,,tea\n";
  const { kind, shipped, columns, delimiter, encoding } = await proposed("audience.csv", head);
  expect([kind, shipped?.name, delimiter, encoding]).toEqual(["customers", "mailchimp", ",", "utf-8"]);
  expect(columns.map(({ name, target }) => [name, target])).toEqual([
    ["Email Address", "columns.email"],
    ["First Name", "columns.name"],
    ["Last Name", "columns.name"],
    ["Birthday", "columns.birthdate"],
    ["MEMBER_RATING", "metadata.mailchimp rating"],
    ["UNSUB_TIME", "consents.email marketing"],
    ["Favourite", undefined],
  ]);
  expect(columns[0]!.samples).toEqual(["ada@example.com"]);
});

it("guesses by the columns' names if no vendor's mapping fits", async () => {
  const { kind, shipped, definition, columns, delimiter } = await proposed(
    "people.csv",
    "First name;Surname;E-mail;Town;Shoe size\nAda;Example;ada@example.com;Testville;38\nBob;",
  );
  expect([kind, shipped, delimiter]).toEqual(["customers", undefined, ";"]);
  expect(definition).toEqual({
    columns: {
      sourceId: "E-mail",
      email: "E-mail",
      name: { join: ["First name", "Surname"] },
      city: "Town",
    },
    metadata: { "Shoe size": { column: "Shoe size" } },
    lowerCaseSourceId: true,
    ignoreLackingColumns: true,
  });
  expect(columns.map(({ target }) => target)).toEqual([
    "columns.name",
    "columns.name",
    "columns.email",
    "columns.city",
    "metadata.Shoe size",
  ]);
  expect(columns.at(-1)!.samples).toEqual(["38"]);
});

it("recognises metadata by a prefix", async () => {
  const { columns } = await proposed("people.csv", "source_id,metadata.plan\na,gold\n");
  expect(columns.map(({ target }) => target)).toEqual(["columns.sourceId", "metadata.plan"]);
});

it("reads a file that is truncated in a row", async () => {
  const { columns } = await proposed("people.csv", 'source_id,name\na,"An');
  expect(columns.map(({ name }) => name)).toEqual(["source_id", "name"]);
});

it("refuses a file that is not CSV", async () => {
  await expect(proposeMapping("book.xlsx", readFileSync("docs/grammar.svg").subarray(0, 0))).rejects.toThrow(
    "is empty",
  );
});

it("guesses of every column of a wide file, and reads a file in UTF-16", async () => {
  const wide = ["E-mail", ...Array.from({ length: 250 }, (_, index) => `Column ${index}`)];
  const { definition, columns } = await proposed("wide.csv", `${wide.join(",")}\nada@example.com\n`);
  expect(columns).toHaveLength(200);
  expect(Object.keys(definition.metadata as object)).toHaveLength(250);
  const text = "\ufeffE-mail,Name\nada@example.com,Ada\nbob@example.com,Bo";
  for (const swapped of [false, true]) {
    const bytes = Buffer.from(text, "utf16le");
    const found = await proposeMapping("people.csv", swapped ? bytes.swap16() : bytes);
    expect(found.columns.map(({ name, samples }) => [name, ...samples])).toEqual([
      ["E-mail", "ada@example.com"],
      ["Name", "Ada"],
    ]);
  }
});
