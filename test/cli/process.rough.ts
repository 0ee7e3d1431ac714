// The command line as a process on a disk that is full.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { processesOfSuite, program } from "./processes.js";

const { folder, run } = processesOfSuite();

describe("a process", () => {
  it("says what an import has stored that fails in the middle, and continues when it can", async () => {
    const customers = Array.from({ length: 3_000 }, (_, index) => ({
      source_id: `c${index}`,
      metadata: { note: "x".repeat(300) },
    }));
    const file = join(folder, "customers.ndjson");
    writeFileSync(file, customers.map((customer) => JSON.stringify(customer)).join("\n"));
    const words = ["import", file, "--as", "customers", "--data", join(folder, "small")];
    // No file may grow beyond 4 MB, as if the disk were full then.
    const command = `trap '' XFSZ; ulimit -f 4096; exec "$@"`;
    const child = spawn("bash", ["--norc", "-c", command, "bash", process.execPath, program, ...words], {
      cwd: folder,
      env: { PATH: process.env.PATH },
    });
    const [errors, [exitCode]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    expect(exitCode).toBe(1);
    expect(errors).toMatch(
      /^Stopped in the middle of customers, of which [12],\d{3} are stored and stay\. /m,
    );
    expect(errors).toContain("segmentql.db could not be read or written");
    expect(await run(words)).toMatchObject({ exitCode: 0 });
    expect((await run(["query", "--data", join(folder, "small"), "source_id has any value"])).output).toMatch(
      /^3,000 customers/m,
    );
  });
});
