// Which commands work over a server (`--server`), and the refusal of the others.
import { exitCodes } from "../exit-codes.js";
import { CommandFailure } from "../failure.js";

/** Commands that work both on the store and over a server's API, by their whole names. */
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
  "define attribute",
  "define project",
  "webhook add",
  "webhook update",
  "webhook list",
  "webhook remove",
  "webhook dead",
  "webhook replay",
  "rule create",
  "rule list",
  "rule delete",
  "campaign create",
  "campaign update",
  "campaign list",
  "campaign delete",
  "code add",
  "code generate",
  "code list",
  "code publish",
  "code activate",
  "code deactivate",
  "gift-card issue",
  "points add",
  "points show",
  "redemption validate",
  "redemption offers",
  "redemption redeem",
  "redemption rollback",
  "distribution create",
  "distribution list",
  "distribution preview",
  "distribution test",
  "distribution start",
  "distribution pause",
  "distribution resume",
  "distribution cancel",
  "distribution delete",
  "message list",
  "message resolve",
  "source create",
  "source list",
  "source update",
  "source remove",
  "key create",
  "key list",
  "key revoke",
]);

/** Commands that read no data, and so ignore its location. */
export const dataFreeCommands: ReadonlySet<string> = new Set([
  "tree",
  "completion",
  "help",
  "print-schema",
  "print-tree-schema",
]);

/**
 * @throws CommandFailure if a command does not support the given `--server` or `--data`. @param name the command's whole name.
 */
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

/** The error for what can't be done over a server. */
function notOverServer(what: string): CommandFailure {
  return new CommandFailure(
    exitCodes.usage,
    `Over a server, ${what} is not possible: run it where the data is, without --server.`,
  );
}
