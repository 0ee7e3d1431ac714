// Importing a shop's export of orders.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { Engine } from "../../../src/engine.js";
import type { OrdersMapping as Mapping } from "../../../src/import/csv/mapping-of-orders.js";
import { importCsv } from "../../../src/import/csv/orders-csv.js";
import { ImportError } from "../../../src/import/import-error.js";
import type { ImportProgress } from "../../../src/import/summary.js";
import { upsertCustomers } from "../../../src/ingest/customers.js";
import { findProject } from "../../../src/projects/projects.js";
import { expectSame } from "../../support/same.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../temporary-engine.js";

const header = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country";

// Written as the retail data set is: shuffled, equal rows, a cancelled order, a row without customer, countries that differ.
const retail = `${header}
100,A,Mug ,2,2011-10-06 16:21:00,1.255,12923.0,United Kingdom
C101,A,Mug,-1,2011-10-07 09:00:00,1.25,12923.0,France
102,B,"Lamp, 12"" high",1,2011-12-01 10:00:00,20,7,EIRE
103,B,Lamp,1,2011-12-01 10:00:00,20,,Germany
100,C,Hook,3,2011-10-06 16:20:00,0.335,12923.0,United Kingdom
100,A,Mug ,2,2011-10-06 16:21:00,1.255,12923.0,United Kingdom
`;

interface Import {
  readonly engine?: Engine;
  readonly text: string | Buffer;
  readonly mapping?: string | Mapping;
  readonly name?: string;
  readonly onProgress?: (progress: ImportProgress) => void;
}

async function importText({
  engine,
  text,
  mapping = "online-retail",
  name = "shop.csv",
  onProgress,
}: Import) {
  const used = engine ?? (await temporaryEngine());
  const folder = await temporaryFolder();
  const file = join(folder, name);
  await writeFile(file, text);
  const summary = await importCsv(used, "default", file, mapping, {
    rejectsFile: join(folder, "rejects.ndjson"),
    scratchFolder: join(folder, "scratch"),
    onProgress,
  });
  const rejects =
    summary.rejectsFile === undefined
      ? []
      : (await readFile(summary.rejectsFile, "utf8"))
          .trim()
          .split("\n")
          .map((line) => JSON.parse(line) as object);
  expect(await readdir(join(folder, "scratch"))).toEqual([]);
  return { engine: used, summary, rejects, file };
}

describe("the retail mapping", () => {
  it("gathers an order's rows from anywhere in the file", async () => {
    const { engine, summary } = await importText({ text: retail });
    expect(summary).toMatchObject({
      rows: { read: 6, rejected: 0 },
      skippedRows: 1,
      customers: { read: 2, written: 2, unchanged: 0, rejected: 0 },
      orders: { read: 3, written: 3, unchanged: 0, rejected: 0 },
      rejected: 0,
    });
    expect(summary.rejectsFile).toBeUndefined();
    const orders = await documents(engine, "orders");
    expect(
      orders.map(({ source_id, customer, at, status, amount }) => [
        source_id,
        customer,
        at.toISOString(),
        status,
        amount,
      ]),
    ).toEqual([
      // 2 × 1.255 is 2.51, twice; 3 × 0.335 is 1.005, rounded to 1.01. It is placed when its first row is, in London.
      ["100", "default/12923", "2011-10-06T15:20:00.000Z", "FULFILLED", 603],
      ["102", "default/7", "2011-12-01T10:00:00.000Z", "FULFILLED", 2_000],
      ["C101", "default/12923", "2011-10-07T08:00:00.000Z", "CANCELED", -125],
    ]);
    expect(orders[0]?.items).toEqual([
      { sku: "A", name: "Mug", quantity: 2, price: 126 },
      { sku: "C", name: "Hook", quantity: 3, price: 34 },
      { sku: "A", name: "Mug", quantity: 2, price: 126 },
    ]);
    expect(orders[1]?.items[0]?.name).toBe('Lamp, 12" high');
  });

  it("makes customers with the country of their first row, and no creation date", async () => {
    const { engine } = await importText({ text: retail });
    const customers = await documents(engine, "customers");
    expect(customers.map((customer) => customer.facts)).toEqual([
      { source_id: "12923", country: "GB", source: "import", consents: [], metadata: {} },
      { source_id: "7", country: "eire", source: "import", consents: [], metadata: {} },
    ]);
    expect(customers[0]?.activity.orders).toMatchObject({ count: 1, total_amount: 603 });
  });

  it("gives an empty project the mapping's currency and zone", async () => {
    const { engine } = await importText({ text: retail });
    expect(await findProject(engine, "default")).toMatchObject({
      currency: "GBP",
      timezone: "Europe/London",
    });
  });

  it("yields the same when it is repeated, compressed or with its rows in another order", async () => {
    const { engine } = await importText({ text: retail });
    const before = await everything(engine);
    const again = await importText({ engine, text: gzipSync(retail), name: "shop.csv.gz" });
    expect(again.summary).toMatchObject({
      customers: { unchanged: 2 },
      orders: { written: 0, unchanged: 3 },
    });
    expectSame(await everything(engine), before);
  });

  it("leaves known customers unchanged", async () => {
    const engine = await temporaryEngine();
    await defineProject(engine, "default", { currency: "GBP" });
    await upsertCustomers(engine, "default", [{ source_id: "7", name: "Seven" }]);
    const { summary } = await importText({ engine, text: retail });
    expect(summary.customers).toEqual({ read: 2, written: 1, unchanged: 1, rejected: 0 });
    const [, seven] = await documents(engine, "customers");
    expect(seven?.facts).toEqual({ source_id: "7", name: "seven", consents: [], metadata: {} });
    expect(seven?.activity.orders.total_amount).toBe(2_000);
  });

  it("refuses a project that counts in another currency", async () => {
    const engine = await temporaryEngine();
    await upsertCustomers(engine, "default", [{ source_id: "7" }]);
    await expect(importText({ engine, text: retail })).rejects.toThrow(
      "Project default counts in USD and the mapping in GBP; amounts are not converted.",
    );
  });

  it("reports its progress", async () => {
    const seen: ImportProgress[] = [];
    await importText({ text: retail, onProgress: (progress) => seen.push(progress) });
    const bytes = Buffer.byteLength(retail);
    expect(seen).toEqual([
      { phase: "rows", done: 6, bytes, totalBytes: bytes },
      { phase: "orders", done: 3, total: 3 },
    ]);
  });
});

