// The commands of docs/messages.md, each run as it is printed, with what is printed below it, and the messages that are sent meanwhile.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { fixedClock } from "../../src/clock.js";
import { runMessaging } from "../../src/messaging/run.js";
import { openStore } from "../../src/store/open.js";
import { runCommand } from "../cli/command-line.js";
import { settle } from "../membership/live-shop.js";
import { runMailbox } from "../messaging/mailbox.js";
import { documentsIn } from "../store/watched.js";
import { folderOfSuite } from "../support/folders.js";
import { blocksOf, commandsOf, printedPattern } from "./page-blocks.js";

const folder = folderOfSuite();
const data = join(folder, "data");

it("the commands print what the page says, in its order, and those who left are written to", async () => {
  const mailbox = await runMailbox();
  mkdirSync(join(folder, "shop"));
  for (const [name, text] of [...blocksOf("messages.md", "json"), ...blocksOf("messages.md", "html")])
    writeFileSync(join(folder, name), text);
  const environment = {
    SEGMENTQL_SMTP_URL: mailbox.settings.smtpUrl,
    SEGMENTQL_MAIL_FROM: mailbox.settings.from,
  };
  const commands = commandsOf("messages.md");
  expect(commands).toHaveLength(14);
  for (const [written, printed] of commands) {
    const words = written.map((word) =>
      word === "shop" || word === "miss-you.html" ? join(folder, word) : word,
    );
    const { output, errors } = await runCommand(["--data", data, ...words], "", environment);
    if (words[0] === "import") expect(output).toMatch(/^customers +3 +3/m);
    else expect(`${output}${errors}`, words.join(" ")).toMatch(printedPattern(printed));
    if (words[0] === "distribution" && words[1] === "start") await weekLater(mailbox.settings);
  }
  expect(mailbox.mails.map(({ to, headers }) => [to, headers.get("subject")])).toEqual([
    [["me@shop.example"], "We miss you, Ann"],
    [["ann@example.com"], "We miss you, Ann"],
  ]);
  expect(mailbox.mails[1]!.body).toMatch(
    /^<p>Hello Ann, it has been a while\.<\/p>\s+<p>With BACK-\w{6} you get 10 % off\.<\/p>$/,
  );
  await mailbox.stop();
});

/** What a service does meanwhile: it maintains the segment, and sends. */
async function weekLater(mail: { readonly smtpUrl: string; readonly from: string }): Promise<void> {
  const store = await openStore({ folder: data });
  const engineAt = (instant: string) => ({ store, mail, clock: fixedClock(Date.parse(instant)) });
  await settle(engineAt("2026-11-23T12:00:00Z"), "default");
  const later = engineAt("2026-12-01T12:00:00Z");
  await settle(later, "default");
  const running = runMessaging(later, { report: (error) => expect.fail(String(error)), pollMs: 20 });
  const statuses = async () =>
    (await documentsIn(store, "messages", "default")).map(({ status }) => status).sort();
  await expect.poll(statuses, { timeout: 30_000 }).toEqual(["no_address", "no_consent", "sent"]);
  await running.stop();
  await store.close();
}
