// Commands over a server print what they print on the data itself. What differs by chance is masked: ids, secrets, milliseconds.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Command } from "commander";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createProgram, wholeName } from "../../../src/cli/program.js";
import { dataFreeCommands, serverCommands } from "../../../src/cli/server/server-commands.js";
import { runJobs } from "../../../src/jobs/run.js";
import { type RunningService, runService } from "../../graphql/running-service.js";
import { worldFolder } from "../../support/conformance-world.js";
import { type Outcome, runCommand } from "../command-line.js";

const folder = mkdtempSync(join(tmpdir(), "segmentql-both-ways-"));
const data = join(folder, "data");
const files = join(folder, "files");
let service: RunningService;
let jobs: ReturnType<typeof runJobs>;

beforeAll(async () => {
  service = await runService();
  jobs = runJobs(service.engine, (error) => service.reported.push(error));
  const rejects = join(folder, "rejects.ndjson");
  await runCommand(["import", worldFolder, "--data", data, "--rejects", rejects]);
  mkdirSync(files);
  for (const [name, content] of Object.entries(inputs)) writeFileSync(join(files, name), content);
});
afterAll(async () => {
  await jobs.stop();
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});

const event = {
  customer: "crm-001",
  type: "visited",
  at: "2026-05-01T10:00:00Z",
  properties: { page: "home" },
};
const inputs: Readonly<Record<string, string>> = {
  "people.csv":
    "source_id,name,birthdate,metadata.shoe\ncrm-001,Renamed,--02-28,44\nnew-1,New,1990-05-01,41.5\n",
  "clear.csv": "source_id,name,phone\nnew-1,,\n",
  "people.ndjson":
    '{"source_id":"new-2","created_at":"2026-05-01T08:00:00Z","consents":["newsletter"]}\n{"source_id":7}\n',
  "hats.ndjson": '{"source_id":"new-3","metadata":{"hat":"felt","visits":2}}\n',
  "orders.ndjson": `${JSON.stringify({ source_id: "n1", customer: "new-1", created_at: "2026-05-02", status: "odd one", items: [{ product_id: "P", quantity: 2, price: 1_999 }] })}
{"source_id":"n2","customer":"nobody-there","created_at":"2026-05-02"}\n`,
  // The same event three times is three events, and twice that file is still three.
  "events.ndjson": `${JSON.stringify(event)}\n`.repeat(3),
  "gift_cards.ndjson": '{"customer":"new-1","campaign":"Christmas","amount":5000,"spent":1250}\n',
};