describe("bad rows", () => {
  it("go to the rejects file with their line and reason, and the good ones are imported", async () => {
    const text = `${header}
100,A,"Mug
with a break",1,2011-10-06 16:21:00,1.25,1,France
100,A,Mug,one,2011-10-06 16:21:00,1.25,1,France
100,A,Mug,1,06.10.2011,1.25,1,France

,A,Mug,1,2011-10-06 16:21:00,1.25,1,France
101,A,Mug,1,2011-10-06 16:21:00,1.25,1
104,A,Mug,1,2011-10-06 16:21:00,1.25,1,France,more
102,A,Mug,1,2011-10-06 16:21:00,1.25,2,France
102,A,Mug,1,2011-10-06 16:21:00,1.25,3,France
103,A,Mug,99999999999999,2011-10-06 16:21:00,1000,1,France
`;
    const { engine, summary, rejects, file } = await importText({ text });
    expect(rejects).toMatchObject([
      {
        file,
        line: 4,
        reason: '`Quantity` is "one", which is no number as the mapping writes them',
        record: { Quantity: "one" },
      },
      { line: 5, reason: '`InvoiceDate` is "06.10.2011", which is no date of the form yyyy-MM-dd HH:mm:ss' },
      { line: 7, reason: "`InvoiceNo` is blank" },
      {
        line: 9,
        reason: 'the row has 9 fields and the first line 8: "more" is under no column; is a quote missing?',
      },
      { line: 12, reason: "quantity times price is more than an amount can hold" },
      {
        line: 10,
        reason: 'the order\'s rows name several customers: "2", "3"',
        record: { source_id: "102" },
      },
    ]);
    expect(summary).toMatchObject({
      rows: { read: 9, rejected: 5 },
      orders: { read: 3, written: 2, rejected: 1 },
      rejected: 6,
    });
    expect((await documents(engine, "orders")).map((order) => [order.source_id, order.amount])).toEqual([
      ["100", 125],
      // The cells that its row lacks at its end are blank.
      ["101", 125],
    ]);
  });
});

