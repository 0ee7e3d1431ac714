// The shell on a terminal, made of two streams: prompt, lines that go on, Tab, history, Ctrl+C.
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ShellOffer, Suggest } from "../../../src/cli/shell/shell-completion.js";
import { historyFile, maxEntries, readHistory } from "../../../src/cli/shell/shell-history.js";
import type { Engine } from "../../../src/engine.js";
import { temporaryEngine, temporaryFolder } from "../../import/temporary-engine.js";
import { signalIn, watchedStore } from "../../store/watched.js";
import { fillWithWorld, openTerminal } from "./shell-surroundings.js";

async function worldEngine(): Promise<Engine> {
  const engine = await temporaryEngine();
  await fillWithWorld(engine);
  return engine;
}

const interrupt = "\x03";
const up = "\x1b[A";

/** An engine whose reads that can be stopped last until they are. */
function endless(engine: Engine): Engine {
  const store = watchedStore(engine.store, (_, parameters) => {
    const signal = signalIn(parameters);
    if (signal === undefined) return undefined;
    return new Promise((_resolve, reject) => {
      signal.throwIfAborted();
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  });
  return { ...engine, store };
}

describe("on a terminal", () => {
  it("answers each entry when Enter is pressed, and marks mistakes with a caret", async () => {
    const terminal = openTerminal(await worldEngine());
    await terminal.shows("segmentql> ");
    terminal.press("\\count city is Paris\r");
    await terminal.shows("7 customers as of");
    await terminal.shows("segmentql> ");
    terminal.press("emial is x\r");
    await terminal.shows("  1 | emial is x\n    | ^^^^^\n");
    terminal.press("\\count (city is Paris or\r");
    await terminal.shows("…> ");
    terminal.press("city is London)\r");
    await terminal.shows("14 customers as of");
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
    expect(terminal.raw()).not.toContain("\x1b[31m");
  });

  it("answers typed-ahead entries in order, and exits at the end of input", async () => {
    const terminal = openTerminal(await worldEngine());
    terminal.press("\\count city is Paris\r\\count vip\r\\count city is London\r\x04");
    expect(await terminal.exitCode).toBe(0);
    const counts = [...terminal.screen().matchAll(/^(\d+) customers as of/gm)].map((match) => match[1]);
    expect(counts).toEqual(["7", "12", "7"]);
  });

  it("has colours if they are wanted", async () => {
    const terminal = openTerminal(await worldEngine(), { colours: true });
    terminal.press("emial is x\r");
    await terminal.shows("^^^^^");
    expect(terminal.raw()).toContain("\x1b[31merror:\x1b[39m");
    terminal.press("\\quit\r");
    await terminal.exitCode;
  });

  describe("Ctrl+C", () => {
    it("stops the running query, and the shell continues", async () => {
      const terminal = openTerminal(endless(await worldEngine()));
      await terminal.shows("segmentql> ");
      terminal.press("city is Paris\r");
      await terminal.shows("city is Paris\r\n");
      terminal.press(interrupt);
      await terminal.shows("Stopped.");
      await terminal.shows("segmentql> ");
      terminal.press("\\format vip is true\r");
      await terminal.shows("vip is true\n");
      terminal.press("\\quit\r");
      expect(await terminal.exitCode).toBe(0);
    });

    it("drops the typed text, and the lines before it", async () => {
      const terminal = openTerminal(await worldEngine());
      await terminal.shows("segmentql> ");
      terminal.press("(city is Paris\r");
      await terminal.shows("…> ");
      terminal.press("or nobody");
      await terminal.shows("or nobody");
      terminal.press(interrupt);
      await terminal.shows("^C");
      await terminal.shows("segmentql> ");
      terminal.press("\\count city is London\r");
      await terminal.shows("7 customers as of");
      terminal.press("\\quit\r");
      expect(await terminal.exitCode).toBe(0);
    });

    it("twice exits, unless something is typed in between", async () => {
      const terminal = openTerminal(await worldEngine());
      await terminal.shows("segmentql> ");
      terminal.press(interrupt);
      await terminal.shows("once more leaves");
      terminal.press("\\count vip\r");
      await terminal.shows("12 customers as of");
      await terminal.shows("segmentql> ");
      terminal.press(interrupt);
      await terminal.shows("once more leaves");
      terminal.press(interrupt);
      expect(await terminal.exitCode).toBe(130);
    });

    it("twice exits from a query that does not stop", async () => {
      const engine = await worldEngine();
      const store = watchedStore(engine.store, () => new Promise(() => undefined));
      const terminal = openTerminal({ ...engine, store });
      await terminal.shows("segmentql> ");
      terminal.press("city is Paris and vip\r");
      await terminal.shows("vip\r\n");
      terminal.press(interrupt + interrupt);
      expect(await terminal.exitCode).toBe(130);
    });
  });
});

describe("Tab", () => {
  const offer = (insert: string, start: number, end: number): ShellOffer => ({
    label: insert,
    insert,
    replace: { start, end },
    documentation: `About ${insert}.`,
  });
  /** Names that begin with the last word. */
  const suggest: Suggest = async (beginning) => {
    const start = beginning.search(/\S*$/);
    const word = beginning.slice(start).toLowerCase();
    return ["city", "country", "created_at", "email", "last email", "emails"]
      .filter((name) => word !== "" && ` ${name}`.includes(` ${word}`))
      .map((name) => offer(name, start, beginning.length));
  };

  it("inserts what is unambiguous, and lists the alternatives, each with its description", async () => {
    const terminal = openTerminal(await worldEngine(), { suggest });
    await terminal.shows("segmentql> ");
    terminal.press("\\count CI\tis Paris\r");
    await terminal.shows("7 customers as of");
    expect(terminal.screen()).toContain("\\count city is Paris");
    terminal.press("c\t");
    await terminal.shows("  city        About city.\n");
    await terminal.shows("  country     About country.\n");
    await terminal.shows("  created_at  About created_at.\n");
    await terminal.shows("segmentql> c");
    terminal.press("o\tis PL\r");
    await terminal.shows("customers as of");
    // One that has it in its middle keeps nobody from going on.
    terminal.press("\\format em\t ends with .uk\r");
    await terminal.shows("email ends with .uk\r\n");
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it("completes after preceding lines, and completes commands", async () => {
    const terminal = openTerminal(await worldEngine(), { suggest });
    await terminal.shows("segmentql> ");
    terminal.press("(city is Paris or\rem\t has any value)\r");
    await terminal.shows("customers as of");
    terminal.press("\\fo\t(city = Paris)\r");
    await terminal.shows("\ncity is Paris\n");
    terminal.press("\\a\t");
    await terminal.shows("\\asof [MOMENT]      answer for that moment");
    await terminal.shows("\\attributes [PART]");
    terminal.press("t\tpostal\r");
    await terminal.shows("postal_code  text");
    // What these take is no query.
    terminal.press("\\asof e\t\r");
    await terminal.shows('"e" is no moment.');
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it("completes the language", async () => {
    const terminal = openTerminal(await worldEngine());
    await terminal.shows("segmentql> ");
    terminal.press("ema\tends\t.uk a\tsourc\t\t");
    await terminal.shows("source.mailchimp.list");
    terminal.press(" is mailc\t\r");
    await terminal.shows("3 customers as of");
    expect(terminal.screen()).toContain("email ends with .uk and source is mailchimp");
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it("completes values of the data", async () => {
    const terminal = openTerminal(await worldEngine());
    await terminal.shows("segmentql> ");
    terminal.press("\\count city is par\t\r");
    await terminal.shows("7 customers as of");
    expect(terminal.screen()).toContain("city is Paris");
    terminal.press("performed login where url is \t\t");
    await terminal.shows("in the rows looked at.");
    terminal.press("\x15\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it("completes without the data if reading it takes too long", async () => {
    const engine = await worldEngine();
    let reads = 0;
    const store = watchedStore(engine.store, () => {
      reads += 1;
      return new Promise(() => undefined);
    });
    const terminal = openTerminal({ ...engine, store });
    await terminal.shows("segmentql> ");
    terminal.press("source is m\t");
    await terminal.shows("source is mailchimp");
    expect(reads).toBe(1);
    terminal.press("\x15\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it("does nothing if nothing is known, and survives failures", async () => {
    const terminal = openTerminal(await worldEngine(), {
      suggest: async (beginning) => {
        if (beginning.startsWith("x")) throw new Error("broken");
        return [];
      },
    });
    terminal.press("x\t\x15\\count city\t is Paris\r");
    await terminal.shows("7 customers as of");
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });
});

describe("the history", () => {
  it("keeps each entry as one line, from one shell to the next", async () => {
    const [engine, folder] = [await worldEngine(), await temporaryFolder()];
    const history = join(folder, "state", "segmentql", "history");
    const first = openTerminal(engine, { history });
    first.press("\\count (city is Paris -- here\ror city is London)\r");
    await first.shows("14 customers as of");
    first.press("\\format vip\r\\format vip\r\\quit\r");
    await first.exitCode;
    expect(await readFile(history, "utf8")).toBe(
      "\\count (city is Paris or city is London)\n\\format vip\n\\quit\n",
    );
    expect((await stat(history)).mode & 0o777).toBe(0o600);
    const second = openTerminal(engine, { history });
    await second.shows("segmentql> ");
    second.press(`${up}${up}${up}\r`);
    await second.shows("14 customers as of");
    second.press("\\quit\r");
    await second.exitCode;
  });

  it("is bounded, also in the file", async () => {
    const file = join(await temporaryFolder(), "history");
    const lines = Array.from({ length: 2 * maxEntries + 1 }, (_, index) => `query ${index}`);
    await writeFile(file, `${lines.join("\n")}\n`);
    const read = await readHistory(file);
    expect(read).toHaveLength(maxEntries);
    expect(read[0]).toBe("query 2000");
    expect((await readFile(file, "utf8")).split("\n")).toHaveLength(maxEntries + 1);
    await writeFile(file, `${"x".repeat(3_000_000)}\nlast\n`);
    expect(await readHistory(file)).toEqual(["last"]);
  });

  it("that can't be written is reported, and does no harm", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, "history"));
    const terminal = openTerminal(await worldEngine(), { history: join(folder, "history") });
    terminal.press("\\count city is Paris\r");
    await terminal.shows("What is typed is not kept: EISDIR");
    await terminal.shows("7 customers as of");
    terminal.press("\\quit\r");
    expect(await terminal.exitCode).toBe(0);
  });

  it.each([
    [{ SEGMENTQL_HISTORY: "/a/file" }, "/a/file"],
    [{ SEGMENTQL_HISTORY: "" }, undefined],
    [{ XDG_STATE_HOME: "/state" }, join("/state", "segmentql", "history")],
  ])("is kept where the environment says: %j", (environment, file) => {
    expect(historyFile(environment)).toBe(file);
  });

  it("is kept by default in the user's state folder", () => {
    expect(historyFile({})).toMatch(/[\\/]\.local[\\/]state[\\/]segmentql[\\/]history$/);
  });
});
