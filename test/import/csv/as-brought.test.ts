// What people brought and lost: each of these files was changed, refused or merged wrongly once.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { defineProject } from "../../../src/definitions/define.js";
import type { Engine } from "../../../src/engine.js";
import type { CsvOptions } from "../../../src/import/csv/customers-csv.js";
import type { CustomersMapping } from "../../../src/import/csv/mapping-of-customers.js";
import { openInputFile } from "../../../src/import/files/input-file.js";
import type { Reject } from "../../../src/import/files/rejects.js";
import { type FileRequest, importFile } from "../../../src/import/import-file.js";
import { recentProject } from "../../../src/projects/projects.js";
import { previewSegment } from "../../../src/query/preview.js";
import { documents, temporaryEngine, temporaryFolder } from "../temporary-engine.js";

async function importText(
  engine: Engine,
  text: string,
  request: FileRequest = {},
  options: CsvOptions = {},
  name = "people.csv",
) {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, text);
  const rejects: Reject[] = [];
  const onReject = (reject: Reject) => void rejects.push(reject);
  const summary = await importFile(engine, "default", await openInputFile(path), request, {
    ...options,
    onReject,
  });
  return { summary, rejects: rejects.map(({ line, reason }) => ({ line, reason })) };
}

async function members(engine: Engine, query: string): Promise<readonly string[]> {
  const { answer, diagnostics } = await previewSegment(engine, "default", { query });
  expect(diagnostics.filter(({ severity }) => severity === "ERROR")).toEqual([]);
  return answer!.sourceIds();
}

const warned = (summary: { readonly warnings: readonly { code: string; message: string }[] }, code: string) =>
  summary.warnings.filter((each) => each.code === code).map(({ message }) => message);

const shopifyColumns =
  "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,Default Address Country Code,Default Address Zip,Default Address Phone,Phone,Total Spent,Total Orders,Note,Tags";

it("takes Shopify's customers as a European spreadsheet saves them, with semicolons and decimal commas", async () => {
  const engine = await temporaryEngine();
  const { summary } = await importText(
    engine,
    `${shopifyColumns.replaceAll(",", ";")}\n7300000000001;Jürgen;Groß;j@example.com;yes;Köln;DE;;;;10,50;1;;vip, b2b\n`,
  );
  expect(warned(summary, "READ_AS")[0]).toMatch(
    /was read as Shopify's export of customers \(--as customers --map shopify\), separated by semicolons\.$/,
  );
  expect(
    await members(engine, "`shopify total spent` is 10.5 and tags contains b2b and city is Köln"),
  ).toEqual(["j@example.com"]);
});

const mailchimp: CustomersMapping = {
  columns: { sourceId: "Email Address", email: "Email Address", name: { join: ["First Name", "Last Name"] } },
  source: "mailchimp",
  metadata: { rating: { column: "MEMBER_RATING", type: "number" } },
};

it("keeps values that a second source does not have, and removes them only on request", async () => {
  const engine = await temporaryEngine();
  await importText(
    engine,
    `${shopifyColumns}\n7300000000001,Jürgen,Groß,j@example.com,yes,Köln,DE,,,'+4915550101,10.50,1,,"vip, b2b"\n`,
  );
  const second = "Email Address,First Name,Last Name,MEMBER_RATING\nj@example.com,,,4\n";
  await importText(engine, second, { mapping: mailchimp });
  expect(
    await members(
      engine,
      'rating is 4 and city is Köln and tags contains vip and phone is +4915550101 and name is "Jürgen Groß" and consents contains "email marketing" and source is shopify',
    ),
  ).toEqual(["j@example.com"]);
  await importText(engine, second, { mapping: mailchimp }, { clearEmpty: true });
  expect(await members(engine, "rating is 4 and city is Köln and name is unknown")).toEqual([
    "j@example.com",
  ]);
  await importText(engine, second, { mapping: mailchimp }, { mode: "replace" });
  expect((await documents(engine, "customers")).map(({ profile }) => profile)).toEqual([
    { source_id: "j@example.com", email: "j@example.com", source: "mailchimp", metadata: { rating: 4 } },
  ]);
});

