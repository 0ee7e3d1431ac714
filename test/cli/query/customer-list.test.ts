// The formats in which commands list customers, over the conformance world.
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { copyWorldTo } from "../../support/conformance-world.js";
import { folderOfSuite } from "../../support/folders.js";
import { runCommand } from "../command-line.js";

const folder = join(folderOfSuite(), "data");
const run = (...words: string[]) => runCommand([...words, "--data", folder]);

beforeAll(async () => {
  await copyWorldTo(folder);
  expect(await run("define", "attribute", "spent in all", "sum of amount of order")).toMatchObject({
    exitCode: 0,
  });
  expect(await run("segment", "create", "Paris", "city is Paris")).toMatchObject({ exitCode: 0 });
  expect(await run("segment", "create", "Chosen", "--members", "crm-001,crm-004")).toMatchObject({
    exitCode: 0,
  });
});

const commands: readonly (readonly [string, readonly string[]])[] = [
  ["query", ["query", "city is Paris"]],
  ["segment members", ["segment", "members", "Paris"]],
];

describe.each(commands)("%s", (_name, words) => {
  it("--format csv lists every customer in the columns and the order asked for", async () => {
    const { exitCode, output } = await run(
      ...words,
      "--format",
      "csv",
      "--columns",
      "source_id, city,total spent",
      "--sort",
      "total spent desc",
    );
    expect(exitCode).toBe(0);
    const [header, ...rows] = output.trimEnd().split("\n");
    expect(header).toBe("source_id,city,orders.total_amount");
    expect(rows).toHaveLength(7);
    for (const row of rows) expect(row).toMatch(/^crm-\d{3},[^,]+,\d+\.\d\d$/);
    const amounts = rows.map((row) => Number(row.split(",")[2]));
    expect(amounts).toEqual(amounts.toSorted((one, other) => other - one));
  });

  it("computed attributes are columns and orders", async () => {
    const columns = "source_id,total spent,spent in all";
    const { exitCode, output } = await run(
      ...words,
      "--format",
      "csv",
      "--columns",
      columns,
      "--sort",
      "spent in all desc",
    );
    expect(exitCode).toBe(0);
    const [header, ...rows] = output.trimEnd().split("\n");
    expect(header).toBe("source_id,orders.total_amount,computed.`spent in all`");
    const amounts = rows.map((row) => row.split(",").slice(1).map(Number));
    expect(amounts).toHaveLength(7);
    expect(amounts.some(([total]) => total! > 0)).toBe(true);
    for (const [total, computed] of amounts) expect(computed).toBe(total);
    expect(amounts).toEqual(amounts.toSorted(([one], [other]) => other! - one!));
  });

  it("--format ndjson has a line of JSON for each customer, money as an exact decimal and unknown values as null", async () => {
    const { output } = await run(
      ...words,
      "--format",
      "ndjson",
      "--columns",
      "source_id,orders.total_amount,birthdate",
    );
    const rows = output
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(rows).toHaveLength(7);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(["source_id", "orders.total_amount", "birthdate"]);
      expect(row["orders.total_amount"]).toMatch(/^\d+\.\d\d$/);
      expect(row.birthdate === null || /^\d{4}-\d\d-\d\d$/.test(row.birthdate)).toBe(true);
    }
  });

  it("--format json is --json, and has the columns of each customer with --columns", async () => {
    const ids = JSON.parse((await run(...words, "--json")).output);
    const full = JSON.parse((await run(...words, "--format", "json", "--columns", "city")).output);
    expect(full.members).toEqual(ids.members);
    expect(full.customers).toHaveLength(7);
    expect(Object.keys(full.customers[0])).toEqual(["city"]);
    expect(ids.customers).toBeUndefined();
  });

  it.each([
    [["--columns", "emial"], 'There is no attribute "emial". Did you mean email?\n'],
    [["--sort", "city"], "Customers are not sorted by city. Sort by one of source_id, name,"],
    [["--format", "csv", "--json"], "--json is --format json, and --format csv was asked for, too."],
    [["--format", "xml"], "Allowed choices are table, json, ndjson, csv."],
  ])("%s is refused with the mend", async (options, message) => {
    const { exitCode, errors, output } = await run(...words, ...options);
    expect([exitCode, output]).toEqual([2, ""]);
    expect(errors).toContain(message);
  });
});

it("quotes cells of CSV by RFC 4180", async () => {
  const record = { source_id: "quoted", name: 'Anna "Ania" Nowak, Dr.' };
  const imported = await runCommand(
    ["import", "-", "--as", "customers", "--data", folder],
    `${JSON.stringify(record)}\n`,
  );
  expect(imported).toMatchObject({ exitCode: 0 });
  const { output } = await run("query", "source_id is quoted", "--format", "csv", "--columns", "name");
  expect(output).toBe('name\n"Anna ""Ania"" Nowak, Dr."\n');
});

it("segment list has each segment's size and maintenance status", async () => {
  const { output } = await run("segment", "list");
  expect(output).toMatch(/^NAME +KIND +CUSTOMERS +STATUS +QUERY$/m);
  expect(output).toMatch(/^Chosen +static +2 +static$/m);
  expect(output).toMatch(/^Paris +auto-update +7 +on demand +city is Paris$/m);
  const json = JSON.parse((await run("segment", "list", "--json")).output);
  expect(json.map(({ name, count, status }: Record<string, unknown>) => [name, count, status])).toEqual([
    ["Chosen", 2, "static"],
    ["Paris", 7, "on demand"],
  ]);
});
