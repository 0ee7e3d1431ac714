// The examples of docs/import.md, each run as it is printed.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { defineProject } from "../../src/definitions/define.js";
import { exportProject } from "../../src/export/export.js";
import { recordOf } from "../../src/export/records.js";
import { customersMappingShape } from "../../src/import/csv/mapping-of-customers.js";
import { ordersMappingShape } from "../../src/import/csv/mapping-of-orders.js";
import { shippedMappings } from "../../src/import/csv/shipped-mappings.js";
import { openInputFile } from "../../src/import/files/input-file.js";
import type { Reject } from "../../src/import/files/rejects.js";
import { importFolder } from "../../src/import/folder.js";
import { importFile } from "../../src/import/import-file.js";
import { runCommand } from "../cli/command-line.js";
import { documents, everything, temporaryEngine, temporaryFolder } from "../import/temporary-engine.js";

let page: string;
beforeAll(async () => {
  page = await readFile(fileURLToPath(new URL("../../docs/import.md", import.meta.url)), "utf8");
});

/** The blocks of the page by the text after their language. */
const blocks = () =>
  new Map([...page.matchAll(/^```\w+ (\S+)\n([\s\S]*?)^```$/gm)].map(([, name, text]) => [name!, text!]));
const onReject = (reject: Reject) => expect.fail(JSON.stringify(reject));

describe.each(["customers", "orders"] as const)("the mapping of %s", (kind) => {
  it("reads the file below it as it says", async () => {
    const folder = await temporaryFolder();
    const csv = blocks().get(kind)!;
    await writeFile(join(folder, "mapping.json"), blocks().get(`mapping-of-${kind}`)!);
    await writeFile(join(folder, "file.csv"), kind === "customers" ? Buffer.from(csv, "latin1") : csv);
    const engine = await temporaryEngine();
    const consents = kind === "customers" ? ["SMS", "Post", "newsletter"] : [];
    await defineProject(engine, "default", { consents });
    const file = await openInputFile(join(folder, "file.csv"));
    await importFile(engine, "default", file, { mapping: join(folder, "mapping.json") }, { onReject });
    const [document] = await documents(engine, kind);
    expect(recordOf(kind, document as never)).toEqual(JSON.parse(blocks().get(`${kind}-result`)!));
  });

  it("and the table name every field", () => {
    const shape = (kind === "customers" ? customersMappingShape : ordersMappingShape).shape;
    const example = Object.keys(JSON.parse(blocks().get(`mapping-of-${kind}`)!) as object);
    const section = page.slice(page.indexOf(`### A mapping of ${kind}`));
    for (const field of [...Object.keys(shape), ...Object.keys(shape.columns.shape), ...example]) {
      expect(section, field).toContain(`\`${field}\``);
    }
  });
});

it("the folder is imported completely, and exported again", async () => {
  const folder = join(await temporaryFolder(), "shop");
  await mkdir(folder);
  const files = [...blocks()].filter(([name]) => name.startsWith("folder/"));
  expect(files).toHaveLength(9);
  for (const [name, text] of files) await writeFile(join(folder, name.slice("folder/".length)), text);
  const engine = await temporaryEngine();
  const summary = await importFolder(engine, "default", folder, { onReject });
  expect(summary).toMatchObject({
    rejected: 0,
    warnings: [],
    customers: { written: 2 },
    segments: { written: 2 },
  });
  const [ada] = await documents(engine, "customers");
  const printed = JSON.parse(blocks().get("folder/customers.json")!) as unknown[];
  expect(ada!.profile).toEqual(printed[0]);
  const out = join(await temporaryFolder(), "out");
  await exportProject(engine, "default", out);
  const other = await temporaryEngine();
  await importFolder(other, "default", out, { onReject });
  const { segments: _one, segment_keys: _keys, customers, ...rest } = await everything(engine);
  const { segments: _other, segment_keys: _others, customers: again, ...restAgain } = await everything(other);
  expect(restAgain).toEqual(rest);
  expect(again.map((customer) => ({ ...(customer as object), segments: undefined }))).toEqual(
    customers.map((customer) => ({ ...(customer as object), segments: undefined })),
  );
});

it("every shipped mapping is in the table, and nothing else is", () => {
  const rows = [...page.matchAll(/^\| `(customers|orders)` \| `([a-z-]+)` \|/gm)].map(
    ([, kind, name]) => `${kind} ${name}`,
  );
  const shipped = [...shippedMappings.customers, ...shippedMappings.orders].map(
    ({ kind, name }) => `${kind} ${name}`,
  );
  expect(rows.sort()).toEqual(shipped.sort());
});

it("every option of the command is in the table", async () => {
  const { output } = await runCommand(["import", "--help"]);
  const options = [...output.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option!);
  expect(options).toContain("--clear-empty");
  for (const option of options) expect(page, option).toContain(`\`${option}`);
});

it("every command of its last section runs", async () => {
  const data = join(await temporaryFolder(), "data");
  const commands = [...page.matchAll(/^ {4}segmentql (.*)$/gm)].map(([, words]) =>
    [...words!.replace(/ {2,}.*$/, "").matchAll(/"([^"]*)"|(\S+)/g)].map(
      ([, quoted, bare]) => quoted ?? bare!,
    ),
  );
  expect(commands).toHaveLength(8);
  for (const words of [["define", "consent", "first"], ...commands]) {
    expect(await runCommand(["--data", data, ...words]), words.join(" ")).toMatchObject({
      exitCode: 0,
      errors: "",
    });
  }
  const { output } = await runCommand(["--data", data, "project", "show", "--json"]);
  expect(JSON.parse(output)).toMatchObject({
    timezone: "Europe/Warsaw",
    currency: "EUR",
    metadataSchema: { age: "number", tags: "string[]" },
    orderMetadataSchema: { channel: "string" },
    eventSchemas: { "page viewed": { url: "string", seconds: "number" } },
    consents: ["first", "newsletter", "SMS marketing"],
  });
});