it("removes an apostrophe only if a spreadsheet added it", async () => {
  const engine = await temporaryEngine();
  await importText(
    engine,
    `${shopifyColumns}\n'7300000000001,Maarten,'t Hart,m@example.com,no,'s-Hertogenbosch,NL,'5211 AA,,'+31735550100,1.00,1,'tis the season,"'s winters, vip"\n`,
  );
  expect((await documents(engine, "customers"))[0]!.profile).toMatchObject({
    name: "Maarten 't Hart",
    phone: "+31735550100",
    address: { city: "'s-Hertogenbosch", postal_code: "5211 AA" },
    metadata: { "shopify id": "7300000000001", note: "'tis the season", tags: ["'s winters", "vip"] },
  });
});

it("does not merge people by a telephone number", async () => {
  const engine = await temporaryEngine();
  const { summary } = await importText(
    engine,
    `${shopifyColumns}
'71,Ann,Lee,,no,,,,'+15550100,,1.00,1,,vip
'72,Bob,Lee,,no,,,,'+15550100,,1.00,1,,b2b
'73,Cat,Lee,,no,,,,,'+15550199,1.00,1,,vip
'74,Dan,Lee,,no,,,,,'+15550199,1.00,1,,b2b
`,
  );
  expect(summary.customers).toMatchObject({ read: 4, written: 4 });
  expect(await members(engine, "tags contains vip")).toEqual(["+15550199", "71"]);
  expect(await members(engine, "tags contains b2b")).toEqual(["72", "74"]);
  expect(warned(summary, "SHARED_ID")).toEqual([
    "1 customer shares the id of another, and are kept apart: +15550199 (lines 4 and 5, the latter known by 74).",
  ]);
});

const ordersColumns =
  "Name,Email,Financial Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Refunded Amount,Cancelled at";
const shopifyOrder = (name: string, email: string, total: string, id: string, rest = "paid") =>
  `${name},${email},${rest},EUR,${total},2026-03-01 09:30:05 +0100,1,Mug,${total},,,${id}\n`;

it("distinguishes orders of one name by their ids, in one file and in two", async () => {
  const engine = await temporaryEngine();
  const lines = `${shopifyOrder("#1001", "a@x.io", "10.00", "51")}#1001,a@x.io,,,,2026-03-01 09:30:05 +0100,1,Hook,2.00,,,\n${shopifyOrder("#1001", "a@x.io", "25.00", "52")}`;
  await importText(engine, `${ordersColumns},Id\n${lines}`);
  await importText(engine, `${ordersColumns},Id\n${shopifyOrder("#1001", "b@x.io", "7.00", "61")}`);
  expect(await members(engine, "total spent is 35 and number of orders is 2")).toEqual(["a@x.io"]);
  expect(await members(engine, "total spent is 7")).toEqual(["b@x.io"]);
  const [first] = await documents(engine, "orders");
  expect(first).toMatchObject({ source_id: "51", items: [{ name: "Mug" }, { name: "Hook" }] });
});

it("refuses orders of one name that nothing distinguishes", async () => {
  const engine = await temporaryEngine();
  const rows = [shopifyOrder("#1", "a@x.io", "1.00", ""), shopifyOrder("#1", "a@x.io", "2.00", "")];
  const { rejects } = await importText(
    engine,
    `${ordersColumns}\n${rows.join("").replaceAll(",,,\n", ",,\n")}`,
  );
  expect(rejects).toEqual([
    {
      line: 2,
      reason:
        'the rows of lines 2, 3 each name a total: several orders are called "#1"; name the column that tells them apart as `orderId` in the mapping',
    },
  ]);
});

it.each([
  ["paid", "", "PAID", 1_000],
  ["partially_refunded", "4.50", "PAID", 550],
  ["refunded", "10.00", "CANCELED", 0],
  ["voided", "", "CANCELED", 1_000],
  ["expired", "", "CANCELED", 1_000],
  ["Cancelled", "", "CANCELED", 1_000],
  ["pending", "", "CREATED", 1_000],
])("an order that is %s, with %j paid back, is %s", async (status, refunded, stored, amount) => {
  const engine = await temporaryEngine();
  await importText(
    engine,
    `${ordersColumns},Id\n#1,a@x.io,${status},EUR,10.00,2026-03-01 09:30:05 +0100,1,Mug,10.00,${refunded},,9\n`,
  );
  expect(await documents(engine, "orders")).toMatchObject([{ status: stored, amount }]);
});