function masked({ exitCode, output, errors }: Outcome) {
  const mask = (text: string) =>
    text
      .replaceAll(/"tookMs":[\d.]+/g, '"tookMs":0')
      .replaceAll(/found in \d+ ms/g, "found in 0 ms")
      .replaceAll(/\b[0-9a-f]{8}-[0-9a-f-]{27}\b|\b[\w-]{21,22}\b(?=")|whsec_[\w+/=]+|sql_[\w-]+/g, "ID")
      .replaceAll(/SPRING-\w{8}/g, "SPRING-CODE")
      .replaceAll(/(id +|Webhook )\S{16,}/g, "$1ID");
  return { exitCode, output: mask(output), errors: mask(errors) };
}

/** Commands in their order, of which some change what later ones find. FILES stands for the folder of the inputs. */
const commands: readonly (readonly string[])[] = [
  ["query", "country is France"],
  ["query", "country is France", "--json"],
  ["query", "email is known", "--json", "--limit", "3", "--sort", "total spent desc"],
  [
    "query",
    "everyone",
    "--format",
    "csv",
    "--columns",
    "name,city,country,created,birthdate,consents,source",
  ],
  [
    "query",
    "everyone",
    "--format",
    "ndjson",
    "--columns",
    "total spent,orders.average_amount,last order,loyalty balance",
  ],
  ["query", "last order more than 30 days ago", "--as-of", "2026-06-01"],
  ["query", "emial is x"],
  ["query", "city is Atlantis"],
  ["query", "everyone", "--columns", "emial"],
  ["check", "The E-Mail IS ann@example.org"],
  ["check", "city is Atlantis", "--json"],
  ["check", "emial is x"],
  ["format", "The E-Mail IS ann@example.org and vip"],
  ["compile", "created in the last 3 days and email ends with .uk"],
  ["compile", "created in the last 3 days", "--json", "--as-of", "2026-06-01"],
  ["explain", "total spent is more than $500"],
  ["explain", "performed login in the last 30 days"],
  ["explain", "city is Atlantis"],
  ["explain", "emial is x"],
  ["why", "country is France and total spent is more than $100000", "crm-001"],
  ["why", "country is France", "crm-001", "--as-of", "2026-06-01"],
  ["why", "country is France", "not-there"],
  ["attributes"],
  ["attributes", "--json"],
  ["project", "show"],
  ["project", "show", "--json"],
  ["customer", "show", "crm-001"],
  ["customer", "show", "not-there"],
  ["define", "metadata", "shoe=number", "nick=string"],
  ["define", "metadata", "shoe=nonsense"],
  ["define", "event", "visited", "page=string"],
  ["define", "consent", "postal"],
  ["define", "attribute", "lifetime value", "sum of amount of order"],
  ["define", "attribute", "lifetime value", "sum of nonsense"],
  [
    "query",
    "everyone",
    "--format",
    "csv",
    "--columns",
    "source_id,lifetime value",
    "--sort",
    "lifetime value desc",
  ],
  ["query", "everyone", "--columns", "name,computed.`lifetime value`", "--sort", "lifetime value"],
  ["define", "attribute", "big spenders", "lifetime value"],
  ["segment", "create", "Big", "lifetime value is more than 100"],
  ["define", "attribute", "lifetime value", "sum of amount of order in the last 10 days", "--dry-run"],
  ["define", "attribute", "lifetime value", "sum of amount of order in the last 10 days"],
  ["define", "attribute", "unused", "count of order"],
  ["define", "attribute", "unused", "--rename", "still unused"],
  ["define", "attribute", "lifetime value", "--remove"],
  ["define", "attribute", "still unused", "--remove"],
  ["define", "attribute", "still unused", "--remove"],
  ["segment", "delete", "Big"],
  ["define", "project", "--timezone", "Nowhere/Land"],
  ["import", "FILES/people.csv", "--as", "customers"],
  ["import", "FILES/people.csv", "--as", "customers"],
  ["import", "FILES/clear.csv", "--as", "customers", "--clear-empty"],
  ["import", "FILES/people.ndjson", "--as", "customers"],
  ["import", "FILES/orders.ndjson", "--as", "orders"],
  ["import", "FILES/events.ndjson", "--as", "events"],
  ["import", "FILES/events.ndjson", "--as", "events"],
  ["import", "FILES/gift_cards.ndjson", "--as", "gift_cards"],
  ["import", "FILES/nothing.csv"],
  ["import", "FILES/hats.ndjson", "--as", "customers"],
  ["define", "--missing"],
  ["define", "--missing", "--yes"],
  ["define", "--missing"],
  ["query", "hat is felt and visits is 2", "--json"],
  ["query", "shoe is more than 41", "--json", "--columns", "source_id,name,birthdate,shoe"],
  ["query", "performed visited at least 3 times", "--json"],
  ["query", "birthday month is February and source_id is crm-001", "--json"],
  ["customer", "show", "new-1"],
  ["customer", "show", "new-1", "--json"],
  ["define", "metadata", "Shoe=string", "--dry-run"],
  ["define", "metadata", "shoe=string", "size=number"],
  ["query", 'shoe is "41.5"', "--json"],
  ["define", "metadata", "nick=boolean"],
  ["define", "event", "visited", "page=number", "--dry-run"],
  ["segment", "list"],
  ["segment", "create", "French", "country is France"],
  ["segment", "create", "French", "country is France"],
  ["segment", "create", "Wrong", "emial is x"],
  ["segment", "create", "Few", "--members", "crm-001,new-1", "--json"],
  ["segment", "create", "Then", "last order more than 30 days ago", "--static", "--as-of", "2026-06-01"],
  ["segment", "combine", "Both", "--all", "French", "Few"],
  ["segment", "list"],
  ["segment", "list", "--archived"],
  ["segment", "show", "french"],
  ["segment", "show", "Few"],
  ["segment", "show", "Nothing"],
  ["segment", "members", "French"],
  ["segment", "members", "Few", "--json"],
  ["segment", "members", "French", "--fresh", "--format", "csv", "--columns", "source_id"],
  ["segment", "update", "French", "country is Poland", "--dry-run"],
  ["segment", "update", "French", "country is Poland", "--dry-run", "--json"],
  ["segment", "update", "French", "country is France or country is Monaco", "--name", "Francophone"],
  ["segment", "update", "Then", "--archive"],
  ["segment", "delete", "Francophone"],
  ["segment", "delete", "Both"],
  ["customer", "show", "crm-001"],
  ["query", 'in segment "Few"', "--json"],
  ["webhook", "add", "https://example.org/hook", "--segment", "Few"],
  ["webhook", "list"],
  ["webhook", "dead"],
  ["webhook", "add", "nonsense"],
  ["rule", "create", "Members", "--in-any", "Few", "--per-customer", "1", "--minimum-order", "50.00"],
  ["rule", "create", "Spenders", "--query", "country is France and total spent is more than $100", "--json"],
  ["rule", "create", "Spenders"],
  ["rule", "create", "Wrong", "--query", "emial is x"],
  ["rule", "create", "Wrong", "--in-all", "Nothing"],
  ["rule", "create", "Spenders", "--replace", "--query", "total spent is more than $100000"],
  ["rule", "create", "Wrong", "--from", "tomorrow"],
  ["rule", "create", "Wrong", "--minimum-order", "much"],
  ["rule", "create", "Winter only", "--from", "2026-12-01", "--until", "2027-03-01T06:00:00Z", "--json"],
  ["rule", "list"],
  ["rule", "list", "--json"],
  ["campaign", "create", "Winter", "--percent", "12.5", "--maximum", "20.00", "--rule", "Members"],
  ["campaign", "create", "Spring", "--amount", "5.00", "--rule", "Spenders", "--no-code", "--json"],
  ["campaign", "create", "Summer", "--amount", "5.00", "--rule", "Spenders", "Members"],
  ["campaign", "create", "Wrong", "--percent", "0"],
  ["campaign", "update", "Summer", "--deactivate"],
  ["code", "add", "Winter", "Snow-10"],
  ["code", "add", "Winter", "SNOW-10"],
  ["code", "add", "Spring", "BLOOM", "--limit", "3"],
  ["code", "generate", "Spring", "2", "--pattern", "SPRING-########"],
  ["code", "deactivate", "bloom"],
  ["code", "list", "Winter"],
  ["code", "list", "Winter", "--json"],
  ["code", "list", "Nothing"],
  ["campaign", "list"],
  ["campaign", "list", "--json"],
  ["redemption", "offers", "crm-001", "--order", "80.00"],
  ["redemption", "offers", "crm-002", "--order", "20.00", "--json"],
  ["redemption", "offers", "not-there"],
  ["redemption", "validate", "crm-001", "--code", "snow-10", "--order", "80.00"],
  ["redemption", "validate", "crm-002", "--code", "snow-10", "--json"],
  ["redemption", "validate", "crm-001", "--campaign", "Spring"],
  ["redemption", "redeem", "crm-001", "--code", "snow-10", "--order", "80.00", "--idempotency-key", "k"],
  ["redemption", "redeem", "crm-001", "--code", "snow-10", "--order", "80.00", "--idempotency-key", "k"],
  ["redemption", "redeem", "crm-001", "--code", "snow-10", "--order", "90.00", "--idempotency-key", "k"],
  ["redemption", "redeem", "crm-001", "--code", "snow-10", "--order", "80.00"],
  ["redemption", "redeem", "crm-002", "--code", "nothing"],
  ["redemption", "rollback", "Q29kZVJlZGVtcHRpb246aw"],
  ["redemption", "redeem", "crm-001", "--code", "snow-10", "--order", "80.00", "--idempotency-key", "k"],
  ["redemption", "rollback", "Q29kZVJlZGVtcHRpb246eA"],
  ["redemption", "rollback", "abc"],
  ["campaign", "create", "Club", "--kind", "loyalty"],
  ["points", "add", "Club", "crm-001", "5", "--idempotency-key", "k"],
  ["points", "add", "Club", "crm-001", "5", "--idempotency-key", "k"],
  ["points", "add", "Club", "crm-001", "6", "--idempotency-key", "k"],
  [
    ...["distribution", "create", "News", "--purpose", "Spring news", "--consent", "newsletter"],
    ...[
      "--webhook",
      "https://example.com/news",
      "--body",
      "Hello {{ customer.name }}",
      "--query",
      "everyone",
    ],
    ...["--at", "2100-01-01T00:00:00Z"],
  ],
  ["distribution", "create", "News", "--purpose", "p", "--consent", "newsletter", "--email", "--body", "b"],
  ["distribution", "preview", "News"],
  ["distribution", "preview", "News", "--customer", "crm-001"],
  ["distribution", "start", "News"],
  ["distribution", "pause", "News"],
  ["distribution", "resume", "News"],
  ["distribution", "list", "--json"],
  ["message", "list", "News"],
  ["message", "resolve", "not-there", "sent"],
  ["distribution", "test", "News", "not-there"],
  ["distribution", "pause", "News"],
  ["distribution", "delete", "News"],
  ["distribution", "cancel", "Not there"],
  ["source", "list"],
  ["source", "update", "Not there", "--disable"],
  ["source", "remove", "Not there"],
  ["campaign", "update", "Club", "--deactivate"],
  ["campaign", "create", "Cards", "--kind", "gift-card"],
  ["gift-card", "issue", "Cards", "crm-001", "5.00", "--code", "FIVE", "--idempotency-key", "k"],
  ["gift-card", "issue", "Cards", "crm-001", "5.00", "--code", "FIVE", "--idempotency-key", "k"],
  ["gift-card", "issue", "Cards", "crm-001", "6.00", "--code", "FIVE", "--idempotency-key", "k"],
  ["campaign", "update", "Cards", "--deactivate"],
  ["campaign", "delete", "Winter"],
  ["campaign", "delete", "Summer"],
  ["rule", "delete", "Members"],
];

it.each(commands.map((words) => [words.join(" "), words] as const))("%s", async (_title, words) => {
  const given = words.map((word) => word.replace("FILES", files));
  const rejects = words[0] === "import" ? ["--rejects", join(folder, "rejects.ndjson")] : [];
  const on = await runCommand([...given, "--data", data, ...rejects]);
  const over = await runCommand([...given, "--server", service.url, ...rejects]);
  expect(masked(over)).toEqual(masked(on));
});

it("the offers of a customer are explained over a server", async () => {
  const words = ["redemption", "offers", "crm-001", "--order", "80.00", "--server", service.url];
  expect(await runCommand(words)).toEqual({
    exitCode: 0,
    output: `✗ Spring
    The customer does not belong to those whom the rule "Spenders" allows.
      total spent is $1,024.99; asked for more than $100000
      It would take: one more order of $98,975.02 dated 2026-11-23
✓ Winter: $10.00 off
`,
    errors: "",
  });
});

it("rule create prints the audience on one line", async () => {
  const words = ["rule", "create", "Monaco", "--query", "country is Monaco", "--server", service.url];
  expect(await runCommand(words)).toEqual({
    exitCode: 0,
    output: 'Created the rule "Monaco": (country is Monaco)\n',
    errors: "",
  });
});

it("code generate waits until a server has generated many codes", async () => {
  const words = ["code", "generate", "Spring", "1001", "--pattern", "MANY-##########"];
  expect(await runCommand([...words, "--server", service.url])).toEqual({
    exitCode: 0,
    output: "",
    errors: 'Generated 1,001 codes. List them with segmentql code list "Spring".\n',
  });
  const { output } = await runCommand(["code", "list", "Spring", "--server", service.url]);
  expect(output.match(/^MANY-/gm)).toHaveLength(1_001);
});

it.each([
  [
    ["rule", "create", "Wrong", "--from", "tomorrow"],
    2,
    /^--from is "tomorrow", which is no moment\. Write one as 2026-11-23T12:00:00Z, .*\n$/,
  ],
  [
    ["redemption", "rollback", "abc"],
    1,
    /^`id` "abc" is not the id of a CodeRedemption\. Use an `id` that the API returned\.\n$/,
  ],
  [
    "redemption redeem crm-001 --code snow-10 --order 80 --order-id".split(" ").concat("x".repeat(257)),
    1,
    /^The order's id has more than 256 characters\. Give it as the source system has it\.\n$/,
  ],
] as const)("%j names the mistake", async (words, exitCode, errors) => {
  const expected = { exitCode, output: "", errors: expect.stringMatching(errors) };
  expect(await runCommand([...words, "--data", data])).toEqual(expected);
});

it("export writes the same records, in any order, and import reads them back", async () => {
  const [on, over] = [join(folder, "on"), join(folder, "over")];
  const exported = await runCommand(["export", on, "--data", data]);
  const exportedOver = await runCommand(["export", over, "--server", service.url]);
  expect(exportedOver.output.replace(over, on)).toBe(exported.output);
  expect(readdirSync(over).sort()).toEqual(readdirSync(on).sort());
  for (const name of readdirSync(on)) {
    const linesOf = (path: string) =>
      name.endsWith(".gz")
        ? gunzipSync(readFileSync(join(path, name)))
            .toString("utf8")
            .trimEnd()
            .split("\n")
            .map(normalised)
            .sort()
        : [JSON.parse(readFileSync(join(path, name), "utf8"))];
    expect([name, linesOf(over)]).toEqual([name, linesOf(on)]);
  }
  const again = await runCommand(["import", over, "--server", service.url, "--rejects", join(folder, "r")]);
  expect(again).toMatchObject({
    exitCode: 0,
    errors: 'The query of segment "Francophone": No customer has `Monaco` as `country` today.\n',
  });
  expect(again.output).toMatch(/^segments +\d+ +0 /m);
});

/** Keys in one order; instants as they are, whatever their offset. */
function normalised(line: string): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).filter(([, part]) => part !== null && !isEmpty(part));
    return Object.fromEntries(
      entries
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([key, part]) => [
          key,
          (key === "created_at" || key === "as_of") && typeof part === "string"
            ? new Date(part).toISOString()
            : sorted(part),
        ]),
    );
  };
  return JSON.stringify(sorted(JSON.parse(line)));
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

