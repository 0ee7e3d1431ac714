// The commands that define a project and show its definition.
import { type Command, Option } from "commander";

const types = "string, number, boolean, date, datetime, or a list of one of these, as string[]";

/** Adds `define` and `project`. Long because it is one list of commands. */
export function addDefineCommands(program: Command): void {
  const define = program
    .command("define")
    .description("say what a project's customers, orders and events have, so that queries can name it")
    .option(
      "--missing",
      "show what the data has and the project does not define, with the type that its values fit; over a server, in 10,000 records of each kind",
    )
    .option("--yes", "with --missing: define all of it")
    .addHelpText(
      "after",
      `
What is defined is added to what there is. A type is one of ${types}.
Where data has a key already, its type can be changed: values are converted, and those that can't be are listed and kept
under another key.

Examples:
  segmentql define metadata age=number tags=string[]
  segmentql define metadata "gift wrapping=boolean" --of orders
  segmentql define event "page viewed" url=string seconds=number
  segmentql define consent newsletter "SMS marketing"
  segmentql define attribute "lifetime value" "sum of amount of order"
  segmentql define project --timezone Europe/Warsaw --currency PLN
  segmentql define --missing --yes`,
    )
    .action(async (_options, command: Command) => {
      const { defineMissingCommand } = await import("./define-command.js");
      await defineMissingCommand(command.optsWithGlobals());
    });

  define
    .command("metadata")
    .description("define keys of metadata, or change their types")
    .argument("<key=type...>", `keys with their types: ${types}`)
    .addOption(
      new Option("--of <kind>", "whose metadata").choices(["customers", "orders"]).default("customers"),
    )
    .option(
      "--dry-run",
      "show what would become of the values of a key whose type changes, and change nothing",
    )
    .action(async (keys: string[], _options, command: Command) => {
      const { defineMetadataCommand } = await import("./define-command.js");
      await defineMetadataCommand(keys, command.optsWithGlobals());
    });

  define
    .command("event")
    .description("define a type of event with its properties, or change their types")
    .argument("<name>", 'the event\'s name, as "page viewed"')
    .argument("[property=type...]", `properties with their types: ${types}`)
    .option(
      "--dry-run",
      "show what would become of the values of a property whose type changes, and change nothing",
    )
    .action(async (name: string, properties: string[], _options, command: Command) => {
      const { defineEventCommand } = await import("./define-command.js");
      await defineEventCommand(name, properties, command.optsWithGlobals());
    });

  define
    .command("consent")
    .description("define marketing permissions that customers may grant")
    .argument("<name...>", "their names, as newsletter")
    .action(async (names: string[], _options, command: Command) => {
      const { defineConsentCommand } = await import("./define-command.js");
      await defineConsentCommand(names, command.optsWithGlobals());
    });

  define
    .command("attribute")
    .description("define an attribute by an expression, or give one another expression or name, or remove it")
    .argument("<name>", 'its name, as "lifetime value"')
    .argument("[expression]", 'a measure, a figure or an attribute, as "sum of amount of order"')
    .addOption(
      new Option("--rename <name>", "give it another name, also where it is used").conflicts("remove"),
    )
    .option("--remove", "remove it, if nothing uses it")
    .option("--dry-run", "show how the segments that depend on it would change, and change nothing")
    .action(async (name: string, expression: string | undefined, _options, command: Command) => {
      const { defineAttributeCommand } = await import("./define-attribute-command.js");
      await defineAttributeCommand(name, expression, command.optsWithGlobals());
    });

  define
    .command("project")
    .description("set a project's time zone and currency, before it has orders")
    .option("--timezone <zone>", "an IANA time zone, as Europe/Warsaw")
    .option("--currency <code>", "an ISO 4217 code, as PLN")
    .action(async (_options, command: Command) => {
      const { defineProjectCommand } = await import("./define-command.js");
      await defineProjectCommand(command.optsWithGlobals());
    });

  program
    .command("project")
    .description("a project's definition")
    .command("show")
    .description("show a project's zone, currency, metadata, events, consents and campaigns")
    .option("--json", "as project.json has it")
    .action(async (_options, command: Command) => {
      const { showProjectCommand } = await import("./project-command.js");
      await showProjectCommand(command.optsWithGlobals());
    });
}