it("names columns of one name, those that it leaves out, and those without a value", async () => {
  const engine = await temporaryEngine();
  const { summary } = await importText(engine, "source_id,name,name,remark,city,,\na,A,B,x,,odd,\nb,,,,\n");
  expect(summary.warnings).toEqual([
    { code: "DUPLICATE_COLUMNS", message: "Columns of one name, of which the first is read: name." },
    {
      code: "UNMAPPED_COLUMNS",
      message: "Columns that the mapping leaves out: name, remark, column 6, which has no name.",
    },
    { code: "EMPTY_COLUMNS", message: "Columns without any value: city." },
  ]);
  expect(summary.customers.written).toBe(2);
});

it("counts values that are not countries", async () => {
  const engine = await temporaryEngine();
  const { summary } = await importText(
    engine,
    "source_id,country\na,PL\nb,Freedonia\nc,freedonia\nd,Poland\ne,Ruritania\n",
  );
  expect(warned(summary, "UNKNOWN_COUNTRIES")).toEqual([
    "3 customers have a country that is none, which compares as text: freedonia (2), ruritania (1).",
  ]);
});

it("gives metadata the type that all of its values fit", async () => {
  const engine = await temporaryEngine();
  await importText(
    engine,
    'source_id,metadata.age,metadata.zip,metadata.since,metadata.vip,metadata.tags,metadata.mixed\na,21,00950,1.2.2026,yes,"[""red"", ""blue""]",1\nb,30.5,12345,2026-02-03,no,[],x\n',
  );
  const { metadataSchema } = (await documents(engine, "projects"))[0]!;
  expect(metadataSchema).toEqual({
    age: "number",
    zip: "string",
    since: "date",
    vip: "boolean",
    tags: "string[]",
    mixed: "string",
  });
  expect(
    await members(
      engine,
      "age is more than 25 and metadata.zip is 12345 and since is 2026-02-03 and not vip and tags is empty",
    ),
  ).toEqual(["b"]);
  expect(await members(engine, "tags contains red")).toEqual(["a"]);
});

it("keeps the type that the project has", async () => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { metadataSchema: { code: "string" } });
  await importText(engine, "source_id,metadata.code\na,21\n");
  expect(await members(engine, 'code is "21"')).toEqual(["a"]);
});

it("stores a birthday without its year by its day, and no age", async () => {
  const engine = await temporaryEngine();
  await importText(engine, "source_id,birthdate\na,--11-25\nb,1990-11-25\nc,--02-29\nd,\n");
  expect(await members(engine, "birthday anniversary is in the next 7 days")).toEqual(["a", "b"]);
  expect(await members(engine, "birthday month is November")).toEqual(["a", "b"]);
  expect(await members(engine, "birthday month is February")).toEqual(["c"]);
  expect(await members(engine, "birthday is before 2000-01-01")).toEqual(["b"]);
  expect(await members(engine, "birthday is unknown")).toEqual(["a", "c", "d"]);
  expect(await members(engine, "birthday is unknown and birthday month is November")).toEqual(["a"]);
});

it("imports JSON numbers exactly as written, or refuses them", async () => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { metadataSchema: { big: "number" } });
  const records = [
    '{"source_id":"b","metadata":{"big":9007199254740993}}',
    '{"source_id":"c","metadata":{"big":9007199254740992}}',
    '{"source_id":"f","metadata":{"big":1e400}}',
    '{"source_id":"h","metadata":{"big":0.1,"note":"9007199254740993"}}',
  ];
  const { rejects } = await importText(
    engine,
    `[${records.join(",\n")}]`,
    { as: "customers" },
    {},
    "people.json",
  );
  expect(rejects).toEqual([
    {
      line: 1,
      reason:
        "it has the number 9007199254740993, which can't be held exactly; write it as text, or round it",
    },
    {
      line: 3,
      reason: "it has the number 1e400, which can't be held exactly; write it as text, or round it",
    },
  ]);
  expect(await members(engine, "big is 9007199254740992 or big is 0.1")).toEqual(["c", "h"]);
});

