#!/usr/bin/env node
// The command line. Each command's code is loaded only when it is asked for, so that `--help` and short queries are quick.
import { readFileSync } from "node:fs";
import { Command, CommanderError, Option } from "commander";
import { exitCodeHelp, exitCodes } from "./exit-codes.js";
import { asOf, json, wholeNumber } from "./options.js";
import { outcomeOf } from "./outcome.js";
import { addSegmentCommands } from "./segment-commands.js";

const { version } = JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

const program = new Command("segmentql")
  .description("Type a sentence, get the customers that it means.")
  .version(version)
  .option(
    "--data <dir>",
    "the folder that holds the data (usually .segmentql), where MONGODB_URI names no MongoDB",
  )
  .option("--project <id>", "the project to ask", "default")
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(text) })
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

const queryArgument = "the query, in quotes; - or nothing reads it from standard input";

program
  .command("query")
  .description("show how many customers a query finds, and who they are")
  .argument("[query]", queryArgument)
  .addOption(asOf())
  .addOption(
    json("print {count, asOf, tookMs, members: [source ids]}, with all members unless --limit is given"),
  )
  .option("--limit <n>", "show at most this many people (usually 20)", wholeNumber(0, 10_000_000))
  .addHelpText(
    "after",
    `
Examples:
  segmentql query "The last purchased order more than 30 days ago"
  segmentql query "country is Poland and total spent > 100" --as-of 2026-02-01 --limit 50
  echo "email is unknown" | segmentql query --json`,
  )
  .action(async (query, _options, command) => {
    const { queryCommand } = await import("./query-command.js");
    await queryCommand(query, command.optsWithGlobals());
  });

program
  .command("shell")
  .description("ask one query after the other, with history and completion")
  .option("--demo", "fill the project with a made-up shop, where it is empty")
  .addHelpText(
    "after",
    `
\\help in the shell lists its commands. Without a terminal, it answers what standard input holds, line by line.
What is typed is kept in the file that SEGMENTQL_HISTORY names (empty: nowhere), usually ~/.local/state/segmentql/history.

Examples:
  segmentql shell --demo
  segmentql shell --project big < queries.txt`,
  )
  .action(async (_options, command) => {
    const { shellCommand } = await import("./shell-command.js");
    await shellCommand(command.optsWithGlobals());
  });

program
  .command("compile")
  .description("print the MongoDB aggregation pipeline that a query comes to, runnable as it is in mongosh")
  .argument("[query]", queryArgument)
  .addOption(asOf())
  .addOption(json("print it as MongoDB Extended JSON"))
  .addHelpText("after", '\nExample:\n  segmentql compile "email ends with .uk and source is mailchimp"')
  .action(async (query, _options, command) => {
    const { compileCommand } = await import("./compile-command.js");
    await compileCommand(query, command.optsWithGlobals());
  });

program
  .command("explain")
  .description("run a query and tell what it costs: what was expected, indexes used, rows read and returned")
  .argument("[query]", queryArgument)
  .addOption(asOf())
  .addOption(
    json("print {canonical, pipeline, estimatedMembers, events, indexes, rowsRead, rowsReturned, steps, …}"),
  )
  .addHelpText("after", "\nExample:\n  segmentql explain 'total spent is more than $500'")
  .action(async (query, _options, command) => {
    const { explainCommand } = await import("./explain-command.js");
    await explainCommand(query, command.optsWithGlobals());
  });

program
  .command("why")
  .description("tell why a customer is in or out of what a query means, and what would let them in")
  .argument("<query>", "the query, in quotes; - reads it from standard input")
  .argument("<customer>", "the customer's source id")
  .addOption(asOf())
  .addOption(json("print {customer, asOf, canonical, clause, nearest}"))
  .addHelpText("after", '\nExample:\n  segmentql why "last order more than 60 days ago" crm-017')
  .action(async (query, customer, _options, command) => {
    const { whyCommand } = await import("./why-command.js");
    await whyCommand(query, customer, command.optsWithGlobals());
  });

program
  .command("check")
  .description("tell whether a query is right: its canonical form, or what is wrong with it")
  .argument("[query]", queryArgument)
  .addOption(json("print {valid, canonical, diagnostics}"))
  .addHelpText("after", '\nExample:\n  segmentql check "emial is unknown"')
  .action(async (query, _options, command) => {
    const { checkCommand } = await import("./check-command.js");
    await checkCommand(query, command.optsWithGlobals());
  });

program
  .command("format")
  .description("print a query in its one canonical form")
  .argument("[query]", queryArgument)
  .addHelpText("after", '\nExample:\n  segmentql format "The E-Mail IS ann@example.org"')
  .action(async (query, _options, command) => {
    const { formatCommand } = await import("./format-command.js");
    await formatCommand(query, command.optsWithGlobals());
  });

program
  .command("tree")
  .description("print a query's syntax tree as JSON, or the query that such a tree says")
  .argument("[query]", queryArgument)
  .option("--from <file>", "read a tree from this JSON file, or from standard input (-), and print its query")
  .addHelpText(
    "after",
    `
A tree's shape is in schema/query-tree.schema.json.

Examples:
  segmentql tree "email ends with .uk" > tree.json
  segmentql tree --from tree.json`,
  )
  .action(async (query, _options, command) => {
    const { treeCommand } = await import("./tree-command.js");
    await treeCommand(query, command.optsWithGlobals());
  });