describe("a server with keys", () => {
  it("takes --key or SEGMENTQL_KEY, and refuses an invalid key", async () => {
    const made = await runCommand(["key", "create", "Test", "--scope", "admin", "--server", service.url]);
    const key = made.output.trim();
    expect(made.exitCode).toBe(0);
    const wrong = ["--server", service.url, "--key", `${key}x`];
    expect(await runCommand(["query", "everyone", "--json", ...wrong])).toMatchObject({
      exitCode: 1,
      output: "",
      errors: expect.stringMatching(/key/),
    });
    const listed = await runCommand(["key", "list", "--server", service.url, "--key", key]);
    expect(listed.output).toMatch(/Test +admin/);
    const asked = await runCommand(["query", "everyone", "--json", "--server", service.url], "", {
      SEGMENTQL_KEY: key,
    });
    expect(asked.exitCode).toBe(0);
  });
});

describe("commands that work on the data alone", () => {
  const all: Command[] = [];
  const gather = (command: Command): void => {
    if (command.commands.length === 0) all.push(command);
    for (const each of command.commands) gather(each);
  };
  gather(createProgram("0"));
  const refused = all
    .map(wholeName)
    .filter((name) => !serverCommands.has(name) && !dataFreeCommands.has(name));

  it("are these", () => {
    expect(refused.sort()).toEqual([
      "backup",
      "doctor",
      "generate",
      "indexes",
      "maintain",
      "mcp",
      "migrate",
      "restore",
      "segment rebuild",
      "segment verify",
      "serve",
      "shell",
    ]);
  });

  it.each(refused)("%s --server is refused in one line", async (name) => {
    const words = [
      ...name.split(" "),
      ...(["backup", "restore", "segment rebuild"].includes(name) ? ["x"] : []),
    ];
    expect(await runCommand([...words, "--server", "http://localhost:1"])).toEqual({
      exitCode: 2,
      output: "",
      errors: `Over a server, ${name} is not possible: run it where the data is, without --server.\n`,
    });
  });

  it.each([
    [
      ["query", "everyone", "--data", "x"],
      "--server and --data both say where the data is. Leave one out.\n",
    ],
    [
      ["query", "everyone"],
      "No server answers at http://localhost:1. Start one with segmentql serve, or name another with --server.\n",
    ],
  ])("%j is refused, with the reason", async (words, errors) => {
    const { exitCode, ...rest } = await runCommand([...words, "--server", "http://localhost:1"]);
    expect(exitCode).not.toBe(0);
    expect(rest).toEqual({ output: "", errors });
  });
});