it("reports events and metadata that the project does not define", async () => {
  const engine = await temporaryEngine();
  await importText(engine, '{"source_id":"a","metadata":{"age":3}}\n', { as: "customers" }, {}, "c.ndjson");
  const { summary, rejects } = await importText(
    engine,
    '{"customer":"a","type":"Signed Up","at":"2026-01-01"}\n{"customer":"a","type":"Order","at":"2026-01-01"}\n',
    { as: "events" },
    {},
    "e.ndjson",
  );
  expect(warned(summary, "UNDEFINED_NAMES")).toEqual([
    "Names that the project does not define, so that no query can name them yet: event Signed Up (1). " +
      "They are kept; segmentql define --missing shows them with their types, and defines them with --yes.",
  ]);
  expect(rejects).toEqual([
    {
      line: 2,
      reason:
        '`type` is "Order", which is what the built-in event is called; give it another name, as `order placed`, or import it as an order',
    },
  ]);
});

it.each<[string, string, FileRequest, string]>([
  [
    "a,b\n1,2\n",
    "x.csv",
    {},
    'x.csv has the columns "a", "b", which are not those of a list of customers, Shopify\'s',
  ],
  [
    "a,b\n1,2\n",
    "x.csv",
    { as: "events" },
    "CSV files hold orders or customers; events are imported as JSON",
  ],
  [
    "a,b\n1,2\n",
    "x.csv",
    { mapping: "shopify" },
    'There is a mapping "shopify" of orders and one of customers',
  ],
  ["{}\n", "x.ndjson", {}, "Say what the records of"],
  ["{}\n", "x.ndjson", { as: "customers", mapping: "plain" }, "A mapping is for CSV files"],
  ["a,b\n1,2\n", "x.csv", { mapping: "nowhere" }, '"nowhere" is no shipped mapping (online-retail, shopify,'],
])(
  "says what is missing where it is not clear what a file holds (%#)",
  async (text, name, request, message) => {
    await expect(importText(await temporaryEngine(), text, request, {}, name)).rejects.toThrow(message);
  },
);

it("a cell of a megabyte is rejected with the reason, and the rows after it are imported", async () => {
  const engine = await temporaryEngine();
  const { summary, rejects } = await importText(
    engine,
    `source_id,name\n1,${"x".repeat(1_000_000)}\n2,Ann\n`,
    { as: "customers" },
  );
  expect(summary.customers).toMatchObject({ read: 2, written: 1, rejected: 1 });
  expect(rejects).toEqual([{ line: 2, reason: expect.stringMatching(/64 KiB|bytes|characters/) }]);
  expect(await members(engine, "name is Ann")).toEqual(["2"]);
});

it("reads a list of customers by the names of its columns, and says what it made of them", async () => {
  const engine = await temporaryEngine();
  const { summary, rejects } = await importText(
    engine,
    "Email,First Name,Last Name,Zip/Postal Code,Country/Region,Company,Source\nAda@Example.com,Ada,Example,00950,US,Acme,Fair\n",
  );
  expect(rejects).toEqual([]);
  expect(warned(summary, "READ_AS")).toEqual([
    expect.stringMatching(
      /was read as a list of customers, by the names of its columns: id from Email, name from First Name \/ Last Name, email from Email, postal code from Zip\/Postal Code, country from Country\/Region; as metadata Company, Source\. If that is wrong, describe the columns in a mapping/,
    ),
  ]);
  expect(
    await members(
      engine,
      "name is Ada Example and postal code is 00950 and country is US and Company is acme",
    ),
  ).toEqual(["ada@example.com"]);
});

it.each([
  "Order ID,Email,Total",
  "Email,Name,Quantity",
  "Customer ID,Name,Date,Amount",
  "customer_id,name,timestamp",
  "Email",
  "Colour,Size",
])("does not take a file with the columns %s for customers", async (header) => {
  const engine = await temporaryEngine();
  await expect(importText(engine, `${header}\na,b,c\n`)).rejects.toThrow(
    "If its rows are customers, say --as customers; otherwise describe its columns in a mapping",
  );
});

