// The commands, in this process, over a data folder with the conformance world in it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { worldAsOf } from "../support/conformance-world.js";
import { runCommand as run, version } from "./command-line.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const world = join(root, "test/conformance");
const folder = mkdtempSync(join(tmpdir(), "segmentql-cli-"));
const startedIn = process.cwd();

const cases = JSON.parse(readFileSync(join(world, "cases.json"), "utf8")) as {
  query: string;
  members: string[];
}[];
const membersOf = (query: string) => cases.find((each) => each.query === query)!.members;

beforeAll(async () => {
  process.chdir(folder);
  expect(await run(["import", world])).toMatchObject({ exitCode: 0 });
});
afterAll(() => {
  process.chdir(startedIn);
  rmSync(folder, { recursive: true, force: true });
});

describe("shell", () => {
  it("answers standard input line by line, and reports mistakes by its exit code", async () => {
    const { exitCode, output, errors } = await run(
      ["shell"],
      "\\count (city is Paris or\ncity is London)\nemial is x\n\\format vip",
    );
    expect(exitCode).toBe(3);
    expect(output).toMatch(/^14 customers as of 2026-11-23 13:00:00 [^\n]+\nmetadata\.vip\n$/);
    expect(errors).toMatch(/^error: There is no attribute `emial`\./);
    expect(output + errors).not.toContain("\u001b");
  });

  it("says what it needs if there is no data or no such project", async () => {
    expect(await run(["shell", "--data", "nowhere"])).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining("There is no data in nowhere."),
    });
    expect(await run(["shell", "--project", "nobody"])).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining('There is no project "nobody".'),
    });
  });
});

describe("query", () => {
  it.each([
    "The last purchased order more than 30 days ago",
    "The total amount of customer orders less than $500",
    "The email ends with .uk and the source is Mailchimp",
    "The country is Poland and the total amount of customer orders is more than $100",
    "The email has any value",
    "The order contains MacBookAir",
    "The creation date starts at 01.02",
  ])("names all members in JSON, by the clock and by --as-of: %s", async (query) => {
    const expected = {
      count: membersOf(query).length,
      asOf: worldAsOf,
      tookMs: expect.any(Number),
      members: membersOf(query),
    };
    const byClock = await run(["query", query, "--json"]);
    expect(JSON.parse(byClock.output)).toEqual(expected);
    const byOption = await run(["query", "--json", query, "--as-of", "2026-11-23T13:00:00+01:00"], "", {
      SEGMENTQL_CLOCK: "2031-01-01T00:00:00Z",
    });
    expect(JSON.parse(byOption.output)).toEqual(expected);
    expect([byClock.exitCode, byOption.exitCode]).toEqual([0, 0]);
  });

  it("counts all customers, although --limit lists a few", async () => {
    const { output } = await run(["query", "The email has any value", "--json", "--limit", "2"]);
    expect(JSON.parse(output)).toMatchObject({ count: 55, members: ["crm-000", "crm-001"] });
    const { output: none } = await run(["query", "The email has any value", "--json", "--limit", "0"]);
    expect(JSON.parse(none)).toMatchObject({ count: 55, members: [] });
  });

  it("shows the count and a table of people", async () => {
    const { output, errors, exitCode } = await run([
      "query",
      "The email ends with .uk and the source is Mailchimp",
      "--limit",
      "2",
    ]);
    expect(output.replace(/\d+ ms/, "N ms").split("\n")).toEqual([
      "3 customers as of 2026-11-23 13:00:00 (Europe/Warsaw), found in N ms",
      "",
      "SOURCE ID  NAME          EMAIL                COUNTRY  ORDERS  TOTAL",
      "crm-014    Oskar García  Oskar.14@EXAMPLE.UK  GB            0  $0.00",
      "crm-021    and or not    Vera.21@mail.co.uk                 0  $0.00",
      "",
      "1 more: --limit N shows N of them, --format csv all of them.",
      "",
    ]);
    expect([errors, exitCode]).toEqual(["", 0]);
  });

  it("says which figures are today's if the customers are another day's", async () => {
    const words = ["query", "source_id is crm-014", "--as-of", "2026-01-01"];
    expect((await run(words)).output.split("\n")[2]).toBe(
      "SOURCE ID  NAME          EMAIL                COUNTRY  ORDERS NOW  TOTAL NOW",
    );
    expect((await run(["shell"], "\\asof 2026-01-01\nsource_id is crm-014")).output).toContain(
      "ORDERS NOW  TOTAL NOW",
    );
  });

  it("says when there is no customer", async () => {
    const { output } = await run(["query", "source_id is nobody"]);
    expect(output).toMatch(/^0 customers as of [^\n]*\n$/);
  });

  it.each([[["query", "-", "--json"]], [["query", "--json"]]])("reads standard input: %j", async (words) => {
    const { output } = await run(words, "The email ends with .uk\nand the source is Mailchimp\n");
    expect(JSON.parse(output).members).toEqual(["crm-014", "crm-021", "crm-056"]);
  });

  it.each([
    ["2026-11-23T13:00", worldAsOf],
    ["2026-11-23", "2026-11-22T23:00:00.000Z"],
    ["2026-07-01", "2026-06-30T22:00:00.000Z"],
  ])("takes a moment without an offset in the project's zone: %s", async (written, asOf) => {
    const { output } = await run(["query", "email is unknown", "--json", "--as-of", written]);
    expect(JSON.parse(output).asOf).toBe(asOf);
  });

  it("shows mistakes with their line, carets and fix, and prints nothing else", async () => {
    const { output, errors, exitCode } = await run(["query", "--json"], "city is Paris\n  and emial is x\n");
    expect([output, exitCode]).toEqual(["", 3]);
    const lines = errors.split("\n");
    expect(lines[0]).toMatch(/^error: .*emial.* \[UNKNOWN_ATTRIBUTE, line 2, column 7\]$/);
    expect(lines.slice(1, 3)).toEqual(["  2 |   and emial is x", "    |       ^^^^^"]);
    expect(lines).toContain("  try: and email is x");
    expect(errors).not.toContain("\u001b");
  });

  it("prints warnings on standard error, and answers nevertheless", async () => {
    const { output, errors, exitCode } = await run(["query", "created is 30 days ago", "--json"]);
    expect(JSON.parse(output).count).toBe(0);
    expect(errors).toMatch(/^warning: /);
    expect(exitCode).toBe(0);
  });
});

