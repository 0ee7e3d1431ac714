// The commands that run and administer a service.
import { type Command, Option } from "commander";
import { allowPrivateWebhooks, historyDays, wholeNumber } from "../options.js";
import { currentStreams } from "../terminal/streams.js";

/** Adds `serve`, `maintain`, `indexes`, and the commands that print schemas. Long because it is one list of commands. */
export function addServiceCommands(program: Command): void {
  program
    .command("serve")
    .description("answer GraphQL, with a playground in the browser, until stopped")
    .option("--demo", "fill the project with a made-up shop, where it is empty")
    .addOption(
      new Option("--port <port>", "the port to listen on")
        .env("PORT")
        .default(4000)
        .argParser(wholeNumber(0, 65_535)),
    )
    .addOption(new Option("--host <address>", "the address to listen on").env("HOST").default("127.0.0.1"))
    .option("--no-maintain", "leave the membership of live segments to segmentql maintain, on other machines")
    .addOption(allowPrivateWebhooks())
    .addOption(historyDays())
    .addHelpText(
      "after",
      `
The default address is reachable from this machine only; --host 0.0.0.0 opens it to others, who need a key: segmentql key create.

Examples:
  segmentql serve --demo
  PORT=8080 segmentql serve --data /srv/shop`,
    )
    .action(async (_options, command) => {
      const { serveCommand } = await import("./serve-command.js");
      await serveCommand(command.optsWithGlobals());
    });

  program
    .command("maintain")
    .description("maintain the membership of auto-update segments, and deliver webhooks, until stopped")
    .addOption(allowPrivateWebhooks())
    .addOption(historyDays())
    .addOption(
      new Option("--metrics-port <port>", "serve metrics at this port, as /metrics").argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .addOption(new Option("--metrics-host <address>", "the address for that").default("127.0.0.1"))
    .addHelpText(
      "after",
      `
The server does that too, unless it is started with --no-maintain. On MongoDB as many may run as you like: they share the
work; if one dies, the others take over its part.

Example:
  MONGODB_URI=mongodb://127.0.0.1:27017/shop?replicaSet=rs0 segmentql maintain`,
    )
    .action(async (_options, command) => {
      const { maintainCommand } = await import("./maintain-command.js");
      await maintainCommand(command.optsWithGlobals());
    });

  program
    .command("indexes")
    .description("make MongoDB's indexes, and report their progress")
    .option("--print", "print the mongosh commands that make them, and make none")
    .option("--state", "report their progress, and make none")
    .addHelpText(
      "after",
      `
The server begins to make them at its start; making them again changes nothing.

Examples:
  MONGODB_URI=mongodb://127.0.0.1:27017/?replicaSet=rs0 segmentql indexes
  segmentql indexes --print > indexes.js`,
    )
    .action(async (_options, command) => {
      const { indexesCommand } = await import("./indexes-command.js");
      await indexesCommand(command.optsWithGlobals());
    });

  program
    .command("print-schema", { hidden: true })
    .description("print the GraphQL schema, as schema/schema.graphql holds it")
    .action(async () => {
      const { schemaText } = await import("../../graphql/schema.js");
      currentStreams().stdout.write(schemaText());
    });

  program
    .command("print-tree-schema", { hidden: true })
    .description("print the JSON Schema of syntax trees, as schema/query-tree.schema.json holds it")
    .action(async () => {
      const { treeSchemaText } = await import("../../check/tree.js");
      currentStreams().stdout.write(treeSchemaText());
    });
}
