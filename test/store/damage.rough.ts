// Data folders that were damaged, each in one way, and what the command line prints about them. Either it answers with the right
// data, or it ends with a message that names the file and says what to do. It never ends without a message, and never answers with
// less or other data.
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../src/clock.js";
import { defineProject } from "../../src/definitions/define.js";
import { upsertCustomers } from "../../src/ingest/customers.js";
import { openConnection } from "../../src/store/embedded/adapter.js";
import { openEmbeddedStore } from "../../src/store/embedded/store.js";
import { type Outcome, runCommand } from "../cli/command-line.js";

const program = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const people = 400;
const base = mkdtempSync(join(tmpdir(), "segmentql-damage-"));
/** A folder that is whole, closed by a process that ended; and one whose last writes are in the log alone, of a process that was killed. */
const whole = join(base, "whole");
const killed = join(base, "killed");
let folders = 0;

const writeProgram = (folder: string, end: string): string => `
  import { openEmbeddedStore } from ${JSON.stringify(new URL("../../dist/src/store/embedded/store.js", import.meta.url).href)};
  import { upsertCustomers } from ${JSON.stringify(new URL("../../dist/src/ingest/customers.js", import.meta.url).href)};
  const store = await openEmbeddedStore(${JSON.stringify(folder)});
  await upsertCustomers({ store, clock: Date.now }, "default", [{ source_id: "late", address: { country: "PL" } }]);
  ${end}
`;

function runProgram(text: string): void {
  spawnSync(process.execPath, ["--input-type=module", "-e", text], { stdio: "inherit" });
}

