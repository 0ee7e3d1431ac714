#!/usr/bin/env node
// The command line as a process: its words, its streams, its exit code.
import { readFileSync } from "node:fs";
import { exitCodes } from "./exit-codes.js";
import { run } from "./run.js";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.fine : exitCodes.failure);
});

process.exitCode = await run(process.argv.slice(2), process, version);
