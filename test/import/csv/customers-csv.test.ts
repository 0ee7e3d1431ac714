// Importing a list of customers.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { Engine } from "../../../src/engine.js";
import { importCustomersCsv } from "../../../src/import/csv/customers-csv.js";
import type { CustomersMapping } from "../../../src/import/csv/mapping-of-customers.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { findProject } from "../../../src/projects/projects.js";
import { expectSame } from "../../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../temporary-engine.js";

interface Import {
  readonly engine?: Engine;
  readonly text: string | Buffer;
  readonly mapping?: string | CustomersMapping;
  readonly name?: string;
}

async function importText({ engine, text, mapping, name = "people.csv" }: Import) {
  const used = engine ?? (await temporaryEngine());
  const folder = await temporaryFolder();
  const file = join(folder, name);
  await writeFile(file, text);
  const summary = await importCustomersCsv(used, "default", file, mapping, {
    rejectsFile: join(folder, "rejects.ndjson"),
  });
  const rejects =
    summary.rejectsFile === undefined
      ? []
      : (await readFile(summary.rejectsFile, "utf8"))
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as object);
  return { engine: used, summary, rejects };
}

const profiles = async (engine: Engine) =>
  (await documents(engine, "customers")).map(({ profile }) => profile);

describe("the plain mapping", () => {
  it("reads every part of a profile by its name, in any order and case", async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "default", {
      timezone: "Europe/Warsaw",
      consents: ["newsletter", "sms"],
      metadataSchema: { age: "number", vip: "boolean", tags: "string[]", renewal: "date", seen: "datetime" },
    });
    const text =
      `Email,source_id,name,phone,created_at,birthdate,city,state,postal_code,country,source,mailchimp_list,intercom_type,web_widget_id,consents,metadata.age,metadata.vip,metadata.tags,metadata.renewal,metadata.seen,metadata.colour,metadata.constructor,remark
a@example.com,a,"Nowak, Anna",+48 1,2026-02-01,1990-02-28,Łódź,Łódzkie,90-001,PL,mailchimp,Newsletter,,,newsletter; sms,41.5,yes,b2b;beta,2026-12-31,2026-02-01 10:00:00,red,Lego,x
,b,,,,,,,,,,,,,,,,,,,,,
`.replace("2026-02-01 10:00:00", "2026-02-01T10:00:00");
    await importText({ engine, text });
    expect(await profiles(engine)).toEqual([
      {
        source_id: "a",
        name: "Nowak, Anna",
        email: "a@example.com",
        phone: "+48 1",
        created_at: "2026-01-31T23:00:00.000Z",
        birthdate: "1990-02-28",
        address: { city: "Łódź", state: "Łódzkie", postal_code: "90-001", country: "PL" },
        source: "mailchimp",
        source_metadata: { mailchimp: { list: "Newsletter" } },
        consents: ["newsletter", "sms"],
        metadata: {
          age: 41.5,
          vip: true,
          tags: ["b2b", "beta"],
          renewal: "2026-12-31",
          seen: "2026-02-01T09:00:00.000Z",
          colour: "red",
          constructor: "Lego",
        },
      },
      { source_id: "b" },
    ]);
    // What the project has no type for is text, and can be asked for.
    expect((await findProject(engine, "default")).metadataSchema).toMatchObject({
      colour: "string",
      age: "number",
    });
  });

  it("needs nothing but the id", async () => {
    const { engine, summary } = await importText({ text: "id\na\n\nb\n" });
    expect(summary).toMatchObject({ rows: { read: 2 }, customers: { written: 2 } });
    expect(await profiles(engine)).toEqual([{ source_id: "a" }, { source_id: "b" }]);
  });

  it("merges into a known customer, and merges rows of one id, which the summary reports by line", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "a", name: "Old", email: "old@example.com" }]);
    const text = "source_id,name\na,Second\nb,B\na,Third\n";
    const { summary } = await importText({ engine, text });
    expect(summary.customers).toEqual({ read: 2, written: 2, unchanged: 0, rejected: 0 });
    expect(summary.rows.read).toBe(3);
    expect(summary.warnings).toEqual([
      {
        code: "REPEATED_ROWS",
        message:
          "1 row repeats a customer of an earlier row; one differs, and what the later row says is kept: a (lines 2 and 4).",
      },
    ]);
    expect(await profiles(engine)).toEqual([
      { source_id: "a", name: "Third", email: "old@example.com" },
      { source_id: "b", name: "B" },
    ]);
    const before = await everything(engine);
    const again = await importText({ engine, text: gzipSync(text), name: "people.csv.gz" });
    expect(again.summary.customers.unchanged).toBe(2);
    expectSame(await everything(engine), before);
  });

  it("leaves rows without an id out, and says what is wrong with others", async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "default", {
      metadataSchema: { age: "number", vip: "boolean", born: "date" },
    });
    const { summary, rejects } = await importText({
      engine,
      text: `source_id,name,source,consents,metadata.age,metadata.vip,metadata.born,created_at
,nobody,,,,,,
a,A,,,old,,,
b,B,,,,maybe,,
c,C,,,,,31.13.1990,
d,D,fax,,,,,
e,E,,post,,,,
f,F,,,,,,,,odd
g,G,,,,,,yesterday
h,H,,,1,no,1990-12-31,2026-01-01
`,
    });
    expect(rejects).toMatchObject([
      { line: 3, reason: '`metadata.age` is "old", which is no number as the mapping writes them' },
      {
        line: 4,
        reason:
          '`metadata.vip` is "maybe", which is neither true nor false; write one of true, yes, y, 1, false, no, n, 0',
      },
      { line: 5, reason: '`metadata.born` is "31.13.1990", which is no date' },
      {
        line: 8,
        reason: 'the row has 10 fields and the first line 8: "odd" is under no column; is a quote missing?',
      },
      { line: 9, reason: '`created_at` is "yesterday", which is no date' },
      { line: 6, reason: expect.stringMatching(/^`source` is "fax"; it must be one of/) },
    ]);
    expect(summary).toMatchObject({ skippedRows: 1, rows: { read: 9, rejected: 5 }, rejected: 6 });
    expect((await profiles(engine)).map(({ source_id }) => source_id)).toEqual(["e", "h"]);
  });

  it("is refused a file without ids", async () => {
    await expect(importText({ text: "name,email\nA,a@example.com\n" })).rejects.toThrow(
      'has no column "source_id". Its first line has: "name", "email".',
    );
  });
});

