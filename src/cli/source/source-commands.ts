// The commands about sources.
import { type Command, Option } from "commander";
import { sourceKinds } from "../../documents/source-documents.js";
import { allowPrivateWebhooks, json } from "../options.js";

const kinds = sourceKinds.map((kind) => kind.toLowerCase());

/** Adds `source …`. */
export function addSourceCommands(program: Command): void {
  const source = program
    .command("source")
    .description("receive customers and orders from other systems as they change");

  source
    .command("create")
    .description("create a source, and print the address and the secret of its deliveries")
    .argument("<name>", "a name, for people")
    .addOption(
      new Option("--kind <kind>", "the system that it receives from").choices(kinds).makeOptionMandatory(),
    )
    .option("--secret <secret>", "the secret that the system shows, instead of a new one")
    .option("--keep-unknown", "keep fields that have no place in a profile or an order as metadata")
    .option("--api-url <url>", "the API that records are fetched from (BigCommerce)")
    .option("--api-token <token>", "a token for that API")
    .addOption(allowPrivateWebhooks())
    .addOption(json("print the source"))
    .addHelpText("after", '\nExample:\n  segmentql source create "Main shop" --kind shopify')
    .action(async (name, _options, command) => {
      const { createSourceCommand } = await import("./source-command.js");
      await createSourceCommand(name, command.optsWithGlobals());
    });

  source
    .command("list")
    .description("list the sources, and how many deliveries each has taken")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listSourcesCommand } = await import("./source-command.js");
      await listSourcesCommand(command.optsWithGlobals());
    });

  source
    .command("update")
    .description("change a source: what is not named is unchanged")
    .argument("<id>", "the source's id")
    .option("--name <name>", "another name")
    .option("--secret <secret>", "the secret that the system shows")
    .option(
      "--rotate-secret",
      "a new secret, which is printed this once; the previous one is accepted for a day",
    )
    .option("--keep-unknown", "keep unknown fields as metadata")
    .option("--drop-unknown", "leave unknown fields out")
    .option("--disable", "refuse deliveries for now")
    .option("--enable", "accept deliveries again")
    .option("--api-url <url>", "another API that records are fetched from (BigCommerce)")
    .option("--api-token <token>", "a token for that API")
    .addOption(allowPrivateWebhooks())
    .addOption(json("print the source"))
    .action(async (id, _options, command) => {
      const { updateSourceCommand } = await import("./source-command.js");
      await updateSourceCommand(id, command.optsWithGlobals());
    });

  source
    .command("remove")
    .description("remove a source; the customers and orders that it sent are kept")
    .argument("<id>", "the source's id")
    .action(async (id, _options, command) => {
      const { removeSourceCommand } = await import("./source-command.js");
      await removeSourceCommand(id, command.optsWithGlobals());
    });
}