it("refuses a row with a null character, and takes the others", async () => {
  const engine = await temporaryEngine();
  const { rejects } = await importText(
    engine,
    "source_id,name,metadata.note\na,A\0da,\nb,Bo,x\0\nc,Cy,fine\n",
  );
  expect(rejects).toEqual([
    { line: 2, reason: "`name` holds a null character, which can't be stored; remove it" },
    { line: 3, reason: "`metadata.note` holds a null character, which can't be stored; remove it" },
  ]);
  expect(await members(engine, "email is unknown")).toEqual(["c"]);
});

const ages = Array.from({ length: 20 }, (_, index) => `${index},${20 + index}`);

it.each([
  [
    ["x,12345678901234567.5"],
    'one cell ("12345678901234567.5") has more digits than a number here holds exactly',
  ],
  [["x,n/a"], 'one cell ("n/a") is no number'],
  [["x,n/a", "y,?"], '2 cells (such as "n/a") are no numbers'],
])("reports that %j makes a column of numbers text", async (odd, reported) => {
  const engine = await temporaryEngine();
  const text = ["source_id,metadata.age", ...ages, ...odd].join("\n");
  const { summary } = await importText(engine, text);
  expect(warned(summary, "TEXT_COLUMNS")).toEqual([
    `Columns that hold numbers and yet are text: metadata.age, of which ${reported}. Correct the cells, or choose the type in a mapping.`,
  ]);
  expect(await members(engine, 'age is "21"')).toEqual(["1"]);
});

it.each([
  ["numbers", ages],
  ["texts", ["1,a", "2,b", "3,4"]],
  ["long ids", ["1,1234567890123456", "2,1234567890123457"]],
])("reports nothing of a column of %s", async (_, rows) => {
  const engine = await temporaryEngine();
  const { summary } = await importText(engine, ["source_id,metadata.age", ...rows].join("\n"));
  expect(warned(summary, "TEXT_COLUMNS")).toEqual([]);
});

it("an import adds consents that the project does not define, and reports them", async () => {
  const engine = await temporaryEngine();
  const text = "source_id,consents\na,newsletter; SMS\nb,Newsletter\nc,\n";
  const { summary, rejects } = await importText(engine, text);
  expect(rejects).toEqual([]);
  expect(warned(summary, "NEW_CONSENTS")).toEqual([
    "Consents that the project did not define were added to it: newsletter (2), SMS (1).",
  ]);
  expect(await members(engine, "consents contains newsletter")).toEqual(["a", "b"]);
  expect(warned((await importText(engine, text)).summary, "NEW_CONSENTS")).toEqual([]);
});

it("adds no consents from a column that holds something else, and says how to define one", async () => {
  const engine = await temporaryEngine();
  const rows = Array.from({ length: 51 }, (_, index) => `${index},note ${index}`);
  const { summary, rejects } = await importText(engine, ["source_id,consents", ...rows].join("\n"));
  expect(warned(summary, "NEW_CONSENTS")[0]).toMatch(/^The column of consents names more than 50 /);
  expect(rejects).toHaveLength(51);
  expect(rejects[0]).toEqual({
    line: 2,
    reason:
      '`consents` holds "note 0", which is no consent of the project (it has none); correct it, or define it: segmentql define consent "note 0"',
  });
});