program
  .command("attributes")
  .description("list what a query may name")
  .addOption(json("print name, phrases, type and operators of each"))
  .action(async (_options, command) => {
    const { attributesCommand } = await import("./attributes-command.js");
    await attributesCommand(command.optsWithGlobals());
  });

addSegmentCommands(program);

program
  .command("import")
  .description("read customers and what they did from a folder, a file, a CSV file or standard input")
  .argument(
    "<path>",
    "an interchange folder (project.json, customers.ndjson.gz, orders.json, …); a .csv, .json or .ndjson file, .gz too; - for JSON lines on standard input",
  )
  .addOption(
    new Option("--as <kind>", "what a single file or standard input holds").choices([
      "customers",
      "orders",
      "events",
      "redemptions",
      "gift_cards",
      "loyalty",
      "referrals",
    ]),
  )
  .option(
    "--map <mapping>",
    "which columns of a CSV file are what: a shipped mapping (orders: online-retail, shopify; customers: plain, shopify) or a JSON file",
  )
  .option("--rejects <file>", "where records that can't be taken go, each with its line and the reason")
  .addHelpText(
    "after",
    `
Importing the same again changes nothing: records are known by their ids, or else by their content. An import that was
stopped goes on when it is started again.

Shopify's exports know a customer by the e-mail address: import customers first, then orders. The project's time zone is
not in them; where it matters, import a folder with a project.json that says it before.

Examples:
  segmentql import shop/
  segmentql import online-retail.csv.gz --as orders --map online-retail --rejects bad.ndjson
  segmentql import customers_export.csv --as customers --map shopify
  segmentql import orders_export.csv --as orders --map shopify
  segmentql import people.csv --as customers     source_id, name, email, …, metadata.KEY
  zcat events.ndjson.gz | segmentql import - --as events`,
  )
  .action(async (path, _options, command) => {
    const { importCommand } = await import("./import-command.js");
    await importCommand(path, command.optsWithGlobals());
  });

program
  .command("export")
  .description("write the whole project as an interchange folder, which import reads, on whatever store")
  .argument("<folder>", "a folder that isn't there yet, or is empty")
  .option("--plain", "write .ndjson, not .ndjson.gz")
  .addHelpText(
    "after",
    `
The folder appears when it is whole.

Example:
  segmentql export backup/`,
  )
  .action(async (folder, _options, command) => {
    const { exportCommand } = await import("./export-command.js");
    await exportCommand(folder, command.optsWithGlobals());
  });

program
  .command("generate")
  .description("make up a shop of any size, in an empty project or in a folder")
  .option("--customers <n>", "how many customers it has", wholeNumber(1, 9_999_999), 3_000)
  .option("--events <n>", "how many events a customer has on average", wholeNumber(0, 1_000), 10)
  .option("--seed <n>", "another number gives another shop", wholeNumber(0, 4_294_967_295), 1)
  .option("--out <folder>", "write an interchange folder that isn't there yet, and leave the data alone")
  .option("--plain", "with --out: write .ndjson, not .ndjson.gz")
  .addHelpText(
    "after",
    `
The same seed gives the same shop on the same day, and the shop of more customers begins with that of fewer.

Examples:
  segmentql generate --customers 200000 --seed 7 --project big
  segmentql generate --customers 1000 --out shop/`,
  )
  .action(async (_options, command) => {
    const { generateCommand } = await import("./generate-command.js");
    await generateCommand(command.optsWithGlobals());
  });

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
  .addHelpText(
    "after",
    `
The usual address keeps other machines out; --host 0.0.0.0 lets them in, and there is no password.

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
  .description("keep the membership of auto-update segments true, until stopped")
  .addHelpText(
    "after",
    `
The server does that too, unless it is started with --no-maintain. On MongoDB as many may run as you like: they share the
work, and what one leaves that dies is taken over by the others.

Example:
  MONGODB_URI=mongodb://127.0.0.1:27017/shop?replicaSet=rs0 segmentql maintain`,
  )
  .action(async (_options, command) => {
    const { maintainCommand } = await import("./maintain-command.js");
    await maintainCommand(command.optsWithGlobals());
  });

program
  .command("indexes")
  .description("make MongoDB's indexes, and tell how far they are")
  .option("--print", "print what makes them in mongosh, for whoever may do that, and make none")
  .option("--state", "tell how far they are, and make none")
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
    const { schemaText } = await import("../graphql/schema.js");
    process.stdout.write(schemaText());
  });

program
  .command("print-tree-schema", { hidden: true })
  .description("print the JSON Schema of syntax trees, as schema/query-tree.schema.json holds it")
  .action(async () => {
    const { treeSchemaText } = await import("../check/tree.js");
    process.stdout.write(treeSchemaText());
  });

/** Commander has said what it has to say, but for this. */
function misunderstood({ code, exitCode }: CommanderError) {
  const message = code === "commander.excessArguments" ? "A query of several words goes in quotes." : "";
  return { exitCode: exitCode === 0 ? exitCodes.fine : exitCodes.usage, message };
}

// A reader that has seen enough (`| head`) closes the pipe; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  process.exit(error.code === "EPIPE" ? exitCodes.fine : exitCodes.failure);
});

try {
  await program.parseAsync();
} catch (error) {
  const { exitCode, message } = error instanceof CommanderError ? misunderstood(error) : outcomeOf(error);
  if (message !== "") process.stderr.write(`${message}\n`);
  process.exitCode = exitCode;
}