describe("compile", () => {
  const query = "The country is Poland and created before 2026-02-01";

  it("prints what mongosh runs", async () => {
    const { output, exitCode } = await run(["compile", query]);
    expect(exitCode).toBe(0);
    expect(output).toContain('ISODate("2026-01-31T23:00:00.000Z")');
    const asked: unknown[] = [];
    runInNewContext(output, {
      db: { getCollection: (name: string) => ({ aggregate: (stages: unknown) => asked.push(name, stages) }) },
      ISODate: (text: string) => new Date(text),
    });
    expect(asked[0]).toBe("customers");
    expect(JSON.stringify(asked[1])).toContain('"project":"default"');
  });

  it("prints Extended JSON", async () => {
    const { output } = await run(["compile", query, "--json"]);
    const [first] = JSON.parse(output) as [{ $match: Record<string, unknown> }];
    expect(first.$match).toMatchObject({ project: "default" });
    expect(JSON.stringify(first)).toContain('{"$date":"2026-01-31T23:00:00.000Z"}');
  });
});

describe("explain", () => {
  it("shows the steps, what was expected, and the event strategy", async () => {
    const { output, exitCode } = await run(["explain", "country is PL and performed login"]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^STEP +COLLECTION +INDEX +READ +RETURNED\n/);
    expect(output).toContain("Query: country is PL and performed login\n");
    expect(output).toContain("Expected: about 15 of about 60 customers.\n");
    expect(output).toMatch(/^Events: both_sides: records and customers beside each other/m);
    expect(output).toMatch(
      /The cost of each strategy: join \d+ ms, events_first \d+ ms, both_sides \d+ ms\.\n/,
    );
  });
});

