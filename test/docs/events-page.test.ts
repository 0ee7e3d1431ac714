// docs/events.md: its commands print what it says, its delivery is valid, and its table is that of the schemas.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { z } from "zod";
import { webhookEventTypes } from "../../src/documents/outgoing-documents.js";
import { runCommand } from "../cli/command-line.js";
import { folderOfSuite } from "../support/folders.js";
import { blocksOf, commandsOf, printedPattern } from "./page-blocks.js";

const folder = folderOfSuite();
const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../schema/events/${name}.schema.json`, import.meta.url), "utf8"));

it("the commands print what the page says; an ellipsis is what differs each time", async () => {
  const commands = commandsOf("events.md");
  expect(commands).toHaveLength(2);
  for (const [words, printed] of commands) {
    const { output, errors } = await runCommand(["--data", join(folder, "data"), ...words]);
    expect(`${output}${errors}`).toMatch(printedPattern(printed));
  }
});

it("the delivery is as the schemas say", () => {
  const [[, text]] = blocksOf("events.md", "json") as [readonly [string, string]];
  const delivery = JSON.parse(text);
  z.fromJSONSchema(schema("delivery")).parse(delivery);
  for (const event of delivery.data.events) z.fromJSONSchema(schema(event.type)).parse(event);
});

it("the table has every type, as its schema describes it", () => {
  const page = readFileSync(new URL("../../docs/events.md", import.meta.url), "utf8");
  const rows = [...page.matchAll(/^\| `(\S+)` \| (.+) \|$/gm)].map(([, type, text]) => [type, text]);
  expect(rows).toEqual(webhookEventTypes.map((type) => [type, schema(type).description]));
});