it.each([
  [
    "other columns beside an e-mail address",
    "email,tags,likes\na@example.com,red,tea\n",
    { source_id: "a@example.com", email: "a@example.com", metadata: { tags: "red", likes: "tea" } },
  ],
  [
    "German columns",
    "E-Mail-Adresse;Vorname;Nachname;Telefonnummer;Geburtstag;PLZ;Ort;Land\na@example.com;Ann;Groß;555;29.02.;50667;Köln;DE\n",
    {
      source_id: "a@example.com",
      name: "Ann Groß",
      email: "a@example.com",
      phone: "555",
      birthdate: "--02-29",
      address: { city: "Köln", postal_code: "50667", country: "DE" },
    },
  ],
  [
    "Polish columns",
    "Imię|Nazwisko|Adres e-mail|Miasto|Kraj|Data urodzenia\nŁukasz|Żak|l@example.com|Łódź|PL|13.02.1990\n",
    {
      source_id: "l@example.com",
      name: "Łukasz Żak",
      email: "l@example.com",
      birthdate: "1990-02-13",
      address: { city: "Łódź", country: "PL" },
    },
  ],
  [
    "a last name that is called `Name` beside the first name",
    "Vorname;Name;E-Mail\nAnn;Groß;a@example.com\n",
    { source_id: "a@example.com", name: "Ann Groß", email: "a@example.com" },
  ],
  [
    "a whole name beside an English first name",
    "First Name,Name,E-Mail\nAnn,Ann Groß,a@example.com\n",
    {
      source_id: "a@example.com",
      name: "Ann Groß",
      email: "a@example.com",
      metadata: { "First Name": "Ann" },
    },
  ],
  [
    "Dutch names",
    "Naam;Voornaam;E-mailadres\nde Boer;Ann;a@example.com\n",
    { source_id: "a@example.com", name: "Ann de Boer", email: "a@example.com" },
  ],
  [
    "a whole Dutch name",
    "Naam;E-mailadres\nAnn de Boer;a@example.com\n",
    { source_id: "a@example.com", name: "Ann de Boer", email: "a@example.com" },
  ],
  [
    "a whole name beside its parts",
    "Name,First Name,Last Name,Email\nAnn Lee,Ann,Lee,a@example.com\n",
    {
      source_id: "a@example.com",
      name: "Ann Lee",
      email: "a@example.com",
      metadata: { "First Name": "Ann", "Last Name": "Lee" },
    },
  ],
  [
    "Spanish columns, of which `nombre` is the first name",
    "Nombre;Apellidos;Correo\nAna;Gil;a@example.com\n",
    { source_id: "a@example.com", name: "Ana Gil", email: "a@example.com" },
  ],
  [
    "a Spanish first name alone beside an e-mail address",
    "Email,Nombre\na@example.com,Ana\n",
    { source_id: "a@example.com", name: "Ana", email: "a@example.com" },
  ],
  [
    "tags, which are a list in whatever way it is written",
    'Email,Tags,Interests,plan\na@example.com,"VIP, b2b",tea; coffee,"a, b"\n',
    {
      source_id: "a@example.com",
      email: "a@example.com",
      metadata: { Tags: ["VIP", "b2b"], Interests: ["tea", "coffee"], plan: "a, b" },
    },
  ],
  [
    "Italian columns, of which `cap` is the postal code",
    "Nome;Cognome;Email;CAP\nAnna;Riva;a@example.com;00118\n",
    {
      source_id: "a@example.com",
      name: "Anna Riva",
      email: "a@example.com",
      address: { postal_code: "00118" },
    },
  ],
  [
    "a count in French and a limit in English",
    "Prénom,Nom,Email,Nombre,Cap\nAnne,Roy,a@example.com,x3,x9\n",
    {
      source_id: "a@example.com",
      name: "Anne Roy",
      email: "a@example.com",
      metadata: { Nombre: "x3", Cap: "x9" },
    },
  ],
  [
    "what they spent in total",
    "email,total spent\na@example.com,much\n",
    { source_id: "a@example.com", email: "a@example.com", metadata: { "total spent": "much" } },
  ],
])("reads a list of customers with %s", async (_title, text, profile) => {
  const engine = await temporaryEngine();
  await importText(engine, text);
  expect((await documents(engine, "customers")).map((each) => each.profile)).toEqual([profile]);
});

