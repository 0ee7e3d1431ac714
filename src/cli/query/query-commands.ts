// The commands about one query.
import type { Command } from "commander";
import { asOf, definition, json, listOptions } from "../options.js";

const queryArgument = "the query, in quotes; - or nothing reads it from standard input";

/**
 * Adds `query`, `shell`, `compile`, `explain`, `why`, `check`, `format`, `tree` and `attributes`.
 * Long because it is one list of commands.
 */
export function addQueryCommands(program: Command): void {
  const query = program
    .command("query")
    .description("count the customers that a query matches, and list them")
    .argument("[query]", queryArgument)
    .addOption(asOf());
  for (const option of listOptions(
    "{count, asOf, tookMs, members: [source ids]}, and customers with --columns",
  ))
    query.addOption(option);
  query
    .addHelpText(
      "after",
      `
Examples:
  segmentql query "The last purchased order more than 30 days ago"
  segmentql query "country is Poland and total spent > 100" --as-of 2026-02-01 --limit 50
  segmentql query "country is Poland" --columns name,city,"total spent" --sort "total spent desc"
  segmentql query "email is known" --format csv > customers.csv
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
      const { shellCommand } = await import("../shell/shell-command.js");
      await shellCommand(command.optsWithGlobals());
    });

  program
    .command("compile")
    .description("print the MongoDB aggregation pipeline that a query comes to, runnable as it is in mongosh")
    .argument("[query]", queryArgument)
    .addOption(definition())
    .addOption(asOf())
    .addOption(json("print it as MongoDB Extended JSON"))
    .addHelpText("after", '\nExample:\n  segmentql compile "email ends with .uk and source is mailchimp"')
    .action(async (query, _options, command) => {
      const { compileCommand } = await import("./compile-command.js");
      await compileCommand(query, command.optsWithGlobals());
    });

  program
    .command("explain")
    .description("run a query and report its cost: the estimate, indexes used, rows read and returned")
    .argument("[query]", queryArgument)
    .addOption(asOf())
    .addOption(
      json(
        "print {canonical, pipeline, estimatedMembers, events, indexes, rowsRead, rowsReturned, steps, …}",
      ),
    )
    .addHelpText("after", "\nExample:\n  segmentql explain 'total spent is more than $500'")
    .action(async (query, _options, command) => {
      const { explainCommand } = await import("./explain-command.js");
      await explainCommand(query, command.optsWithGlobals());
    });

  program
    .command("why")
    .description("explain why a query matches a customer or does not, and what would make it match")
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
    .description("check a query: print its canonical form, or its mistakes")
    .argument("[query]", queryArgument)
    .addOption(definition())
    .addOption(asOf())
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
    .addOption(definition())
    .addHelpText("after", '\nExample:\n  segmentql format "The E-Mail IS ann@example.org"')
    .action(async (query, _options, command) => {
      const { formatCommand } = await import("./format-command.js");
      await formatCommand(query, command.optsWithGlobals());
    });

  program
    .command("tree")
    .description("print a query's syntax tree as JSON, or the query that such a tree says")
    .argument("[query]", queryArgument)
    .option(
      "--from <file>",
      "read a tree from this JSON file, or from standard input (-), and print its query",
    )
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
}
