// `segmentql key`: the commands that create, list and revoke API keys.
import { type Command, Option } from "commander";
import { scopes } from "../../access/caller.js";

/** Adds `key`. */
export function addKeyCommands(program: Command): void {
  const key = program.command("key").description("create, list and revoke the API keys of a project");
  key
    .command("create")
    .description("create a key, and print it: it is not stored, and cannot be printed again")
    .argument("<name>", "a name, for people")
    .addOption(new Option("--scope <scope>", "what it may do").choices([...scopes]).default("read"))
    .option("--expires <instant>", "when it expires, as 2027-01-01T00:00:00Z")
    .addHelpText(
      "after",
      `
Once there is a key in any project, the server requires one with every request.

Examples:
  segmentql key create Console --scope admin
  segmentql key create Storefront --scope track --expires 2027-01-01T00:00:00Z`,
    )
    .action(async (name, _options, command) => {
      const { createKeyCommand } = await import("./key-command.js");
      await createKeyCommand(name, command.optsWithGlobals());
    });
  key
    .command("list")
    .description("list the keys, with their scopes and when they were last used")
    .action(async (_options, command) => {
      const { listKeysCommand } = await import("./key-command.js");
      await listKeysCommand(command.optsWithGlobals());
    });
  key
    .command("revoke")
    .description("revoke a key: requests with it are refused from then on")
    .argument("<id>", "the key's id, as list prints it")
    .action(async (id, _options, command) => {
      const { revokeKeyCommand } = await import("./key-command.js");
      await revokeKeyCommand(id, command.optsWithGlobals());
    });
}