it.each<[title: string, text: string, metadata: Record<string, unknown>, keys: readonly string[]]>([
  ["in capitals", "email,name,ÉTAT\na@example.com,A,neuf\n", { état: "neuf" }, ["état", "Tags"]],
  [
    "beside one that is written the same",
    "email,name,état,Plan\na@example.com,A,neuf,x\n",
    { état: "neuf", Plan: "x" },
    ["état", "Tags", "Plan"],
  ],
  [
    "with a prefix",
    "source_id,email,METADATA.État\n1,a@example.com,neuf\n",
    { état: "neuf" },
    ["état", "Tags"],
  ],
  [
    "of another type",
    'email,name,TAGS\na@example.com,A,"VIP, b2b"\n',
    { Tags: "VIP, b2b" },
    ["état", "Tags"],
  ],
])("takes a column for the project's key of that name, %s", async (_title, text, metadata, keys) => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { metadataSchema: { état: "string", Tags: "string" } });
  await importText(engine, text);
  expect((await documents(engine, "customers")).map(({ profile }) => profile.metadata)).toEqual([metadata]);
  expect(Object.keys((await recentProject(engine, "default")).metadataSchema)).toEqual(keys);
});

it("rejects a list where the project's key is a number, and groups no digits by its commas", async () => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { metadataSchema: { Tags: "number" } });
  const { summary } = await importText(
    engine,
    'email,name,Tags\na@example.com,A,7\nb@example.com,B,"101,102,103"\n',
  );
  expect((await documents(engine, "customers")).map(({ profile }) => profile.metadata)).toEqual([
    { Tags: 7 },
  ]);
  expect(summary.rejected).toBe(1);
});

it("adds a mapping's key beside the project's of that name if the types differ", async () => {
  const engine = await temporaryEngine();
  await defineProject(engine, "default", { metadataSchema: { Tags: "string" } });
  const row = "7300000000001,Ann,A,ann@example.com,yes,Paris,FR,75001,,,0,0,,vip\n";
  await importText(engine, `${shopifyColumns}\n${row}`);
  const [customer] = await documents(engine, "customers");
  expect(customer!.profile.metadata).toMatchObject({ tags: ["vip"] });
});

it("reads the first of two columns whose names differ in case alone, and reports the other", async () => {
  const engine = await temporaryEngine();
  const { summary } = await importText(engine, "email,name,état,ÉTAT\na@example.com,A,neuf,vieux\n");
  expect((await documents(engine, "customers")).map(({ profile }) => profile.metadata)).toEqual([
    { état: "neuf" },
  ]);
  expect(warned(summary, "DUPLICATE_COLUMNS")).toEqual([
    "Columns of one name, of which the first is read: ÉTAT.",
  ]);
});

it.each([
  "email,campaign,clicked\na@example.com,Spring,yes\n",
  "email,order id,shipped\na@example.com,1,yes\n",
  "email,url,at\na@example.com,/home,2026-01-01\n",
  "email\na@example.com\n",
  "email,total,paid at\na@example.com,1,2026-01-01\n",
  "email,ticket\na@example.com,1\n",
  "E-Mail;Bestellnummer;Betrag;Datum\na@example.com;1;2;2026-01-01\n",
  "E-Mail;Vorname;Bestellnummer\na@example.com;Ann;1\n",
  "Email;Numéro de commande;Montant\na@example.com;1;2\n",
  "Email;Nombre;Apellidos;Pedido\na@example.com;Ana;Gil;1\n",
  "Email;Importo;Pagato\na@example.com;1;1\n",
  "Email;Bestelnummer;Bedrag\na@example.com;1;2\n",
  "Email;Zamówienie;Kwota\na@example.com;1;2\n",
  "E-Mail-Adresse;Lieblingsfarbe\na@example.com;rot\n",
])("takes no records for a list of customers: %j", async (text) => {
  const engine = await temporaryEngine();
  await expect(importText(engine, text)).rejects.toThrow("which are not those of a list of customers");
});

