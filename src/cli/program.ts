// The commands of the command line, with their arguments and help. The code of a command is loaded only when the command runs, so
// that `--help` and short queries are quick.
import { Argument, Command, Option } from "commander";
import { addKeyCommands } from "./access/key-commands.js";
import { addCareCommands } from "./data/care-commands.js";
import { addDataCommands } from "./data/data-commands.js";
import { addDefineCommands } from "./data/define-commands.js";
import { exitCodeHelp } from "./exit-codes.js";
import { addMessagingCommands } from "./messaging/messaging-commands.js";
import { wholeNumber } from "./options.js";
import { addPromotionCommands } from "./promotion/promotion-commands.js";
import { addQueryCommands } from "./query/query-commands.js";
import { addSegmentCommands } from "./segment/segment-commands.js";
import { refuseServer } from "./server/server-commands.js";
import { addServiceCommands } from "./service/service-commands.js";
import { currentStreams } from "./terminal/streams.js";
import { addWebhookCommands } from "./webhook/webhook-commands.js";

/** A command's name with those of its parents, as `segment list`. */
export function wholeName(command: Command): string {
  const { parent } = command;
  if (parent === null) return "";
  return `${wholeName(parent)} ${command.name()}`.trim();
}

/**
 * The program. Each run creates its own, since commander stores the parsed options in it.
 * Long because it is one list of commands.
 */
export function createProgram(version: string): Command {
  const { stdout, stderr } = currentStreams();
  const program = new Command("segmentql")
    .description("Type a sentence, get the customers that it means.")
    .version(version)
    .option(
      "--data <dir>",
      "the folder that holds the data (usually .segmentql), where MONGODB_URI names no MongoDB",
    )
    .option("--project <id>", "the project to ask", "default")
    .option(
      "--server <address>",
      "work over the API of a server, as http://localhost:4000, instead of opening the data",
    )
    .addOption(new Option("--key <key>", "an API key for that server").env("SEGMENTQL_KEY"))
    .hook("preAction", (_program, command) => refuseServer(wholeName(command), command.optsWithGlobals()))
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .showSuggestionAfterError()
    .addHelpText(
      "after",
      `
Examples:
  segmentql serve --demo                         try it on a made-up shop, in the browser
  segmentql import shop/                         read customers, orders, … from a folder
  segmentql import orders.csv.gz --as orders --map online-retail
  segmentql export backup/                       write everything to a folder, which import reads
  segmentql query "email ends with .uk and source is mailchimp"
  segmentql query 'total spent > $500' --json | jq .count
  segmentql compile "country is Poland"          the pipeline, for mongosh
  segmentql help query                           more about one command
${exitCodeHelp}`,
    );

  addQueryCommands(program);
  addSegmentCommands(program);
  addPromotionCommands(program);
  addMessagingCommands(program);
  addWebhookCommands(program);
  addDataCommands(program);
  addDefineCommands(program);
  addCareCommands(program);
  addServiceCommands(program);
  addKeyCommands(program);
  program
    .command("mcp")
    .description("serve tools for assistants, by the Model Context Protocol")
    .option("--write", "let assistants save segments")
    .option(
      "--port <port>",
      "serve HTTP at this port, instead of standard input and output",
      wholeNumber(0, 65_535),
    )
    .option("--host <address>", "the address for that", "127.0.0.1")
    .addHelpText("after", "\nExample:\n  segmentql mcp --data /srv/shop --write")
    .action(async (_options, command) => {
      const { mcpCommand } = await import("./mcp/mcp-command.js");
      await mcpCommand(command.optsWithGlobals(), version);
    });
  program
    .command("completion")
    .description("print what lets your shell complete commands and options")
    .addArgument(new Argument("<shell>", "the shell").choices(["bash", "zsh", "fish"]))
    .addHelpText("after", "\nExample:\n  source <(segmentql completion bash)")
    .action(async (shell) => {
      const { completionScript } = await import("./completion.js");
      stdout.write(completionScript(program, shell));
    });
  return program;
}
