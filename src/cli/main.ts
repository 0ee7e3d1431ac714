#!/usr/bin/env node
// The command line as a process: its words, its streams, its exit code.
import { readFileSync } from "node:fs";
import module from "node:module";
import { exitCodes } from "./exit-codes.js";

// What was compiled is kept for the next command, by versions of Node that can; so the rest is imported behind it.
(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
const { run } = await import("./run.js");

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.fine : exitCodes.failure);
});

process.exitCode = await run(process.argv.slice(2), process, version);