describe("why", () => {
  it("draws the query as a tree, with the actual value of each clause", async () => {
    const { output, exitCode } = await run([
      "why",
      "city is Paris and (vip or tags is empty) and age > 30",
      "crm-004",
    ]);
    expect(exitCode).toBe(0);
    expect(output.split("\n")).toEqual([
      "crm-004 is out",
      "",
      "✗ all of these",
      "  ✓ city is Paris",
      "      city is Paris; asked for Paris",
      "  ✓ one of these",
      "    ✗ metadata.vip",
      "        vip is false; asked for true",
      "    ✓ metadata.tags is empty",
      "        tags has no value; asked for none",
      "  ✗ metadata.age is more than 30",
      "      age is unknown; asked for more than 30",
      "",
      "What would let the customer in:",
      "  - set age to 31",
      "",
    ]);
  });

  it("takes an instant, and returns everything in JSON", async () => {
    const query = "last order more than 30 days ago";
    const { output } = await run(["why", query, "crm-004", "--as-of", "2026-07-20", "--json"]);
    expect(JSON.parse(output)).toMatchObject({
      customer: "crm-004",
      asOf: "2026-07-19T22:00:00.000Z",
      clause: { holds: false, actual: "last order was 2026-07-12, which is 7 days ago" },
    });
  });

  it("reports a customer that does not exist", async () => {
    const { errors, exitCode } = await run(["why", "vip", "nobody"]);
    expect(exitCode).toBe(1);
    expect(errors).toContain('There is no customer with the source id "nobody"');
  });
});

describe("check", () => {
  it("prints the canonical form of a valid query", async () => {
    expect(await run(["check", "The E-Mail IS Oskar.14@EXAMPLE.UK"])).toEqual({
      exitCode: 0,
      output: "email is Oskar.14@EXAMPLE.UK\n",
      errors: "",
    });
  });

  it("returns everything in JSON, and the exit code too", async () => {
    const wrong = await run(["check", "emial is x", "--json"]);
    expect(wrong.exitCode).toBe(3);
    expect(JSON.parse(wrong.output)).toMatchObject({
      valid: false,
      canonical: null,
      diagnostics: [{ code: "UNKNOWN_ATTRIBUTE", severity: "ERROR", span: { start: 0, end: 5 } }],
    });
    const right = await run(["check", "email is x", "--json"]);
    expect(right.exitCode).toBe(0);
    expect(JSON.parse(right.output)).toMatchObject({ valid: true, canonical: "email is x" });
  });
});

describe("format and tree", () => {
  const query = "THE E-Mail ENDS WITH '.uk' and not vip";
  const canonical = "email ends with .uk and not metadata.vip\n";

  it("prints a query in its canonical form", async () => {
    expect(await run(["format", query])).toEqual({ exitCode: 0, output: canonical, errors: "" });
    expect((await run(["format"], query)).output).toBe(canonical);
    const wrong = await run(["format", "emial is x"]);
    expect(wrong).toMatchObject({ exitCode: 3, output: "" });
    expect(wrong.errors).toContain("try: email is x");
  });

  it("prints a query's tree, and the query of a tree", async () => {
    const { output, exitCode } = await run(["tree", query]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(output)).toMatchObject({ kind: "Query", version: 2, expression: { kind: "And" } });
    writeFileSync(join(folder, "tree.json"), output);
    const text = "THE E-Mail ends with .uk and not vip\n";
    expect(await run(["tree", "--from", "tree.json"])).toEqual({ exitCode: 0, output: text, errors: "" });
    expect((await run(["tree", "--from", "-"], output)).output).toBe(text);
  });

  it("reports what is wrong with a tree, and where", async () => {
    const wrong = await run(
      ["tree", "--from", "-"],
      '{"kind": "Query", "version": 1, "expression": {"kind": "Xor"}}',
    );
    expect(wrong).toMatchObject({ exitCode: 3, output: "" });
    expect(wrong.errors).toMatch(
      /^error: Here the tree must have "And" or .* \[NOT_A_TREE, \/expression\/kind\]\n$/,
    );
    const none = await run(["tree", "--from", "-"], "email is x");
    expect(none).toMatchObject({ exitCode: 3, output: "" });
    expect(none.errors).toMatch(/^Standard input is no JSON: /);
    const both = await run(["tree", "vip", "--from", "tree.json"]);
    expect(both.exitCode).toBe(2);
    const missing = await run(["tree", "--from", "nothing.json"]);
    expect(missing.exitCode).toBe(1);
    expect(missing.errors).toMatch(/ENOENT.*nothing\.json/);
  });
});

