#!/usr/bin/env node
// The process of the command line: passes on its arguments and streams, and sets its exit code.
import { readFileSync } from "node:fs";
import module from "node:module";
import { exitCodes } from "./exit-codes.js";

// Caches compiled code for the next command, if this version of Node can; so everything else is imported after this.
(module as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();
const { run } = await import("./run.js");

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

// A reader that closes the pipe early (`| head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.fine : exitCodes.failure);
});

process.exitCode = await run(process.argv.slice(2), process, version);