describe("a custom mapping", () => {
  const mapping: Mapping = {
    columns: {
      customer: "Kunde",
      order: "Nr",
      date: "Datum",
      unitPrice: "Preis",
      productName: "Artikel",
      currency: "W",
    },
    date: { format: "dd.MM.yyyy HH:mm", zone: "Europe/Berlin" },
    currency: "EUR",
    cancelled: { column: "Status", values: ["storniert"] },
    decimalSeparator: ",",
    groupSeparator: ".",
    delimiter: ";",
    encoding: "windows-1252",
  };
  const text = Buffer.from(
    "kunde;Nr;Datum;Preis;Artikel;W;Status\n" +
      "a;1;01.07.2026 10:00;1.234,50;T\xfcr;EUR;offen\n" +
      "a;2;01.07.2026 10:00;5,00;Griff;;Storniert\n" +
      "a;3;01.07.2026 10:00;5,00;Griff;USD;offen\n",
    "latin1",
  );

  it("defines how numbers, dates, cancellations and letters are written", async () => {
    const { engine, rejects } = await importText({ text, mapping });
    const orders = await documents(engine, "orders");
    expect(
      orders.map(({ source_id, at, status, amount, items }) => [
        source_id,
        at.toISOString(),
        status,
        amount,
        items,
      ]),
    ).toEqual([
      ["1", "2026-07-01T08:00:00.000Z", "FULFILLED", 123_450, [{ name: "Tür", quantity: 1, price: 123_450 }]],
      ["2", "2026-07-01T08:00:00.000Z", "CANCELED", 500, [{ name: "Griff", quantity: 1, price: 500 }]],
    ]);
    expect(rejects).toMatchObject([{ line: 4, reason: "the row is in USD and the mapping in EUR" }]);
  });

  it("may be a JSON file", async () => {
    const file = join(await temporaryFolder(), "mapping.json");
    await writeFile(file, JSON.stringify(mapping));
    const { summary } = await importText({ text, mapping: file });
    expect(summary.orders.written).toBe(2);
  });

  it.each<[object, string]>([
    [{ ...mapping, colour: 1 }, 'Unrecognized key: "colour"'],
    [{ ...mapping, currency: "EURO" }, "currency: is no ISO 4217 currency; write three capitals as GBP"],
    [
      { ...mapping, date: { format: "MM.yyyy", zone: "UTC" } },
      "date.format: is neither `iso` nor a pattern with M and d",
    ],
    [
      { ...mapping, date: { format: "iso", zone: "Berlin" } },
      "date.zone: is no IANA time zone; write one as Europe/London",
    ],
    [{ ...mapping, groupSeparator: "," }, "groupSeparator: is the decimal separator too"],
    [
      { ...mapping, columns: { ...mapping.columns, productName: undefined } },
      "columns: names neither `sku` nor `productName`; name one of them",
    ],
  ])("is refused where it is wrong (%#)", async (wrong, message) => {
    await expect(importText({ text, mapping: wrong as Mapping })).rejects.toThrow(message);
  });

  it.each([
    [
      "nowhere",
      '"nowhere" is no shipped mapping of orders (online-retail, shopify, woocommerce, bigcommerce), and as a JSON file it can\'t be read: ENOENT',
    ],
  ])("is refused where there is none: %s", async (name, message) => {
    await expect(importText({ text, mapping: name })).rejects.toThrow(message);
  });
});

describe("a file that can't be read", () => {
  it.each<[string, Partial<Import>, RegExp]>([
    ["is empty", { text: "" }, /shop\.csv is empty; its first line must name the columns\.$/],
    [
      "lacks a column",
      { text: "InvoiceNo;StockCode\n1;2\n" },
      /has no column "CustomerID"\. Its first line has: "InvoiceNo", "StockCode"/,
    ],
    [
      "has a quote without end",
      { text: `${retail}104,A,"Mug,1,x\n` },
      /the row after line 7 has no end, or has more than 1048576 bytes/,
    ],
    [
      "has a row without end",
      { text: `${retail}"${"x\n".repeat(600_000)}` },
      /the row after line 7 has no end/,
    ],
    [
      "is in another encoding",
      { text: Buffer.concat([Buffer.from(retail.replace("Mug", "Müg")), Buffer.from([0xff, 0x0a])]) },
      /near byte \d+ of the file there is something that is not in utf-8\. It begins as UTF-8; save it in one encoding/,
    ],
    [
      "is damaged",
      { text: "plain", name: "shop.csv.gz" },
      /shop\.csv\.gz can't be read to its end: it is damaged or not compressed/,
    ],
    [
      "stops short",
      { text: gzipSync(retail).subarray(0, 60), name: "shop.csv.gz" },
      /the compressed data stops short; copy or download the file again\.$/,
    ],
  ])("%s", async (_, broken, message) => {
    const failed = importText({ text: "", ...broken });
    await expect(failed).rejects.toThrow(ImportError);
    await expect(failed).rejects.toThrow(message);
  });
});
