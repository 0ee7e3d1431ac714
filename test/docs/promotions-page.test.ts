// The commands and operations of docs/promotions.md, each run as it is printed, with what is printed below it.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { type RunningServer, startServer } from "../../src/http/server.js";
import { openStore } from "../../src/store/open.js";
import type { Store } from "../../src/store/port.js";
import { runCommand } from "../cli/command-line.js";
import { sendTo } from "../graphql/running-service.js";
import { worldAsOf } from "../support/conformance-world.js";
import { folderOfSuite } from "../support/folders.js";
import { blocksOf, commandsOf, printedPattern } from "./page-blocks.js";

const folder = folderOfSuite();
const data = join(folder, "data");

const commands = commandsOf("promotions.md");

let store: Store;
let server: RunningServer;

beforeAll(() => {
  mkdirSync(join(folder, "shop"));
  for (const [name, text] of blocksOf("promotions.md", "json")) writeFileSync(join(folder, name), text);
});

afterAll(async () => {
  await server?.close();
  await store?.close();
});

it("the commands print what the page says, in its order", async () => {
  expect(commands).toHaveLength(28);
  for (const [written, printed] of commands) {
    const words = written.map((word) => (word === "shop" ? join(folder, "shop") : word));
    const { output, errors } = await runCommand(["--data", data, ...words]);
    if (words[0] === "import") expect(output).toMatch(/^customers +2 +2/m);
    else expect(`${output}${errors}`, words.join(" ")).toMatch(printedPattern(printed));
  }
});

it("the operations answer", async () => {
  store = await openStore({ folder: data });
  const engine = { store, clock: fixedClock(Date.parse(worldAsOf)) };
  server = await startServer({
    engine,
    host: "127.0.0.1",
    port: 0,
    report: (error) => expect.fail(String(error)),
  });
  const operations = new Map(blocksOf("promotions.md", "graphql"));
  const ask = async (name: string, variables: object) => {
    const { body } = await sendTo(new URL(server.url).port, {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: operations.get(name), variables }),
    });
    expect(body.errors).toBeUndefined();
    return body.data;
  };
  const given = { code: "snow", customer: "ann", amount: "80.00" };
  expect(await ask("validate", given)).toEqual({
    redemptionValidate: { valid: true, discountAmount: { amount: "8.00" }, obstacles: [] },
  });
  const { redemptionValidate: refused } = await ask("validate", { ...given, customer: "bob" });
  expect(refused).toMatchObject({
    valid: false,
    obstacles: [{ kind: "AUDIENCE", rule: { name: "Regulars once" } }],
  });
  expect(refused.obstacles[0].why.clauses.map(({ holds }: { readonly holds: boolean }) => holds)).toEqual([
    false,
    false,
  ]);
  expect(refused.obstacles[0].why.nearest.sentences).toEqual(["one more order of $100.01 dated 2026-11-23"]);
  const redeemed = await ask("redeem", { ...given, key: "order-18" });
  expect(redeemed.redemptionRedeem).toMatchObject({
    redemption: { status: "REDEEMED", discountAmount: { amount: "8.00" } },
    userErrors: [],
  });
  expect((await ask("redeem", { ...given, key: "order-19" })).redemptionRedeem).toEqual({
    redemption: null,
    userErrors: [
      { code: "NOT_REDEEMABLE", message: "The customer has redeemed it as often as a customer may: once." },
    ],
  });
});