it.each([
  ["windows-1252", "Hélène", "windows-1252"],
  ["windows-1250", "Hélčne", "windows-1250"],
  [undefined, "Hélène", "windows-1252"],
] as const)("warns if a file's letters fit two encodings (given: %s)", async (encoding, name, read) => {
  const engine = await temporaryEngine();
  const path = join(await temporaryFolder(), "people.csv");
  await writeFile(path, Buffer.from("email,name\na@example.com,H\xe9l\xe8ne\n", "latin1"));
  const summary = await importFile(engine, "default", await openInputFile(path), {}, { encoding });
  expect((await documents(engine, "customers"))[0]!.profile).toMatchObject({ name });
  expect(warned(summary, "READ_AS")[0]).toContain(`in ${read}`);
  const [warning, ...others] = warned(summary, "UNCERTAIN_ENCODING");
  expect(others).toEqual([]);
  if (encoding !== undefined) return expect(warning).toBeUndefined();
  expect(warning).toBe(
    `The letters of ${path} fit windows-1252, in which they were read, and windows-1250 alike: "Hélène" would be "Hélčne". ` +
      "If that is right, import the file again with --encoding windows-1250; --encoding windows-1252 confirms the reading.",
  );
});

it.each<[what: string, text: string, profiles: readonly object[], rejects: readonly object[]]>([
  [
    "line ends of several kinds",
    "Email,Name\r\na@example.com,Ada\nb@example.com,Bo\rc@example.com,Cy\r\n",
    [{ name: "Ada" }, { name: "Bo" }, { name: "Cy" }],
    [],
  ],
  [
    "a second file joined behind the first",
    "Email,Name\na@example.com,Ada\n\ufeffEmail,Name\n\ufeffb@example.com,Bo\n",
    [{ source_id: "a@example.com" }, { source_id: "b@example.com", email: "b@example.com" }],
    [
      {
        line: 3,
        reason: '`Email` is "Email", which is no e-mail address; is the row one of totals, or a heading?',
      },
    ],
  ],
  [
    "a row of totals",
    "Email,Name,Spent\na@example.com,Ada,5\nTotal,,5\n",
    [{ source_id: "a@example.com", metadata: { Spent: 5 } }],
    [
      {
        line: 3,
        reason: '`Email` is "Total", which is no e-mail address; is the row one of totals, or a heading?',
      },
    ],
  ],
  [
    "ids that a spreadsheet has rounded",
    'Customer ID,Name,Email\n00042,Ada,a@example.com\n1.23E+12,Bo,b@example.com\n"1,23E+12",Cy,c@example.com\n',
    [{ source_id: "00042" }],
    ["1.23E+12", "1,23E+12"].map((id, at) => ({
      line: 3 + at,
      reason: `\`Customer ID\` is "${id}", a number of which a spreadsheet has left out digits; export the file again, and don't save it in a spreadsheet`,
    })),
  ],
  [
    "days to come, with years of two digits",
    "Email,Name,Birthday,Renewal\na@example.com,Ada,31.12.26,31.12.26\n",
    [{ birthdate: "1926-12-31", metadata: { Renewal: "2026-12-31" } }],
    [],
  ],
  [
    "true and false in other languages",
    "Email,Name,Aktiv,Actif,Zgoda,State,Nur\na@example.com,Ada,ja,VRAI,TAK,NE,ja\nb@example.com,Bo,nein,FAUX,nie,NE,ja\n",
    [
      { address: { state: "NE" }, metadata: { Aktiv: true, Actif: true, Zgoda: true, Nur: "ja" } },
      { address: { state: "NE" }, metadata: { Aktiv: false, Actif: false, Zgoda: false, Nur: "ja" } },
    ],
    [],
  ],
  [
    "commas that can only group digits",
    'Email,Name,Spent\na@example.com,Ada,"1,234.50"\nb@example.com,Bo,"-1,234,567"\nc@example.com,Cy,5\n',
    [{ metadata: { Spent: 1234.5 } }, { metadata: { Spent: -1234567 } }, { metadata: { Spent: 5 } }],
    [],
  ],
  [
    "commas that may begin a fraction",
    'Email,Name,Spent\na@example.com,Ada,"1,234"\n',
    [{ metadata: { Spent: "1,234" } }],
    [],
  ],
])("takes %s", async (_, text, expected, rejected) => {
  const engine = await temporaryEngine();
  const { rejects } = await importText(engine, text);
  expect(rejects).toEqual(rejected);
  const found = (await documents(engine, "customers")).map(({ profile }) => profile);
  expect(found).toHaveLength(expected.length);
  expect(found).toMatchObject(expected);
});
