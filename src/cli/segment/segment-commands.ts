// The commands about saved segments and about one customer.
import type { Command } from "commander";
import { asOf, json, listOptions } from "../options.js";

/** Adds `segment …` and `customer …`. Long because it is one list of commands. */
export function addSegmentCommands(program: Command): void {
  const segment = program
    .command("segment")
    .description("make, list, show, change, watch, verify and delete saved segments");

  segment
    .command("create")
    .description("save a query under a name (an auto-update segment), or make a static segment")
    .argument("<name>", "the segment's name, unique in the project")
    .argument("[query]", "the query, in quotes; - or nothing reads it from standard input")
    .option(
      "--static",
      "of the customers that the query matches now, or at --as-of; later changes do not alter it",
    )
    .option("--members <ids>", "a static segment of these customers, by source id, with commas between them")
    .option(
      "--members-file <file>",
      "a static segment of the customers in a file, a source id a line; - for standard input",
    )
    .addOption(asOf())
    .addOption(json("print the segment"))
    .addHelpText(
      "after",
      `
Examples:
  segmentql segment create "Big spenders" "total spent is more than $500"
  segmentql segment create "Spring 2026" "placed order in the last 90 days" --static
  segmentql segment create Testers --members crm-001,crm-017
  segmentql segment create "Not yet" 'in segment "Big spenders" and not in segment "Spring 2026"'`,
    )
    .action(async (name, query, _options, command) => {
      const { createSegmentCommand } = await import("./segment-command.js");
      await createSegmentCommand(name, query, command.optsWithGlobals());
    });

  segment
    .command("combine")
    .description("save the union, the intersection or the difference of segments as a segment")
    .argument("<name>", "the new segment's name, unique in the project")
    .option("--any <names...>", "customers in any of these segments (names or ids)")
    .option("--all <names...>", "customers in all of these segments")
    .option("--without <names...>", "customers in the first of these segments and in none of the others")
    .option("--static", "of those who are in it now; without it, it is kept up with its segments")
    .addOption(json("print the segment"))
    .addHelpText(
      "after",
      `
Example:
  segmentql segment combine "Not yet" --without "Big spenders" "Spring 2026"`,
    )
    .action(async (name, _options, command) => {
      const { combineSegmentsCommand } = await import("./combine-command.js");
      await combineSegmentsCommand(name, command.optsWithGlobals());
    });

  segment
    .command("list")
    .description("list the segments, by name")
    .option("--archived", "the archived ones instead")
    .addOption(json("print them all"))
    .action(async (_options, command) => {
      const { listSegmentsCommand } = await import("./segment-command.js");
      await listSegmentsCommand(command.optsWithGlobals());
    });

  segment
    .command("show")
    .description("show a segment: its query, size and uses")
    .argument("<name>", "the segment's name or id")
    .addOption(json("print it"))
    .action(async (name, _options, command) => {
      const { showSegmentCommand } = await import("./segment-command.js");
      await showSegmentCommand(name, command.optsWithGlobals());
    });

  const members = segment
    .command("members")
    .description("show which customers are in a segment")
    .argument("<name>", "the segment's name or id")
    .addOption(asOf())
    .option("--fresh", "ask its query, also where a maintainer keeps its membership");
  for (const option of listOptions(
    "{count, asOf, source, members: [source ids]}, and customers with --columns",
  ))
    members.addOption(option);
  members.action(async (name, _options, command) => {
    const { segmentMembersCommand } = await import("./segment-command.js");
    await segmentMembersCommand(name, command.optsWithGlobals());
  });

  segment
    .command("update")
    .description("rename a segment, give it another query, put it aside or restore it from the archive")
    .argument("<name>", "the segment's name or id")
    .argument("[query]", "its new query, in quotes; - reads it from standard input")
    .option("--name <name>", "its new name")
    .option("--archive", "archive it: queries can't name it")
    .option("--restore", "restore it from the archive")
    .option("--dry-run", "only report which customers would enter and leave")
    .addOption(json("print the segment; with --dry-run {asOf, query, before, after, enter, leave}"))
    .addHelpText(
      "after",
      `
Examples:
  segmentql segment update "Big spenders" "total spent is more than $800" --dry-run
  segmentql segment update "Big spenders" --name "Good customers"`,
    )
    .action(async (name, query, _options, command) => {
      const { updateSegmentCommand } = await import("./update-command.js");
      await updateSegmentCommand(name, query, command.optsWithGlobals());
    });

  segment
    .command("delete")
    .description("delete a segment; its customers are not touched")
    .argument("<name>", "the segment's name or id")
    .action(async (name, _options, command) => {
      const { deleteSegmentCommand } = await import("./segment-command.js");
      await deleteSegmentCommand(name, command.optsWithGlobals());
    });

  segment
    .command("verify")
    .description("run every auto-update segment's query, and report where the stored membership differs")
    .addOption(json("print what differs"))
    .action(async (_options, command) => {
      const { verifyCommand } = await import("./membership-commands.js");
      await verifyCommand(command.optsWithGlobals());
    });

  segment
    .command("rebuild")
    .description("rebuild the stored membership of an auto-update segment from its query")
    .argument("<name>", "the segment's name or id")
    .action(async (name, _options, command) => {
      const { rebuildCommand } = await import("./membership-commands.js");
      await rebuildCommand(name, command.optsWithGlobals());
    });

  segment
    .command("watch")
    .description("report entries and exits of a segment as they happen, and why")
    .argument("[name]", "the segment's name or id; every segment where it is left out")
    .addOption(json("print a line of JSON for each"))
    .addHelpText(
      "after",
      `
Example:
  segmentql segment watch "Big spenders" --server http://localhost:4000`,
    )
    .action(async (name, _options, command) => {
      const { watchCommand } = await import("./membership-commands.js");
      await watchCommand(name, command.optsWithGlobals());
    });

  const customer = program.command("customer").description("look at one customer");

  customer
    .command("show")
    .description("show a customer's profile, activity and segments")
    .argument("<source-id>", "the customer's source id; case matters")
    .addOption(asOf())
    .addOption(json("print {profile, activity, segments}"))
    .addHelpText("after", "\nExample:\n  segmentql customer show crm-017")
    .action(async (sourceId, _options, command) => {
      const { showCustomerCommand } = await import("../data/customer-command.js");
      await showCustomerCommand(sourceId, command.optsWithGlobals());
    });
}