describe("attributes", () => {
  it("lists names, types and phrases", async () => {
    const { output } = await run(["attributes"]);
    expect(output).toMatch(/^orders\.total_amount +money +.*total spent/m);
    expect(output).toMatch(/^metadata\.`is vip` +text$/m);
    const { output: json } = await run(["attributes", "--json"]);
    expect(JSON.parse(json)).toContainEqual(
      expect.objectContaining({ name: "email", operators: expect.arrayContaining(["ends with"]) }),
    );
  });
});

describe("import", () => {
  it("reports what was written; a second import changes nothing", async () => {
    const { output, exitCode } = await run(["import", world]);
    expect(exitCode).toBe(0);
    expect(output).toMatch(/^orders +150 +0 +150 +0$/m);
  });

  it("an import stores the valid records, writes the others to the rejects file, and ends with exit code 4", async () => {
    const shop = join(folder, "shop");
    mkdirSync(shop);
    writeFileSync(
      join(shop, "customers.ndjson"),
      '{"source_id":"a","name":"Ann"}\n{"name":"Nobody"}\nnonsense\n',
    );
    const { output, errors, exitCode } = await run([
      "import",
      "shop",
      "--project",
      "rejecting",
      "--rejects",
      "bad.ndjson",
    ]);
    expect(exitCode).toBe(4);
    expect(output).toMatch(/^customers +3 +1 +0 +2$/m);
    expect(errors).toContain("2 rejected");
    expect(errors).toContain("bad.ndjson");
    const rejects = readFileSync(join(folder, "bad.ndjson"), "utf8").trim().split("\n");
    // What is no record at all is told before what is a wrong one.
    expect(rejects.map((line) => JSON.parse(line).line).sort()).toEqual([2, 3]);
    const { output: json } = await run(["query", "name is known", "--json", "--project", "rejecting"]);
    expect(JSON.parse(json).members).toEqual(["a"]);
  });

  it("reads a CSV file of orders by a mapping", async () => {
    writeFileSync(
      join(folder, "retail.csv"),
      [
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "536365,85123A,WHITE HANGING HEART,6,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
        "536365,71053,WHITE METAL LANTERN,6,2010-12-01 08:26:00,3.39,17850.0,United Kingdom",
        "",
      ].join("\n"),
    );
    const words = ["import", "retail.csv", "--as", "orders", "--map", "online-retail", "--project", "retail"];
    const { output, exitCode } = await run(words);
    expect(output).toContain("2 rows read.");
    expect(exitCode).toBe(0);
    const { output: table } = await run(["query", "order contains HEART", "--project", "retail"]);
    expect(table).toMatch(/^17850 .*United Kingdom +1 +£35\.64$/m);
  });
});