it("reads each column of lists by its own separator, and the others by the file's", async () => {
  const { engine, rejects } = await importText({
    text: 'id,consents,tags,sizes,colours\n1,"SMS, e-mail",VIP|b2b; c,S; M,"red|blue, green"\n',
    mapping: {
      columns: { sourceId: "id", consents: { column: "consents", listSeparator: "," } },
      metadata: {
        tags: { column: "tags", type: "string[]", listSeparator: "|" },
        sizes: { column: "sizes", type: "string[]" },
        colours: { column: "colours", mayBeList: true, listSeparator: "any" },
      },
    },
  });
  expect(rejects).toEqual([]);
  expect(await profiles(engine)).toEqual([
    {
      source_id: "1",
      consents: ["SMS", "e-mail"],
      metadata: { tags: ["VIP", "b2b; c"], sizes: ["S", "M"], colours: ["red", "blue, green"] },
    },
  ]);
});

describe("a custom mapping", () => {
  const mapping: CustomersMapping = {
    columns: {
      sourceId: "Nr",
      name: { join: ["Vorname", "Name"] },
      birthdate: "Geburtstag",
      consents: "Werbung",
    },
    consents: { Post: "Brief" },
    metadata: {
      Umsatz: { column: "Umsatz", type: "number" },
      Besuche: { column: "Besuche", type: "date[]" },
      Stamm: { column: "Stamm", type: "boolean" },
    },
    source: "api",
    date: { format: "dd.MM.yyyy", zone: "Europe/Berlin" },
    decimalSeparator: ",",
    groupSeparator: ".",
    delimiter: ";",
    listSeparator: "|",
    trueWords: ["ja", "x"],
    falseWords: ["nein"],
    encoding: "windows-1252",
  };
  const text = Buffer.from(
    "Nr;Vorname;Name;Geburtstag;Werbung;Brief;Umsatz;Besuche;Stamm\n" +
      "1;J\xfcrgen;M\xfcller;28.02.1990;Post;ja;1.234,50;01.01.2026|31.03.2026;X\n" +
      "2;;M\xfcller;;;nein;;;\n",
    "latin1",
  );

  it("defines how names, numbers, days, lists and letters are written, and what the project gets", async () => {
    const { engine, rejects } = await importText({ text, mapping });
    expect(rejects).toEqual([]);
    expect(await profiles(engine)).toEqual([
      {
        source_id: "1",
        name: "Jürgen Müller",
        birthdate: "1990-02-28",
        source: "api",
        consents: ["Post"],
        metadata: { Umsatz: 1_234.5, Besuche: ["2026-01-01", "2026-03-31"], Stamm: true },
      },
      { source_id: "2", name: "Müller", source: "api", consents: [] },
    ]);
    expect(await findProject(engine, "default")).toMatchObject({
      consents: ["Post"],
      metadataSchema: { Umsatz: "number", Besuche: "date[]", Stamm: "boolean" },
    });
  });

  it("may be a JSON file", async () => {
    const file = join(await temporaryFolder(), "mapping.json");
    await writeFile(file, JSON.stringify(mapping));
    expect((await importText({ text, mapping: file })).summary.customers.written).toBe(2);
  });

  it.each<[object, string]>([
    [
      { ...mapping, columns: {} },
      "columns.sourceId: is neither a column's name nor a list of them nor {join: […]}",
    ],
    [{ ...mapping, colour: 1 }, 'Unrecognized key: "colour"'],
    [{ ...mapping, metadata: { a: { column: "A", type: "text" } } }, "metadata.a.type: Invalid option"],
    [{ ...mapping, groupSeparator: "," }, "groupSeparator: is the decimal separator too"],
  ])("is refused where it is wrong (%#)", async (wrong, message) => {
    await expect(importText({ text, mapping: wrong as CustomersMapping })).rejects.toThrow(message);
  });

  it("names only columns that exist", async () => {
    const wrong = { ...mapping, columns: { ...mapping.columns, email: ["E-Mail", "Mail"] } };
    await expect(importText({ text, mapping: wrong })).rejects.toThrow('has no column "E-Mail"');
  });

  it("is refused if a key of its metadata has another type in the project", async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "default", { metadataSchema: { Umsatz: "string" } });
    await upsertCustomers(engine, "default", [{ source_id: "x" }]);
    await expect(importText({ engine, text, mapping })).rejects.toThrow(
      "can't change the type of `Umsatz` from string to number",
    );
  });

  it("of orders is not a mapping of customers", async () => {
    await expect(importText({ text, mapping: "online-retail" })).rejects.toThrow(
      '"online-retail" is no shipped mapping of customers (plain, shopify, mailchimp,',
    );
  });
});
