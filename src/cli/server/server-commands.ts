// Which commands work over a server (--server), and what is said of the others.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";

/** Commands that work over a server's API as on the data itself, by their whole names. */
export const serverCommands: ReadonlySet<string> = new Set([
  "query",
  "compile",
  "explain",
  "why",
  "check",
  "format",
  "attributes",
  "segment create",
  "segment combine",
  "segment list",
  "segment show",
  "segment members",
  "segment update",
  "segment delete",
  "segment watch",
  "customer show",
  "import",
  "export",
  "project show",
  "define",
  "define metadata",
  "define event",
  "define consent",
  "define project",
  "webhook add",
  "webhook update",
  "webhook list",
  "webhook remove",
  "webhook dead",
  "webhook replay",
  "key create",
  "key list",
  "key revoke",
]);

/** Commands that read no data at all: where it is makes no difference to them. */
export const dataFreeCommands: ReadonlySet<string> = new Set([
  "tree",
  "completion",
  "help",
  "print-schema",
  "print-tree-schema",
]);

/** @throws CommandFailure if a command can't do what `--server` and `--data` ask of it. @param name the command's whole name. */
export function refuseServer(
  name: string,
  { server, data }: { readonly server?: string; readonly data?: string },
): void {
  if (server === undefined || dataFreeCommands.has(name)) return;
  if (data !== undefined)
    throw new CommandFailure(
      exitCodes.usage,
      "--server and --data both say where the data is. Leave one out.",
    );
  if (!serverCommands.has(name)) throw notOverServer(name);
}

/** What is said of what can't be done over a server. */
export function notOverServer(what: string): CommandFailure {
  return new CommandFailure(
    exitCodes.usage,
    `Over a server, ${what} is not possible: run it where the data is, without --server.`,
  );
}
