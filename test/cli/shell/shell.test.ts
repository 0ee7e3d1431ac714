// The shell: what it answers to each entry, and how a run through several of them ends.
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { catalogOf } from "../../../src/catalog/catalog.js";
import type { EntryOutcome } from "../../../src/cli/shell/session.js";
import { runThrough } from "../../../src/cli/shell/shell-batch.js";
import { commands } from "../../../src/cli/shell/shell-commands.js";
import { queriesToTry } from "../../../src/cli/shell/shell-greeting.js";
import type { Engine } from "../../../src/engine.js";
import { findProject } from "../../../src/projects/projects.js";
import { StoreError } from "../../../src/store/port.js";
import { project as checkedProject } from "../../check/world.js";
import { temporaryEngine } from "../../import/temporary-engine.js";
import { signalIn, watchedStore } from "../../store/watched.js";
import { fillWithWorld, gatheringShell } from "./shell-surroundings.js";

const never = new AbortController().signal;

async function worldEngine(): Promise<Engine> {
  const engine = await temporaryEngine();
  await fillWithWorld(engine);
  return engine;
}

describe("entries", () => {
  it("are answered, fixed and remembered", async () => {
    const { shell, said } = gatheringShell(await worldEngine());
    /** The outcome of an entry and what was said to it; the time that it took is not for a test to say. */
    const enter = async (entry: string): Promise<[EntryOutcome, ...string[]]> => {
      said.length = 0;
      const outcome = await shell.execute(entry, never);
      return [outcome, ...said.map((line) => line.replace(/found in \d+ ms/, "found in N ms"))];
    };
    const british = "email ends with .uk and source is mailchimp";
    const head = (count: string, at = "2026-11-23 13:00:00") =>
      `${count} as of ${at} (Europe/Warsaw), found in N ms`;

    const answered = await enter(british);
    expect(answered.slice(0, 2)).toEqual(["fine", head("3 customers")]);
    expect(answered[2]).toMatch(/^SOURCE ID +NAME +EMAIL +COUNTRY +ORDERS +TOTAL$/);
    expect(answered.slice(3).map((line) => line.slice(0, 7))).toEqual(["crm-014", "crm-021", "crm-056"]);

    expect(await enter("emial is x")).toEqual([
      "mistake",
      "! error: There is no attribute `emial`. Did you mean `email`? [UNKNOWN_ATTRIBUTE, line 1, column 1]",
      "!   1 | emial is x",
      "!     | ^^^^^",
      "!   expected: an attribute",
      "!   try: email is x",
    ]);
    // The last query is the last one that was right.
    expect(await enter("\\count")).toEqual(["fine", head("3 customers")]);
    expect(await enter("\\count city is Paris")).toEqual(["fine", head("7 customers")]);
    expect(await enter("\\FORMAT")).toEqual(["fine", "city is Paris"]);
    expect(await enter("\\for the EMAIL ends with .uk OR (city = Paris)")).toEqual([
      "fine",
      "email ends with .uk or city is Paris",
    ]);
    expect((await enter("\\pipeline country is PL")).join("\n")).toMatch(
      /^fine\ndb\.getCollection\("customers"\)\.aggregate\(\[\{ \$match: \{ project: "default", "facts\.country": \{ \$eq: "PL" \} \} \}\]\)$/,
    );
    const explained = await enter("\\explain");
    expect(explained[1]).toMatch(/^STEP +COLLECTION +INDEX +READ +RETURNED$/);
    expect(explained.at(-1)).toBe("Indexes used: customers_by_project_country_total_amount");

    expect(await enter("\\asof 2026-06-01")).toEqual([
      "fine",
      "Answers are for 2026-06-01 00:00:00 (Europe/Warsaw): orders and events as they were then, profiles as they are.",
    ]);
    expect(shell.prompt()).toBe("segmentql as of 2026-06-01> ");
    expect(await enter("\\count created before 2026-02-01")).toEqual([
      "fine",
      head("28 customers", "2026-06-01 00:00:00"),
    ]);
    expect(await enter("\\asof soon")).toEqual([
      "mistake",
      '! "soon" is no moment. Write one as 2026-02-01, 2026-02-01T10:00 (both in Europe/Warsaw) or 2026-02-01T10:00:00Z; \\asof alone goes back to the present.',
    ]);
    expect(await enter("\\asof")).toEqual(["fine", "Answers are for the present."]);
    expect(shell.prompt()).toBe("segmentql> ");

    expect(await enter("\\limit 1")).toEqual(["fine", "At most 1 are shown."]);
    const limited = await enter(british);
    expect(limited).toHaveLength(5);
    expect(limited[4]).toBe("2 more: \\limit N shows N of them from now on.");
    for (const wrong of ["", "-1", "1001", "many"]) {
      expect(await enter(`\\limit ${wrong}`)).toEqual([
        "mistake",
        "! Write a whole number from 0 to 1,000 behind \\limit.",
      ]);
    }
    expect(await enter("\\limit 0")).toEqual(["fine", "Only the number is shown."]);
    expect(await enter(british)).toEqual(["fine", head("3 customers")]);
    // A warning, and the answer all the same.
    expect((await enter("city is Paris and city is Paris"))[1]).toMatch(
      /^! warning: This condition says the same/,
    );
    for (const command of ["", "\\count ", "\\explain ", "\\why crm-001 "])
      expect((await enter(`${command}city is Prais`))[1]).toMatch(/^! warning: No customer has `Prais`/);
  });

  it("list the names that queries can use", async () => {
    const { shell, said } = gatheringShell(await worldEngine());
    await shell.execute("\\attributes order date", never);
    expect(said).toEqual([
      "NAME             TYPE      ALSO CALLED",
      "orders.last_at   datetime  last purchased order, last order, last order date",
      "orders.first_at  datetime  first order, first order date",
    ]);
    said.length = 0;
    await shell.execute("\\attributes teleport", never);
    expect(said).toEqual(['No attribute has "teleport" in its name; \\attributes lists them all.']);
    said.length = 0;
    await shell.execute("\\events", never);
    expect(said).toEqual([
      "EVENT           ITS PROPERTIES",
      "order           amount (money), status (text), product (set), quantity (number)",
      "page viewed     url (text), value (number), mobile (boolean)",
      "checkout        url (text), value (number), mobile (boolean)",
      "login           url (text), value (number), mobile (boolean)",
      "cart updated    item (text), value (number)",
      "product viewed  product (text), price (number), mobile (boolean)",
      "signed up       city (text), plan (text), due (date)",
    ]);
    said.length = 0;
    await shell.execute("\\segments", never);
    expect(said).toEqual(["There are no segments yet."]);
    said.length = 0;
    for (const word of ["\\help", "help", "\\?", "?"]) {
      said.length = 0;
      expect(await shell.execute(word, never)).toBe("fine");
      const help = said.join("\n");
      for (const { name, about } of commands)
        expect(help).toMatch(new RegExp(`\\\\${name}.*  ${about.slice(0, 20)}`));
    }
  });

  it("explain why a customer is in or out", async () => {
    const { shell, said } = gatheringShell(await worldEngine());
    const enter = async (entry: string) => {
      said.length = 0;
      return [await shell.execute(entry, never), ...said];
    };
    const why = await enter("\\why crm-014 email ends with .uk and source is mailchimp");
    expect(why.slice(0, 3)).toEqual(["fine", "crm-014 is in", "✓ all of these"]);
    // The query is remembered, and an id may have quotes.
    expect((await enter('\\why "crm-000"')).slice(0, 2)).toEqual(["fine", "crm-000 is out"]);
    expect((await enter("\\why crm-999")).slice(0, 2)).toEqual([
      "failed",
      '! There is no customer with the source id "crm-999" in this project. Case matters; look one up with customers(filter: …), or segmentql query.',
    ]);
    expect(await enter("\\why")).toEqual([
      "mistake",
      "! Write the source id of a customer behind \\why, as the first column of an answer has it.",
    ]);
    expect((await enter("\\why crm-000 emial is x"))[0]).toBe("mistake");
  });

  it("that cannot be answered are reported, and the next one is answered", async () => {
    const engine = await temporaryEngine();
    const { shell, said } = gatheringShell(engine);
    const answerTo = async (entry: string) => {
      said.length = 0;
      return [await shell.execute(entry, never), ...said];
    };
    expect(await answerTo("\\explain")).toEqual([
      "mistake",
      "! There is no query yet. Write it behind the command, or ask it first.",
    ]);
    for (const entry of ["\\foo", "\\", "\\e"]) {
      expect(await answerTo(entry)).toEqual([
        "mistake",
        `! There is no command ${entry}; \\help lists those that there are.`,
      ]);
    }
    expect(await answerTo("\\events please")).toEqual(["mistake", "! \\events takes nothing behind it."]);
    for (const blank of ["", "  ", "# a note", "-- one\n-- two"])
      expect(await answerTo(blank)).toEqual(["fine"]);
    for (const leave of ["\\q", "\\quit", "quit", "EXIT"]) expect(await answerTo(leave)).toEqual(["quit"]);
  });

  it("go on after the store failed, or the read was stopped", async () => {
    const engine = await worldEngine();
    let failing = false;
    const store = watchedStore(engine.store, (_, parameters) => {
      if (failing && signalIn(parameters) !== undefined)
        throw new StoreError("UNAVAILABLE", "The store is gone.");
    });
    const { shell, said } = gatheringShell({ ...engine, store });
    failing = true;
    expect(await shell.execute("city is Paris", never)).toBe("failed");
    expect(said).toEqual(["! The store is gone."]);
    failing = false;
    expect(await shell.execute("city is Paris", AbortSignal.abort())).toBe("stopped");
    expect(await shell.execute("city is Paris", never)).toBe("fine");
  });
});