beforeAll(async () => {
  const store = await openEmbeddedStore(whole);
  const engine = { store, clock: systemClock };
  await defineProject(engine, "default", { metadataSchema: { plan: "string" } });
  await upsertCustomers(
    engine,
    "default",
    Array.from({ length: people }, (_, index) => ({
      source_id: `c-${index}`,
      name: `Ann Example ${index}`,
      address: { country: "PL" },
      metadata: { plan: "gold" },
    })),
  );
  await store.close();
  cpSync(whole, killed, { recursive: true });
  runProgram(writeProgram(killed, `process.kill(process.pid, "SIGKILL");`));
  runProgram(writeProgram(whole, "await store.close();"));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

/** Runs a command on a folder: in this process, or after words of a shell, as `ulimit -f 0`, in one of its own. */
async function command(folder: string, words: readonly string[], limit?: string): Promise<Outcome> {
  const all = ["--data", folder, ...words];
  if (limit === undefined) return runCommand(all, "", { LOG_LEVEL: "fatal" });
  const { status, stdout, stderr } = spawnSync(
    "sh",
    ["-c", `${limit}; exec "$0" "$@"`, process.execPath, program, ...all],
    { encoding: "utf8", env: { PATH: process.env.PATH, LOG_LEVEL: "fatal" } },
  );
  return { exitCode: status, output: stdout, errors: stderr };
}

const query = ["query", "country is Poland and plan is gold", "--json", "--limit", "1000"];
const file = (folder: string): string => join(folder, "segmentql.db");

function changeBytes(path: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(path);
  change(bytes);
  writeFileSync(path, bytes);
}

/** The customers of an exported folder, as text. */
function customersIn(folder: string): string {
  return gunzipSync(readFileSync(join(folder, "customers.ndjson.gz"))).toString();
}

const pageSize = 4_096;

/** Flips some bits here and there in the pages of these parts of the file. */
function flipPages(path: string, parts: readonly number[]): void {
  changeBytes(path, (bytes) => {
    for (const part of parts) {
      const page = Math.floor((bytes.length / pageSize) * part) * pageSize;
      for (let offset = 200; offset < pageSize; offset += 170)
        bytes[page + offset] = bytes[page + offset]! ^ 0x15;
    }
  });
}

interface Damage {
  readonly what: string;
  /** Of which folder; the one that is whole if it is left out. */
  readonly of?: string;
  readonly damage: (folder: string) => void;
  /** What is run; a query if it is left out. */
  readonly words?: readonly string[];
  readonly limit?: string;
  /** What it says, besides the name of the file or the folder. */
  readonly says: RegExp;
}

const damages: readonly Damage[] = [
  {
    what: "the file is cut in the middle",
    damage: (folder) => truncateSync(file(folder), 20 * pageSize),
    says: /damaged.*segmentql restore.*segmentql doctor/s,
  },
  {
    what: "the file has no bytes",
    damage: (folder) => truncateSync(file(folder), 0),
    says: /empty.*segmentql restore/s,
  },
  {
    what: "the file's first page is overwritten",
    damage: (folder) => changeBytes(file(folder), (bytes) => bytes.fill(0xff, 0, pageSize)),
    says: /damaged.*segmentql restore.*segmentql doctor/s,
  },
  {
    what: "the file is no database",
    damage: (folder) => writeFileSync(file(folder), "no database ".repeat(1_000)),
    says: /no SQLite database.*segmentql restore/s,
  },
  {
    what: "the file is a database of something else",
    damage: (folder) => {
      rmSync(file(folder));
      const connection = openConnection(file(folder), 0);
      connection.prepare("CREATE TABLE other (a)").run([]);
      connection.close();
    },
    says: /database of something else.*another folder/s,
  },
  {
    what: "the file is of a format to come",
    damage: (folder) => changeBytes(file(folder), (bytes) => bytes.writeUInt32BE(99, 60)),
    says: /format 99.*newer program/s,
  },
  {
    what: "a folder is in the file's place",
    damage: (folder) => {
      rmSync(file(folder));
      mkdirSync(file(folder));
    },
    says: /is no file.*another one/s,
  },
  {
    what: "the folder is a file",
    damage: (folder) => {
      rmSync(folder, { recursive: true });
      writeFileSync(folder, "");
    },
    says: /can't be opened.*another one/s,
  },
  {
    what: "the log of a killed process is gone",
    of: killed,
    damage: (folder) => rmSync(`${file(folder)}-wal`),
    says: /-wal is missing.*Put it back.*segmentql restore/s,
  },
  {
    what: "there is no room: a file may not grow",
    damage: () => undefined,
    words: ["--project", "other", "generate", "--customers", "500", "--seed", "1"],
    // In units of 512 bytes.
    limit: "trap '' XFSZ; ulimit -f 1000",
    says: /disk|full|room/,
  },
];

describe("a data folder", () => {
  const copy = (of = whole): string => {
    const folder = join(base, `damaged-${folders++}`);
    cpSync(of, folder, { recursive: true });
    return folder;
  };

  it.each([
    ["closed in order", whole],
    ["of a process that was killed", killed],
  ])("that is whole and was %s answers", async (_, of) => {
    const { exitCode, output, errors } = await command(copy(of), query);
    expect([exitCode, errors]).toEqual([0, ""]);
    expect(JSON.parse(output).count).toBe(people);
    const late = await command(copy(of), ["query", 'source_id is "late"', "--json"]);
    expect(JSON.parse(late.output).count).toBe(1);
  });

  it.each(damages)("is reported with the way out when $what", async ({ of, damage, words, limit, says }) => {
    const folder = copy(of);
    damage(folder);
    const { exitCode, output, errors } = await command(folder, words ?? query, limit);
    expect([exitCode, output]).toEqual([1, ""]);
    expect(errors).toContain(folder);
    expect(errors).toMatch(says);
    expect(errors).not.toMatch(/should not have happened|^\s+at /m);
  });

  it("with flipped bits in pages here and there: no document is read as it was not written, and the doctor finds what else is wrong", {
    timeout: 600_000,
  }, async () => {
    expect((await command(copy(), ["export", join(base, "right")])).exitCode).toBe(0);
    const expected = customersIn(join(base, "right"));
    let found = 0;
    for (const parts of [[0.05], [0.3], [0.55], [0.7], [0.9], [0.2, 0.4, 0.6, 0.8]]) {
      const folder = copy();
      flipPages(file(folder), parts);
      const target = join(base, `export-${folders}`);
      const exported = await command(folder, ["export", target]);
      if (exported.exitCode === 0) expect(customersIn(target)).toBe(expected);
      else
        expect([parts, exported.exitCode, exported.errors]).toEqual([
          parts,
          1,
          expect.stringMatching(/damaged/),
        ]);
      const asked = await command(folder, query);
      expect(asked.errors).not.toMatch(/should not have happened/);
      const doctor = await command(folder, ["doctor"]);
      if (doctor.exitCode === 0) {
        // The bits were in a part of the page that is not used.
        expect([parts, exported.exitCode, asked.exitCode]).toEqual([parts, 0, 0]);
        expect(JSON.parse(asked.output).count).toBe(people);
        continue;
      }
      found += 1;
      expect(`${doctor.output}${doctor.errors}`).toMatch(/damaged|is not what|page|index|missing/i);
      expect(doctor.errors).toMatch(/segmentql restore/);
    }
    expect(found).toBeGreaterThanOrEqual(3);
  });

  it("that is read-only refuses writes, and keeps its data", async () => {
    if (process.getuid?.() === 0) {
      // For root, permissions are none: the disk itself is read-only then.
      const folder = copy();
      const inside = `mount --bind ${folder} ${folder} && mount -o remount,bind,ro ${folder} && exec "$0" "$@"`;
      const { status, stderr, error } = spawnSync(
        "unshare",
        [
          "--mount",
          "sh",
          "-c",
          inside,
          process.execPath,
          program,
          "--data",
          folder,
          "--project",
          "other",
          "generate",
          "--customers",
          "5",
        ],
        { encoding: "utf8", env: { PATH: process.env.PATH } },
      );
      if (error !== undefined || /unshare|mount:/.test(stderr)) {
        process.stderr.write("A read-only disk was left out of the tests: mounts are not permitted here.\n");
        return;
      }
      expect(status).toBe(1);
      expect(stderr).toContain(folder);
      expect(stderr).toMatch(/read-only/);
      return;
    }
    const folder = copy();
    chmodSync(file(folder), 0o400);
    chmodSync(folder, 0o500);
    const words = ["--project", "other", "generate", "--customers", "5"];
    const { exitCode, errors } = await command(folder, words);
    chmodSync(folder, 0o700);
    expect(exitCode).toBe(1);
    expect(errors).toContain(folder);
    expect(errors).toMatch(/read-only|can't be/);
  });
});

describe("a store that is open", () => {
  const engineOf = async (folder: string) => {
    const store = await openEmbeddedStore(folder);
    return { store, clock: systemClock };
  };
  const copy = (): string => {
    const folder = join(base, `open-${folders++}`);
    cpSync(whole, folder, { recursive: true });
    return folder;
  };

  it.each([
    ["its file", ["segmentql.db"]],
    ["its log", ["segmentql.db-wal"]],
    ["its folder", [""]],
  ])("refuses every read and write when %s is taken away", async (_, names) => {
    const folder = copy();
    const engine = await engineOf(folder);
    for (const name of names) rmSync(join(folder, name), { recursive: true });
    const read = await engine.store.getMany("customers", ["default/c-1"]).catch(String);
    expect(read).toContain(folder);
    expect(read).toMatch(/was taken away/);
    const written = await upsertCustomers(engine, "default", [{ source_id: "new" }]).catch(String);
    expect(written).toMatch(/was taken away/);
    await engine.store.close();
  });

  it("refuses every read when another file is put in its place", async () => {
    const folder = copy();
    const engine = await engineOf(folder);
    cpSync(file(folder), join(folder, "other"));
    renameSync(join(folder, "other"), file(folder));
    expect(await engine.store.getMany("customers", ["default/c-1"]).catch(String)).toMatch(/was taken away/);
    await engine.store.close();
  });
});
