// The commands that import, export and generate data.
import { type Command, Option } from "commander";
import { wholeNumber } from "../options.js";

/** Adds `import`, `export` and `generate`. Long because it is one list of commands. */
export function addDataCommands(program: Command): void {
  program
    .command("import")
    .description("read customers and what they did from a folder, a file, a CSV file or standard input")
    .argument(
      "<path>",
      "an interchange folder (project.json, customers.ndjson.gz, orders.json, …); a .csv, .tsv, .txt, .json or .ndjson file, .gz or .zip too; - for JSON lines on standard input",
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
      "which columns of a CSV file are what: a JSON file, or a shipped mapping (customers: plain, shopify, mailchimp, woocommerce, klaviyo, hubspot, stripe, bigcommerce; orders: shopify, woocommerce, bigcommerce, online-retail); found by the file's columns without it",
    )
    .addOption(
      new Option(
        "--mode <mode>",
        "merge: what the file says of a customer is set, and the rest stays (CSV does so without it); replace: it is the whole customer (JSON does so without it)",
      ).choices(["merge", "replace"]),
    )
    .option("--clear-empty", "with merge: an empty cell removes the value that is there")
    .option("--encoding <name>", "of a CSV file, as windows-1252; the file shows it without it")
    .option(
      "--delimiter <name>",
      "between a CSV file's columns: comma, semicolon, tab or bar; the file shows it without it",
    )
    .option("--rejects <file>", "where records that can't be taken go, each with its line and the reason")
    .addHelpText(
      "after",
      `
Importing the same again changes nothing: records are known by their ids, or else by their content. An import that was
stopped goes on when it is started again.

Shops' exports know a customer by the e-mail address: import customers first, then orders. The project's time zone is
not in them; where it matters, set it before, with segmentql define project --timezone Europe/Warsaw.

Examples:
  segmentql import shop/
  segmentql import online-retail.csv.gz --as orders --map online-retail --rejects bad.ndjson
  segmentql import customers_export.csv          the columns show that it is Shopify's
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
}