describe("a run through entries", () => {
  it.each<[string, string, number, number]>([
    ["all right", "\\count city is Paris\n\\count city is \\\n  London\n", 0, 2],
    ["two queries and a command", "\\count city is Paris\n\n# a note\n\\count vip", 0, 2],
    ["a mistake in the middle", "\\count emial is x\n\\count city is Paris", 3, 1],
    ["several lines", "\\count (city is Paris or\ncity is London)\nand vip\n", 3, 1],
    ["an entry that never ends", "\\count city is Paris\n\\count (city is London", 3, 1],
    ["a blank line ends it", "\\count (city is London\n\n\\count city is Paris", 3, 1],
    ["left before the end", "\\count city is Paris\n\\quit\n\\count vip", 0, 1],
    ["Windows' line ends", "\\count city is Paris\r\n\\count vip\r\n", 0, 2],
    ["nothing", "", 0, 0],
  ])("%s", async (_name, text, exitCode, answers) => {
    const { shell, said } = gatheringShell(await worldEngine());
    expect(await runThrough(shell, Readable.from([text]), never)).toBe(exitCode);
    expect(said.filter((line) => line.includes(" as of ")).length).toBe(answers);
  });

  it("that is stopped ends with 130, and does not continue", async () => {
    const { shell, said } = gatheringShell(await worldEngine());
    const stopped = await runThrough(
      shell,
      Readable.from(["city is Paris\ncity is London"]),
      AbortSignal.abort(),
    );
    expect(stopped).toBe(130);
    expect(said).toEqual([]);
  });
});

describe("the introduction for new users", () => {
  it("is valid in any project", async () => {
    const shop = await worldEngine();
    const first = queriesToTry(catalogOf(await findProject(shop, "default")), shop.clock());
    expect(first).toHaveLength(3);
    expect(first[1]).toContain('performed "page viewed"');
    const bare = queriesToTry(catalogOf({ ...checkedProject, eventSchemas: {}, metadataSchema: {} }), 0);
    expect(bare).toHaveLength(3);
    expect(bare.join()).not.toContain('performed "page');
  });
});