describe("invalid arguments", () => {
  it.each([
    ["an unknown command", ["qery", "x"], 2, /Did you mean query\?/],
    [
      "a query without a command",
      ["country is Poland"],
      2,
      /A query goes behind a command, as segmentql query "/,
    ],
    ["an unknown option", ["query", "x", "--jsn"], 2, /unknown option '--jsn'/],
    ["a query without quotes", ["query", "email", "is", "x"], 2, /A query of several words goes in quotes\./],
    ["a limit that is no number", ["query", "x", "--limit", "1e3"], 2, /whole number from 0 to/],
    [
      "a moment that is none",
      ["query", "vip", "--as-of", "2026-02-30"],
      2,
      /"2026-02-30", which is no moment/,
    ],
    ["a port that is none", ["serve", "--port", "65536"], 2, /whole number from 0 to 65535/],
    ["a folder with a mapping", ["import", ".", "--map", "online-retail"], 2, /is a folder/],
    ["a CSV file without one", ["import", join(world, "x.csv")], 1, /There is no .*x\.csv/],
    [
      "a file of what",
      ["import", join(world, "orders.json")],
      2,
      /Say what the records of .* are: --as customers,/,
    ],
    [
      "a data folder that isn't there",
      ["query", "vip", "--data", "nowhere"],
      1,
      /There is no data in nowhere\. Import/,
    ],
    [
      "a project that isn't there",
      ["query", "vip", "--project", "nobodys"],
      1,
      /There is no project "nobodys"/,
    ],
    [
      "a project's id that can't be one",
      ["query", "vip", "--project", "No!"],
      1,
      /"No!" can't name a project/,
    ],
  ])("%s", async (_, words, exitCode, message) => {
    const outcome = await run(words);
    expect(outcome).toMatchObject({ exitCode, output: "" });
    expect(outcome.errors).toMatch(message);
    expect(outcome.errors).not.toMatch(/\n\s+at /);
  });

  it("an invalid clock is refused", async () => {
    const outcome = await run(["query", "vip"], "", { SEGMENTQL_CLOCK: "noon" });
    expect(outcome).toMatchObject({ exitCode: 2, output: "" });
    expect(outcome.errors).toContain("SEGMENTQL_CLOCK is not an instant with its offset");
  });

  it("leave no data folder", async () => {
    await run(["query", "vip", "--data", "nowhere"]);
    expect((await run(["query", "vip", "--data", "nowhere"])).exitCode).toBe(1);
  });
});

describe("help", () => {
  it("shows examples and exit codes", async () => {
    const { output, exitCode } = await run(["--help"]);
    expect(exitCode).toBe(0);
    for (const word of [
      "Examples:",
      "segmentql serve --demo",
      "Exit codes:",
      "5  the data folder is in use",
    ]) {
      expect(output).toContain(word);
    }
    expect(output).not.toContain("print-schema");
    expect(await run(["--version"])).toEqual({ exitCode: 0, output: `${version}\n`, errors: "" });
    for (const command of ["query", "compile", "check", "import", "serve"]) {
      const help = await run(["help", command]);
      expect(help.exitCode).toBe(0);
      expect(help.output).toMatch(/Examples?:\n {2}segmentql /);
    }
  });

  it("prints the schema for schema/schema.graphql", async () => {
    const { output } = await run(["print-schema"]);
    expect(output).toBe(readFileSync(join(root, "schema/schema.graphql"), "utf8"));
  });
});

describe("without a store", () => {
  const nowhere = ["--data", "nowhere"];

  it.each([
    [["check", "email ends with .uk"], "email ends with .uk\n"],
    [["format", "The E-Mail IS ann@example.org"], "email is ann@example.org\n"],
    [["compile", "country is Poland", "--json"], '"$eq": "PL"'],
    [["compile", "order contains MacBookAir", "--json"], '"$in": []'],
    [["compile", "placed order in the last 30 days", "--json"], '"$lookup"'],
  ])("%s needs no data, and says what it is checked against", async (words, printed) => {
    const { exitCode, output, errors } = await run([...words, ...nowhere]);
    expect(output).toContain(printed);
    expect(errors).toContain("There is no data in nowhere: this is checked against what every project has.");
    expect(exitCode).toBe(0);
  });

  it("--definition names a project's attributes and events", async () => {
    const definition = ["--definition", join(world, "project.json"), ...nowhere];
    expect(await run(["check", "vip and performed login", ...definition])).toEqual({
      exitCode: 0,
      output: "metadata.vip and performed login\n",
      errors: "",
    });
    expect(await run(["check", "vipp", ...definition])).toMatchObject({
      exitCode: 3,
      errors: expect.stringContaining("vip"),
    });
  });

  it("a file without a definition is refused", async () => {
    writeFileSync(join(folder, "wrong.json"), '{"metadataSchema": {"age": "text"}}');
    writeFileSync(join(folder, "none.json"), "age: number");
    expect(await run(["check", "vip", "--definition", join(folder, "wrong.json")])).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining("The definition can't be used."),
    });
    expect(await run(["check", "vip", "--definition", join(folder, "none.json")])).toMatchObject({
      exitCode: 1,
      errors: expect.stringContaining("none.json is no JSON"),
    });
  });
});
