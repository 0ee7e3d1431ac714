// The commands about webhooks, in this process, over a separate data folder.
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { runCommand } from "../cli/command-line.js";
import { folderOfSuite } from "../support/folders.js";

const folder = folderOfSuite();
afterEach(() => {
  vi.unstubAllEnvs();
});

/** Runs the words of a command about webhooks. */
const run = (words: readonly string[], environment: Readonly<Record<string, string>> = {}) =>
  runCommand(["--data", join(folder, "data"), "webhook", ...words], "", {
    SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: undefined,
    ...environment,
  });

it("a webhook is added, listed, replayed and removed", async () => {
  const url = "https://hooks.example.com/segments";
  const eventTypes = ["customer.segment.entered", "customer.segment.left"];
  const added = await run(["add", url, "--json"]);
  expect(added).toMatchObject({ exitCode: 0, errors: "" });
  const { id, ...rest } = JSON.parse(added.output);
  expect(rest).toEqual({ url, segmentIds: null, eventTypes, secret: expect.stringMatching(/^whsec_/) });
  const listed = JSON.parse((await run(["list", "--json"])).output);
  expect(listed).toEqual([
    { id, url, segmentIds: null, eventTypes, enabled: true, waiting: 0, failing: 0, dead: 0 },
  ]);
  const update = async (...words: readonly string[]) => {
    const { exitCode, output } = await run(["update", id, "--json", ...words]);
    expect(exitCode).toBe(0);
    return JSON.parse(output);
  };
  const moved = `${url}/moved`;
  expect(await update("--disable", "--url", moved, "--event", "order.created")).toEqual({
    id,
    url: moved,
    segmentIds: null,
    eventTypes: ["order.created"],
    enabled: false,
  });
  const rotated = await update("--enable", "--rotate-secret");
  expect(rotated).toMatchObject({ url: moved, enabled: true, secret: expect.stringMatching(/^whsec_/) });
  expect(rotated.secret).not.toBe(rest.secret);
  const text = await run(["update", id, "--secret", rest.secret]);
  expect(text.output).toBe(`Webhook ${id}\nSecret  ${rest.secret}\n`);
  expect(text.errors).toContain("For a day, deliveries are signed with the one before as well.");
  expect(await run(["update", id, "--segment", "Poles"])).toMatchObject({
    exitCode: 1,
    errors: expect.stringContaining('"Poles"'),
  });
  for (const both of [
    ["--enable", "--disable"],
    ["--every-segment", "--segment", "Poles"],
  ])
    expect((await run(["update", id, ...both])).exitCode).toBe(2);
  expect(await run(["update", id, "--event", "order.made"])).toMatchObject({
    exitCode: 1,
    errors: expect.stringContaining('There is no type "order.made". There are: customer.segment.entered,'),
  });
  expect((await run(["dead", id])).output).toBe("0 dead letters.\n");
  expect(await run(["replay", id])).toEqual({ exitCode: 0, output: "0 delivered, 0 left.\n", errors: "" });
  expect(await run(["replay", id, "--dead-letter", "x"])).toMatchObject({
    exitCode: 1,
    errors: 'There is no dead letter "x" of this webhook. List them.\n',
  });
  expect(await run(["remove", id])).toMatchObject({ exitCode: 0, output: "Removed.\n" });
  expect(await run(["remove", id])).toMatchObject({
    exitCode: 1,
    errors: `There is no webhook of the id "${id}". List the webhooks.\n`,
  });
});

it("private addresses are refused, unless they are allowed", async () => {
  const url = "http://127.0.0.1:9/";
  expect(await run(["add", url])).toMatchObject({
    exitCode: 1,
    errors: expect.stringContaining("use https:"),
  });
  expect(await run(["add", url, "--allow-private-webhooks"])).toMatchObject({ exitCode: 0 });
  const mistaken = await run(["add", url], { SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: "yes" });
  expect(mistaken).toMatchObject({
    exitCode: 2,
    errors: expect.stringContaining("SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS is 1 to let"),
  });
  expect(await run(["add", url], { SEGMENTQL_ALLOW_PRIVATE_WEBHOOKS: "1" })).toMatchObject({ exitCode: 0 });
});
